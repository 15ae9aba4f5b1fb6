"""City and publisher before the lead, in either order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.datelines.gazetteer import is_place
from curation.boilerplate.datelines.parts import DOMAIN, HEAD, PLACE, compiled
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_CITY_FIRST = compiled(rf"(?P<city>{PLACE})\s*,\s*(?P<publisher>{DOMAIN}|(?:CNN|CNBC|BBC) Indonesia)")
#: any name may be a publisher's, if what stands before it is a place
_PLACE_FIRST = compiled(rf"(?P<city>{PLACE})\s*,\s*(?P<publisher>[A-Z][\w.]*(?: [A-Z][\w.]*)?)")
_PUBLISHER_FIRST = compiled(rf"(?P<publisher>{DOMAIN})\s*,\s*(?P<city>{PLACE})")
#: "Liputan6.com, JakartaSelain dikenal": the dash is lost and the city glued to the lead
_GLUED = re.compile(
    rf"(?P<publisher>{DOMAIN})\s*,\s*(?P<city>Jakarta|Bandung|Surabaya|Medan|Semarang|Yogyakarta|Makassar|Denpasar)\s?(?=[A-Z])"
)


@rule(
    step="chrome",
    grain="inline",
    shape=r"^[^,]{3,50},.{2,50}",
    head=HEAD,
    source="kompas, tribun network, tempo, republika, liputan6",
)
def city_publisher(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read city and publisher before the lead (*JAKARTA, KOMPAS.com -*, *TEMPO.CO, Jakarta -*).

    They stay: they are part of the article as printed. Where the scraper glued the city to the lead, they are parted.

    >>> after(city_publisher, "Senja.com, JakartaSelain bakso, ada soto.")
    'Senja.com, Jakarta Selain bakso, ada soto.'
    >>> [(a.field, a.value) for a in try_rule(city_publisher, "Senja.com, Ambon -Air naik.") if hasattr(a, "field")]
    [('dateline', 'Ambon'), ('publisher', 'Senja.com')]
    """
    for line in lines:
        found = _PUBLISHER_FIRST.match(line.text) or _CITY_FIRST.match(line.text) or _GLUED.match(line.text)
        if not found and (loose := _PLACE_FIRST.match(line.text)) and is_place(loose["city"], line):
            found = loose
        if found and nothing_above(line):
            yield line.read("dateline", found, "city")
            yield line.read("publisher", found, "publisher")
            if found.re is _GLUED and found.end() == found.end("city"):
                yield line.cut(found.end(), found.end(), " ")
