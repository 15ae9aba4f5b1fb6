"""The shipped pages in two windows, by day and by night, with a long article."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.annotation.server import Server
from tests.annotation.assignment.conftest import ROOT
from tests.annotation.browser.conftest import Make, SitDown, Typed
from tests.annotation.browser.looks import WINDOWS, fits, look
from tests.annotation.browser.test_page import PARKING, TRADERS, key

pytestmark = pytest.mark.slow

LONG = (
    "Rencana Kenaikan Tarif Parkir Pusat Kota Lembayung Kembali Dibahas Dewan Setelah Dua Kali Ditunda",
    "\n\n".join([PARKING[1], TRADERS[1], "Alamat: https://kota-lembayung.example/" + "parkir-" * 30] * 12),
)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
@pytest.mark.parametrize("book", ["stance", "topic"])
def test_a_page_is_readable(
    make: Make, curation: Typed, sit_down: SitDown, tmp_path: Path, book: str, theme: str
) -> None:
    campaign = make(book, LONG)
    project = curation(tmp_path, "label", "push", campaign.name, "--project", f"{book} {theme}", "--json")["project"]
    person = sit_down("wulan", theme=theme)
    person.open(project)
    if book == "stance":  # as many questions as can be open at a time
        person.press(key(book, "stance", "favor"))
    look(person.page, tmp_path / f"{book}-{theme}")
    # a window so low that the questions don't fit
    person.page.set_viewport_size({"width": 1280, "height": 420})
    fits(person.page)


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_instruction_is_readable(
    make: Make, curation: Typed, sit_down: SitDown, running: Server, tmp_path: Path, theme: str
) -> None:
    campaign = make("stance", LONG)
    project = curation(tmp_path, "label", "push", campaign.name, "--project", f"baca {theme}", "--json")["project"]
    page = sit_down("wulan", theme=theme).page
    page.goto(f"{running.url}/projects/{project}/data?labeling=1")
    page.locator(".kurasi .lsf-richtext__line").first.wait_for()  # the page brings the style of both
    instruction = page.locator(".lsf-modal-ls__body")
    for width, height in WINDOWS:
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator(".lsf-modal-ls__content").bounding_box()
        assert box
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        sizes = instruction.locator("*").evaluate_all("all => all.map(one => getComputedStyle(one).fontSize)")
        assert min(float(size.removesuffix("px")) for size in sizes) >= 14
        instruction.locator("h1").scroll_into_view_if_needed()
        page.screenshot(path=tmp_path / f"instruction-{theme}-{width}.png")
        last = instruction.locator("p").last
        last.scroll_into_view_if_needed()
        seen = last.bounding_box()
        assert seen
        assert seen["y"] + seen["height"] <= height


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_the_audits_are_readable(curation: Typed, sit_down: SitDown, tmp_path: Path, theme: str) -> None:
    root = tmp_path / "korpus"
    curation(tmp_path, "init", str(root), "--from", str(ROOT / "data" / "sample"), "--quiet")
    curation(root, "run", "--quiet")
    curation(root, "label", "export", "--audit", "-n", "3", "--quiet")
    person = sit_down("wulan", theme=theme)
    for name in ("audit-dropped", "audit-merged"):
        project = curation(root, "label", "push", name, "--project", f"{name} {theme}", "--json")["project"]
        person.open(project)
        look(person.page, tmp_path / f"{name}-{theme}")
