"""Live blogs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

#: The time of day, a minute of play, a count-down, a lap, a score, or date and time, at the head of a line; the time
#: of day behind a sentence as well, since many scrapers give a page as one line.
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_STAMP = (
    r"(?m:^[\s\W]{0,4}(?:update |info )?(?:(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu),? )?(?:pukul |pkl\.? |jam )?"
    rf"{_CLOCK}(?: ?(?:wib|wita|wit)\b)?(?:[^\d.]|$))|"
    r"(?m:^[\s\W]{0,4}(?:menit (?:ke-? ?)?)?\d{1,3}(?:\+\d)?['’′:] )|"
    r"(?m:^[\s\W]{0,4}menit (?:ke-? ?)?\d{1,3} ?(?:[:|–—-]|$))|"
    r"(?m:^t ?[-+–] ?\d)|"
    r"(?m:^[\s\W]{0,4}(?:lap|putaran|ronde|set|gim|game|babak|kuarter|inning|etape|km|kilometer) \d{1,3} ?(?:[:|–—-]|"
    r"$))|"
    r"(?m:^\d{1,3} ?[-–] ?\d{1,3}[ :] ?\pL)|"
    rf"(?m:^(?:\pL+, ?)?\d{{1,2}}[ /]\pL*\d*[ /]\d{{4}}[ ,|-]+{_CLOCK}(?: ?(?:wib|wita|wit))?\W*$)|"
    r"(?m:^\d{1,2} (?:detik|menit|jam) (?:yang )?lalu\b)|"
    rf"[.!?\"”] [\[(]?(?:update |pukul )?{_CLOCK}(?: ?(?:wib|wita|wit))?[\])]?(?: ?[-–—:|]|\s)|"
    r"(?:halaman|artikel|berita|laporan|laman|tulisan) (?:ini )?(?:akan |terus |kami )+(?:di)?perbarui|(?:segarkan|"
    r"muat ulang|refresh) (?:halaman|laman)|"
    r"pembaruan (?:terakhir|terbaru) ?:"
)
#: A minute without any mark: only where several lines begin so.
_BARE = r"^\d{1,3}(?:\+\d)? \pL"
_BY_CHANCE = 2
_TITLE = (
    r"\blive[ -]?(?:update|report|blog|skor|score|text|commentary)|(?:laporan|pantauan|pembaruan|update) langsung|"
    r"(menit|detik|putaran|lap|jam) demi (?:menit|detik|putaran|lap|jam)|\bikuti (?:perkembangan|jalannya|di sini)|"
    r"^live\b|^update\b"
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
    lines = documents.lines_of_few_words
    bare = pc.match_substring_regex(lines.text, _BARE).to_numpy(zero_copy_only=False)
    minutes = np.bincount(lines.document, bare, minlength=len(documents)) - _BY_CHANCE
    stamps = pc.add(count(documents.lower, _STAMP), pa.array(np.maximum(minutes, 0.0)))
    stamps = pc.if_else(pc.greater(stamps, 1.0), stamps, 0.0)
    return per_hundred(pc.add(stamps, pc.multiply(titled(documents, _TITLE), 0.5)), documents)
