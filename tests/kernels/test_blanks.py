"""Blank space is what Python calls so."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation.kernels.blanks import after_blanks, before_blanks, points, untidy
from curation.kernels.strings import strings

#: blank space and its neighbours, of every width in UTF-8
LETTERS = st.sampled_from(list("aé😀”—…•  \n\n\t\r\x0b\x0c\x1b\x1c\x1f\x85\x86\xa0\u1680\u1681\u2000\u200a\u200b")) | (
    st.sampled_from(list("\u2028\u2029\u202a\u202f\u2030\u205e\u205f\u2060\u3000\u3001"))
)
TEXT = st.text(LETTERS, max_size=12)


def naive(text):
    """(start, end) of the blank space at both ends, and of all else that isn't one space, one line break or two."""
    return [
        found.span()
        for found in re.finditer(r"\s+", text)
        if found.start() == 0 or found.end() == len(text) or found[0] not in (" ", "\n", "\n\n")
    ]


@given(st.lists(TEXT, max_size=6))
def test_untidy_blank_space(texts):
    expected = [[number, *span] for number, text in enumerate(texts) for span in naive(text)]
    assert untidy(strings(pa.array(texts, pa.string()))).tolist() == expected


def test_much_untidy_blank_space():
    texts = [" ", "a  b" * 5_000, "a\tb"]
    expected = [[number, *span] for number, text in enumerate(texts) for span in naive(text)]
    assert untidy(strings(pa.array(texts))).tolist() == expected


@given(TEXT)
def test_ends_of_a_stretch(text):
    letters = strings(pa.array([text])).letters
    lead, tail = len(text) - len(text.lstrip()), len(text.rstrip())
    assert points(letters) == len(text)
    assert after_blanks(letters, 0, len(letters)) == len(text[:lead].encode())
    assert before_blanks(letters, 0, len(letters)) == (len(text[:tail].encode()) if tail else 0)


def test_every_character():
    blanks = [chr(number) for number in range(0x3100) if chr(number).isspace()]
    texts = [f"a{chr(number)}b" for number in range(0x3100)]
    found = untidy(strings(pa.array(texts)))
    assert [texts[number][1] for number in found[:, 0]] == [blank for blank in blanks if blank not in " \n"]
