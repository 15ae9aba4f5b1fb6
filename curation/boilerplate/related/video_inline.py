"""Pointers to videos inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.title_end import evidence, title_end
from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_VERB = r"(?<![\w\"“'‘])(?:Simak|Lihat|Tonton|Saksikan)(?: [Jj]uga)? "
#: the headline in quotes and a colon, or *Live DetikPagi:*, or all up to the placeholder of the embed
_CLOSED = re.compile(
    rf"{_VERB}(?:[Vv]ideo\s?:?\s?)?(?:'[^'\n]{{5,200}}'|‘[^’\n]{{5,200}}’|\"[^\"\n]{{5,200}}\"|“[^”\n]{{5,200}}”)\s?:"
    rf"|{_VERB}Live\s?[A-Z]\w{{2,30}}\s?:"
    rf"|{_VERB}[Vv]ideo\b[^.!?\n\[]{{0,200}}(?=\s?\[Gambas)"
)
_OPEN = re.compile(rf"{_VERB}[Vv]ideo(?:\s[Pp]ilihan)?\s?:\s*")


@rule(
    step="chrome",
    grain="inline",
    literals=tuple(
        f"{verb}{juga} {thing}"
        for verb in ("simak", "lihat", "tonton", "saksikan")
        for juga in ("", " juga")
        for thing in ("video", "live", "'", "‘", '"', "“")
    ),
    source="detik, whose articles arrive on one line in some collections",
)
def video_inline(lines: Lines, context: Context) -> Iterator[Edit]:
    """Cut a pointer to a video out of a paragraph that goes on.

    Quotes, a colon or the placeholder of the embed tell where the headline ends; else its shape must be sure.

    >>> after(video_inline, "Warga pulang. Simak Video 'Panen Raya di Cianjur': Air surut.")
    'Warga pulang.  Air surut.'
    >>> after(video_inline, "Warga pulang. Simak juga video: Panen Raya di Cianjur [Gambas:Video Warta]")
    'Warga pulang. [Gambas:Video Warta]'
    >>> after(video_inline, "Lihat video 'Banjir di Kota' yang viral itu, lalu nilai sendiri.")
    "Lihat video 'Banjir di Kota' yang viral itu, lalu nilai sendiri."
    """
    for line in lines:
        spans = [found.span() for found in _CLOSED.finditer(line.text)]
        starts = {start for start, _ in spans}
        for found in _OPEN.finditer(line.text):
            if found.start() in starts:
                continue
            title = title_end(line.text, found.end(), len(line.text), context.seen_titles, evidence(line))
            if title and title.sure:
                spans.append((found.start(), title.at))
        for start, end in spans:
            if end - start < len(line.text):  # a line of its own falls to `video`
                yield cut_out(line, start, end)
