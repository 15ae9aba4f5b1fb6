"""A person at the real labelling page: keys and mouse, and what is to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Response

PASSWORD = "sandi-contoh-123"
#: what Label Studio itself asks for in vain: tips that it ships without, and a next task where there is none
IN_VAIN = re.compile(r"/heidi-tips|/api/dm/actions\?id=next_task")

#: where a quote begins and ends on the screen; the article is searched as it was written, line breaks included
PLACE_OF = """quote => {
    const root = document.querySelector('.kurasi-artikel .lsf-richtext__container');
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL), units = [];
    let text = '';
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.nodeName === 'BR') { text += '\\n'; units.push(null); }
        if (node.nodeType === Node.TEXT_NODE) {
            [...node.data.split('').keys()].forEach(offset => units.push([node, offset]));
            text += node.data;
        }
    }
    const first = text.indexOf(quote), last = first + quote.length - 1;
    if (first < 0) throw new Error(`the article does not show: ${quote}`);
    const box = unit => {
        const range = document.createRange();
        range.setStart(...units[unit]);
        range.setEnd(units[unit][0], units[unit][1] + 1);
        return range.getBoundingClientRect();
    };
    const whole = unit => unit - (text.charCodeAt(unit) >> 10 === 0x37);  // the half of a surrogate pair has no width
    units[first][0].parentElement.scrollIntoView({block: 'center'});
    const [from, to] = [box(first), box(whole(last))];
    const end = Math.max(to.right, box(last).right);
    return [from.left, from.top + from.height / 2, end, to.top + to.height / 2];
}"""


class Annotator:
    """One person with a browser of their own.

    Args:
        page: an empty page.
        url: of the server.
    """

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        #: requests that left this machine, and what went wrong in the page
        self.outside: list[str] = []
        self.errors: list[str] = []
        self._responses: list[Response] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname != "127.0.0.1":
            self.outside.append(url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):  # see _answered
            self.errors.append(message.text)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not IN_VAIN.search(response.url):
            self.errors.append(f"{response.status} {response.url}")
        if "/api/" in response.url and "project=" in response.url:
            self._responses.append(response)

    @property
    def told(self) -> list[str]:
        """What the server told the page of a project."""
        return [response.text() for response in self._responses if response.status in (200, 201)]

    # -- coming and going -------------------------------------------------------------------------

    def sign_in(self, email: str) -> None:
        """By the form, as people do."""
        self.page.goto(f"{self.url}/user/login/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/user/login" not in url)

    def open(self, project: int) -> str:
        """The label stream of a project, with the instruction before it; returns the instruction and closes it."""
        self.page.goto(f"{self.url}/projects/{project}/data?labeling=1")
        shown = self.instruction.inner_text()
        self.page.keyboard.press("Escape")
        self.instruction.wait_for(state="detached")
        return shown

    @property
    def instruction(self) -> Locator:
        """The instruction that stands before the first task."""
        self.page.locator(".kurasi .lsf-richtext__line").first.wait_for()
        return self.page.locator(".lsf-modal-ls__body")

    # -- what is to be seen -----------------------------------------------------------------------

    @property
    def title(self) -> str:
        """Of the article."""
        return self.page.locator(".kurasi-artikel h2").inner_text()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.page.get_by_text("No More Tasks Left in Queue").is_visible()

    @property
    def questions(self) -> list[str]:
        """The questions, notes under them included, that are asked now."""
        return [text for text in self.page.locator(".kurasi-panel h4:visible").all_inner_texts() if text]

    @property
    def chosen(self) -> list[str]:
        """What is ticked, as it is shown, and what is marked in the text."""
        ticked = self.page.locator(".kurasi-panel label:has(input:checked)").all_inner_texts()
        return [*ticked, *self.page.locator(".kurasi-artikel .htx-highlight").all_inner_texts()]

    # -- answers ----------------------------------------------------------------------------------

    def press(self, keys: str) -> None:
        """Hotkeys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def mark(self, quote: str, key: str) -> None:
        """Choose a label by its hotkey and draw the mouse over a passage."""
        before = self.page.locator(".htx-highlight").count()
        self.page.keyboard.press(key)
        x, y, to_x, to_y = self.page.evaluate(PLACE_OF, quote)
        self.page.mouse.move(x + 0.5, y)
        self.page.mouse.down()
        self.page.mouse.move((x + to_x) / 2, (y + to_y) / 2)
        self.page.mouse.move(to_x - 0.5, to_y)
        self.page.mouse.up()
        self.page.wait_for_function(f"document.querySelectorAll('.htx-highlight').length > {before}")

    def unmark(self, quote: str) -> None:
        """Click on a marked passage and press Backspace."""
        mark = self.page.locator(".htx-highlight", has_text=quote)
        mark.click()
        self.page.keyboard.press("Backspace")
        mark.wait_for(state="detached")

    def submit(self) -> None:
        """Ctrl+Enter; waits for the next task."""
        self._leave(lambda: self.page.keyboard.press("Control+Enter"))

    def skip(self) -> None:
        """The button; waits for the next task."""
        self._leave(lambda: self.page.get_by_role("button", name="Skip").click())

    def _leave(self, how: Callable[[], None]) -> None:
        number = ".lsf-current-task__task-id"
        before = self.page.locator(number).inner_text()
        with self.page.expect_response(lambda r: r.request.method == "POST" and "/annotations" in r.url) as saved:
            how()
        assert saved.value.ok, saved.value.text()
        self.page.wait_for_function(
            """([number, before]) => {
                const now = document.querySelector(number)?.innerText;
                return now ? now !== before : document.body.innerText.includes('No More Tasks Left in Queue');
            }""",
            arg=[number, before],
        )

    def submit_in_vain(self) -> str:
        """Ctrl+Enter where an answer is lacking; returns what the page says, and closes it."""
        self.page.keyboard.press("Control+Enter")
        message = self.page.locator(".ant-modal-confirm-content")
        said = message.inner_text()
        self.page.get_by_role("button", name="OK").click()
        message.wait_for(state="detached")
        return said
