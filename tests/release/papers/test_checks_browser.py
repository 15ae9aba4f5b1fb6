"""checks/index.html in a real browser: nothing is asked for, nothing goes wrong; it fits a telephone, dark or light."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from curation.check.tables import check_released
from curation.release.papers.checks import page
from tests.chromium import started

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well_alone(workspace: Any, tmp_path: Path, scheme: Any) -> None:
    place = tmp_path / "index.html"
    result = check_released(workspace() / "released.parquet")
    place.write_text(page([result.json()], "pasar 1.0.0"), encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    with started("the page of checks") as browser:
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
    assert asked == [place.as_uri()]
    assert wrong == []
