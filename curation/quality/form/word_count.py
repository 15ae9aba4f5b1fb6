"""Length."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure


@measure(unit="words")
def word_count(documents: Documents) -> pa.Array:
    """Words of the body.

    What is very short is a teaser, a caption or a paywall stub. Published filters start at 50 words
    (Gopher, FineWeb2).

    >>> from curation.quality.measure import try_measure
    >>> try_measure(word_count, "Gubernur meresmikan jembatan.")
    3.0
    """
    return documents.whole["n_words"].combine_chunks()
