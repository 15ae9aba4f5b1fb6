"""Repeated sentences."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import share

_BREAK = r"\n+|[.!?]+[\"”’]?[\s,]+"
#: Characters of a sentence that may hold a loop.
_LONG = 500
#: Words that a loop says again.
_RUN = 5


@measure(unit="share of characters")
def repetition(documents: Documents) -> pa.Array:
    """Share of the text that stands in a sentence or line, or in a run of five words, which it has said before.

    Pages that were scraped twice into one, lyrics, forum quotes and generated spam repeat themselves; news don't.
    Sentences as well as lines, since many scrapers give an article as one line; runs of words only in texts with a
    very long sentence, for the loops of a machine that never ends one.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(repetition, "Warga pulang. Air surut. Warga pulang. Hujan reda.")
    0.27906976744186046
    >>> round(try_measure(repetition, "para petani dan juga warga dan " * 20), 2)
    0.95
    """
    pieces = pc.split_pattern_regex(documents.lower, _BREAK)
    document = pc.list_parent_indices(pieces).to_numpy()
    text = pc.utf8_trim(pc.list_flatten(pieces), ' \t\r\n.!?,"”’')
    size = pc.utf8_length(text).to_numpy()
    again = _again(document, text)
    total = np.bincount(document, size, minlength=len(documents))
    repeated = np.bincount(document, size * again, minlength=len(documents))
    found = share(pa.array(repeated), pa.array(total)).to_numpy(zero_copy_only=False).copy()
    for place in np.unique(document[size > _LONG]):
        found[place] = max(found[place], _loops(documents.lower[int(place)].as_py()))
    return pa.array(found, from_pandas=True)


def _again(document: npt.NDArray[np.int64], text: pa.Array) -> npt.NDArray[np.bool_]:
    """Which of the pieces their document has said before."""
    code = text.dictionary_encode().indices.to_numpy().astype(np.int64)
    key = document.astype(np.int64) * (code.max(initial=0) + 1) + code
    again = np.ones(len(key), bool)
    again[np.unique(key, return_index=True)[1]] = False
    return again


def _loops(text: str) -> float:
    words = text.split()
    runs = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    return 1 - len(set(runs)) / max(len(runs), 1)
