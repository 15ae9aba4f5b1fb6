"""Labels of articles that a partner paid for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABEL = re.compile(
    r"(?:^|(?<=[.!?\"”)])\s?)[(\[]?(?:(?:Berita|Konten|Artikel)\s(?:[Kk]erja\s?[Ss]ama|[Bb]erbayar|[Bb]ersponsor)"
    r"|Advertorial|ADVERTORIAL)[)\]]?\.?$"
)
_LONGEST = 40
#: RE2 reads it from the end of the line
_SHAPE = r"(?:[Kk]erja ?[Ss]ama|[Bb]erbayar|[Bb]ersponsor|Advertorial|ADVERTORIAL)[)\]]?\.?$"


@rule(
    step="ends",
    grain="inline",
    shape=_SHAPE,
    tail=2,
    source="antaranews 4 % of articles",
)
def partner_label(lines: Lines, context: Context) -> Iterator[Edit]:
    """Cut the label that a partner paid for the article, behind its last sentence.

    >>> after(partner_label, "Warga pulang membawa benih. Berita kerja sama")
    'Warga pulang membawa benih.'
    >>> after(partner_label, "Bupati dan petani menandatangani naskah kerja sama")
    'Bupati dan petani menandatangani naskah kerja sama'
    """
    for line in lines:
        found = _LABEL.search(line.text, max(0, len(line.text) - _LONGEST)) if line.from_tail <= 1 else None
        if found:
            yield line.drop() if found[0] == line.text else cut_out(line, *found.span())
