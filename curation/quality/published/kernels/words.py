"""Gopher's counts of words."""

from __future__ import annotations

import numpy as np

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import LETTER, SYMBOL, Characters, Codes, Kinds, Numbers
from curation.quality.published.kernels.tokens import Tokens

#: Of the language that each recipe was made for: Gopher's own, and those of FineWeb2's file for Indonesian.
ENGLISH = ("the", "be", "to", "of", "and", "that", "have", "with")
INDONESIAN = ("dan", "yang", "di", "pada", "dari", "ini", "dengan", "adalah", "untuk", "dalam")

NAMES = ("tokens", "words", "word_characters", "lettered", "english", "indonesian")
_SHORTEST, _LONGEST, _ASCII = 2, 6, 7


def count_words(texts: Characters, tokens: Tokens) -> dict[str, Numbers]:
    """For each text: tokens; those that are more than a symbol, and their characters; those with a letter; stop words.

    A stop word counts once, and only in small letters.
    """
    counts = np.zeros((len(NAMES), len(texts)), np.int64)
    packed = np.array([_packed(word) for word in ENGLISH + INDONESIAN])
    _count(texts.codes, texts.kinds, tokens.starts, tokens.stops, tokens.offsets, packed, counts)
    return dict(zip(NAMES, counts, strict=True))


def _packed(word: str) -> int:
    """A short ASCII word as one number."""
    return sum(ord(letter) << _ASCII * i for i, letter in enumerate(word))


@compiled
def _count(
    codes: Codes, kinds: Kinds, starts: Numbers, stops: Numbers, offsets: Numbers, packed: Numbers, counts: Numbers
) -> None:
    for text in range(len(offsets) - 1):
        seen = 0
        for token in range(offsets[text], offsets[text + 1]):
            start, stop = starts[token], stops[token]
            ascii_, word = True, 0
            counts[0, text] += 1
            counts[3, text] += _has(kinds, start, stop, LETTER, LETTER)
            if not _has(kinds, start, stop, SYMBOL, 0):
                continue
            counts[1, text] += 1
            counts[2, text] += stop - start
            if _SHORTEST <= stop - start <= _LONGEST:
                for i in range(start, stop):
                    ascii_ = ascii_ and codes[i] < 128
                    word |= int(codes[i]) << (_ASCII * (i - start))
                if ascii_:
                    for i in range(len(packed)):
                        seen |= int(packed[i] == word) << i
        for i in range(len(packed)):
            counts[4 if i < len(ENGLISH) else 5, text] += (seen >> i) & 1


@compiled
def _has(kinds: Kinds, start: int, stop: int, kind: int, wanted: int) -> bool:
    """Whether a token has a character that is of a kind, or is not (0)."""
    for i in range(start, stop):  # noqa: SIM110 - a generator is no kernel
        if kinds[i] & kind == wanted:
            return True
    return False
