"""Placeholders of embedded videos and posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_GAMBAS = re.compile(r"\s?\[(?:Gambas|vidio|bacajuga|foto|polling)\s?:[^\]\n]{0,60}\](?:\([^)\s]*\))?")


@rule(
    step="chrome",
    grain="inline",
    literals=("[gambas", "[vidio", "[bacajuga", "[foto", "[polling"),
    source="detik 31 % of articles, cnnindonesia, liputan6",
)
def gambas(lines: Lines, context: Context) -> Iterator[Edit]:
    """Cut the placeholders that detik's and liputan6's systems leave for embeds.

    >>> after(gambas, "Warga pulang. [Gambas:Video 20detik]")
    'Warga pulang.'
    """
    for line in lines:
        for found in _GAMBAS.finditer(line.text):
            yield line.cut(*found.span())
