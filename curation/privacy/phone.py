"""Telephone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import GAP, digits, in_address, is_money, near
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINT = rf"(?:{GAP}|\) ?| [-–] )"
#: no digit, and no capital of a serial number before; a small letter is glue, as are WA and HP
_FREE = r"(?:(?<![0-9A-Z_•+])|(?<=WA)|(?<=HP))(?<![0-9][.,:-])"
_MOBILE = re.compile(
    rf"{_FREE}(?:\+ ?62\)?{_JOINT}?(?:\(?0\)?{GAP}?)?\(?|62(?=[ -]?8)[ -]?|0{GAP}?)"
    rf"8[1-35-9][0-9]*(?:{_JOINT}[0-9]{{2,}}){{0,6}}(?![0-9])"
)
_FIXED = re.compile(
    rf"{_FREE}(?:\+ ?62\)?{GAP}?\(?0?\)?|\(62[ -]|\(0|0)(?P<area>21|22|24|31|61|[2-79][0-9]{{2}})(?:\){GAP}?|{_JOINT})?"
    rf"[0-9]{{3,8}}(?:{GAP}[0-9]{{2,4}}){{0,3}}(?![0-9])"
)
_SPOKEN = re.compile(
    r"\b(?:tele?pon|telp|tlp|tel|phone|hubungi|menghubungi|call ?cent(?:er|re)|hotline|faks?|fax|kontak|contact"
    r"|whatsapp|wa)\b",
    re.IGNORECASE,
)
#: offered to all readers
_OFFERED = re.compile(
    r"redaksi|call ?cent(?:er|re)|contact cent|hotline|layanan|resmi\b|posko|pengaduan|bebas pulsa|humas"
    r"|customer|kantor|laporkan|melapor|info(?:rmasi)? lebih lanjut|pemesanan|reservasi|pendaftaran|chatbot|cek fakta",
    re.IGNORECASE,
)


@finder(
    shape=r"(?:62|0)[)( .–\x{A0}-]{0,3}8[1-35-9]"
    r"|(?:\b0|\(62[ -]|\+ ?62[) .\x{A0}-]{0,2}\(?0?)[2-79][0-9]{1,2}[) .–\x{A0}-]{0,3}[0-9]{3}"
)
def phone(text: str) -> Iterator[Find]:
    """Telephone numbers: mobiles (+62, 62 or 0, then 8 …) anywhere, fixed lines where a number of theirs is sure.

    A mobile has 9 to 12 digits after +62, a possible network code, and spaces, points, hyphens or brackets between its
    groups. A fixed line needs its area code in brackets, +62, or a word like "telepon" within 40 characters before:
    years, scores and laws look the same otherwise. Numbers offered to all readers (call centre, redaksi, posko) score
    0.5. Toll-free 0800 and short codes are nobody's.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(phone, "Hubungi Sari di +62 812-0000-1111 atau (0341) 000111, bukan 0800 100 200.")
    ['+62 812-0000-1111', '(0341) 000111']
    >>> try_finder(phone, "Nilainya Rp62.812.345.678 untuk periode 2020-2024 di Kodim 0808.")
    []
    """
    for match in _MOBILE.finditer(text):
        if end := _mobile_end(match[0]):
            yield from _told(text, match.start(), match.start() + end)
    for match in _FIXED.finditer(text):
        value = match[0]
        sure = value.startswith(("(", "+")) or near(_SPOKEN, text, match.start(), 40)
        if sure and 8 <= len(_national(value)) <= 11:
            yield from _told(text, match.start(), match.end())


def _told(text: str, start: int, end: int) -> Iterator[Find]:
    """The find at this place, unless it is money or the id of a page; with its opening bracket, where it closes."""
    if is_money(text, start) or in_address(text, start):
        return
    if ")" in text[start:end] and "(" not in text[start:end] and text[start - 1 : start] == "(":
        start -= 1
    yield Find(start, end, 0.5 if near(_OFFERED, text, start, 80) else 1.0)


def _national(value: str) -> str:
    """The digits after +62 or 0."""
    number = digits(value)
    return (
        number.removeprefix("62").removeprefix("0")
        if value.startswith(("+", "62", "(62"))
        else number.removeprefix("0")
    )


def _mobile_end(value: str) -> int:
    """Where the number ends in a run of groups, the last of which may be another number; 0 if it is none."""
    while len(_national(value)) > 12 and (shorter := re.match(rf"(.+){_JOINT}[0-9]+$", value)):
        value = shorter[1]
    return len(value) if 9 <= len(_national(value)) <= 12 else 0
