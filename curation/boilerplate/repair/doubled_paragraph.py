"""Paragraphs that stand twice in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from curation.boilerplate.shapes import ends_sentence
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: shorter ones may be meant twice: a refrain, a score, an item of a list
_LONG = 80
#: so many characters tell nearly all lines from their second half
_BEGINNING = 8


@rule(step="ends", grain="document", source="republika, kapanlagi: a gallery or a box that repeats the text beside it")
def doubled_paragraph(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a paragraph, some paragraphs or a whole article where they follow upon themselves.

    The repeated block must hold a long paragraph that ends as a sentence does; refrains and lists stay. Runs when the
    chrome is gone that may stand between the copies.

    >>> long = "Warga Desa Waai meminta pemerintah kabupaten memperbaiki tanggul sebelum musim hujan berikutnya."
    >>> after(doubled_paragraph, f"Ambon\n{long}\n{long}\nAir surut.") == f"Ambon\n{long}\nAir surut."
    True
    """
    if not len(lines):
        return
    text, length = lines.shown, lines.length[lines.selected]
    halves = lines.where(length >= 2 * _LONG)
    for line in halves.where(np.array(_may_be_double(halves.shown.to_pylist()), bool)):
        yield from _second_half(line)
    # Arrow finds the few texts that hold a long line twice
    long = (length >= _LONG) & ((lines.number + lines.from_tail)[lines.selected] > 0)
    document = lines.document[lines.selected]
    number = text.filter(pa.array(long)).dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    twice = np.bincount(number)[number] > 1
    keys, counts = np.unique(document[long][twice] * len(text) + number[twice], return_counts=True)
    for found in lines.where(np.isin(document, keys[counts > 1] // len(text))).documents():
        yield from _second_blocks(found)


def _may_be_double(texts: Iterable[str]) -> list[bool]:
    """Which lines begin anew in their middle."""
    size = _BEGINNING
    return [text[:size] in text[(middle := len(text) // 2) : middle + size + 2] for text in texts]


def _second_half(line: Line) -> Iterator[Edit]:
    half = len(line.text)
    while (shorter := _half(line.text, half)) < half:
        half = shorter
    if half < len(line.text):
        yield line.cut(half, len(line.text))


def _half(text: str, length: int) -> int:
    """Half of the length, if the text is a sentence twice up to there; else the length."""
    for joint in (0, 1, 2):
        half = (length - joint) // 2
        if half >= _LONG and text[:half] == text[length - half : length]:
            between = text[half : length - half]
            if not between.strip() and len(between) == joint and ends_sentence(text[:half]):
                return half
    return length


def _second_blocks(document: list[Line]) -> Iterator[Edit]:
    texts = [line.text for line in document]
    last: dict[str, int] = {}
    differs: dict[int, int] = {}  # the first line that is known not to stand so many lines further up, too
    at = 0
    while at < len(texts):
        size = at - last.get(texts[at], at)
        if size and differs.get(size, -1) < at:
            differs[size] = next((n for n in range(at, len(texts)) if texts[n] != texts[n - size]), len(texts))
        is_double = size > 0 and differs[size] >= at + size
        if is_double and any(len(t) >= _LONG and ends_sentence(t) for t in texts[at : at + size]):
            # with the blank space above it: alone, a long line is never removed whole
            above, below = document[at - 1], document[at + size - 1]
            yield above.cut(len(above.text), below.end - above.start)
        else:
            size = 1
        last.update((texts[n], n) for n in range(at, at + size))
        at += size
