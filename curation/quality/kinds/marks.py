"""Counting the marks that give a page away."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents

#: News have more words. In so few, a word or two about a film is what is written below it.
FEW = 60


def per_hundred(marks: pa.Array, documents: Documents) -> pa.Array:
    """Marks per 100 words of the body; one without words counts as having one, since its headline may have marks.

    >>> per_hundred(pa.array([2.0]), Documents(pa.table({"n_words": pa.array([50], pa.int32())}))).to_pylist()
    [4.0]
    """
    words = pc.max_element_wise(documents["n_words"], pa.scalar(1, pa.int32()), skip_nulls=False)
    return pc.divide(pc.multiply(marks, 100.0), words.cast(pa.float64()))


def in_few_words(documents: Documents, pattern: str) -> pa.Array:
    """1 where the headline or the body holds the pattern and the body has few words, else 0.

    >>> some = {"title": ["Banjir"], "body": ["Lihat potretnya."], "n_words": pa.array([2], pa.int32())}
    >>> in_few_words(Documents(pa.table(some)), "potret").to_pylist()
    [1.0]
    """
    places = pc.indices_nonzero(pc.less(documents["n_words"], FEW))
    found = np.zeros(len(documents))
    texts = pc.utf8_lower(documents.texts.take(places))
    found[places.to_numpy()] = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return pa.array(found)


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
