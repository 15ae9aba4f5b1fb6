"""Labels of advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines
    from curation.rule import Context

_LABEL = re.compile(
    r"[-–—*\s\[(]*(?:advertisements?|iklan|advertorial|sponsored(?: (?:content|post|by))?|promoted|adv"
    r"|konten bersponsor|artikel ini bersponsor|(?:konten|artikel) (?:promosi|sponsor)|space iklan"
    r"|(?:[\w.]{3,25} )?(?:tampilkan|pasang) iklan(?: di sini)?|sponsored links?|ads? by google|ads)[-–—*\s:\])]*",
    re.IGNORECASE,
)
#: what says so of the article, not of a place between its paragraphs
_PAID = re.compile(r"advertorial|\badv\b|bersponsor|(?:konten|artikel) (?:promosi|sponsor)", re.IGNORECASE)
#: between sentences, or glued to them
_INLINE = re.compile(
    r"(?:(?<=[.!?…”’)\]])|(?<=\S\")|^)\s?Advertisement\s?(?=[\"“‘A-Z]|$)"
    r"|(?<=[.!?…”’)\]]\s)What['’]s On [A-Z]\w+ Advertisement\s?(?=[\"“‘A-Z]|$)"
    r"|(?<=Baca Juga )Advertisement\s?(?=[\"“‘A-Z]|$)"
    r"|(?<=[.!?…”’)\]]\s)SPONSORED\s(?=[\"“A-Z])"
    r"|(?:(?<=[.!?…”’)\]a-z0-9])\s?|(?<=\S\")\s?|(?<=\s)|^)(?<![A-Z] )ADVERTISEMENT\s?(?=[\"“‘]|[A-Z][a-z]|$|SCROLL)"
)


@rule(
    step="chrome",
    grain="inline",
    literals=("adv", "iklan", "sponsor", "promo", "ads"),
    source="liputan6 99 %, kapanlagi 52 %, detik 35 % of articles; lampost",
)
def advertisement(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove the label of an advertisement: a line of its own, or the bare word between two sentences.

    *ADVERTORIAL*, *Adv*, *Konten bersponsor* are said of the article, and flagged.

    >>> after(advertisement, "Air surut.\nADVERTISEMENT\nIklan rokok akan dilarang.")
    'Air surut.\n\nIklan rokok akan dilarang.'
    >>> after(advertisement, "Air surut. Advertisement Warga pulang.ADVERTISEMENTSekolah dibuka.")
    'Air surut. Warga pulang. Sekolah dibuka.'
    >>> [found.kind for found in try_rule(advertisement, "ADVERTORIAL\nAir surut.") if hasattr(found, "kind")]
    ['advertorial']
    >>> after(advertisement, "Advertisement yang menipu dapat dikenai sanksi.")
    'Advertisement yang menipu dapat dikenai sanksi.'
    """
    for line in lines:
        if len(line.text) <= 60 and _LABEL.fullmatch(line.text):
            if _PAID.search(line.text):
                yield line.flag("advertorial")
            yield line.drop()
            continue
        if not any(label in line.text for label in ("dvertisement", "DVERTISEMENT", "SPONSORED")):
            continue
        for found in _INLINE.finditer(line.text):
            yield cut_out(line, *found.span())
