"""Marks of a programming language's list around a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_OPENS = re.compile(r"""\[['"]""")
_CLOSES = re.compile(r"""["';]*['"]\]$""")


@rule(
    step="characters",
    grain="document",
    literals=("['", '["', "']", '"]'),
    source="kompas as one crawler stored it: a list of one text, written out",
)
def list_literal(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Strip the brackets and quotes of a list that a scraper wrote out instead of its text.

    Only where the text begins with them; what closes the list may be lost with a line that went.

    >>> after(list_literal, "['AMBON - Air surut.';']")
    'AMBON - Air surut.'
    >>> after(list_literal, "Ia menulis [\"air\"] di papan.\n['surut']")
    'Ia menulis ["air"] di papan.\n[\'surut\']'
    """
    opened = set()
    for line in lines:
        start = 0
        if line.number == 0 and (opens := _OPENS.match(line.text)):
            opened.add(line.document)
            start = opens.end()
            yield line.cut(0, start)
        if line.document in opened and line.from_tail == 0 and (closes := _CLOSES.search(line.text, start)):
            yield line.cut(*closes.span())
