"""The report of the sample in a real browser, offline: what people see, press and print."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from curation import config
from curation.cli import cli
from curation.verbs.report import write_report
from curation.workspace import Workspace
from tests.chromium import started

ROOT = Path(__file__).parents[2]
#: what looks for barriers: a development tool of its own, never a part of the project
AXE = "axe-core@4.10.3"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def report(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's report, with a campaign that has answers and a release."""
    root = tmp_path_factory.mktemp("looks") / "workspace"
    settings = ["-c", str(root / "curation.toml")]
    for words in (
        ["init", str(root), "--from", str(ROOT / "data" / "sample"), "-q"],
        ["run", "-q", *settings],
        ["label", "export", "topic", "-n", "24", "-q", *settings],
        ["label", "pull", "topic", "--file", str(root / "labelled" / "topic.json"), "-q", *settings],
        ["publish", "--version", "1.0.0", "--date", "2026-03-08", "-q", *settings],
    ):
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 0, done.output
    path = root / "report.html"
    write_report(Workspace(root), config.load(root / "curation.toml"), path, at=datetime(2026, 3, 9, tzinfo=UTC))
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started("the report") as made:
        yield made


@pytest.fixture
def opened(browser: Browser, report: Path) -> Iterator[Open]:
    """The report in a window; when it is closed, nothing was asked for and nothing has gone wrong."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def open_(width: int = 1440, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(report.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert said == []
    assert set(asked) == {report.as_uri()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_its_window(opened: Open, width: int, theme: str) -> None:
    page = opened(width, color_scheme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_speaks_both_languages_without_a_script(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("h2").first.inner_text() == "What needs a person"
    page.get_by_label("Indonesia", exact=True).check()
    assert page.locator("h2").first.inner_text() == "Yang perlu dilihat"
    assert "terpilih, dari 90 masukan" in page.locator(".lead").inner_text()
    assert page.get_by_text("What needs a person").first.is_hidden()


def test_its_theme_can_be_chosen_against_the_device(opened: Open) -> None:
    page = opened(color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_label("dark").check()
    dark = page.evaluate(ground)
    assert light != dark
    page.get_by_label("light").check()
    assert page.evaluate(ground) == light


def test_it_can_be_used_by_keyboard(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#alerts")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_differences_and_charts_are_seen(opened: Open) -> None:
    page = opened()
    assert page.locator("#copies details[open] :is(ins, del)").first.is_visible()
    for chart in ("#timeline svg.chart path.kept", "#m-word_count path.lost", "#labelling svg.chart circle.point"):
        box = page.locator(chart).first.bounding_box()
        assert box
        assert box["width"] > 2
    assert "krippendorff" in page.locator("#labelling table").first.text_content(), "the table stands below the picture"
    assert "1.0.0" in page.locator("#releases").inner_text()


def test_on_paper_everything_is_unfolded_on_white(opened: Open) -> None:
    page = opened(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("nav").is_hidden()
    assert page.locator("#timeline details table").bounding_box()


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe, installed by npm outside the project's own files."""
    home = ROOT / ".cache" / AXE.replace("@", "-")
    source = home / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not source.exists() and npm:
        home.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(home), AXE]
        subprocess.run(command, check=False, timeout=120)
    if not source.exists():
        assert not (os.environ.get("CI") and npm), "CI has npm, so it must look for barriers"
        pytest.skip("axe can't be had here: nobody looks for barriers in the report")
    return source.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_has_no_barriers(opened: Open, axe: str, width: int, theme: str) -> None:
    page = opened(width, color_scheme=theme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found["violations"]] == []
