"""Results in a real browser, offline: they can be read on light and dark notebooks, whatever the device prefers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import curation
from tests.chromium import started

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "raw"
#: ground and ink of light and dark notebooks
THEMES = {"light": ("#ffffff", "rgba(0, 0, 0, .87)"), "dark": ("#1e1e1e", "rgba(255, 255, 255, .87)")}

#: the texts with the least contrast, as all that is around them lets them appear
CONTRASTS = """() => {
  const rgba = text => { const n = text.match(/[\\d.]+/g).map(Number); return [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (top, below) => below.map((c, i) => i < 3 ? top[i] * top[3] + c * (1 - top[3]) : 1);
  const linear = x => x <= 10 ? x / 3295 : ((x / 255 + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.data.trim() || text.parentElement.closest("style") || !text.parentElement.checkVisibility()) continue;
    const chain = [];
    for (let e = text.parentElement; e; e = e.parentElement) chain.unshift(getComputedStyle(e));
    const own = chain.at(-1);
    let ground = [255, 255, 255, 1], ink = rgba(text.parentElement.closest("svg") ? own.fill : own.color), seen = 1;
    for (const style of chain) {
      const [r, g, b, a] = rgba(style.backgroundColor);
      seen *= +style.opacity;
      ground = over([r, g, b, a * seen], ground);
    }
    ink[3] *= seen;
    const [a, b] = [light(over(ink, ground)), light(ground)].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), text.data.trim().slice(0, 40)]);
  }
  return found.sort((x, y) => x[0] - y[0]).slice(0, 5);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started("a result") as made:
        yield made


@pytest.fixture(scope="module")
def shown() -> str:
    """Every kind of result, unfolded."""
    cleaned = curation.clean(SAMPLE)
    copies = curation.dedup(cleaned.documents)
    near = copies.borderline(1).to_pylist()[0]
    results = [
        cleaned,
        curation.judge(cleaned.documents, cleaned.findings),
        copies,
        copies.compare(near["id_a"], near["id_b"]),
        cleaned.explain(cleaned.edits["id"][0].as_py()),
    ]
    return "<hr>".join(result._repr_html_() for result in results).replace("<details>", "<details open>")


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("device", ["light", "dark"])
@pytest.mark.parametrize("theme", THEMES)
def test_results_can_be_read_and_fit(browser: Browser, shown: str, theme: str, device: str, width: int) -> None:
    ground, ink = THEMES[theme]
    asked: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, color_scheme=device)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.set_content(
        f'<body style="background:{ground};color:{ink};font:14px sans-serif"><b id="own">x</b>{shown}</body>'
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    worst = page.evaluate(CONTRASTS)
    assert worst[0][0] >= 4.5, worst
    assert page.evaluate("getComputedStyle(document.getElementById('own')).fontSize") == "14px"
    context.close()
    assert asked == []
