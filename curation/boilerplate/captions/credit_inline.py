"""Credits of pictures inside a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import cut_out
from curation.boilerplate.captions.credits import CERTAIN, LITERALS
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

#: in brackets, with the caption before it if that is no sentence: "... surut. Warga di posko (Foto: X/Y) Ia ..."
_BRACKET = re.compile(
    rf"(?:(?<=[.!?”\"]\s)(?P<caption>[A-Z][^.!?\n\"“”]{{3,160}}?)\s)?\s?[-–]?\s?(?P<credit>{CERTAIN})(?=\s+[A-Z\"“]|[A-Z\"“]|[\s.,]*$)\.?"
)
#: in brackets, in the middle of a sentence or after a caption that is one
_ANYWHERE = re.compile(
    rf"\s?[-–]?\s?(?P<credit>{CERTAIN}|\((?:ANTARA|AFP|REUTERS|Reuters)(?: FOTO)?/[A-Z][^()\n]{{2,40}}\)(?=\s*[A-Z]))"
)
#: without brackets, but bounded: an account, an archive, an agency with its code
_BOUNDED = re.compile(
    r"(?:\s?\b|(?<=[a-z0-9)]))(?P<credit>Foto ?[:/]\s?(?:(?i:dok)\.?\s?)?"
    r"(?:(?:Instagram|Twitter|TikTok|Facebook|X)?\s?/?\s?@[a-z0-9_.]{2,30}|(?:SindoNews|SINDOnews|Okezone|detikcom|Istimewa|istimewa|Ist))"
    r"|(?:FOTO )?ANTARA FOTO/[A-Z][\w.' ]{2,40}/\w{2,4}\.?"
    r"|FOTO ANTARA/HO-[A-Z][A-Za-z -]{2,50}\."
    r"|Sumber gambar, (?:Getty Images|AFP|Reuters|EPA|BBC(?: News)?(?: Indonesia)?|ANTARA FOTO|AP)"
    r"(?:/[A-Z][\w ]{2,30}?)?)(?=[A-Z]|[\s.,)]|$)"
)


@rule(
    step="chrome",
    grain="inline",
    literals=LITERALS,
    source="detik, antara, sindonews, republika: articles scraped to one line",
)
def credit_inline(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read a picture's credit inside a line (*(Foto: X/Y)*, *Foto/dok X*), and cut it.

    Before a credit in brackets, a fragment that begins after a full stop is the caption, and goes with it. A caption
    that is a sentence can't be told from the text; it stays.

    >>> after(credit_inline, "Air surut. Warga di posko (Foto: Sinta/Detak) Mereka pulang sore itu.")
    'Air surut. Mereka pulang sore itu.'
    >>> after(credit_inline, "1. Sinta WulandariFoto/Instagram @sinta.wulanPenyanyi itu pulang.")
    '1. Sinta Wulandari Penyanyi itu pulang.'
    >>> after(credit_inline, "Ia menunjukkan 100 lembar (tangkapan layar) percakapan.")
    'Ia menunjukkan 100 lembar (tangkapan layar) percakapan.'
    """
    for line in lines:
        brackets = list(_BRACKET.finditer(line.text))
        taken = [range(*found.span()) for found in brackets]
        others = (*_ANYWHERE.finditer(line.text), *_BOUNDED.finditer(line.text))
        for found in (*brackets, *(found for found in others if not any(found.start("credit") in t for t in taken))):
            yield line.read("caption", found)
            yield cut_out(line, *found.span())
