"""Parts of a dateline, shared by the rules of this shelf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.lines import Line
    from curation.rule import Context

#: the dash that ends a dateline
DASH = r"\s*(?:--|[-–—])\s*"
#: what a lead begins with
LEAD = r"(?=[\"“‘']?[A-Z0-9])"
#: a place in capitals (JAKARTA, BANDA ACEH) or written as a name (Kota Bandung)
CAPITALS = r"[A-Z][A-Z']{2,}(?:[ -][A-Z']{2,}){0,3}"
NAME = r"[A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,3}"
PLACE = rf"(?:{CAPITALS}|{NAME})"
#: a publisher with a domain ending
DOMAIN = r"[A-Za-z][\w-]*(?:[ -][A-Za-z0-9][\w-]*){0,2}\.(?:com|COM|Com|co\.id|CO\.ID|co|CO|id|ID|net|NET|tv|TV)"
#: lines above the lead in which a dateline is looked for
HEAD = 4


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a dateline at the beginning of a lead."""
    return re.compile(pattern + DASH + LEAD)


def is_own(name: str, line: Line, context: Context) -> bool:
    """Whether a publisher's name is that of the house on whose page the line stands.

    Its letters are those of the host (*TRIBUNNEWS.COM* on ``jabar.tribunnews.com``), or hold all parts of the host
    (*SuaraJogja.id* on ``jogja.suara.com``), or the site's record knows it. Of a page whose address is not known,
    nothing is the house.
    """
    given = _letters(name)
    for owner in context.owners[line.document] if context.owners else ():
        parts = [part for part in owner.lower().split(".") if len(part) > 3]
        if given in _letters(owner) or (parts and all(part in given for part in parts)):
            return True
    site = context.site(line)
    if site is None:
        return False
    house = (site.outlet, site.network or "", *site.datelines)
    return any(given.startswith(_letters(own)) for own in house if own)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
