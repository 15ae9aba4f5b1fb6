"""What a labelling page must look like in every window: wide enough, large enough, and nothing out of reach."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

WINDOWS = ((1440, 900), (1280, 720))

#: of all that is written on the page: its size in pixels, and how far its colour stands out from what is behind it
WRITTEN = """() => {
    const rgba = colour => colour.match(/[\\d.]+/g).map(Number);
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b) + 0.05;
    const walker = document.createTreeWalker(document.querySelector('.kurasi'), NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const words = walker.currentNode, element = words.parentElement, style = getComputedStyle(element);
        if (!words.data.trim() || element.tagName === 'STYLE' || !element.checkVisibility()) continue;
        let opacity = 1, behind = null;
        for (let one = element; one; one = one.parentElement) {
            opacity *= getComputedStyle(one).opacity;
            const colour = rgba(getComputedStyle(one).backgroundColor);
            behind ??= (colour[3] ?? 1) > 0.5 ? colour : null;
        }
        behind ??= [255, 255, 255];
        const front = rgba(style.color).map((v, i) => v * opacity + behind[i] * (1 - opacity));
        const [low, high] = [light(front), light(behind)].sort((a, b) => a - b);
        found.push([words.data.trim().slice(0, 40), parseFloat(style.fontSize), high / low]);
    }
    return found;
}"""

#: whether the middle of an element is to be seen, and not covered by another
SEEN = """element => {
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth && element.contains(top);
}"""


def look(page: Page, path: Path) -> None:
    """Look at the open task in both windows, and leave a picture of each.

    Args:
        page: where a task is open; its article is longer than the window.
        path: of the pictures, without the window and ``.png``.
    """
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        fits(page)
        width_of_text = page.locator(".kurasi-artikel").first.evaluate("article => article.clientWidth")
        assert width_of_text >= 600, f"the article has {width_of_text} pixels"
        page.locator(".kurasi-panel").evaluate("panel => panel.scrollTo(0, 0)")
        page.locator(".lsf-main-content").evaluate("content => content.scrollTo(0, 0)")
        page.screenshot(path=path.with_name(f"{path.name}-{width}.png"))
    for words, size, contrast in page.evaluate(WRITTEN):
        assert size >= 14, f"{size} px: {words}"
        assert contrast >= 4.5, f"contrast {contrast:.1f}: {words}"


def fits(page: Page) -> None:
    """Whether everything can be reached in the window as it is."""
    widths = page.evaluate(
        "() => [document.scrollingElement, ...document.querySelectorAll('.lsf-main-content, .kurasi-panel')]"
        ".map(one => [one.scrollWidth, one.clientWidth])"
    )
    assert all(whole <= shown for whole, shown in widths), f"sideways scroll: {widths}"
    article = page.locator(".kurasi-artikel .lsf-richtext__line").last
    page.locator(".lsf-main-content").evaluate("content => content.scrollTo(0, content.scrollHeight)")
    assert article.evaluate(SEEN), "the article's last line is out of reach"
    panel = page.locator(".kurasi-panel")
    for where in (0, 1_000_000):
        panel.evaluate("(panel, where) => panel.scrollTo(0, where)", where)
        for card in page.locator(".kurasi-sasaran").all():
            assert card.evaluate(SEEN), "the target is not to be seen at the article's end"
    assert page.locator(".kurasi-panel label:visible").last.evaluate(SEEN), "the last answer is out of reach"
    for name in ("Skip", "Submit"):
        assert page.locator(".lsf-bottombar button", has_text=name).evaluate(SEEN), f"{name} is not to be seen"
