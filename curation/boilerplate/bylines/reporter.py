"""Who reports, above the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_REPORTER = re.compile(
    r"(?:Laporan|Reportase|Liputan)\s+(?:(?:Wartawan|Reporter|Kontributor|Jurnalis)\b\s*)?"
    r"(?:[\w.-]+(?:\s[\w.-]+){0,4}\s*[,/|:]\s*)?(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,4})"
)
_BY = re.compile(r"(?:Oleh|OLEH)\s*[:–-]?\s*(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,5})")


@rule(
    step="head",
    literals=("laporan", "reportase", "liputan", "oleh"),
    head=6,
    source="tribun network, tempo, antara",
)
def reporter(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the reporter from a line above the lead (*Laporan Wartawan ..., Nama*; *Oleh: Nama*), and remove it.

    >>> after(reporter, "Laporan Wartawan Warta Daerah, Sinta Wulandari\nLaporan keuangan itu terbit.")
    '\nLaporan keuangan itu terbit.'
    >>> after(reporter, "Oleh karena itu, pemerintah bertindak.")
    'Oleh karena itu, pemerintah bertindak.'
    """
    for line in lines:
        if len(line.text) > 120:
            continue
        found = _REPORTER.fullmatch(line.text) or _BY.fullmatch(line.text)
        if found and len(found["name"].split()) >= 2:
            yield line.read("author", found, "name")
            yield line.drop()
