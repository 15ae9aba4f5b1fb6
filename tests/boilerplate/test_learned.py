"""Learned chrome: what a site repeats is removed where it repeats it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.boilerplate.learned import EDGE, chrome_table, learned, line_key, sentences
from curation.rule import ChromeTable, after

SLOGAN = "Cepat, Tepat, Lintang!"
FOLLOW = "Ikuti kami di kanal 3."
PROSE = "Warga Desa Waai kembali ke rumah masing-masing setelah air sungai surut."


def table(**lines):
    return ChromeTable(3, {(owner, line_key(SLOGAN)): position for owner, position in lines.items()})


def body(before, behind):
    return "\n".join([*[f"{PROSE} {n}." for n in range(before)], SLOGAN, *[PROSE] * behind])


@pytest.mark.parametrize(
    ("position", "before", "behind", "removed"),
    [
        ("head", 0, 20, True),
        ("head", EDGE - 1, 20, True),
        ("head", EDGE, 20, False),
        ("tail", 20, 0, True),
        ("tail", 20, EDGE - 1, True),
        ("tail", 20, EDGE, False),
        ("any", 20, 20, True),
    ],
)
def test_position(position, before, behind, removed):
    text = body(before, behind)
    left = after(learned, text, chrome=table(lintang=position), owners=[("lintang",)])
    assert left == (text.replace(SLOGAN, "") if removed else text)


@pytest.mark.parametrize(
    ("owners", "removed"),
    [
        ([("lintang.example",)], True),
        ([("lintang.example", "Grup")], True),
        ([("other.example", "Grup")], False),
        ([()], False),
        ((), False),
    ],
)
def test_whose_line_it_is(owners, removed):
    text = body(1, 0)
    left = after(learned, text, chrome=table(**{"lintang.example": "any"}), owners=owners)
    assert (SLOGAN not in left) == removed


def test_a_long_footer_goes_as_far_as_its_lines_are_known():
    notice = "Semua tulisan di laman ini milik penerbit dan tidak boleh disalin tanpa izin tertulis dari redaksi kami."
    footer = [SLOGAN, *(f"{notice} {n}" for n in range(EDGE + 2))]
    known = ChromeTable(3, {("lintang", line_key(line)): "tail" for line in footer})
    left = after(learned, "\n".join([PROSE, *footer]), chrome=known, owners=[("lintang",)])
    assert left.strip() == PROSE
    between = "\n".join([PROSE, SLOGAN, PROSE, *footer[1:]])
    assert SLOGAN in after(learned, between, chrome=known, owners=[("lintang",)])


def test_scraps_beyond_a_line_do_not_count():
    text = "\n".join([*[PROSE] * 9, SLOGAN, *["ambon"] * 9])
    assert SLOGAN not in after(learned, text, chrome=table(lintang="tail"), owners=[("lintang",)])


# -- inside a line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "text", "left"),
    [
        ("tail", f"{PROSE} {SLOGAN}", PROSE),
        ("tail", f"{PROSE} {SLOGAN} {SLOGAN}", PROSE),
        ("tail", f"Hujan reda di Waai {SLOGAN}", "Hujan reda di Waai"),  # glued, no full stop
        ("tail", f"{PROSE} {SLOGAN}\nambon", f"{PROSE}\nambon"),
        ("tail", f"{PROSE} {SLOGAN} {PROSE}", None),
        ("tail", f"{SLOGAN} {PROSE}", None),
        ("tail", f"{PROSE}\nMoto mereka: {SLOGAN.lower()}", None),  # goes on from what is before it
        ("tail", "\n".join([f"{PROSE} {SLOGAN}", *[PROSE] * EDGE]), None),
        ("head", f"{SLOGAN} {PROSE}", PROSE),
        ("head", f"{PROSE} {SLOGAN}", None),
        ("head", f"{SLOGAN} kata mereka di Waai.", None),
        ("any", f"{PROSE} {SLOGAN} {PROSE}", f"{PROSE}  {PROSE}"),
        ("any", f"{SLOGAN} {PROSE} {SLOGAN}", PROSE),
        ("any", f"{PROSE} Kata mereka {SLOGAN} {PROSE}", None),  # part of a sentence
    ],
)
def test_inside_a_line(place, text, left):
    made = after(learned, text, chrome=table(lintang=place), owners=[("lintang",)])
    assert made.strip() == (text if left is None else left)


def test_pieces_of_site_and_network_stand_beside_each_other():
    keys = {("a", line_key(SLOGAN)): "tail", ("Grup", line_key(FOLLOW)): "tail"}
    text = f"{PROSE} Ikuti kami di kanal 7. {SLOGAN} {FOLLOW}"
    assert after(learned, text, chrome=ChromeTable(1, keys), owners=[("a", "Grup")]).strip() == PROSE


def test_a_long_line_is_never_removed_whole():
    text = " ".join([SLOGAN] * 20)
    assert after(learned, text, chrome=table(lintang="any"), owners=[("lintang",)]) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Air surut. Warga pulang", ["Air surut.", "Warga pulang"]),
        ("“Air surut.” Warga pulang? Ya!", ["“Air surut.”", "Warga pulang?", "Ya!"]),
        ("Menurut Moch. Ali dan H. Said, No. 5 menang.", ["Menurut Moch. Ali dan H. Said, No. 5 menang."]),
        ("Air surut.*** Ikuti kami", ["Air surut.***", "Ikuti kami"]),
        ("Rp1.500 per 10.000 warta.com naik.", ["Rp1.500 per 10.000 warta.com naik."]),
        ("", [""]),
    ],
)
def test_sentences(text, found):
    assert [text[start:end] for start, end in sentences(text)] == found


@given(st.text("Ab1 .!?”)*\t"))
def test_sentences_lose_no_letter(text):
    spans = sentences(text)
    assert "".join(text[start:end] for start, end in spans).split() == text.split() or len(spans) > 1
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    assert all(start <= end for start, end in spans)


# -- whose line ----------------------------------------------------------------------------------------


def test_a_network_speaks_for_its_sites():
    assert SLOGAN not in after(learned, body(1, 0), chrome=table(Grup="tail"), owners=[("any.example", "Grup")])


def test_the_site_is_asked_before_its_network():
    chrome = ChromeTable(1, {("a", line_key(SLOGAN)): "head", ("Grup", line_key(SLOGAN)): "any"})
    # the site says head; the network's word holds where the site's does not
    assert SLOGAN not in after(learned, body(20, 20), chrome=chrome, owners=[("a", "Grup")])


def test_an_empty_table_removes_nothing():
    assert after(learned, body(0, 0), owners=[("lintang",)]) == SLOGAN


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Copyright 2025 Warta", "copyright  2026\twarta", True),
        ("Edisi 9", "Edisi 10", False),
        ("Warta", "Warta!", False),
    ],
)
def test_keys(one, other, same):
    assert (line_key(one) == line_key(other)) == same


@given(st.text())
def test_a_key_is_its_own_key(text):
    # what is no single lower-case letter may fold once more, as for the dotted capital I
    key = line_key(text)
    assert line_key(key) == key
    assert not any(character.isdigit() and character.isascii() for character in key)


def test_the_table_in_state_is_the_table_in_use():
    columns = {"line_key": line_key(SLOGAN), "n_documents": 9, "n_clusters": 9, "example": SLOGAN, "version": 4}
    rows = [
        columns | {"site": "lintang.example", "network": None, "position": "tail"},
        columns | {"site": None, "network": "Grup", "position": "any", "line_key": "edisi ##"},
    ]
    made = chrome_table(schema.from_rows("chrome", rows))
    assert made.version == 4
    assert dict(made.lines) == {("lintang.example", line_key(SLOGAN)): "tail", ("Grup", "edisi ##"): "any"}
    assert chrome_table(schema.empty("chrome")) == ChromeTable()
    kept = chrome_table(schema.from_rows("chrome", rows), keep=["CEPAT,  tepat, Lintang!", "of another table"])
    assert dict(kept.lines) == {("Grup", "edisi ##"): "any"}
