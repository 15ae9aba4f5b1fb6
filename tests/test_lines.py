"""A batch as one table of lines: positions are those that plain Python finds."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.lines import Edit, Flag, Lines, Value

#: letters of every width in UTF-8, combining marks, and what splits lines or counts as blank space somewhere
ODD = st.sampled_from(list("ab é😀𝒜́‍\n\n\r\t\x0b\x0c\x1c\x1f\x85\xa0\u1680\u2028\u2029\u3000\u200b\ufeff\x00"))
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | ODD, max_size=40)
TEXTS = st.lists(TEXT, max_size=6)


def naive(texts):
    """(document, number, from_tail, text, start), as anybody would write it."""
    found = []
    for document, text in enumerate(texts):
        at, here = 0, []
        for piece in text.split("\n"):
            if line := piece.strip():
                here.append((at + len(piece) - len(piece.lstrip()), line))
            at += len(piece) + 1
        found += [(document, n, len(here) - 1 - n, line, start) for n, (start, line) in enumerate(here)]
    return found


def as_rows(lines):
    return [(line.document, line.number, line.from_tail, line.text, line.start) for line in lines]


@given(TEXTS)
def test_lines_are_those_that_python_finds(texts):
    lines = Lines.of(texts)
    assert as_rows(lines) == naive(texts)
    for line in lines:
        assert texts[line.document][line.start : line.end] == line.text
        assert line.from_head == line.number


def test_many_lines():
    texts = ["\n".join(f"Baris {n}" for n in range(500)), "Air surut."]
    lines = Lines.of(texts)
    assert as_rows(lines) == naive(texts)
    assert as_rows(lines.where(lines.number % 3 == 1)) == [row for row in naive(texts) if row[1] % 3 == 1]


@given(TEXTS)
def test_neighbours_are_those_of_the_document(texts):
    lines = Lines.of(texts)
    everything = list(lines)
    for i, line in enumerate(everything):
        for distance in (-2, -1, 0, 1, 2):
            expected = everything[i + distance] if 0 <= i + distance < len(everything) else None
            if expected is not None and expected.document != line.document:
                expected = None
            assert line.neighbour(distance) == expected
        assert line.next == line.neighbour(1)
        assert line.previous == line.neighbour(-1)


@given(TEXTS, st.randoms(use_true_random=False))
def test_where_selects_and_keeps_positions(texts, draw):
    lines = Lines.of(texts)
    everything = list(lines)
    mask = np.array([draw.random() < 0.5 for _ in everything], bool)
    chosen = lines.where(mask)
    assert as_rows(chosen) == [row for row, keep in zip(as_rows(lines), mask, strict=True) if keep]
    assert len(chosen) == mask.sum()
    # selecting among the selected
    again = chosen.where(np.arange(len(chosen)) % 2 == 0)
    assert as_rows(again) == as_rows(chosen)[::2]
    # lines that are not selected are still neighbours
    assert as_rows(line.next for line in chosen if line.next) == as_rows(
        everything[line.index + 1] for line in chosen if line.from_tail
    )
    assert [row for group in chosen.documents() for row in as_rows(group)] == as_rows(chosen)
    documents = [group[0].document for group in chosen.documents()]
    assert documents == sorted(set(documents))


@given(TEXTS)
def test_matching_is_a_mask_over_the_selected(texts):
    lines = Lines.of(texts)
    mask = lines.matching("[ab]")
    assert mask.tolist() == [bool(re.search("[ab]", line.text)) for line in lines]
    chosen = lines.where(mask)
    assert chosen.matching("[ab]").all()
    assert chosen.matching("é", ignore_case=True).tolist() == ["é" in line.text.lower() for line in chosen]


def test_matching_in_lower_case():
    lines = Lines.of(["BACA JUGA\nBaca\nÉTÉ"])
    assert lines.matching("baca").tolist() == [False, False, False]
    assert lines.matching("baca|été", ignore_case=True).tolist() == [True, True, True]


@pytest.mark.parametrize("texts", [[], [""], ["", " \n\t\n"]])
def test_nothing_to_read(texts):
    lines = Lines.of(texts)
    assert len(lines) == 0
    assert list(lines) == []
    assert list(lines.documents()) == []
    assert lines.matching("a").tolist() == []
    assert len(lines.where(np.array([], bool))) == 0


@given(TEXTS)
def test_lines_beyond_printable_ascii(texts):
    lines = Lines.of(texts)
    expected = [line.text for line in lines if not all(" " <= letter <= "~" for letter in line.text)]
    assert [line.text for line in lines.beyond_ascii] == expected


@given(TEXTS, st.data())
def test_revised_texts_are_read_as_if_all_were_read_anew(texts, data):
    numbers = data.draw(st.lists(st.sampled_from(range(len(texts))), unique=True)) if texts else []
    new = data.draw(st.lists(TEXT, min_size=len(numbers), max_size=len(numbers)))
    changed = [new[numbers.index(n)] if n in numbers else text for n, text in enumerate(texts)]
    lines = Lines.of(texts).revised(numbers, new)
    assert as_rows(lines) == naive(changed)
    assert list(lines.texts) == changed
    assert lines.length.tolist() == [len(line.text) for line in lines]


def test_a_batch_too_large_to_put_together_is_read_anew(monkeypatch):
    lines = Lines.of(["Satu\n dua", "Tiga"])
    monkeypatch.setattr("curation.lines._MOST_BYTES", 4)
    assert as_rows(lines.revised([1], ["Empat\nlima"])) == naive(["Satu\n dua", "Empat\nlima"])


def test_what_a_line_answers():
    text = "  Ambon (KBN) - Air.\n\n\tIa pergi."
    _, first, second = Lines.of(["x", text])
    assert first.drop() == Edit(1, 2, 20, "")
    cut = first.cut(0, 14, "!")
    assert text[: cut.start] + cut.replacement + text[cut.end :] == "  !Air.\n\n\tIa pergi."
    join = first.join(second, " ")
    assert text[: join.start] + join.replacement + text[join.end :] == "  Ambon (KBN) - Air. Ia pergi."
    found = re.search(r"\((?P<agency>\w+ *)\)", first.text)
    value = first.read("publisher", found, "agency")
    assert value == Value(1, "publisher", "KBN", 9, 12)
    assert text[value.start : value.end] == "KBN"
    assert second.read("caption") == Value(1, "caption", "Ia pergi.", 23, 32)
    assert second.flag("truncated", 0.5) == Flag(1, "truncated", 23, 32, 0.5)
