"""Commas without a space behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_COMMA = re.compile(r""",["“”‘’]?(?=[A-Za-z]{2})""")
#: RE2's view of it; the rule's shape leaves out the letter before, for RE2 skips to a comma five times as fast
_SHAPE = r"""[\pL)”"’],["“”‘’]?[A-Za-z]{2}"""
_WORD = re.compile(r"""[^\W\d_]{2}[)”"’]?$|\d\)$""")
_ADDRESS = re.compile(r"://|www\.|[@#_/\\=]")


@rule(
    step="joins",
    grain="inline",
    shape=r""",["“”‘’]?[A-Za-z]{2}""",
    source="cnnindonesia, detik, kompas: text nodes around a link joined with nothing",
)
def glued_comma(lines: Lines, context: Context) -> Iterator[Edit]:
    """Put a space behind a comma between two words, or behind the quote that it ends.

    Numbers, addresses and letters in a row (*a,b,c*) are left alone.

    >>> after(glued_comma, "Dilansir dari Warta,Senin (2/3/2026), harga 1,5 juta,kata Sinta (a,b).")
    'Dilansir dari Warta, Senin (2/3/2026), harga 1,5 juta, kata Sinta (a,b).'
    >>> after(glued_comma, 'Ia berkata,"Air surut,"lalu pulang.')
    'Ia berkata, "Air surut," lalu pulang.'
    """
    for line in lines.where(lines.matching(_SHAPE)):
        text = line.text
        for found in _COMMA.finditer(text):
            at, end = found.span()
            if not _WORD.search(text, max(0, at - 3), at) or _ADDRESS.search(_around(text, at)):
                continue
            # a straight quote opens before a capital, and closes before *kata*
            opens = found[0] in (",“", ",‘") or (found[0] == ',"' and text[end].isupper())
            place = at + 1 if opens else end
            yield line.cut(place, place, " ")


def _around(text: str, at: int) -> str:
    """What stands around a place up to the next blank space, up to some length."""
    return "".join(text[max(0, at - 60) : at].split(" ")[-1:] + text[at : at + 60].split(" ")[:1])
