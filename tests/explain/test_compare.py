"""Two texts side by side: in a terminal of any width, as a page, in a notebook."""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from curation import config
from curation.dedup import facts
from curation.explain import compare
from curation.explain.compare import Comparison, Passage, passages
from curation.explain.compare_page import comparison_html
from curation.explain.compare_text import comparison_text
from curation.explain.explanation import explain
from curation.explain.page import explanation_html
from curation.explain.text import explanation_text
from curation.report.excerpt import visible
from curation.verbs.files import run_on_files
from curation.workspace import Workspace

MONDAY = """\
Harga beras medium di Pasar Wage naik menjadi Rp13.500 per kilogram pada Senin pagi.
Menurut pedagang Ratri Suwandi, pasokan dari Cianjur terlambat dua hari karena jalan rusak.
Pembeli masih ramai sampai siang."""
TUESDAY = """\
Harga beras medium di Pasar Wage naik menjadi Rp14.200 per kilogram pada Selasa pagi.
Menurut pedagang Bambang Kertajaya, pasokan dari Cianjur terlambat dua hari karena jalan rusak.
Baca juga kabar dari Pasar Legi hari ini.
Pembeli masih RAMAI sampai siang!"""
LONG = " ".join(f"Warga dusun {n} memanen padi di lembah sungai sejak pagi buta." for n in range(30))
HOSTILE = {
    "markup": "Air <script>alert(1)</script> <img src=x onerror=alert(2)> \"surut\" & 'tenang' </div><!-- di Ambon",
    "unseen": "Air \u202esurut\u202c di\u200b Am\0bon \x1b[31mpagi\x1b[0m ini\u2066 saja \ud7ff\ufeff",
    "long word": f"Air {'a' * 100_000} surut di Ambon",
    "signs": "- " * 20_000 + "." * 100_000,
    "empty": "",
    "blank": " \n\n\t ",
}


def document(key: str, body: str, **more: Any) -> dict[str, Any]:
    row = {"id": key, "title": f"Kabar {key}", "outlet": "Suluh", "url": f"https://suluh.example/{key}", "body": body}
    return row | {"published_at": datetime(2026, 3, 2, 1, tzinfo=UTC), "zone": "WIB"} | more


def pair(a: str, b: str, **more: Any) -> Comparison:
    known = {"kind": "near", "merges": True, "direction": "b_from_a", "evidence": "J 0.52, C 0.70 / 0.65; half"}
    return Comparison(document("aa11", a), document("bb22", b), known | more)


def said(found: list[Passage], side: str) -> list[str]:
    return [word for one in found for _, piece in getattr(one, side) for word in piece.text.split()]


def marked(found: list[Passage], side: str, swapped: bool) -> list[str]:
    return [
        piece.text for one in found for alike, piece in getattr(one, side) if not alike and piece.swapped is swapped
    ]


# -- alignment ----------------------------------------------------------------------------------------

WORDS = st.sampled_from(["air", "Air", "surut,", "di", "Ambon.", "12", "Rp9.000", "-", "***", "pagi\n", "\n\n", "ya"])


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=120), st.lists(WORDS, max_size=120), st.lists(WORDS, max_size=80))
def test_no_word_is_lost_or_added(left: list[str], right: list[str], both: list[str]) -> None:
    one, other = (" ".join([*side, *both, *side[:5]]) for side in (left, right))
    found = list(passages(one, other))
    assert (said(found, "left"), said(found, "right")) == (one.split(), other.split())
    for passage in found:
        for stretch in passage.stretches:
            keys = [
                [word.key for piece in side for word in compare.words(piece.text)]
                for side in (stretch.left, stretch.right)
            ]
            assert not stretch.alike or len(keys[0]) == len(keys[1])
        if passage.folded:
            assert passage.is_alike


@settings(max_examples=100)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_compared_and_shown(left: str, right: str) -> None:
    found = list(passages(left, right))
    assert (said(found, "left"), said(found, "right")) == (left.split(), right.split())
    text = comparison_text(pair(left, right), width=80)
    assert {unicodedata.category(sign) for sign in text if sign != "\n"} & {"Cc", "Cf", "Zl", "Zp"} == set()


def test_equal_texts_are_alike_whatever_their_case_and_punctuation() -> None:
    found = list(passages(LONG, LONG.upper().replace(".", " !")))
    assert all(passage.is_alike for passage in found)
    assert "WARGA" in said(found, "right")


