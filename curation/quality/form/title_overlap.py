"""The headline's words in the body."""

from __future__ import annotations

import re

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure

#: Shorter words say little of a subject.
_WORD = re.compile(r"[^\W\d_]{4,}")
#: Characters at the start of a word that are compared, so that "pasarnya" says "pasar".
_STEM = 6


@measure(unit="share of the headline's words")
def title_overlap(documents: Documents) -> pa.Array:
    """Share of the headline's words, of four letters and more, that the body says; null without such words.

    A body that says none belongs to another article, or is the text of an error page.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(title_overlap, "Para pedagang pasar pindah bulan ini.", "Pedagang Pasar Rantaubatu Pindah")
    0.75
    """
    # str.find is faster than anything that takes the bodies apart
    pairs = zip(documents.titles.to_pylist(), documents.lower.to_pylist(), strict=True)
    return pa.array([_said(title, body) for title, body in pairs], pa.float64())


def _said(title: str, body: str) -> float | None:
    stems = {word[:_STEM] for word in _WORD.findall(title.lower())}
    return sum(stem in body for stem in stems) / len(stems) if stems else None
