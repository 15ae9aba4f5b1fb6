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
    police, victims and sources, and quotes. Within a passage of 60 words each different good, call and offer is a
    point, and each word of a reporter takes one and a half away; quotations don't count in a report. In passages,
    and not in the whole text, since advertisements are also put into honest articles. Disguises (s1ot, g.a.c.o.r,
    Cyrillic letters) are seen through.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(gambling, "Situs slot g4c0r gampang maxwin! Daftar sekarang, klaim bonus new member, bosku.")
    8.0
    >>> try_measure(gambling, "Polisi menangkap bandar togel, yang menawarkan slot gacor dan bonus new member.")
    0.0
    """
    return strongest(documents, WORDS)
