"""Counting in a column of texts: RE2 over all of them at once."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

#: Letters and digits, joined by a hyphen, an apostrophe, a point or a comma: "kupu-kupu", "Jum'at", "2.418.000" are
#: a word each.
WORD = r"[\pL\pN]+(?:[-'’.,][\pL\pN]+)*"


def count(texts: pa.Array, pattern: str) -> pa.Array:
    """How often an RE2 pattern occurs in each text, as float64.

    >>> count(pa.array(["satu dua", ""]), "u").to_pylist()
    [2.0, 0.0]
    """
    return pc.count_substring_regex(texts, pattern).cast(pa.float64())


def share(part: pa.Array, whole: pa.Array) -> pa.Array:
    """Part by whole; null where there is nothing to have a part of.

    >>> share(pa.array([1.0, 1.0]), pa.array([4.0, 0.0])).to_pylist()
    [0.25, None]
    """
    positive = pc.if_else(pc.greater(whole, 0), whole, pa.scalar(None, pa.float64()))
    return pc.divide(part, positive)


def n_words(texts: pa.Array) -> pa.Array:
    """Words of each text, as int32.

    >>> n_words(pa.array(["Kupu-kupu terbang, pukul 07.30 WIB!", "***"])).to_pylist()
    [5, 0]
    """
    return pc.count_substring_regex(texts, WORD).cast(pa.int32())
