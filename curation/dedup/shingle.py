r"""Shingles: the frozen spec on which every stated Jaccard and containment rests.

Five consecutive words of the NFC, lower-cased text, joined by one space; XXH64, low 32 bits. A word is what
Python's ``\w+`` matches. Fewer than five words make one shingle of them all; no words make none. A change
here makes all stored signatures worthless, so it needs a new :data:`SPEC`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: Name of the spec, stored with every signature.
SPEC = "words5-nfc-lower-xxh64low32-affine32-p128-seed1"

#: Words in a shingle.
WIDTH = 5

#: Values of a signature; with the seed and datasketch's scheme part of the spec.
PERMUTATIONS = 128
SEED = 1
SCHEME = "affine32"

Hashes = npt.NDArray[np.uint32]

_WORD = re.compile(r"\w+")


def normal(text: str) -> str:
    """The form in which words are compared: NFC, lower case."""
    return unicodedata.normalize("NFC", text).lower()


def words(text: str) -> list[str]:
    """The words that shingles are made of.

    >>> words("Gempa M 5,2 — warga KELUAR rumah.")
    ['gempa', 'm', '5', '2', 'warga', 'keluar', 'rumah']
    """
    return _WORD.findall(normal(text))


def shingles(text: str) -> list[str]:
    """The shingles of a text in order, repeats included.

    >>> shingles("Warga keluar rumah saat gempa terasa")
    ['warga keluar rumah saat gempa', 'keluar rumah saat gempa terasa']
    >>> shingles("Gempa lagi!"), shingles("...")
    (['gempa lagi'], [])
    """
    return _joined(words(text))


def _joined(found: list[str]) -> list[str]:
    if not found:
        return []
    return [" ".join(found[i : i + WIDTH]) for i in range(max(1, len(found) - WIDTH + 1))]


def shingle_hashes(text: str, stops: Collection[int] = ()) -> Hashes:
    """The distinct shingle hashes of a text, in the order in which they come up.

    Args:
        text: what is shingled.
        stops: hashes of stop-shingles, such as learned chrome has; the words that stand in one count as not there, so
            that a text with chrome has the shingles that it has without.

    >>> shingle_hashes("Gempa lagi!")
    array([4235213377], dtype=uint32)
    >>> stops = set(shingle_hashes("Simak berita lain di Warta").tolist())
    >>> shingle_hashes("Gempa Simak berita lain di Warta lagi!", stops)
    array([4235213377], dtype=uint32)
    """
    found = words(text)
    hashes = _hashes(found)
    if stops:
        stopped = {i + k for i, value in enumerate(hashes) if value in stops for k in range(WIDTH)}
        if stopped:
            hashes = _hashes([word for i, word in enumerate(found) if i not in stopped])
    return np.array(list(dict.fromkeys(hashes)), np.uint32)


def _hashes(found: list[str]) -> list[int]:
    """The hash of each shingle of some words."""
    import xxhash

    hash64 = xxhash.xxh64_intdigest
    # errors="replace": a lone surrogate has no UTF-8; ingest replaces them, so this only guards direct use
    return [hash64(shingle.encode("utf-8", "replace")) & 0xFFFFFFFF for shingle in _joined(found)]


def flatten(sets: Sequence[Hashes]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Sets laid end to end, and the offset at which each begins (one more than there are sets)."""
    offsets = np.zeros(len(sets) + 1, np.int64)
    np.cumsum([len(one) for one in sets], out=offsets[1:])
    return (np.concatenate(sets) if sets else np.empty(0, np.uint32)), offsets
