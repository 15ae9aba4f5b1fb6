"""Sentences."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count, share

#: A stop after a word, then a blank, a capital or a comma (what scrapers leave between sentences), or the end.
_END = r"[\pL\pN%)\]”\"'’][.!?…]+[\"'”’)\]]*(?:[\s,]|\p{Lu}|\z)"


@measure(unit="ends per 100 words")
def sentence_ends(documents: Documents) -> pa.Array:
    """Sentence ends per 100 words.

    News write sentences of ten to thirty words. Tables, lists, lyrics and answer keys hardly end one. Counted
    per word and not per line, since many scrapers give an article as one line.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(sentence_ends, "Hujan turun. Sungai meluap, warga mengungsi ke balai desa.")
    22.22222222222222
    """
    ends = count(documents["body"], _END)
    return share(pc.multiply(ends, 100.0), documents["n_words"].cast(pa.float64()))
