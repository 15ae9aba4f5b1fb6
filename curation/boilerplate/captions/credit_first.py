"""Captions that begin with the credit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_SIGNED = (
    r"(?:KOMPAS\.com|SHUTTERSTOCK|Shutterstock|ANTARA(?: FOTO)?|AFP(?: PHOTO)?|REUTERS|AP(?: PHOTO| Photo)?|EPA"
    r"|GETTY IMAGES|Getty Images|FREEPIK|Freepik|UNSPLASH|Unsplash|PEXELS|PIXABAY|iStock"
    r"|TRIBUN\w*(?:\.COM)?|Tribun\w*\.com)"
)
_CREDIT = re.compile(
    rf"(?:{_SIGNED}\s?/\s?[A-Z@].{{2,280}}|(?:Dok\.|DOK\.?|dok\.)\s?(?:[A-Z@]|istimewa|pribadi).{{2,280}})"
)
_LONGEST = 300


@rule(
    step="head",
    shape=r"^(?:[A-Z][A-Za-z]+(?:\.com|\.COM)?(?: FOTO| PHOTO| Photo| IMAGES| Images)?|iStock)\s?/\s?[A-Z@]"
    r"|^(?:Dok|DOK|dok)\.?\s?[A-Z@ip]",
    source="kompas",
)
def credit_first(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a caption that begins with the credit (*WARTA.com/NAMACaption*, *Dok. X Caption*), and remove its line.

    The caption may be a sentence; the credit before it tells what it is.

    >>> after(credit_first, "Air surut.\nKOMPAS.com/SINTA WULANDARIWarga menjemur kasur\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(credit_first, "Dokter itu bertugas di tiga desa.")
    'Dokter itu bertugas di tiga desa.'
    """
    for line in lines:
        if len(line.text) <= _LONGEST and _CREDIT.fullmatch(line.text):
            yield line.read("caption")
            yield line.drop()
