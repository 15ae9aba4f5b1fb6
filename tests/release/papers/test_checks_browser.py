"""checks/index.html in a real browser: nothing is asked for, nothing goes wrong; it fits a telephone, dark or light."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from curation.check.tables import check_released
from curation.release.papers.checks import page

pytestmark = pytest.mark.slow

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well_alone(workspace: Any, tmp_path: Path, scheme: Any) -> None:
    if BROWSER is None:
        assert not os.environ.get("CI"), "CI must have Chromium or Chrome: make test installs it"
        pytest.skip("no Chromium or Chrome here: the page is NOT looked at in a browser")
    from playwright.sync_api import sync_playwright

    place = tmp_path / "index.html"
    result = check_released(workspace() / "released.parquet")
    place.write_text(page([result.json()], "pasar 1.0.0"), encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=[*QUIET])
        try:
            seen = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
            seen.on("request", lambda request: asked.append(request.url))
            seen.on("console", lambda message: wrong.append(message.text))
            seen.goto(place.as_uri())
            assert seen.evaluate("document.documentElement.scrollWidth") <= 390
            back = seen.evaluate("getComputedStyle(document.body).backgroundColor")
            assert back == {"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}[scheme]
            seen.emulate_media(media="print")
            assert seen.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
            assert seen.locator("section tbody tr").count() == result.expectations
        finally:
            browser.close()
    assert asked == [place.as_uri()]
    assert wrong == []
