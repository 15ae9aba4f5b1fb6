"""Pointers to videos and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_VIDEO = re.compile(
    r"(?:[*•-]\s*)?(?:simak|lihat|tonton|saksikan)(?:\sjuga)?\s(?:video|foto|live|infografis|galeri|momen)\b.{0,220}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("video", "foto", "live", "infografis", "galeri"),
    source="detik 24 % of articles, cnnindonesia, liputan6",
)
def video(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that points to a video or picture gallery (*Simak Video 'Judul':*).

    >>> after(video, "Simak juga Video: Panen Raya di Cianjur\nVideo itu viral di media sosial pada Senin.")
    '\nVideo itu viral di media sosial pada Senin.'
    >>> after(video, "Lihat video itu, kata polisi, lalu laporkan. Warga diminta tenang.")
    'Lihat video itu, kata polisi, lalu laporkan. Warga diminta tenang.'
    """
    for line in lines:
        if _VIDEO.fullmatch(line.text) and not is_prose(line.text):
            yield line.drop()
