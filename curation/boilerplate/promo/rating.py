"""Boxes that ask for a rating."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_RATING = re.compile(
    r"(?:beri(?:kan)? (?:rating|penilaian)(?: anda)? untuk (?:resep|artikel|berita) ini|thanks for rating"
    r"|terima kasih (?:sudah|telah) (?:membantu .{3,40} dengan ratingmu|memberi(?:kan)? (?:rating|penilaian)))[.!]*",
    re.IGNORECASE,
)


@rule(step="chrome", literals=("rating", "penilaian"), source="recipes of liputan6")
def rating(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the words of a box in which readers rate the article.

    >>> after(rating, "Angkat dan sajikan.\nBerikan Rating untuk Resep Ini\nRating acara itu naik tajam.")
    'Angkat dan sajikan.\n\nRating acara itu naik tajam.'
    """
    for line in lines:
        if _RATING.fullmatch(line.text):
            yield line.drop()
