"""Several phrases sought in one pass over a text."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import Codes, Numbers

#: the letters of each phrase, a row each; their numbers; for two ASCII letters the phrases that begin so, a bit each
Phrases = tuple[Codes, Numbers, npt.NDArray[np.uint16]]

_ASCII = 128


@cache
def phrases(words: tuple[str, ...]) -> Phrases:
    """Phrases of ASCII letters as :func:`find` takes them, each of two or more; at most 16."""
    lengths = np.array([len(word) for word in words])
    letters = np.zeros((len(words), lengths.max()), np.uint32)
    for row, word in zip(letters, words, strict=True):
        row[: len(word)] = [ord(letter) for letter in word]
    begin = np.zeros(_ASCII * _ASCII, np.uint16)
    np.bitwise_or.at(begin, letters[:, 0] * _ASCII + letters[:, 1], 1 << np.arange(len(words), dtype=np.uint16))
    return letters, lengths, begin


@compiled
def find(text: Codes, size: int, small: Codes, sought: Phrases) -> int:
    """Which phrases occur among the first characters of a text, once `small` has made letters small: a bit each."""
    letters, lengths, begin = sought
    found, before = 0, _ASCII
    for i in range(size):
        code = int(small[text[i]] if text[i] < len(small) else text[i])
        candidates = begin[before * _ASCII + code] if before < _ASCII and code < _ASCII else 0
        phrase = 0
        while candidates:
            if candidates & 1 and _stands_at(text, i - 1, size, small, letters[phrase], lengths[phrase]):
                found |= 1 << phrase
            candidates >>= 1
            phrase += 1
        before = code
    return found


@compiled
def _stands_at(text: Codes, start: int, size: int, small: Codes, letters: Codes, length: int) -> bool:
    if start + length > size:
        return False
    for k in range(length):
        code = text[start + k]
        if letters[k] != (small[code] if code < len(small) else code):
            return False
    return True
