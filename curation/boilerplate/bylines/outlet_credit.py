"""A reporter's name with the outlet's, in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import DOMAIN, OUTLET, closes, last_bracket
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_PERSON = r"(?P<author>[A-Za-z*][\w.'’*-]*(?:\s[A-Za-z][\w.'’-]*){0,4})"
_CREDIT = re.compile(
    rf"\s*[(\[]\s*(?:(?P<domain>{DOMAIN})|{OUTLET})\s*(?:/|(?<=\w),\s)\s*{_PERSON}(?:\s*/\s*[\w.\s'’-]{{2,40}})?\s*[)\]][\s.,]*$"
)
#: two outlets that share a story: ( WARTAAMBON.CO.ID / WARTATERNATE.COM )
_OUTLETS = re.compile(rf"\s*[(\[]\s*(?P<publisher>{DOMAIN}(?:\s*[/,]\s*{DOMAIN}){{0,3}})\s*[)\]][\s.,]*$")

#: a domain that a repair of missing blanks has broken: (warta. Com)
_BROKEN = re.compile(r"\s*[(\[]\s?(?P<publisher>[A-Za-z][\w-]{2,20}\.\s[Cc]om)\s?[)\]][\s.,]*$")

#: an outlet and the section: (warta.id - Sosial)
_SECTION = re.compile(rf"\s*[(\[]\s*{DOMAIN}\s[-–]\s(?P<section>[A-Z][\w& ]{{2,30}})\s*[)\]][\s.,]*$")

#: characters from the end of a line within which a credit begins
_WINDOW = 300


@rule(
    step="tail",
    grain="inline",
    shape=r"[(\[]\s*[\w -]+[./,][^()\[\]]+[)\]][\s.,]*$",
    tail=12,
    source="tribun network 3 % of articles",
)
def outlet_credit(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the reporter from a bracket with an outlet's name (*(WartaAmbon.com/Sinta)*) and remove it.

    It closes a line near the end.

    Other chrome may stand below it. An outlet without a domain must close a sentence: *(Gerindra/PAN)* is news.

    >>> after(outlet_credit, "Warga pulang. (WartaAmbon.co.id/Sinta Wulandari)")
    'Warga pulang.'
    >>> after(outlet_credit, "Warga pulang.\n( WARTAAMBON.COM / Sinta )\nBaca berita kami di kanal warta")
    'Warga pulang.\n\nBaca berita kami di kanal warta'
    >>> after(outlet_credit, "Dua partai berkoalisi (Maju/PAR).")
    'Dua partai berkoalisi (Maju/PAR).'
    """
    for line in lines:
        start = last_bracket(line.text, _WINDOW)
        if start is None:
            continue
        closed = closes(line.text[:start])
        if closed and (found := _OUTLETS.match(line.text, start) or _BROKEN.match(line.text, start)):
            yield line.read("publisher", found, "publisher")
            yield line.cut(*found.span())
        elif (found := _SECTION.match(line.text, start)) is not None:
            yield line.read("section", found, "section")
            yield line.cut(*found.span())
        elif (found := _CREDIT.match(line.text, start)) and (closed or _is_certain(found)):
            yield line.read("author", found, "author")
            yield line.cut(*found.span())


def _is_certain(found: re.Match[str]) -> bool:
    """Whether a bracket behind no full stop (behind a list, say) is a credit: no address, and no sentence goes on."""
    return bool(found["domain"]) and found["author"][0].isupper() and not found[0].rstrip().endswith(".")
