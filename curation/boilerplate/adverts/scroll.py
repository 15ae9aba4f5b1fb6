"""Calls to scroll past an advertisement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_TO_READ = r"(?:untuk|buat)\s(?:lanjut(?:kan)?|melanjutkan|melihat|membaca|baca|artikel|berita|konten)"
_INDONESIAN = re.compile(
    rf"[-–—*\s(]*(?:silakan\s)?(?:scroll|gulir|geser)(?:\slayar)?(?:\ske\s(?:bawah|atas|samping|kanan|kiri))?\s{_TO_READ}"
    r"(?:\s\S+){0,4}",
    re.IGNORECASE,
)
_CALL = r"(?:Scroll|Gulir|Geser)(?:\slayar)?(?:\ske\s(?:bawah|atas|samping))?\suntuk"
_WORDS = r"(?:\s(?:lanjut(?:kan)?|melanjutkan|membaca|baca|artikel|berita|konten|selengkapnya|lengkapnya|ya))"
#: between two sentences; before the first one of a paragraph only with a word for going on
_BETWEEN = re.compile(
    rf"(?:(?<=[.!?…\"”)]\s){_CALL}|^{_CALL}(?=\s(?:lanjut|melanjutkan))){_WORDS}{{1,4}}(?=\s[\"“A-Z]|[\"“A-Z0-9]|$)"
)
#: in capitals it is a label wherever it stands
_SHOUTED = re.compile(
    r"(?:ADVERTISEMENT\s*SCROLL|SCROLL) TO (?:CONTINUE|RESUME)(?: (?:WITH|THE))? CONTENT"
    r"|(?:SCROLL|GULIR|GESER)(?: KE BAWAH)? UNTUK (?:ME)?LANJUT(?:KAN)?(?: (?:MEM)?BACA)?(?![a-z])"
)


@rule(
    step="chrome",
    grain="inline",
    literals=("scroll", "gulir", "geser"),
    source="detik 100 % of articles, cnnindonesia; tempo, tribun",
)
def scroll(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the call to scroll on, on its own line or glued into a paragraph.

    >>> after(scroll, "Air surut.ADVERTISEMENTSCROLL TO CONTINUE WITH CONTENTWarga pulang.")
    'Air surut. Warga pulang.'
    >>> after(scroll, "Air surut. Scroll ke bawah untuk melanjutkan membaca Warga pulang.")
    'Air surut.  Warga pulang.'
    >>> after(scroll, "Gulir ke bawah untuk melanjutkan membaca\nIa menggeser meja untuk melihat kabel.")
    '\nIa menggeser meja untuk melihat kabel.'
    """
    for line in lines:
        if len(line.text) <= 100 and _INDONESIAN.fullmatch(line.text):
            yield line.drop()
            continue
        for found in _SHOUTED.finditer(line.text) if _holds(line, "SCROLL", "GULIR", "GESER") else ():
            dash = line.text[max(0, found.start() - 2) : found.start()] == "- "
            yield cut_out(line, found.start() - 2 * dash, found.end())
        for found in _BETWEEN.finditer(line.text) if _holds(line, "Scroll", "Gulir", "Geser") else ():
            yield cut_out(line, *found.span())


def _holds(line: Line, *verbs: str) -> bool:
    """Whether a line holds one of the verbs: the patterns take long to find none."""
    return any(verb in line.text for verb in verbs)
