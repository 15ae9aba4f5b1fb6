"""Literals are found as a search for each would find them, line by line."""

from __future__ import annotations

import subprocess
import sys
from string import ascii_lowercase, ascii_uppercase

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.boilerplate import RULES
from curation.literals import Literals

GROUPS = (
    ("baca juga", "baca"),
    ("iklan",),
    ("juga", "juga"),
    ("–", "©"),
    ("é",),
    ("n baca",),
    (),
    ("k", "a b", "iklan"),
)
WORDS = ("Baca Juga", "IKLAN", "juga", "bac", "a", "–", "é", "É", " ", "\U0001f600")
ASCII_LOWER = {ord(letter): letter.lower() for letter in ascii_uppercase}


def naive(groups, texts):
    lower = [text.translate(ASCII_LOWER) for text in texts]
    return [[any(string in text for string in group) for text in lower] for group in groups]


@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), max_size=12))
def test_every_literal_of_every_line(texts):
    assert Literals(GROUPS).find(pa.array(texts, pa.string())).tolist() == naive(GROUPS, texts)


@pytest.mark.parametrize("step", sorted({rule.step for rule in RULES if rule.literals}))
def test_the_literals_of_the_rules(step):
    groups = [rule.literals for rule in RULES if rule.step == step and rule.literals]
    strings = sorted({string for group in groups for string in group})
    texts = [f"Air {one.upper()}{other} surut" for one, other in zip(strings, [*strings[1:], ""], strict=True)]
    assert Literals(groups).find(pa.array(texts)).tolist() == naive(groups, texts)


def test_what_reaches_over_two_lines_is_in_neither():
    assert Literals((("baca juga",),)).find(pa.array(["baca ", "juga"])).tolist() == [[False, False]]


def test_what_reaches_over_lines_hides_nothing_in_them():
    overlapping = Literals((("n baca juga i", "an"), ("baca",), ("juga",), ("iklan",)))
    found = overlapping.find(pa.array(["Pesan ", "baca ", "", "juga", " iklan", "x"]))
    assert [np.flatnonzero(group).tolist() for group in found] == [[0, 4], [1], [3], [4]]


def test_a_slice_of_a_batch():
    texts = pa.array(["x" * n + "iklan" for n in range(50)] + ["", "iklan"])
    assert Literals((("iklan",),)).find(texts.slice(48, 3)).tolist() == [[True, True, False]]


def test_no_text_and_no_group():
    assert Literals((("iklan",),)).find(pa.array([], pa.string())).shape == (1, 0)
    assert Literals((("iklan",),)).find(pa.array(["", ""])).tolist() == [[False, False]]
    assert Literals(()).find(pa.array(["iklan"])).shape == (0, 1)


def test_same_lines_without_a_compiler():
    """In a process of its own, since modules keep what they were compiled to."""
    texts = ["Baca juga: Iklan", "", "air – iKLAN " * 9, "surut"]
    code = f"""
import sys
sys.modules["numba"] = None
import pyarrow as pa
from curation.literals import Literals
print(Literals({GROUPS!r}).find(pa.array({texts!r})).tolist())
"""
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == repr(naive(GROUPS, texts))


def test_no_rule_looks_for_a_letter_beyond_ascii():
    """There the case of the text would matter."""
    found = {letter for rule in RULES for literal in rule.literals for letter in literal if letter.isalpha()}
    assert found <= set(ascii_lowercase)
