"""The line that says when the article appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

_MONTH = (
    r"(?:Jan(?:uari|uary)?|[FP]eb(?:ruari|ruary)?|Mar(?:et|ch)?|Apr(?:il)?|Mei|May|Jun[ie]?|Jul[iy]?|Agu(?:stus)?|Aug(?:ust)?|Ag[st]"
    r"|Sept?(?:ember)?|Okt(?:ober)?|Oct(?:ober)?|No[vp](?:ember)?|Des(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = (
    r"(?:Senin|Selasa|Rabu|Kamis|Jum[’']?at|Sabtu|Minggu|Ahad"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
#: a day of a year as pages print it, perhaps with the day of the week; compiled without regard to case
DATE = (
    rf"(?:{_DAY}\s*[,/|–-]?\s*)?\(?"
    rf"(?:\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},\s*\d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\)?"
)
#: a time of day, perhaps with its zone
TIME = r"(?:pukul\s+|jam\s+|at\s+)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[ap]m\b)?(?:\s*(?:WIB|WITA|WIT))?"
_LABEL = (
    r"(?:Tayang|Ditayangkan|Diterbitkan|Terbit|Diperbarui|Dipublikasikan|Diunggah|Dibuat|Update[d]?|Last updated?"
    r"|Published|Publish"
    r"|Posted|Rilis|Tanggal|[\w.]{3,30}\.(?:com|id|co\.id))(?:\s(?:pada|on))?"
)
_ONE = rf"(?:{_LABEL}\s*[:|,–-]?\s*)?(?:{DATE}(?:\s*[,|–T-]?\s*{TIME})?|{TIME}\s*[,|–-]\s*{DATE})"
_DATED = re.compile(rf"{_ONE}(?:\s*[|•/,–-]?\s*{_ONE})?", re.IGNORECASE)
_AGO = re.compile(
    rf"(?:{_LABEL}\s*[:|,–-]?\s*)?\d{{1,2}}\s(?:menit|jam|hari|pekan|minggu|bulan)\s(?:yang\s)?lalu", re.IGNORECASE
)

#: before the lead of an article on one line, with a label and a time
_INLINE = re.compile(
    rf"(?i:{_LABEL}\s*[:|,–-]?\s*{DATE}\s*[,|–-]?\s*{TIME})"
    rf"(?P<more>\s*[•|]\s*(?i:{_LABEL}\s*[:|,–-]?\s*{DATE}(?:\s*[,|–-]?\s*{TIME})?))?(?P<ends>\s*[•|])?\s+(?!W(?:IB|ITA|IT)\b)(?=[A-Z\"“])"
)

#: how a line that is nothing but a date ends, and how one begins that has the lead behind the date
_ENDS = r"(?i)(?:\d\)?|[ap]m|WI(?:B|TA|T)|lalu)$"
_BEGINS = r"^(?:Diperbarui|Dipublikasikan|Terbit|Diterbitkan|Ditayangkan|Tayang) "


@rule(step="head", head=12, source="liputan6, detik, okezone, republika; portals that collect others' articles")
def date_line(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the date from a line above the text that holds nothing else, and remove the line.

    Further down, such a line heads a day of a schedule. Before the lead of an article on one line, dates have labels.

    >>> after(date_line, "Selasa, 3 Maret 2026 - 11:02 WIB\nPada 3 Maret 2026, harga emas naik.")
    '\nPada 3 Maret 2026, harga emas naik.'
    >>> after(date_line, "Terbit: 03/03/2026, 09.16 WITA | Diperbarui: 04/03/2026, 10.00 WITA\nHarga emas naik.")
    '\nHarga emas naik.'
    >>> after(date_line, "Diperbarui 3 Mar 2026 08.12 • Dipublikasikan 3 Mar 2026 07.40 Harga emas naik.")
    'Harga emas naik.'
    """
    for line in lines.where(lines.matching(_ENDS) | lines.matching(_BEGINS)):
        if _is_dated(line) and nothing_above(line):
            yield line.read("date")
            yield line.drop()
        elif line.number == 0 and (inline := _INLINE.match(line.text)) and (inline["more"] or inline["ends"]):
            yield line.read("date", inline)
            yield line.cut(*inline.span())


def _is_dated(line: Line) -> bool:
    return len(line.text) <= 120 and bool(_DATED.fullmatch(line.text) or _AGO.fullmatch(line.text))
