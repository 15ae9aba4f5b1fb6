"""The credit that a site adds to text that a reader copies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_COPIED = re.compile(
    r"(?:Baca|BACA) artikel (?P<publisher>[A-Za-z][\w. ]{2,30}?),?\s?[\"“]"
    r"(?P<title>[^\"”\n]{5,220})[\"”]\s?selengkapnya"
    r"(?:\sdi\s?sini)?\s?:?\s*(?P<url>https?://\S+)?"
)


@rule(step="head", grain="inline", literals=("baca artikel",), source="detik, cnnindonesia; copies of their articles")
def copied_from(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the credit that a copied text carries (*Baca artikel X, "Y" selengkapnya URL*), and cut it.

    >>> after(copied_from, 'Warga pulang. Baca artikel detiknews, "Air Surut" selengkapnya https://detak.example/1')
    'Warga pulang.'
    >>> after(copied_from, "Baca artikel itu sebelum mengutipnya, kata dosen.")
    'Baca artikel itu sebelum mengutipnya, kata dosen.'
    """
    for line in lines:
        for found in _COPIED.finditer(line.text):
            yield line.read("syndicated_from", found, "publisher")
            yield line.read("original_title", found, "title")
            if found["url"]:
                yield line.read("original_url", found, "url")
            yield cut_out(line, *found.span())
