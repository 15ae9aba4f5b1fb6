"""Words with a letter."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count, share

#: A number that begins a word, as words are counted.
_NUMBER = r"(?:\A|[^\pL\pN.,'’-])\d+(?:[-'’.,]\d+)*\b"


@measure(unit="share of words")
def letter_share(documents: Documents) -> pa.Array:
    """Share of the words that are no numbers.

    Gopher and FineWeb2 ask for 0.8 and count punctuation as words; on Indonesian news, full of dates, prices
    and scores, that alone rejects a third to two thirds of honest articles. Here a dash or a bracket is no word.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(letter_share, "Harga cabai - naik (lagi) : 118.000")
    0.8
    """
    words = documents["n_words"].cast(pa.float64())
    return share(pc.subtract(words, count(documents["body"], _NUMBER)), words)
