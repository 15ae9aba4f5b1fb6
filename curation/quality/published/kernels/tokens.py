"""Tokens: words and punctuation marks, as the filters count them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import (
    DIGIT,
    LETTER,
    LOWER,
    SPACE,
    UPPER,
    WORD,
    Characters,
    Codes,
    Kinds,
    Numbers,
)

_POINT, _COMMA, _COLON, _HYPHEN, _APOSTROPHE, _CURLY = (ord(one) for one in ".,:-'’")


@dataclass(frozen=True)
class Tokens:
    """Stretches of the characters of a batch, in their order, and where those of each text begin.

    Any tokenizer will do; no token may hold a blank.
    """

    starts: Numbers
    stops: Numbers
    offsets: Numbers

    @property
    def most(self) -> int:
        """Tokens of the text that has most."""
        return int(np.diff(self.offsets).max(initial=0))


def tokenise(texts: Characters) -> Tokens:
    """The tokens of each text, much as spaCy's Indonesian tokenizer, which datatrove uses, has them.

    Letters, marks and digits make words. A point, comma or colon stays between digits, a hyphen or an apostrophe
    between letters, a point inside a name or abbreviation. Any other mark is a token; points in a row are one.

    >>> import pyarrow as pa
    >>> from curation.quality.published.kernels.characters import characters
    >>> texts = characters(pa.array(["Kupu-kupu (2,5 cm)...", "", "pukul 07.30 reda.Kata Jum'at!"]))
    >>> found = tokenise(texts)
    >>> ["".join(map(chr, texts.codes[a:b])) for a, b in zip(found.starts, found.stops)]
    ['Kupu-kupu', '(', '2,5', 'cm', ')', '...', 'pukul', '07.30', 'reda', '.', 'Kata', "Jum'at", '!']
    >>> found.offsets.tolist()
    [0, 6, 6, 13]
    """
    starts, stops = np.empty((2, len(texts.codes)), np.int64)
    offsets = np.zeros(len(texts) + 1, np.int64)
    _tokenise(texts.codes, texts.kinds, texts.offsets, starts, stops, offsets)
    return Tokens(starts[: offsets[-1]], stops[: offsets[-1]], offsets)


@compiled
def _tokenise(codes: Codes, kinds: Kinds, texts: Numbers, starts: Numbers, stops: Numbers, offsets: Numbers) -> None:
    n = 0
    for text in range(len(texts) - 1):
        i, end = texts[text], texts[text + 1]
        while i < end:
            if kinds[i] & SPACE:
                i += 1
                continue
            starts[n] = i
            if kinds[i] & WORD:
                i += 1
                while i < end and (kinds[i] & WORD or (i + 1 < end and _joins(codes[i], kinds[i - 1], kinds[i + 1]))):
                    i += 1
            elif codes[i] == _POINT:
                while i < end and codes[i] == _POINT:
                    i += 1
            else:
                i += 1
            stops[n] = i
            n += 1
        offsets[text + 1] = n


@compiled
def _joins(mark: int, before: int, after: int) -> bool:
    """Whether a mark belongs to the word around it, by the kinds of its neighbours."""
    both = before & after
    if mark in (_COMMA, _COLON):
        return (both & DIGIT) != 0
    if mark in (_HYPHEN, _APOSTROPHE, _CURLY):
        return (both & LETTER) != 0
    if mark == _POINT:  # between a small letter and a capital a scraper has lost the blank
        return (both & WORD) != 0 and not (before & LOWER and after & UPPER)
    return False
