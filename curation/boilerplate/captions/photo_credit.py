"""Captions and credits of pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import ends_sentence
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_LABEL = re.compile(
    r"(?:foto|ilustrasi|infografis|grafis|gambar|sumber (?:foto|gambar)|keterangan (?:foto|gambar))\s*[:/,]\s*.{2,200}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[^.]{8,180}\s\(?(?:foto\s?[:/]|dok\.?\s|dokumentasi\b|ist(?:imewa)?\)|tangkapan layar"
    r"|shutterstock|pexels|unsplash|getty images)[^)]{0,60}\)?",
    re.IGNORECASE,
)


@rule(
    step="head",
    literals=(
        "foto",
        "ilustrasi",
        "grafis",
        "gambar",
        "dok",
        "ist",
        "tangkapan",
        "shutterstock",
        "pexels",
        "unsplash",
        "getty",
    ),
    source="detik, sindonews, BBC Indonesia, liputan6",
)
def photo_credit(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a picture's caption or credit, a line of its own, and remove it.

    A caption that is a sentence with a full stop stays: it may be news.

    >>> after(photo_credit, "Foto: Sinta W/Detak\nWarga antre air bersih (Dok. BPBD)\nFoto korban diperlihatkan.")
    '\n\nFoto korban diperlihatkan.'
    """
    for line in lines:
        if len(line.text) > 200 or ends_sentence(line.text.rstrip(")")):
            continue
        if _LABEL.fullmatch(line.text) or _CREDIT.fullmatch(line.text):
            yield line.read("caption")
            yield line.drop()
