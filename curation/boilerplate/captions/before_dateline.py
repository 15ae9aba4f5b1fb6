"""A caption glued before the dateline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import dateline_start
from curation.boilerplate.captions.credits import CERTAIN, LITERALS, MAY_BE_CERTAIN, NAMED
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CREDIT = re.compile(rf"(?:{CERTAIN}|(?<![^\s.]){NAMED})\.?\s*$")
_BEGINS = re.compile(rf"{MAY_BE_CERTAIN}|(?:[Ff]oto|FOTO) ?[:/]")
_CAPTION = re.compile(r"\S.*\S")
#: a date or a quotation is no part of a caption above the lead
_ELSE = re.compile(r"\d{1,2}[.:]\d{2}\sWI[BT]|[\"“”]")
#: characters within which the dateline must begin
_NEAR = 260


@rule(
    step="head",
    grain="inline",
    literals=LITERALS,
    head=3,
    source="detik 2017-2019: articles scraped to one line",
)
def before_dateline(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a caption with its credit before the dateline (*Posko banjir. Foto: X/Y Ambon - Air ...*), and cut it.

    The dateline is where it ends; without one, nothing tells the credit from the lead.

    >>> after(before_dateline, "Posko banjir. Foto: Sinta Wulandari/Detak Ambon - Air sungai surut.")
    'Ambon - Air sungai surut.'
    >>> after(before_dateline, "Foto: Sinta menunjukkan rumahnya yang rusak.")
    'Foto: Sinta menunjukkan rumahnya yang rusak.'
    """
    for line in lines:
        if not _BEGINS.search(line.text, 0, _NEAR):
            continue
        dateline = dateline_start(line.text, 1, _NEAR)
        if not dateline or not nothing_above(line):
            continue
        above = line.text[:dateline]
        if _CREDIT.search(above) and not _ELSE.search(above):
            yield line.read("caption", _CAPTION.search(above))
            yield line.cut(0, dateline)
