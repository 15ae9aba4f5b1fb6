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
    r"(?:Jan(?:uari)?|[FP]eb(?:ruari)?|Mar(?:et)?|Apr(?:il)?|Mei|Jun[i]?|Jul[i]?|Agu(?:stus)?|Ag[st]|Sep(?:tember)?"
    r"|Sept|Okt(?:ober)?|No[vp](?:ember)?|Des(?:ember)?)"
)
_DATE = re.compile(
    r"(?:(?:Tayang|Diterbitkan|Terbit|Diperbarui|Dipublikasikan|Diunggah|Update|[\w.]{3,30}\.(?:com|id|co\.id))\s*[:|,–-]?\s*)?"
    r"(?:(?:Senin|Selasa|Rabu|Kamis|Jum[’']?at|Sabtu|Minggu|Ahad)\s*[,/|–-]?\s*)?"
    rf"(?:\d{{1,2}}\s+{_MONTH}\s+\d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})"
    r"(?:\s*[,|–-]?\s*(?:pukul\s+)?\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*(?:WIB|WITA|WIT))?)?",
    re.IGNORECASE,
)


@rule(step="head", shape=r"\d{4}", head=12, source="liputan6, detik, okezone, republika")
def date_line(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the date from a line above the text that holds nothing else, and remove the line.

    Further down, such a line heads a day of a schedule.

    >>> after(date_line, "Selasa, 3 Maret 2026 - 11:02 WIB\nPada 3 Maret 2026, harga emas naik.")
    '\nPada 3 Maret 2026, harga emas naik.'
    """
    for line in lines:
        if len(line.text) <= 80 and _DATE.fullmatch(line.text) and nothing_above(line):
            yield line.read("date")
            yield line.drop()
