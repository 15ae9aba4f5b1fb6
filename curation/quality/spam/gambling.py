"""Gambling spam."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.spam.gambling_words import WORDS
from curation.quality.spam.passages import strongest


@measure(unit="points")
def gambling(documents: Documents) -> pa.Array:
    """How much more of a seller of gambling than of a reporter speaks in the strongest passage of headline and body.

    News on gambling use the same words ("slot gacor", "bonus new member"), so the words alone tell nothing. What
    tells a seller is grammar and voice: he calls, promises and praises, and speaks to "bosku"; a reporter names
    police, victims and sources, quotes, doubts and tells of losses. A passage has 60 words and something that can be
    nothing but gambling (birds, strikers and shares are "gacor", too). There each different call gives two points,
    each offer one, goods up to four; each doubt takes one and a half away and each word of a reporter one. What is
    quoted, announced ("isinya: ...") or said in a dialogue isn't the reporter's own. Doubts elsewhere count where the
    rest of the text is about gambling, too: else the passage is an advertisement that was put into an honest article.
    Disguises (s1ot, g.a.c.o.r, Cyrillic letters) are seen through.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(gambling, "Situs slot g4c0r gampang maxwin! Daftar sekarang, klaim bonus new member, bosku.")
    14.5
    >>> try_measure(gambling, "Polisi menangkap bandar togel, yang menawarkan slot gacor dan bonus new member.")
    0.0
    """
    return strongest(documents, WORDS)
