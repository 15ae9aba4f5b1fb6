"""Parts of a credit, shared by the rules that read who wrote, edited and photographed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.datelines.gazetteer import CITIES

if TYPE_CHECKING:
    from curation.lines import Edit, Line

#: a person's name: two to five words
WORD = r"[A-Z][\w.'’-]{0,20}"
NAME = rf"{WORD}(?:\s(?:{WORD}|bin|binti|de|van)){{1,4}}"
#: an outlet by its domain (*WartaAmbon.com*)
DOMAIN = r"[A-Za-z][\w-]{2,30}\.(?:co\.id|com|CO\.ID|COM|id|ID|net|NET|co|CO|tv|TV)"
#: agencies, as credits print them
AGENCY = (
    r"(?:ANTARA|Antara|AFP|AP|REUTERS|Reuters|DPA|Xinhua|XINHUA|EPA|EFE|Anadolu|ANADOLU|Sputnik|Bernama|TASS|BBC|CNN"
    r"|CNBC|DW|VOA|Bloomberg|JPNN|JPG|MPI)"
)
#: outlets that sign without a domain (*Tribunnews*, *Radar Ambon*), and agencies
OUTLET = (
    rf"(?:{DOMAIN}|{AGENCY}|[Tt]ribun[\w-]*(?:\s[A-Z]\w+)?|Kompas(?:\sTV)?|[Dd]etik\w*|Republika|Okezone|SINDOnews|Sindonews"
    r"|Tempo|Kontan|Bisnis(?:\sIndonesia)?|Suara|Merdeka|Liputan6|Surya(?:malang)?|Warta\s?[Kk]ota\w*|iNews\w*|Medcom"
    r"|Media\sIndonesia|Jawa\s?Pos|Radar\s[A-Z]\w+|Serambi\w*|Pos[- ]Kupang|[A-Z]\w+\s?[Pp]ost?|Viva\w*|Kumparan"
    r"|IDN\sTimes"
    r"|(?:CNN|CNBC|BBC|DW|VOA|BBC News)\sIndonesia|KapanLagi|Kapanlagi|Fimela|Beritasatu|RRI)"
)
#: what stands before a credit that is glued to the text: the end of a sentence, perhaps with an end mark
CLOSED = re.compile(r"""[.!?…]["'”’)]*\s*(?:\*+|\(\*+\))?$""")

#: characters before a credit that tell whether a sentence ends there
_NEAR = 40

_CITY = "|".join(sorted(re.escape(name) for city in CITIES for name in (city, city.upper())))
#: WARTAAMBON.COM, AMBON - / AMBON, WARTAAMBON.com - / Ambon (KBN) - / Ambon -
_DATELINE = re.compile(
    rf"(?<![\w.-])(?:{DOMAIN}\s?(?:[.,]\s?[A-Z][A-Za-z ]{{2,24}}?)?"
    rf"|(?:{_CITY})(?:\s?\([\w. ]{{2,20}}\)|,\s(?:CNN|CNBC) Indonesia|,\s?{DOMAIN})?)\s?(?:--|[-–—])\s?(?=[\"“A-Z0-9])"
)
_ANY_PLACE = re.compile(r"(?<![\w.-])[A-Z][a-z]+\s[-–—]\s(?=[\"“A-Z0-9])")


def dateline_start(text: str, start: int, stop: int, *, any_place: bool = False) -> int | None:
    """Where the first dateline within a stretch of a text begins, if there is one.

    >>> dateline_start("Posko banjir. Foto: Windows Ambon - Air surut.", 0, 60)
    28
    """
    found = _DATELINE.search(text, start, stop) or (_ANY_PLACE.search(text, start, stop) if any_place else None)
    return found.start() if found else None


def closes(before: str) -> bool:
    """Whether nothing goes on after this text: it is empty, or a sentence ends there.

    >>> closes("Warga pulang. "), closes("Ia berkata, “Pulang” (*)"), closes("Warga Desa ")
    (True, False, False)
    """
    before = before.rstrip(" ,\u00a0")  # the scraper's commas, too: "... pulang.,,(abc)"
    return not before or bool(CLOSED.search(before, max(0, len(before) - _NEAR)))


def last_bracket(text: str, reach: int) -> int | None:
    """Where the last bracket opens, with the blank space before it, if it does within the last characters of a text.

    >>> last_bracket("Warga pulang. (abc/def)", 40)
    13
    """
    opens = max(text.rfind("(", -reach), text.rfind("[", -reach))
    return len(text[:opens].rstrip()) if opens >= 0 else None


def cut_out(line: Line, start: int, end: int) -> Edit:
    """Cut a stretch with the blank space around it; what it parted stays parted by one space."""
    before, after = line.text[:start].rstrip(), line.text[end:].lstrip()
    joint = " " if before and after and after[0] not in ",.;:)!?" else ""
    return line.cut(len(before), len(line.text) - len(after), joint)
