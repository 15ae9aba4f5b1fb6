"""Live blogs."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

_STAMP = (
    r"(?m:^[\s\W]{0,4}(?:(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu),? )?(?:pukul |pkl\.? )?"
    r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?: ?(?:wib|wita|wit)\b)?(?:[^\d.]|$))|"
    r"(?m:^[\s\W]{0,4}(?:menit (?:ke-? ?)?)?\d{1,3}(?:\+\d)?['’′:] )|"
    r"[.!?\"”] [\[(]?(?:update )?(?:[01]?\d|2[0-4])[.:][0-5]\d(?: ?(?:wib|wita|wit))?[\])]?(?: ?[-–—:|]|\s)"
)


@measure(unit="time stamps per 100 words")
def live_blog(documents: Documents) -> pa.Array:
    r"""Lines and sentences that begin with a time of day or a minute of play, per 100 words.

    A live blog is a pile of notes, the newest first. News tell a day in sentences; a timetable has no sentences, and
    is a table besides.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(live_blog, "14.05 WIB\nMassa tiba di alun-alun.\n13.40 WIB\nJalan ditutup.")
    20.0
    >>> try_measure(live_blog, "Massa tiba pukul 14.05 WIB. Jalan ditutup sejak 13.40 WIB.")
    0.0
    """
    return per_hundred(count(documents.lower, _STAMP), documents)
