"""Pointers to the rest of the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines
    from curation.rule import Context

_NEXT = re.compile(
    r"(?:(?:simak|baca|lihat)\s(?:berita |artikel |info |penjelasan )?)?(?:selengkapnya|lengkapnya|kelanjutannya)?\s?"
    r"(?:di\s)?(?:halaman|laman)\s(?:selanjutnya|berikutnya|\d)(?:\s?[>»]+)?[.:]?"
    r"|(?:(?:simak|baca)\s(?:berita |artikel )?)?(?:selengkapnya|lengkapnya)(?:\s(?:klik\s)?di sini)?[.:>»\s]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("halaman", "laman ", "lengkapnya", "kelanjutannya"),
    source="detik 7 % of articles, tempo, kompas",
)
def next_page(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove a pointer to the next page or the full text, and flag the document as truncated.

    >>> after(next_page, "Air surut.\nSimak selengkapnya di halaman berikutnya.")
    'Air surut.\n'
    >>> after(next_page, "Halaman rumahnya dipenuhi karangan bunga.")
    'Halaman rumahnya dipenuhi karangan bunga.'
    """
    for line in lines:
        if len(line.text) <= 90 and _NEXT.fullmatch(line.text):
            yield line.flag("truncated")
            yield line.drop()
