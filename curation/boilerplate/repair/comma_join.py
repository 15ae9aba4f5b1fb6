"""Paragraphs that a scraper joined with commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_JOIN = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["”]))\s?,\s?(?=["“‘']?[A-Z])""")


@rule(
    step="joins",
    grain="inline",
    shape=r"""[.!?]["”]?\s?,\s?["“‘']?[A-Z]""",
    source="tempo, kompas and sindonews as one crawler of 2019 joined them",
)
def comma_join(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Put the line break back where a scraper joined a list of paragraphs with commas.

    Only where a line shows the join at least twice: once may be a slip of the keyboard.

    >>> after(comma_join, "Air surut.,Warga pulang.,Sekolah dibuka.")
    'Air surut.\nWarga pulang.\nSekolah dibuka.'
    >>> after(comma_join, 'Kata dia, "Aman.", Budi pergi.')
    'Kata dia, "Aman.", Budi pergi.'
    """
    for line in lines:
        joins = list(_JOIN.finditer(line.text))
        if len(joins) >= 2:
            for found in joins:
                yield line.cut(*found.span(), "\n")
