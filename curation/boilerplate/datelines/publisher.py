"""The publisher alone before the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.datelines.parts import DOMAIN, HEAD, compiled, is_own
from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines, Value
    from curation.rule import Context

_DOMAIN = compiled(rf"(?P<publisher>{DOMAIN})")
#: titles of local networks in capitals: MALANG TERKINI, PIKIRAN RAKYAT, BANTEN RAYA POST
_TITLE = compiled(
    r"(?P<publisher>[A-Z]{3,}(?: [A-Z]{3,}){0,3}"
    r" (?:TERKINI|NEWS|POST|EXPRESS|UPDATE|PAGI|RAYA|RAKYAT|HARI INI|KINI|UTAMA|DAERAH)"
    r"|(?P<paid>INFO [A-Z]{4,})|VIVA|(?:TRIBUN|WARTA)[A-Z -]{3,30})"
)


@rule(
    step="chrome",
    grain="inline",
    shape=r"^[\w. -]{3,45}\s?[-–—]",
    head=HEAD,
    source="the seed page; suara, merdeka, PRMN, tribun network",
)
def publisher(lines: Lines, context: Context) -> Iterator[Edit | Flag | Value]:
    r"""Read the publisher that stands alone before the lead (*ARJUNA PAGI –*, *Suara.com -*).

    On a page of that house it is the article's dateline and stays; on any other page it is the mark of a copy, and
    goes. *INFO NASIONAL* and its like are what a house of another name prints before an article that somebody paid for:
    a flag.

    >>> after(publisher, "ARJUNA PAGI – Air Sungai Brantas surut.")
    'Air Sungai Brantas surut.'
    >>> [found.kind for found in try_rule(publisher, "INFO NASIONAL - Air surut.") if hasattr(found, "kind")]
    ['advertorial']
    >>> try_rule(publisher, "INFO DERMAGA - Air surut.", owners=[("infodermaga.id",)])[2:]
    []
    >>> after(publisher, "KPK - lembaga antirasuah itu - menahan dua orang.")
    'KPK - lembaga antirasuah itu - menahan dua orang.'
    """
    for line in lines:
        found = _DOMAIN.match(line.text) or _TITLE.match(line.text)
        if found and nothing_above(line):
            yield line.read("dateline", found, "publisher")
            yield line.read("publisher", found, "publisher")
            if is_own(found["publisher"], line, context):
                continue
            if "paid" in found.re.groupindex and found["paid"]:
                yield line.flag("advertorial")
            yield line.cut(0, found.end())
