"""Pointers to videos and pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_headline, is_prose, of_few_words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

_THING = r"(?:video|vidio|foto|live|infografis|galeri|momen)"
_VIDEO = re.compile(
    rf"(?:[*•>»(-]\s*)?(?:simak|lihat|tonton|saksikan)(?:\sjuga)?\s(?:berita\s)?{_THING}\b.{{0,220}}"
    rf"|{_THING}\s(?:terkait|pilihan|terpopuler)(?:\s(?:hari|minggu)\sini)?(?:\s?:.{{0,200}})?"
    r"|\(?klik\s(?:di\ssini\s)?untuk\s(?:melihat|menonton)\svideo\b.{0,60}",
    re.IGNORECASE,
)
#: the headline of the embed behind a colon, whatever mark it ends with
_LABELLED = re.compile(
    r"(?:Simak|Lihat|Tonton|Saksikan)(?:\s[Jj]uga)?\s[Vv]ideo(?:nya)?\s?:\s?[^.!?\n]{8,200}[!?]?", re.IGNORECASE
)
#: a quoted headline and a colon, before the embedded video
_QUOTED = re.compile(
    r"(?:simak|lihat|tonton|saksikan)(?:\sjuga)?\s(?:video\s?:?\s?)?[\"“'‘].{5,200}[\"”'’]\s?(?:di sini)?\s?:",
    re.IGNORECASE,
)
#: the headline of an embedded video, printed below it, often twice
_HEADLINE = re.compile(r"(?:Video|VIDEO|Foto)\b(?:\s?:)?\s(?P<title>.{8,150})")
_INITIALS = re.compile(r"\(\w{2,6}(?:/\w{2,6}){1,3}\)")
_EMBED = re.compile(r"\[Gambas:.{0,60}\]")


@rule(
    step="chrome",
    shape=r"(?i)^(?:[*•>»(-]\s*)?(?:simak|lihat|tonton|saksikan|klik|video|vidio|foto|live|infografis|galeri|momen)\b",
    longest=260,
    source="detik 24 % of articles, cnnindonesia, liputan6",
)
def video(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove a line that points to a video or picture gallery (*Simak Video 'Judul':*).

    Below a few words, it is what the page shows: a flag.

    >>> after(video, "Simak juga Video: Panen Raya di Cianjur\nVideo itu viral di media sosial pada Senin.")
    '\nVideo itu viral di media sosial pada Senin.'
    >>> after(video, "Air surut.\nVideo: Panen Raya di Lembah Cianjur\nVideo: Panen Raya di Lembah Cianjur\n(aid/hns)")
    'Air surut.\n\n\n(aid/hns)'
    >>> after(video, "Lihat video itu, kata polisi, lalu laporkan. Warga diminta tenang.")
    'Lihat video itu, kata polisi, lalu laporkan. Warga diminta tenang.'
    """
    for line in lines:
        if (
            _QUOTED.fullmatch(line.text)
            or _LABELLED.fullmatch(line.text)
            or (_VIDEO.fullmatch(line.text) and not is_prose(line.text))
        ):
            yield line.drop()
            if of_few_words(lines, line.document):
                yield line.flag("video_page")
            if line.text.lower().endswith("video:"):
                yield from (below.drop() for below in _broken_headline(line))
        elif (found := _HEADLINE.fullmatch(line.text)) and is_headline(found["title"]) and _is_below_embed(line):
            yield line.drop()


def _is_below_embed(line: Line) -> bool:
    """Whether the line stands twice, or last before the writer's initials."""
    above, below = line.previous, line.next
    twice = line.text in (above and above.text, below and below.text)
    return twice or below is None or bool(_INITIALS.fullmatch(below.text) or _EMBED.fullmatch(below.text))


def _broken_headline(line: Line) -> list[Line]:
    """The pieces of the headline that the scraper broke, down to the placeholder of the embed."""
    pieces: list[Line] = []
    below = line.next
    while below and len(pieces) < 6 and len(below.text) <= 80:
        if _EMBED.fullmatch(below.text):
            return pieces
        pieces.append(below)
        below = below.next
    return []