def test_what_differs_is_found_and_swapped_facts_stand_out() -> None:
    found = list(passages(MONDAY, TUESDAY))
    assert marked(found, "left", swapped=True) == ["Rp13.500", "Senin", "Ratri Suwandi,"]
    assert marked(found, "right", swapped=True) == ["Rp14.200", "Selasa", "Bambang Kertajaya,"]
    assert marked(found, "left", swapped=False) == []
    assert marked(found, "right", swapped=False) == ["Baca juga kabar dari Pasar Legi hari ini."]
    counts = facts.compare(MONDAY, TUESDAY)
    assert (counts.swapped_numbers, counts.swapped_names) == (1, 2)


def test_passages_stand_beside_each_other() -> None:
    found = list(passages(MONDAY, TUESDAY))
    starts = [tuple(side[0][1].text.split()[0] if side else "" for side in (one.left, one.right)) for one in found]
    assert starts == [("Harga", "Harga"), ("Menurut", "Menurut"), ("", "Baca"), ("Pembeli", "Pembeli")]


def test_words_that_are_alike_by_chance_are_no_islands() -> None:
    left = "Bupati membuka pasar malam yang ramai oleh warga dari tiga kecamatan di alun-alun kota lama."
    right = "Tim penyelamat mencari nelayan yang hilang sejak kemarin sore setelah ombak besar di muara sungai itu."
    found = list(passages(left, right))
    assert [stretch.alike for passage in found for stretch in passage.stretches] == [False]


def test_a_text_without_lines_is_cut_where_sentences_end() -> None:
    changed = re.sub(r"dusun (\d+)", lambda m: f"desa {m[1]}" if int(m[1]) % 2 else m[0], LONG)
    found = list(passages(LONG, changed))
    assert len(found) > 3
    assert all(one.left[-1][1].text.endswith(".") for one in found)


def test_long_alike_stretches_are_folded() -> None:
    found = list(passages(f"Pagi. {LONG} Sore.", f"Siang. {LONG} Malam."))
    (folded,) = [one for one in found if one.folded]
    assert folded.folded == len(LONG.split()) - 2 * compare.SHOWN
    assert len(folded.left[0][1].text.split()) == folded.folded


@pytest.mark.parametrize("window", [20, 60, 200])
def test_long_texts_are_compared_window_by_window(window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "WINDOW", window)
    words = [f"kata{n}" for n in range(500)]
    changed = [word if n % 17 else "lain" for n, word in enumerate(words)]
    found = list(passages(" ".join(words), " ".join(changed)))
    assert said(found, "right") == changed
    alike = sum(len(p.text.split()) for one in found for is_alike, p in one.left if is_alike)
    assert alike == sum(word != "lain" for word in changed)
    # a short article inside a page that holds more
    inside = list(passages(" ".join(words[300:310]), " ".join(words)))
    assert said(inside, "left") == words[300:310]
    assert all(alike for one in inside for alike, _ in one.left)


def test_fifty_thousand_words_take_seconds() -> None:
    words = [f"kata{n * n % 4999}" for n in range(50_000)]
    other = [word if n % 40 else "lain" for n, word in enumerate(words)]
    start = time.process_time()
    shown = pair(" ".join(words), " ".join(other))
    assert shown.counts == (48_750, 1250, 1250)
    assert len(comparison_html([shown])) < 5_000_000
    comparison_text(shown, width=100)
    assert time.process_time() - start < 20


# -- the terminal -------------------------------------------------------------------------------------


def test_both_texts_stand_side_by_side() -> None:
    text = comparison_text(pair(MONDAY, TUESDAY), width=120)
    assert text.splitlines()[0] == "near  a near copy; one article"
    assert "J 0.52, C 0.70 / 0.65; half" in text
    assert "B was taken from A" in text
    assert re.search(r"^A  aa11 · Suluh · 2026-03-02 01:00 UTC, .* │ B  bb22 · Suluh", text, re.MULTILINE)
    assert re.search(r"^Kabar aa11 +│ Kabar bb22$", text, re.MULTILINE)
    assert "[*Rp13.500*]" in text
    assert "{*Bambang Kertajaya,*}" in text
    assert re.search(r"^ +│ \{\+Baca juga kabar dari Pasar Legi hari ini\.\+\}$", text, re.MULTILINE)
    left, right = next(line for line in text.splitlines() if line.startswith("Pembeli")).split(" │ ")
    assert left.rstrip() == "Pembeli masih ramai sampai siang."
    assert right == "Pembeli masih RAMAI sampai siang!"


