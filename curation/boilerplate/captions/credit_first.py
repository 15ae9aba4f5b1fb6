"""Captions that begin with the credit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import DOMAIN
from curation.boilerplate.shapes import ends_sentence
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_SIGNED = (
    rf"(?:(?=[A-Z]){DOMAIN}"
    r"|SHUTTERSTOCK|Shutterstock|ANTARA(?: FOTO)?|AFP(?: PHOTO)?|REUTERS|AP(?: PHOTO| Photo)?|EPA"
    r"|GETTY IMAGES|Getty Images|FREEPIK|Freepik|UNSPLASH|Unsplash|PEXELS|PIXABAY|iStock"
    r"|TRIBUN\w*)"
)
_CREDIT = re.compile(
    rf"(?:{_SIGNED}\s?/\s?[A-Z@].{{2,280}}|(?:Dok\.|DOK\.?|dok\.)\s?(?:[A-Z@]|istimewa|pribadi).{{2,280}})"
)
#: the photographer's name in capitals with the caption glued to it, and the text behind the caption
_GLUED = re.compile(
    rf"(?:{_SIGNED}\s?/\s?[A-Z](?:[A-Z .'’/-]|via ){{3,70}}"
    rf"|(?:X|Instagram|Twitter|TikTok|YouTube|Facebook)/@[\w.]{{2,30}}(?<=[a-z0-9]))[A-Z][a-z][^.!?\n\"“”]{{10,280}}\.(?=\s?[A-Z\"“])"
)
#: an agency and a verb: no credit, but who tells
_TELLS = re.compile(r"[A-Za-z ]+/[A-Z][\w-]+ [a-z]")
#: somebody's words stand in the text, not in the caption
_SPEECH = re.compile(r"[\"“”]|\b(?:kata|ujar|ucap|tutur|tegas|jelas|papar|imbuh|pungkas|tandas)(?:nya)?\b")
_LONGEST = 300


@rule(
    step="head",
    shape=r"^(?:[A-Z][\w-]*(?:\.(?i:com|co\.id|id|net|co|tv))?(?: (?i:foto|photo|images))?|iStock)\s?/\s?[A-Z@]"
    r"|^(?:Dok|DOK|dok)\.?\s?[A-Z@ip]",
    source="kompas",
)
def credit_first(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a caption that begins with the credit (*WARTA.com/NAMACaption*, *Dok. X Caption*), and remove its line.

    The caption may be a sentence; the credit before it tells what it is. With the text glued behind it, it ends at
    its full stop, if the photographer's name is in capitals.

    >>> after(credit_first, "Air surut.\nKOMPAS.com/SINTA WULANDARIWarga menjemur kasur\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(credit_first, "Dokter itu bertugas di tiga desa.")
    'Dokter itu bertugas di tiga desa.'
    >>> after(credit_first, "AFP/SINTA WULANDARIWarga menjemur kasur.Air surut, kata dia.")
    'Air surut, kata dia.'
    """
    for line in lines:
        found = _GLUED.match(line.text)
        if len(line.text) <= _LONGEST and not (found and _SPEECH.search(line.text, found.end())):
            if _CREDIT.fullmatch(line.text) and not (_TELLS.match(line.text) and ends_sentence(line.text)):
                yield line.read("caption")
                yield line.drop()
        elif found:
            yield line.read("caption", found)
            yield line.cut(0, len(line.text) - len(line.text[found.end() :].lstrip()))
