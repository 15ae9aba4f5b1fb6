"""Taxpayer numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import digits
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOTTED = re.compile(
    r"(?<![\w•])(?<![0-9][.,-])[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9][-.–][0-9]{3}\.[0-9]{3}(?![0-9]|[.,-][0-9])"
)
#: 15 digits, or 16 as they are given out since 2022
_NAMED = re.compile(
    r"\b(?:NPWP|nomor pokok wajib pajak)\b[^\n]{0,40}?"
    r"(?<![0-9.,/-])(?P<number>[0-9](?:[ .–-]?[0-9]){14,15})(?![0-9]|[.,-][0-9])",
    re.IGNORECASE,
)


@finder(shape=r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}\.[0-9][-.–][0-9]{3}\.[0-9]{3}|(?i:npwp|pokok wajib pajak)")
def npwp(text: str) -> Iterator[Find]:
    """NPWP, a taxpayer's number: 15 digits with its own points and hyphen, or 15 to 16 digits where it is named.

    The printed form 01.234.567.8-901.000 occurs in nothing else. Without it, the word must stand within 40 characters
    before. Companies have one, too: it can't be told which is whose.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(npwp, "Faktur itu memakai 01.234.567.8-901.000 dan NPWP: 0912345678901000.")
    ['01.234.567.8-901.000', '0912345678901000']
    >>> try_finder(npwp, "Pemilik NPWP membayar Rp 1.234.567.890 pada 2024.")
    []
    """
    for match in _DOTTED.finditer(text):
        yield Find(match.start(), match.end())
    for match in _NAMED.finditer(text):
        if len(set(digits(match["number"]))) > 1:
            yield Find(*match.span("number"))
