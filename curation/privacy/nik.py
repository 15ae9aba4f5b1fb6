"""Resident identity numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import digits, in_address, near
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

#: the Ministry of Home Affairs' codes, those of the provinces founded in 2022 with them
PROVINCES = frozenset(
    (
        *(11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65),
        *(71, 72, 73, 74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96),
    )
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBER = re.compile(
    r"(?<![\w•/=])(?<![0-9][.,-])"
    r"(?:[0-9]{16}|[0-9]{4}(?P<gap>[ .-])[0-9]{4}(?P=gap)[0-9]{4}(?P=gap)[0-9]{4}"
    r"|[0-9]{6}(?P<wide>[ .-])[0-9]{6}(?P=wide)[0-9]{4}"
    r"|[0-9]{2}\.[0-9]{4}\.[0-9]{6}\.[0-9]{4}|[0-9]{6}[ .-][0-9]{10})(?![\w=]|[.,-][0-9])"
)
_NAMED = re.compile(r"\b(?:NIK|e-?KTP|KTP|KK|kartu keluarga|kartu tanda penduduk|induk kependudukan)", re.IGNORECASE)


@finder(
    shape=r"[0-9]{16}|[0-9]{4}(?:[ .-][0-9]{4}){3}|[0-9]{6}[ .-][0-9]{6}[ .-]?[0-9]{4}"
    r"|[0-9]{2}\.[0-9]{4}\.[0-9]{6}\.[0-9]{4}"
)
def nik(text: str) -> Iterator[Find]:
    """NIK, the 16 digits of an identity card: a real province, a possible birth date, a serial number.

    Digits 1–6 are province, regency and district, 7–12 the birth date (40 is added to the day for women, the century
    isn't told), 13–16 a serial number. Of random 16 digits two in a hundred pass; ids in web addresses are passed over.
    The number of a family card has the same form and is as private. Where no card is named before it, it scores 0.7.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(nik, "Pelaku mencatut NIK 3270995703920004 milik warga.")
    ['3270995703920004']
    >>> try_finder(nik, "Nomor resi 3270999913920004, https://kabar.example/3270995703920004")
    []
    """
    for match in _NUMBER.finditer(text):
        if is_nik(digits(match[0])) and not in_address(text, match.start()):
            yield Find(match.start(), match.end(), 1.0 if near(_NAMED, text, match.start(), 60) else 0.7)


def is_nik(number: str) -> bool:
    """Whether 16 digits can be a NIK.

    >>> is_nik("3270995703920004"), is_nik("3270993002920004"), is_nik("2070995703920004")
    (True, False, False)
    """
    province, regency, district, day, month, _, serial = (
        *(int(number[at : at + 2]) for at in range(0, 12, 2)),
        int(number[12:]),
    )
    if province not in PROVINCES or not 1 <= month <= 12:
        return False
    born = day - 40 if day > 40 else day
    return 1 <= born <= _DAYS[month - 1] and 1 <= regency <= 79 and district >= 1 and serial >= 1
