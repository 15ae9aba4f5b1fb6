"""Two versions on one page: what is told, what is withheld, and that nothing of a text becomes markup."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner
from lxml import html
from playwright.sync_api import Browser

from curation import schema, store
from curation.cli import cli
from curation.config import Config
from curation.explain.difference_page import difference_html
from curation.explain.explanation import explain_file
from curation.explain.page import explanation_html
from curation.release.difference.compare import compare
from curation.release.manifest import MANIFEST
from tests.chromium import started
from tests.report.test_looks import axe  # noqa: F401

EVIL = "<script>document.title = 'bad'</script><img src=x onerror=\"document.title='bad'\">"
BODY = "Hasil panen di Desa Rimbo naik menjadi {} ton. Warga memanen padi di lembah sejak pagi."
Make = Callable[..., Path]


def document(id_: str, body: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": id_, "title": f"Padi {id_}", "body": body, "outlet": "Suluh", "tags": [], "n_words": len(body.split()),
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(), "cluster_id": id_, "cluster_size": 1,
        "split": "train", "topics": [], "stance": [], "label_status": "none", "text_access": "full",
        "licence": None, "language": "id",
    } | changes  # fmt: skip


def withheld(row: dict[str, Any]) -> dict[str, Any]:
    """The row as the public flavour has it."""
    nothing: dict[str, Any] = {
        "title": None,
        "body": None,
        "text_access": "withheld",
        "url_hash": "0",
        "n_chars": 1,
        "pieces": [],
    }
    return {name: value for name, value in row.items() if name not in ("topics", "stance")} | nothing


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a version as a folder that can be compared."""

    def make(flavour: str, version: str, rows: list[dict[str, Any]], reasons: dict[str, str] | None = None) -> Path:
        folder = tmp_path / flavour / version
        if flavour == "public":
            rows = [{**withheld(row), "topics": [], "stance": []} for row in rows]
        table = schema.from_rows("public" if flavour == "public" else "released", rows)
        store.write_table(folder / "data" / "default" / "train.parquet", table)
        told = {"name": "panen", "version": version, "tables": {}}
        (folder / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
        if reasons:
            gone = [{"change": "removed", "id": id_, "reason": reason} for id_, reason in reasons.items()]
            store.write_table(folder / "changes.parquet", pa.Table.from_pylist(gone))
        return folder

    return make


@pytest.fixture
def versions(make: Make) -> tuple[Path, Path]:
    old = [document(f"d{n}", BODY.format(n + 10)) for n in range(6)]
    new = [document("d0", BODY.format(99) + " " + EVIL, title=EVIL, outlet=EVIL), *old[1:4], document("e1", EVIL)]
    new[1] = {**new[1], "split": "test"}
    return make("whole", "1.0.0", old), make("whole", "1.1.0", new, {"d4": "duplicate", "d5": "withdrawn"})


def shown(before: Path, after: Path, language: str = "en") -> str:
    return difference_html(compare(before, after), before, after, language)


def test_it_tells_what_changed_and_shows_a_text_word_by_word(versions: tuple[Path, Path]) -> None:
    page = html.fromstring(shown(*versions))
    assert page.get("lang") == "en"
    counts = {row[0].text_content(): row[1].text_content() for row in page.xpath("//section[@id='changes']//tbody/tr")}
    assert counts["removeddokumen dikeluarkan"] == "2"
    assert [one.text for one in page.xpath("//section[@id='texts']//del[@class='swap'][@data-d]")] == ["10"]
    assert "99" in page.xpath("//section[@id='texts']//ins[@data-d]")[0].text_content()
    assert [cell.text_content() for cell in page.xpath("//section[@id='splits']//tbody/tr/*")] == ["train", "test", "1"]
    assert "major" in page.xpath("//p[@class='lead']")[0].text_content()


def test_nothing_of_a_text_becomes_markup(versions: tuple[Path, Path]) -> None:
    page = shown(*versions)
    assert "<script" not in page
    assert "<img" not in page
    assert EVIL.split(">")[0].replace("<", "&lt;") in page


def test_what_was_withdrawn_keeps_no_title(versions: tuple[Path, Path]) -> None:
    page = shown(*versions)
    assert "Padi d4" in page
    assert "Padi d5" not in page


@pytest.mark.parametrize("flavours", [("public", "public"), ("whole", "public"), ("public", "whole")])
def test_a_public_flavour_withholds_texts_and_titles(make: Make, flavours: tuple[str, str]) -> None:
    old = [document(f"d{n}", BODY.format(n + 10)) for n in range(4)]
    new = [document("d0", BODY.format(99)), old[1], old[2], document("e1", BODY.format(7))]
    page = shown(make(flavours[0], "1.0.0", old), make(flavours[1], "1.1.0", new))
    assert "panen di" not in page
    assert "Padi" not in page


def test_the_command_writes_it_in_indonesian(versions: tuple[Path, Path], tmp_path: Path) -> None:
    path = tmp_path / "beda.html"
    done = CliRunner().invoke(cli, ["diff", *map(str, versions), "--html", str(path), "--language", "id"])
    assert done.exit_code == 0, done.output
    assert html.fromstring(path.read_bytes()).get("lang") == "id"


# -- in a browser ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started("the comparison of versions") as browser:
        yield browser


@pytest.fixture(params=["difference", "explanation"])
def page_file(request: pytest.FixtureRequest, versions: tuple[Path, Path], tmp_path: Path) -> Path:
    """Either page, with hostile markup in its texts."""
    text = tmp_path / "berita.txt"
    text.write_text(f"Panen di Rimbo\n\nBaca juga: {EVIL}\n\n{BODY.format(12)} {'x' * 500}\n{EVIL}\n", encoding="utf-8")
    page = shown(*versions) if request.param == "difference" else explanation_html(explain_file(text, Config()))
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_it_fits_every_screen_and_asks_for_nothing(browser: Browser, page_file: Path, width: int, theme: Any) -> None:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, offline=True).new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert (said, asked) == ([], [page_file.as_uri()])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.title() != "bad"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_it_has_no_barriers(browser: Browser, page_file: Path, axe: str, width: int, theme: Any) -> None:  # noqa: F811
    made = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=True)
    page = made.new_page()
    page.goto(page_file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    made.close()
