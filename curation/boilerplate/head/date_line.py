"""The line that says when the article appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
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


#: how such lines begin
_BEGINS = (
    r"(?i)^(?:\(?\d{1,2}[ /.:-]|\d{4}-|senin|selasa|rabu|kamis|jum|sabtu|minggu|ahad|mon|tue|wed|thu"
    r"|fri|sat|sun|jan|[fp]eb|mar|apr|mei|may"
    r"|ju[nl]|a[gu]|sep|o[kc]t|no[vp]|de[sc]|(?:di)?tayang|(?:di)?terbit|diperbarui|dipublik|diunggah|dibuat|update|last|publish"
    r"|post|rilis|tanggal|pukul|jam|at |[\w.]{3,30}\.(?:com|id))"
)


@rule(step="head", shape=_BEGINS, head=12, source="liputan6, detik, okezone, republika")
def date_line(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the date from a line above the text that holds nothing else, and remove the line.

    Further down, such a line heads a day of a schedule.

    >>> after(date_line, "Selasa, 3 Maret 2026 - 11:02 WIB\nPada 3 Maret 2026, harga emas naik.")
    '\nPada 3 Maret 2026, harga emas naik.'
    >>> after(date_line, "Terbit: 03/03/2026, 09.16 WITA | Diperbarui: 04/03/2026, 10.00 WITA\nHarga emas naik.")
    '\nHarga emas naik.'
    """
    for line in lines:
        if len(line.text) <= 120 and (_DATED.fullmatch(line.text) or _AGO.fullmatch(line.text)) and nothing_above(line):
            yield line.read("date")
            yield line.drop()
