"""Repeated sentences."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.measure import measure
from curation.quality.text import share

_BREAK = r"\n+|[.!?]+[\"”’]?[\s,]+"


@measure(unit="share of characters")
def repetition(documents: pa.Table) -> pa.Array:
    """Share of the characters that stand in a sentence or line which the text has said before.

    Pages that were scraped twice into one, lyrics, forum quotes and generated spam repeat themselves; news
    don't. Sentences as well as lines, since many scrapers give an article as one line.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(repetition, "Warga pulang. Air surut. Warga pulang. Hujan reda.")
    0.27906976744186046
    """
    bodies = documents["body"]
    bodies = bodies.combine_chunks() if isinstance(bodies, pa.ChunkedArray) else bodies
    pieces = pc.split_pattern_regex(pc.utf8_lower(bodies), _BREAK)
    document = pc.list_parent_indices(pieces).to_numpy()
    text = pc.utf8_trim(pc.list_flatten(pieces), ' \t\r\n.!?,"”’')
    size = pc.utf8_length(text).to_numpy()
    code = text.dictionary_encode().indices.to_numpy().astype(np.int64)
    key = document.astype(np.int64) * (code.max(initial=0) + 1) + code
    again = np.ones(len(key), bool)
    again[np.unique(key, return_index=True)[1]] = False
    total = np.bincount(document, size, minlength=len(bodies))
    repeated = np.bincount(document, size * again, minlength=len(bodies))
    return share(pa.array(repeated), pa.array(total))
