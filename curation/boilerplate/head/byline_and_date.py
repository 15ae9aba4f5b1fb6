"""Writer, outlet and date on one line above the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME, OUTLET
from curation.boilerplate.head.date_line import DATE, TIME
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_WHEN = rf"(?P<date>(?i:{DATE}(?:\s*[,|–-]?\s*{TIME})?))"
_WHO = rf"(?:(?:Oleh|Penulis|Reporter|Editor|By|Redaksi)\s?:?\s?)?(?P<author>{NAME}|Tim [A-Z]\w+|Redaksi)"
_LINE = re.compile(
    rf"{_WHO}\s*(?:[,|–-]\s*(?P<publisher>{OUTLET})\s*)?[,|•–-]?\s*{_WHEN}"
    rf"|(?:(?:Tim \w+|(?P<writer>{NAME}))\s[-–|]\s)(?P<outlet>detik[A-Z]\w*|{OUTLET})"
)


@rule(
    step="head",
    shape=r"(?:\d\)?|[aApP][mM]|W(?:IB|ITA|IT|ib|ita|it)|\s[-–|]\s[A-Za-z][\w.-]*(?:\s[A-Za-z]\w*)?)$",
    head=8,
    source="detik, blogs and regional portals",
)
def byline_and_date(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a line above the text with a writer's name and the outlet or the date, and remove it.

    >>> after(byline_and_date, "Sinta Wulandari - detikNews\nHarga emas naik.")
    '\nHarga emas naik.'
    >>> after(byline_and_date, "Oleh: Sinta Wulandari | Selasa, 3 Maret 2026 11:02 WIB\nHarga emas naik.")
    '\nHarga emas naik.'
    >>> after(byline_and_date, "Sinta Wulandari lahir pada 3 Maret 2006\nIa pelari.")
    'Sinta Wulandari lahir pada 3 Maret 2006\nIa pelari.'
    """
    for line in lines:
        found = _LINE.fullmatch(line.text) if len(line.text) <= 120 else None
        if not found or not nothing_above(line):
            continue
        for group, field in (
            ("author", "author"),
            ("writer", "author"),
            ("publisher", "publisher"),
            ("outlet", "publisher"),
            ("date", "date"),
        ):
            if found[group]:
                yield line.read(field, found, group)
        yield line.drop()
