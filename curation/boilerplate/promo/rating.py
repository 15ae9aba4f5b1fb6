"""Boxes that ask for a rating."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THIS = r"(?:resep|artikel|berita|tulisan) ini"
_RATING = re.compile(
    rf"(?:(?:silakan )?beri(?:kan)? (?:rating|penilaian|nilai|bintang)(?: anda)? (?:untuk|pada) {_THIS}"
    rf"|(?:nilai|rating) {_THIS}|thanks for (?:the )?rating"
    rf"|apakah {_THIS} (?:bermanfaat|membantu)(?: (?:bagi|untuk) anda)?"
    rf"|seberapa bermanfaat {_THIS}(?: (?:bagi|untuk) anda)?"
    rf"|bagaimana (?:reaksi|perasaan|pendapat) anda (?:tentang|terhadap|soal|setelah membaca) {_THIS}"
    rf"|(?:apa )?reaksi anda (?:tentang|terhadap|soal) {_THIS}"
    r"|terima kasih (?:sudah|telah) membantu .{3,40} dengan ratingmu"
    r"|terima kasih (?:sudah|telah|atas) (?:memberi(?:kan)? )?(?:rating|penilaian)(?:mu| anda)?)[.!?\s]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("rating", "penilaian", "nilai ", "bintang", "bermanfaat", "membantu", "reaksi", "perasaan", "pendapat"),
    source="recipes of liputan6",
)
def rating(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the words of a box in which readers rate the article.

    >>> after(rating, "Angkat dan sajikan.\nBerikan Rating untuk Resep Ini\nRating acara itu naik tajam.")
    'Angkat dan sajikan.\n\nRating acara itu naik tajam.'
    """
    for line in lines:
        if len(line.text) <= 120 and _RATING.fullmatch(line.text):
            yield line.drop()
