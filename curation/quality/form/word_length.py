"""Words run together, or in pieces."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.form.ink import ink
from curation.quality.measure import measure
from curation.quality.text import share


@measure(unit="characters")
def word_length(documents: Documents) -> pa.Array:
    """Mean length of a word, its punctuation included.

    Indonesian news lie between 6 and 8. Longer is a text that lost its spaces or is full of addresses; shorter, one
    whose words were taken apart. Published filters ask for 3 to 10 or 12 (Gopher, FineWeb2).

    >>> from curation.quality.measure import try_measure
    >>> try_measure(word_length, "Gubernur meresmikan jembatan.")
    9.0
    """
    return share(ink(documents["body"]), documents["n_words"].cast(pa.float64()))
