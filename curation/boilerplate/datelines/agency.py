"""City and agency before the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.datelines.gazetteer import is_place
from curation.boilerplate.datelines.parts import HEAD, PLACE, compiled
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Lines, Value
    from curation.rule import Context

_AGENCY = compiled(
    rf"(?P<city>(?P<place>{PLACE})(?:,\s*{PLACE})?)\s*\((?P<agency>[A-Z]{{2,}}(?: [A-Z][a-z]+)?)(?:/[\w-]+)?\)"
)


@rule(
    step="chrome",
    grain="inline",
    shape=r"^[A-Z][^(]{2,50}\([A-Z]{2,}",
    head=HEAD,
    source="antaranews and all that print it",
)
def agency(lines: Lines, context: Context) -> Iterator[Value]:
    """Read city and news agency before the lead (*Ambon (ANTARA) -*).

    They stay: they are part of the article as printed.

    >>> [(a.field, a.value) for a in try_rule(agency, "Kota Ambon (KBN) - Pemerintah kota menutup pasar.")]
    [('dateline', 'Kota Ambon'), ('publisher', 'KBN')]
    """
    for line in lines:
        found = _AGENCY.match(line.text)
        if found and nothing_above(line) and (found["agency"] == "ANTARA" or is_place(found["place"], line)):
            yield line.read("dateline", found, "city")
            yield line.read("publisher", found, "agency")
