"""One document as people see it: in a terminal of any width, in colours or not, and as a page."""

from __future__ import annotations

import os
import pty
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from lxml import html

from curation.explain.explanation import EditMade, Explanation, explain, explain_file
from curation.explain.marked import marked_text, write_numbered
from curation.explain.page import explanation_html
from curation.explain.pieces import numbered, pieces
from curation.explain.text import explanation_text
from curation.explain.writer import Writer
from curation.workspace import Workspace

URL = "https://www.kabardesa.example/banjir"
HOSTILE = (
    "Air di Ambon\u202e surut\u202c.\x1b[31mMerah\u200b lebar\u00a0tetap.\n"
    "Baca juga: <img src=x onerror=alert(1)> \"kutip\" & 'petik'\n"
    "Warga <b>pulang</b> dan membersihkan rumah.\n"
    "Editor: Ratri <script>alert(2)</script>\n"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Explanation:
    page = tmp_path / "jahat.txt"
    page.write_text(HOSTILE, encoding="utf-8")
    return explain_file(page)


def explained(tmp_path: Path, *lines: str) -> Explanation:
    page = tmp_path / "kabar.txt"
    page.write_text("\n".join(lines), encoding="utf-8")
    return explain_file(page)


# -- the terminal -------------------------------------------------------------------------------------


def test_every_edit_has_its_number_in_the_text_and_in_the_list(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    assert numbered(found)
    shown, listed = explanation_text(found).split("\nEdits (")
    for number, edit in numbered(found).items():
        assert f"{edit.removed.strip()}-][{number}]" in shown
        assert re.search(rf"^ +{number}  .*{edit.rule} .*{re.escape(edit.removed.strip())}", listed, re.MULTILINE)


def test_colour_is_only_where_it_is_wanted(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    for render in (explanation_text, marked_text):
        plain, coloured = render(found), render(found, color=True)
        assert "\x1b" not in plain
        assert "\x1b[9;31mBaca juga: Harga Beras Turun di Pasar Induk\x1b[0m" in coloured
        assert "[-" not in coloured


@pytest.mark.parametrize("width", [12, 30, 50, 80, 120])
def test_no_line_is_wider_than_the_terminal(workspace: Workspace, width: int) -> None:
    found = explain(workspace, URL)
    lines = explanation_text(found, width=width).splitlines()
    assert max(map(len, lines)) <= max(width, 20)
    if width >= 50:
        # nothing but breaks, margins and indents is new
        unwrapped = re.sub(r"[\s│]", "", explanation_text(found))
        assert sorted(re.sub(r"[\s│]", "", "".join(lines))) == sorted(unwrapped)


def numbered_text(lines: list[str], dropped: set[str], all: bool = False) -> str:
    """A raw text whose dropped lines some rule removed."""
    raw, at, edits = "\n".join(lines), 0, []
    for number, line in enumerate(lines, 1):
        if line in dropped:
            edits.append(EditMade(at, at + len(line), number, number, True, line, "", "contoh", "", "", None))
        at += len(line) + 1
    writer = Writer(None, color=False)
    write_numbered(Explanation("", "", article={"raw": raw}, edits=tuple(edits)), writer, all)
    return str(writer)


def test_what_is_unchanged_is_folded() -> None:
    news = [f"Pos ronda nomor {i} di desa itu dijaga warga setiap malam." for i in range(10)]
    lines = ["Baca juga: Ronda Malam", *news, "Warga berjaga. " * 60, "Editor: Ratri"]
    text = numbered_text(lines, {lines[0], lines[-1]})
    assert "\n     ⋮ 8 lines unchanged\n" in text
    shown = [i for i in range(10) if f"nomor {i} di" in text]
    assert shown == [0, 9]
    assert re.search(r"Warga berjaga\. ⋯ 6\d\d characters unchanged ⋯ (Warga )?berjaga\.", text)
    whole = numbered_text(lines, {lines[0], lines[-1]}, all=True)
    assert "unchanged" not in whole
    assert all(line.strip() in whole for line in lines)


def test_a_short_run_is_not_worth_a_fold() -> None:
    lines = ["Baca juga: Ronda Malam", *(f"Pos nomor {i} sepi malam itu." for i in range(4)), "Editor: Ratri"]
    assert numbered_text(lines, {lines[0], lines[-1]}).splitlines() == [
        "  1 │ [-Baca juga: Ronda Malam-][1]",
        "  2 │ Pos nomor 0 sepi malam itu.",
        "  3 │ Pos nomor 1 sepi malam itu.",
        "  4 │ Pos nomor 2 sepi malam itu.",
        "  5 │ Pos nomor 3 sepi malam itu.",
        "  6 │ [-Editor: Ratri-][2]",
    ]


def test_control_characters_never_reach_the_terminal(hostile: Explanation) -> None:
    for text in (explanation_text(hostile), explanation_text(hostile, all=True, width=60), marked_text(hostile)):
        assert {unicodedata.category(c) for c in text if c != "\n"} & {"Cc", "Cf"} == set()
        assert "<U+202E>" in text
        assert re.search(r"<U\+001B>(-\])?(\[\d\])?\[31mMerah", text)
    coloured = explanation_text(hostile, color=True)
    assert set(re.findall(r"\x1b\[[\d;]*.", coloured)) == set(re.findall(r"\x1b\[[\d;]*m", coloured))


def in_terminal(page: Path, **environment: str) -> str:
    """What `curation explain` prints to a terminal."""
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "60", **environment}
    child, screen = pty.fork()
    if not child:
        os.execvpe(sys.executable, [sys.executable, "-m", "curation", "explain", str(page)], env)
    shown = b""
    while True:
        try:
            read = os.read(screen, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not read:
            break
        shown += read
    os.close(screen)
    assert os.waitpid(child, 0)[1] == 0
    return shown.decode()


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_gets_colours_and_its_width(tmp_path: Path, environment: dict[str, str], coloured: bool) -> None:
    page = tmp_path / "kabar.txt"
    page.write_text("Air surut.\nBaca juga: Harga Beras Turun\n" + "Warga pulang. " * 10, encoding="utf-8")
    shown = in_terminal(page, **{"NO_COLOR": "", **environment})
    assert ("\x1b[" in shown) is coloured
    assert max(len(re.sub(r"\x1b\[[\d;]*m", "", line)) for line in shown.splitlines()) <= 60


# -- the page -----------------------------------------------------------------------------------------


def test_the_page_needs_nothing(workspace: Workspace) -> None:
    page = explanation_html(explain(workspace, URL))
    tree = html.fromstring(page)
    assert tree.get("lang") == "en"
    assert not tree.xpath("//script | //link | //img | //*[@src] | //b")
    assert "url(" not in page
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "malformed" in explanation_html(explain(workspace, "malam-2.jsonl:2"))


def test_every_number_leads_to_its_edit_and_back(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    tree = html.fromstring(explanation_html(found))
    for number, edit in numbered(found).items():
        (piece,), (note,) = tree.xpath(f"//*[@id='at-{number}']"), tree.xpath(f"//*[@id='edit-{number}']")
        assert piece.xpath(".//a/@href") == [f"#edit-{number}"]
        assert note.xpath(".//a/@href") == [f"#at-{number}"]
        assert edit.removed.strip() in piece.text_content()
        assert note.xpath(".//code")[0].text == edit.rule
        assert edit.summary in note.text_content()
        assert edit.source in note.text_content()
        assert piece.xpath(".//del/@title")[0].startswith(f"{edit.rule}: {edit.summary}")


def test_what_was_read_is_marked_in_the_text(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    tree = html.fromstring(explanation_html(found))
    assert "Ratri" in {mark.text_content() for mark in tree.xpath("//div[@class='raw']//mark")}
    assert any("read as editor by" in title for title in tree.xpath("//@title"))
    read = {piece.text for piece in pieces(found) if piece.values}
    assert "Ratri" in read


def test_a_hostile_text_stays_text(hostile: Explanation) -> None:
    page = explanation_html(hostile)
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //img | //b | //*[@onerror]")
    raw = tree.xpath("//div[@class='raw']")[0].text_content()
    assert "Baca juga: <img src=x onerror=alert(1)> \"kutip\" & 'petik'" in raw
    assert {unicodedata.category(c) for c in page if c not in "\n\t"} & {"Cc", "Cf"} == set()
    assert "U+202E" in tree.xpath("//span[@class='unseen']/@title")


def test_a_text_without_edits_says_so(tmp_path: Path) -> None:
    found = explained(tmp_path, "Air surut dan warga pulang dengan tenang.")
    assert "None: the text is as it came." in explanation_html(found)
    assert "Edits (" not in explanation_text(found)
