"""Literals are found as a search for each would find them, line by line."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import literals as module
from curation.boilerplate import RULES
from curation.literals import _FEW, Literals

FEW = (("baca juga", "baca"), ("iklan",), ("juga",), ("–", "©"), ("é",), ("n baca",))
#: of one letter, and too many: both are looked for in another way
SHORT = (*FEW, ("k", "a b"))
MANY = (*FEW, tuple(f"nomor {n}" for n in range(_FEW)))
WORDS = ("Baca Juga", "IKLAN", "juga", "bac", "a", "–", "é", "É", " ", "\U0001f600")
ASCII_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}


@pytest.mark.parametrize("groups", [FEW, SHORT, MANY], ids=["few", "short", "many"])
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=8))
def test_every_literal_of_every_line(groups, texts):
    lower = [text.translate(ASCII_LOWER) for text in texts]
    expected = [[any(s in text for s in group) for text in lower] for group in groups]
    assert Literals(groups).find(pa.array(texts, pa.string())).tolist() == expected


def test_what_reaches_over_two_lines_is_in_neither():
    assert Literals((("baca juga",),)).find(pa.array(["baca ", "juga"])).tolist() == [[False, False]]


def test_what_reaches_over_lines_hides_nothing_in_them():
    overlapping = Literals((("n baca juga i", "an"), ("baca",), ("juga",), ("iklan",)))
    found = overlapping.find(pa.array(["Pesan ", "baca ", "", "juga", " iklan", "x"]))
    assert [np.flatnonzero(group).tolist() for group in found] == [[0, 4], [1], [3], [4]]


def test_slices_of_a_batch(monkeypatch):
    texts = pa.array(["x" * n + "iklan" for n in range(50)] + [""])
    whole = Literals((("iklan",),)).find(texts)
    monkeypatch.setattr(module, "_SLICE", 64)
    assert Literals((("iklan",),)).find(texts).tolist() == whole.tolist() == [[True] * 50 + [False]]
    assert Literals((("iklan",),)).find(texts.slice(48)).tolist() == [[True, True, False]]


def test_no_text_and_no_group():
    assert Literals((("iklan",),)).find(pa.array([], pa.string())).shape == (1, 0)
    assert Literals(()).find(pa.array(["iklan"])).shape == (0, 1)


def test_no_rule_looks_for_a_letter_beyond_ascii():
    """There the case of the text would matter."""
    found = {letter for rule in RULES for literal in rule.literals for letter in literal if letter.isalpha()}
    assert found <= set(ascii_lowercase)
