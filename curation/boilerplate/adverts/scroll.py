"""Calls to scroll past an advertisement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_ENGLISH = re.compile(r"(?:ADVERTISEMENT\s*)?SCROLL TO (?:CONTINUE|RESUME)(?: WITH)? CONTENT\s*")
_INDONESIAN = re.compile(
    r"[-–—*\s]*(?:scroll|gulir|geser)(?:\ske bawah)?\s(?:untuk|buat)\s(?:lanjut|melanjutkan|melihat)(?:\s\S+){0,4}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    grain="inline",
    literals=("scroll", "gulir", "geser"),
    source="detik 100 % of articles, cnnindonesia; tempo, tribun",
)
def scroll(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the call to scroll on, on its own line or glued into a paragraph.

    >>> after(scroll, "Air surut.ADVERTISEMENTSCROLL TO CONTINUE WITH CONTENTWarga pulang.")
    'Air surut.Warga pulang.'
    >>> after(scroll, "Gulir ke bawah untuk melanjutkan membaca\nIa menggeser meja untuk melihat kabel.")
    '\nIa menggeser meja untuk melihat kabel.'
    """
    for line in lines:
        if _INDONESIAN.fullmatch(line.text):
            yield line.drop()
        for found in _ENGLISH.finditer(line.text):
            yield line.cut(*found.span())
