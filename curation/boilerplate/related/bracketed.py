"""Pointers to other articles in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_VERB = r"(?:Baca|BACA|Simak|SIMAK|Lihat|LIHAT|Cek|CEK)"
_START = r"(?:(?<=[.!?\"”]\s)|(?<=[.!?\"”])|^)"
_THING = r"(?:wawancara|artikel|berita|laporan|liputan|ulasan|kisah|cerita|opini|kolom|editorial)"
#: after a sentence, and a button or a kind of article behind the verb
_POINTER = re.compile(
    rf"{_START}\({_VERB}\s(?:{_THING}\s[^()\n]{{8,140}}|[^()\n]{{3,140}}?(?i:klik di ?sini))\)"
    rf"|{_START}\[{_VERB}\s[^\[\]\n]{{3,140}}?(?i:klik di ?sini)\]"
)


@rule(
    step="chrome",
    grain="inline",
    literals=(
        *(f"({verb} " for verb in ("baca", "simak", "lihat", "cek")),
        *(f"[{verb} " for verb in ("baca", "simak", "lihat", "cek")),
    ),
    source="tempo, tribun",
)
def bracketed(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a pointer to another article that stands in brackets after a sentence or on a line of its own.

    >>> after(bracketed, "Ia membantah. (Baca wawancara Sinta: Air Itu Milik Warga) Rapat ditutup.")
    'Ia membantah.  Rapat ditutup.'
    >>> after(bracketed, "Air surut.\n[Cek berita dan info sekolah KLIK DISINI]\nWarga pulang.")
    'Air surut.\n\nWarga pulang.'
    >>> after(bracketed, "Ia mengutip surat itu (baca wawancara di halaman dua) kepada warga.")
    'Ia mengutip surat itu (baca wawancara di halaman dua) kepada warga.'
    """
    for line in lines:
        for found in _POINTER.finditer(line.text):
            yield line.drop() if found[0] == line.text else cut_out(line, *found.span())