def test_a_narrow_terminal_shows_one_text_in_the_other() -> None:
    for width in (40, None):
        text = comparison_text(pair(MONDAY, TUESDAY), width=width)
        assert " │ " not in text
        joined = re.sub(r"\s+", " ", text)
        assert "naik menjadi [*Rp13.500*] {*Rp14.200*} per kilogram pada [*Senin*] {*Selasa*} pagi." in joined
    assert "B  bb22 · Suluh" in text


@pytest.mark.parametrize("width", [10, 30, 60, 72, 80, 131, 200])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_line_is_wider_than_the_terminal(name: str, width: int) -> None:
    for one in (pair(HOSTILE[name], MONDAY), pair(MONDAY, HOSTILE[name], kind="rewrite", direction=None)):
        text = comparison_text(one, width=width)
        assert max(map(len, text.splitlines())) <= max(width, 20)
        assert {unicodedata.category(sign) for sign in text if sign != "\n"} & {"Cc", "Cf"} == set()


def test_colours_come_with_a_style_and_without_colours_there_are_marks() -> None:
    plain, coloured = (comparison_text(pair(MONDAY, TUESDAY), color=color, width=120) for color in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1;7;31mRp13.500\x1b[0m" in coloured
    assert "\x1b[4;32mBaca juga kabar dari Pasar Legi hari ini." in coloured
    assert "[*" not in coloured
    # the legend tells what the marks mean
    assert "[-only in A-]  {+only in B+}  [*another number or name*]  {*in its place*}" in plain


def test_the_middle_is_folded_and_all_unfolds_it() -> None:
    one = pair(f"Pagi. {LONG} Sore.", f"Siang. {LONG} Malam.")
    text = comparison_text(one, width=100)
    assert re.search(r"^ +… 306 words alike …$", text, re.MULTILINE)
    assert "dusun 15 " not in text
    assert "dusun 15 " in comparison_text(one, all=True, width=100)
    assert "words alike …" not in comparison_text(one, all=True, width=100)


def test_endless_words_are_cut_unless_all_is_asked_for() -> None:
    one = pair(HOSTILE["long word"], MONDAY)
    assert "a… (+99,801)" in comparison_text(one)
    assert "a" * 100_000 in comparison_text(one, all=True)


def test_documents_that_are_no_pair_can_be_compared() -> None:
    one = Comparison(document("aa11", MONDAY, title=None, published_at=None), document("bb22", LONG))
    text = comparison_text(one, width=100)
    assert text.startswith("no pair  too little is shared")
    assert "no date" in text
    assert "(no title) Harga beras" in text
    assert one.to_dict()["pair"] is None
    assert repr(one) == "Comparison(aa11, bb22, no pair)"


def test_as_plain_values_nothing_is_folded() -> None:
    one = pair(MONDAY, TUESDAY)
    found = one.to_dict()
    for side, body in (("a", MONDAY), ("b", TUESDAY)):
        pieces = [piece for passage in found["passages"] for piece in passage[side]]
        assert " ".join(piece["text"] for piece in pieces).split() == body.split()
    assert {"text": "Rp13.500", "alike": False, "swapped": True} in found["passages"][0]["a"]
    assert one.counts == (28, 4, 12)


def test_str_fits_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    lines = str(pair(MONDAY, TUESDAY)).splitlines()
    assert max(map(len, lines)) <= 90
    assert any(" │ " in line for line in lines)


# -- the page -----------------------------------------------------------------------------------------


def cells(page: str, side: str) -> list[str]:
    found = html.fromstring(page).xpath("//main//div[contains(@class, 'rows') and not(contains(@class, 'heads'))]")
    return [row.xpath(f"./div[@class='cell {side}']")[0].text_content() for row in found]


def test_the_page_holds_both_texts_with_their_differences() -> None:
    page = comparison_html([pair(MONDAY, TUESDAY)])
    tree = html.fromstring(page)
    assert " ".join(cells(page, "a")).split() == MONDAY.split()
    assert " ".join(cells(page, "b")).split() == TUESDAY.split()
    assert [e.text for e in tree.xpath("//main//del[@class='swap']")] == ["Rp13.500", "Senin", "Ratri Suwandi,"]
    assert [e.text for e in tree.xpath("//main//ins[not(@class)]")] == ["Baca juga kabar dari Pasar Legi hari ini."]
    # what stands in each other's place has one number
    numbers = [[e.get("data-d") for e in tree.xpath(f"//main//{mark}[@class='swap']")] for mark in ("del", "ins")]
    assert numbers[0] == numbers[1] == ["0", "1", "2"]
    assert tree.xpath("//title")[0].text == "Kabar aa11 | Kabar bb22"
    assert not tree.xpath("//nav")


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_text_becomes_markup(name: str) -> None:
    hostile = HOSTILE[name]
    bad = document("aa11", hostile, title=hostile[:90], outlet=hostile[:50], url=f"javascript:{hostile[:90]}")
    known = {"kind": "near", "merges": False, "direction": None, "evidence": hostile[:90]}
    page = comparison_html([Comparison(bad, document("bb22", MONDAY), known)], [hostile[:90]])
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//@src | //@onerror | //@href | //link | //img | //iframe") == []
    assert {unicodedata.category(sign) for sign in page if sign not in "\n\t"} & {"Cc", "Cf"} == set()
    assert len(page) < 200_000
    if name == "markup":
        assert " ".join(cells(page, "a")).split() == hostile.split()


def test_several_pairs_have_a_table_of_contents() -> None:
    many = [pair(MONDAY, TUESDAY), pair(LONG, LONG, kind="exact"), pair(MONDAY, LONG, kind="rewrite", merges=False)]
    page = comparison_html(many, ["C 0.64, limit 0.65", "", "<b>"])
    tree = html.fromstring(page)
    assert tree.xpath("//h1")[0].text == "3 pairs"
    targets = [link.get("href") for link in tree.xpath("//nav//a")]
    assert targets == ["#pair-1", "#pair-2", "#pair-3"]
    assert all(tree.xpath(f"//section[@id='{target[1:]}']") for target in targets)
    assert "C 0.64, limit 0.65" in tree.xpath("//nav//li")[0].text_content()
    numbers = [int(n) for n in tree.xpath("//main//@data-d")]
    assert sorted(set(numbers)) == list(range(max(numbers) + 1))
    assert f"{len(LONG.split()) - 2 * compare.SHOWN} words alike" in tree.xpath("//details/summary")[0].text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_notebook_gets_a_small_piece_without_a_script(name: str) -> None:
    shown = pair(HOSTILE[name], MONDAY)._repr_html_()
    (piece,) = html.fragments_fromstring(shown)
    assert piece.get("class") == "curation-result"
    assert piece.xpath(".//script | .//iframe | .//img | .//@src | .//@href | .//@onerror") == []
    assert len(shown.encode()) < 60_000
    left = piece.xpath(".//div[contains(@class, 'beside')]/div[1]")[1:]
    if name == "markup":
        assert " ".join(" ".join(cell.text_content() for cell in left).split()) == HOSTILE[name]


def test_unseen_signs_are_labelled() -> None:
    page = comparison_html([pair(HOSTILE["unseen"], MONDAY)])
    for sign in ("U+202E", "U+0000", "U+001B", "U+200B"):
        assert f'title="{sign}">{sign}</span>' in page
    assert visible("\u202e") in comparison_text(pair(HOSTILE["unseen"], MONDAY))


# -- where an explanation shows pairs -----------------------------------------------------------------


def test_an_explanation_says_how_to_see_a_copy_side_by_side(workspace: Workspace, folder: Path) -> None:
    found = explain(workspace, "https://www.kabardesa.example/banjir")
    other = explain(workspace, "https://wartahilir.example/air-surut").article["id"]
    command = f"curation pairs {found.article['id']} {other}"
    assert f"  Side by side: {command}\n" in explanation_text(found) + "\n"
    assert f"<code>{command}</code>" in explanation_html(found)
    assert "Side by side" not in explanation_text(explain(workspace, "https://kabardesa.example/pendek"))
    # outside a workspace the command names the folder
    run_on_files(folder, folder, "dedup", config.load())
    assert f"{command} --in {folder}\n" in explanation_text(explain(folder, found.article["id"])) + "\n"
