"""Boxes of headlines below the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_headline, is_prose, words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_NEWS = r"(?:berita|artikel|video|topik|kabar|cerita)"
_WHICH = r"(?:terkait|terpopuler|populer|terbaru|terkini|lainnya|trending|pilihan)"
_LABEL = (
    rf"(?:{_NEWS}\s)?{_WHICH}(?:\s(?:hari|minggu|pekan)\sini|\slainnya)?|related(?:\s(?:posts?|articles?|news|stories))?"
    r"|(?:paling|most)\s(?:banyak\s)?(?:dibaca|dicari|read|popular)|popular(?:\sposts?)?|you\smissed|trending\snow"
)
_ALONE = re.compile(rf"\W{{0,3}}(?:{_LABEL})\s?[:»>]*", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:berita|artikel|kabar)\s(?:lainnya|lain|terkait)\s(?:seputar|tentang|soal|mengenai|di)\s[^.!?:\n]{3,90}",
    re.IGNORECASE,
)
_FEWEST = 5  # words of a headline; labels of the page have fewer
_MOST = 15


@rule(
    step="chrome",
    grain="block",
    shape=rf"(?i)^\W{{0,3}}(?:{_LABEL})\s?[:»>]*$|^(?:berita|artikel|kabar) (?:lain|terkait).{{0,110}}$",
    tail=_MOST,
    source="suara, tribun, themes of many small sites",
)
def related_at_end(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove *Terkait*, *Terpopuler* and the headlines below, where nothing but such lines follows.

    The label may be a sub-heading anywhere else: a paragraph further down keeps it.

    >>> after(related_at_end, "Air surut.\nTerkait\nHarga Beras di Pasar Waai Turun Lagi")
    'Air surut.\n\n'
    >>> text = "Air surut.\nTerpopuler\nKue ini paling dicari pembeli sejak pasar itu dibuka kembali."
    >>> after(related_at_end, text) == text
    True
    """
    for line in lines:
        if (_ALONE.fullmatch(line.text) or _ABOUT.fullmatch(line.text)) and line.number:
            below = _below(line)
            if below is not None:
                yield line.drop()
                yield from (title.drop() for title in below)


def _below(label: Line) -> list[Line] | None:
    """The headlines below the label; None if the article goes on."""
    below = [line for n in range(1, label.from_tail + 1) if (line := label.neighbour(n))]
    if any(is_prose(line.text) for line in below):
        return None
    titles = []
    for line in below:
        if not is_headline(line.text) or len(words(line.text)) < _FEWEST:
            break
        titles.append(line)
    return titles
