"""The city alone before the lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.datelines.gazetteer import CITIES, is_place
from curation.boilerplate.datelines.parts import CAPITALS, HEAD, compiled
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CITY = compiled(rf"(?P<city>{CAPITALS}|(?:Kota |Kabupaten )?(?:{'|'.join(CITIES)}))")
_LOST = re.compile(r"[\s,]*[-–—]{1,2}(?:\s+(?=[\"“‘']?[A-Z])|$)")


@rule(
    step="chrome",
    grain="inline",
    shape=r"^[\w. ',-]{0,45}[-–—]",
    head=HEAD,
    source="detik, sindonews, okezone",
)
def city(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the city that stands alone before the lead (*JAKARTA -*, *Jakarta -*).

    It stays: it is part of the article as printed. Capitals alone prove nothing (*UMKM - *, *ADA -*), so the place
    must be a known one, or one that the text names again as a place (*di Lebak*, *Kabupaten Lebak*). Where the
    scraper lost the city with its link, the dash that is left goes.

    >>> [answer.value for answer in try_rule(city, "BANDA ACEH - Wali kota meninjau pasar.")]
    ['BANDA ACEH']
    >>> try_rule(city, "UMKM - Usaha kecil tumbuh.")
    []
    >>> [answer.value for answer in try_rule(city, "LEBAK - Jembatan di Lebak putus.")]
    ['LEBAK']
    >>> after(city, " , - Pelatih pelatnas masih berharap.")
    ' Pelatih pelatnas masih berharap.'
    """
    for line in lines:
        found = _CITY.match(line.text)
        if found and nothing_above(line) and is_place(found["city"], line) and not _hyphenated(found):
            yield line.read("dateline", found, "city")
        elif line.number == 0 and (lost := _LOST.match(line.text)):
            yield line.cut(0, lost.end())


def _hyphenated(found: re.Match[str]) -> bool:
    """Whether the dash ties two names (*Jakarta-Bandung*); after capitals it does not."""
    return found[0] == f"{found['city']}-" and not found["city"].isupper()
