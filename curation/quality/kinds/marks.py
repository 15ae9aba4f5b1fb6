"""Counting the marks that give a page away."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.text import share


def per_hundred(marks: pa.Array, documents: Documents) -> pa.Array:
    """Marks per 100 words of the body; null where there are none.

    >>> per_hundred(pa.array([2.0]), Documents(pa.table({"n_words": pa.array([50], pa.int32())}))).to_pylist()
    [4.0]
    """
    return share(pc.multiply(marks, 100.0), documents["n_words"].cast(pa.float64()))


def titled(documents: Documents, pattern: str) -> pa.Array:
    r"""1 where the headline, in lower case, holds the pattern, else 0.

    >>> titled(Documents(pa.table({"title": ["VIDEO: Air Surut", None]})), r"^video\b").to_pylist()
    [1.0, 0.0]
    """
    return pc.match_substring_regex(pc.utf8_lower(documents.titles), pattern).cast(pa.float64())


def kinds_of(texts: pa.Array, patterns: tuple[str, ...]) -> pa.Array:
    """How many of the patterns occur in each text, however often.

    >>> kinds_of(pa.array(["narasi, narasi, hoaks", ""]), ("narasi", "hoaks", "arsip")).to_pylist()
    [2.0, 0.0]
    """
    found = pa.array([0.0] * len(texts), pa.float64())
    for pattern in patterns:
        found = pc.add(found, pc.match_substring_regex(texts, pattern).cast(pa.float64()))
    return found
