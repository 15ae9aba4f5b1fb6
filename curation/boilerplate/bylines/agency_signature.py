"""Initials and agencies without brackets around the initials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import AGENCY, closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_AGENCIES = rf"(?i:{AGENCY}|rtr|rtre)(?:\s?[,/]\s?(?i:{AGENCY}|rtr|rtre)){{0,4}}"
_SIGNATURE = re.compile(
    rf"[\s,]*(?:(?P<codes>[a-z]{{2,4}}/[a-z]{{2,4}})(?:\s{{0,4}}\((?P<agencies>{_AGENCIES})\))?|[(\[](?P<alone>{_AGENCIES})[)\]])[\s.,]*$"
)

#: characters from the end of a line within which a signature begins
_WINDOW = 80


@rule(
    step="tail",
    grain="inline",
    shape=r"(?:[a-z]{2,4}/[a-z]{2,4}|[(\[][A-Za-z][A-Za-z ,/]+[)\]])[\s.,]*$",
    tail=4,
    source="DW Indonesia and the portals that print its articles",
)
def agency_signature(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read initials and agencies at the end (*ab/cd (AFP, Reuters)*), and remove them.

    >>> after(agency_signature, "Perundingan berlanjut pekan depan. ab/cd (AFP, dpa)")
    'Perundingan berlanjut pekan depan.'
    >>> after(agency_signature, "Perundingan berlanjut pekan depan.rz/as")
    'Perundingan berlanjut pekan depan.'
    >>> after(agency_signature, "Kecepatan angin mencapai 60 km/jam")
    'Kecepatan angin mencapai 60 km/jam'
    """
    for line in lines:
        found = _SIGNATURE.search(line.text, max(0, len(line.text) - _WINDOW))
        # with the scraper's comma between, too: "... bulan lalu.,ab/cd"
        if not found or not closes(line.text[: found.start()]):
            continue
        above = line.previous
        # initials with agencies are certain; the one without the other could be a row of a table
        below = 3 if found["codes"] and found["agencies"] else 0
        if found.start() == 0 and (line.from_tail > below or above is None or not closes(above.text)):
            continue
        if found["codes"]:
            yield line.read("editor_code", found, "codes")
        if found["agencies"] or found["alone"]:
            yield line.read("attribution", found, "agencies" if found["agencies"] else "alone")
        yield line.cut(*found.span())
