"""Number plates of vehicles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import near
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

#: the police's letters for each region
REGIONS = (
    *("BL", "BB", "BK", "BA", "BM", "BP", "BG", "BN", "BE", "BD", "BH"),  # Sumatra
    *("A", "B", "D", "E", "F", "T", "Z", "G", "H", "K", "R", "AA", "AB", "AD"),  # Banten to Yogyakarta
    *("L", "M", "N", "P", "S", "W", "AE", "AG"),  # East Java
    *("DK", "DR", "EA", "DH", "EB", "ED"),  # Bali, Nusa Tenggara
    *("KB", "DA", "KH", "KT", "KU"),  # Kalimantan
    *("DB", "DL", "DM", "DN", "DT", "DD", "DP", "DW", "DC"),  # Sulawesi
    *("DE", "DG", "DS", "PA", "PB"),  # Maluku, Papua
)
_REGION = f"(?:{'|'.join(sorted(REGIONS, key=len, reverse=True))})"
_PLATE = re.compile(
    rf"(?<![\w•/-])(?P<region>{_REGION})(?P<gap>[ .-]{{0,2}})"
    rf"(?P<number>[1-9][0-9]{{0,3}})(?P<next>[ .-]{{0,2}})(?P<series>[A-Z]{{1,3}})(?![\w-])"
)
_NAMED = re.compile(
    r"(?:\b(?:ber)?(?:nopol|no\.? ?pol\b|nomor polisi|nomor kendaraan|nomor registrasi|pelat|plat)|\bTNKB)(?!i)",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:mobil|motor|sepedamotor|truk|truck|trailer|tronton|bus|bis|minibus|angkot|angkutan|pikap|pick ?up|taksi"
    r"|sedan|jip|ambulans|kendaraan|becak|honda|toyota|daihatsu|suzuki|yamaha|mitsubishi|isuzu|hino|kawasaki|nissan"
    r"|hyundai|wuling|avanza|xenia|innova|vario|beat|scoopy|nmax|vixion|fortuner|pajero|jazz|brio|calya|sigra)\b",
    re.IGNORECASE,
)


@finder(shape=rf"\b{_REGION}[ .-]{{0,2}}[1-9][0-9]{{0,3}}[ .-]{{0,2}}[A-Z]{{1,3}}\b")
def plate(text: str) -> Iterator[Find]:
    """Number plates: a region's real letters, one to four digits, one to three letters.

    "Nopol", "nomor polisi", "pelat" or their like stand within 60 characters before (score 1), or a vehicle does and
    the plate is written in full: four digits, or three after two letters, and its blank spaces (0.9), since models of
    cars and telephones look like short plates. A series of X is masked already.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(plate, "Mobil bernopol AG 1728 KLM menabrak truk N-8123-UZ dan motor Honda Beat DK 4410 FAB.")
    ['AG 1728 KLM', 'N-8123-UZ', 'DK 4410 FAB']
    >>> try_finder(plate, "Mobil AMG A 45 S dan D 200 K dijual di RT 13 RW 003; pelat B 1234 XXX disamarkan.")
    []
    """
    for match in _PLATE.finditer(text):
        if set(match["series"]) == {"X"} and len(match["series"]) > 1:
            continue
        if near(_NAMED, text, match.start(), 60):
            yield Find(match.start(), match.end())
        elif _in_full(match) and near(_VEHICLE, text, match.start(), 60):
            yield Find(match.start(), match.end(), 0.9)


def _in_full(match: re.Match[str]) -> bool:
    """Whether it is written as no model of a car is: DK 4410 FAB, B-1335-VOD."""
    long = len(match["number"]) + len(match["region"]) > 4
    return long and len(match["series"]) > 1 and match["gap"] == match["next"] in (" ", "-")
