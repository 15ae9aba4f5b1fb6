"""Learned chrome: what a site repeats is removed where it repeats it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.boilerplate.learned import EDGE, chrome_table, learned, line_key
from curation.rule import ChromeTable, after

SLOGAN = "Cepat, Tepat, Lintang!"


def table(**lines):
    return ChromeTable(3, {(owner, line_key(SLOGAN)): position for owner, position in lines.items()})


def body(before, behind):
    return "\n".join([*[f"Kalimat {n} sebelum." for n in range(before)], SLOGAN, *["Kalimat."] * behind])


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
