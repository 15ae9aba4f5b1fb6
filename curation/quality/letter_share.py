"""Words with a letter."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.measure import measure
from curation.quality.text import count, share


@measure(unit="share of words")
def letter_share(documents: pa.Table) -> pa.Array:
    """Share of the words that hold a letter; the rest are numbers.

    Gopher and FineWeb2 ask for 0.8 and count punctuation as words; on Indonesian news, full of dates, prices
    and scores, that alone rejects a third to two thirds of honest articles. Here a dash or a bracket is no word.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(letter_share, "Harga cabai - naik (lagi) : 118.000")
    0.8
    """
    body = documents["body"]
    return share(count(body, r"\S*\pL\S*"), count(body, r"\S*[\pL\pN]\S*"))
