"""Pointers to videos inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.title_end import evidence, title_end
from curation.boilerplate.seam import cut_out
from curation.boilerplate.shapes import of_few_words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

_VERB = r"(?<![\w\"“'‘])(?:Simak|Lihat|Tonton|Saksikan)(?: [Jj]uga)? "
#: the headline in quotes and a colon, or *Live DetikPagi:*, or all up to the placeholder of the embed
_CLOSED = re.compile(
    rf"{_VERB}(?:[Vv]ideo\s?:?\s?)?(?:'[^'\n]{{5,200}}'|‘[^’\n]{{5,200}}’|\"[^\"\n]{{5,200}}\"|“[^”\n]{{5,200}}”)\s?:"
    rf"|{_VERB}Live\s?[A-Z]\w{{2,30}}\s?:"
    rf"|{_VERB}[Vv]ideo\b[^.!?\n\[]{{0,200}}(?=\s?\[Gambas)"
)
_OPEN = re.compile(
    rf"{_VERB}[Vv]ideo(?:\s[Pp]ilihan)?\s?:\s*|(?<=[.!?\"”)\]]\s)Video\s(?:[Tt]erpopuler|[Tt]erkait|[Pp]ilihan)(?:\s[Hh]ari\s[Ii]ni)?\s?:\s*"
)
#: to the player below; the headline may follow behind a second label
_HERE = re.compile(
    rf"(?<=[.!?\"”)\]]\s){_VERB}(?i:video|cuplikan|tayangan)\b(?:[^.!?:\n]{{0,60}}?\s(?i:di\ssini|di\sbawah\sini)|[^.!?:\n]{{0,40}}\s(?i:berikut(?:\sini)?))"
    r"(?:\s?:\s*(?P<label>Video\s?:\s*)?|\.?\s?$|(?<=sini)(?=\s[A-Z]))"
)
#: a button behind a sentence
_BUTTON = re.compile(r"(?<=[.!?\"”])\s?(?:Tonton|Saksikan|Simak) sekarang (?:juga )?(?:hanya )?di\s?[\w.]{4,25}!?$")
#: behind the last sentence
_LAST = re.compile(
    r"(?<=[.!?\"”)\]])\s(?:Simak|Lihat|Tonton|Saksikan)\s[Jj]uga\s[Vv]ideo\s[^.!?:\n]{10,140}?(?=\s?(?:\([a-z0-9/]{3,15}\))?$)"
)


@rule(
    step="chrome",
    grain="inline",
    literals=(
        *(
            f"{verb}{juga} {thing}"
            for verb in ("simak", "lihat", "tonton", "saksikan")
            for juga in ("", " juga")
            for thing in ("video", "live", "cuplikan", "tayangan", "'", "‘", '"', "“")
        ),
        *(
            "tonton sekarang",
            "saksikan sekarang",
            "simak sekarang",
            "video terpopuler",
            "video terkait",
            "video pilihan",
        ),
    ),
    source="detik, whose articles arrive on one line in some collections",
)
def video_inline(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    """Cut a pointer to a video out of a paragraph that goes on.

    Quotes, a colon or the placeholder of the embed tell where the headline ends; else its shape must be sure. In a text
    of few words, it is what the page shows: a flag.

    >>> after(video_inline, "Warga pulang. Simak Video 'Panen Raya di Cianjur': Air surut.")
    'Warga pulang.  Air surut.'
    >>> after(video_inline, "Warga pulang. Simak juga video: Panen Raya di Cianjur [Gambas:Video Warta]")
    'Warga pulang. [Gambas:Video Warta]'
    >>> after(video_inline, "Lihat video 'Banjir di Kota' yang viral itu, lalu nilai sendiri.")
    "Lihat video 'Banjir di Kota' yang viral itu, lalu nilai sendiri."
    >>> after(video_inline, "Warga pulang. Saksikan video di bawah ini: Air surut.")
    'Warga pulang. Air surut.'
    """
    for line in lines:
        spans = [found.span() for found in _CLOSED.finditer(line.text)]
        spans += [_pointer(line, found, context) for found in _HERE.finditer(line.text)]
        spans += [found.span() for found in _BUTTON.finditer(line.text)]
        if line.from_tail == 0:
            spans += [found.span() for found in _LAST.finditer(line.text)]
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
                if of_few_words(lines, line.document):
                    yield line.flag("video_page")


def _pointer(line: Line, found: re.Match[str], context: Context) -> tuple[int, int]:
    """The pointer, and the headline behind its second label if it is sure where that ends."""
    if found["label"]:
        title = title_end(line.text, found.end(), len(line.text), context.seen_titles, evidence(line))
        return found.start(), title.at if title else found.start("label")
    return found.span()
