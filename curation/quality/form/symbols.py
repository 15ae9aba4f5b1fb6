"""Symbols."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count, share


@measure(unit="symbols per 100 words")
def symbols(documents: Documents) -> pa.Array:
    """Characters that are no letter, digit, blank or mark of a sentence, per 100 words.

    Bars, stars, arrows, hash signs, emoji: what menus, tables and posts are drawn with.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(symbols, "Beranda | Ekonomi | Olahraga » #pasar")
    100.0
    """
    hits = count(
        documents["body"], r"[|#*_~^<>{}\[\]\\=+@§©®™•·▪■●◆★☆→»«✅✓]|[\x{2190}-\x{2BFF}]|[\x{1F000}-\x{1FAFF}]"
    )
    return share(pc.multiply(hits, 100.0), documents["n_words"].cast(pa.float64()))
