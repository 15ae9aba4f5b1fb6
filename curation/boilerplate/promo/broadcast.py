"""Teasers for programmes of the house's own stations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_NAMES = (
    r"RCTI|SCTV|Indosiar|ANTV|MNC\s?TV|GTV|Trans\s?TV|Trans\s?7|tv\s?One|Metro\s?TV|NET\s?TV|Kompas\s?TV|iNews|Moji"
    r"|Mentari\s?TV|BTV|CNN Indonesia|CNBC Indonesia|20\s?detik|detik\s?pagi|Vidio|Vision\+"
)
_STATION = f"(?:{_NAMES})"
_CALL = r"(?:Saksikan|SAKSIKAN|Nantikan|Tonton|Jangan (?:lewatkan|lupa saksikan)|Ikuti)"
_TEASER = re.compile(
    rf"{_CALL}\b[^.!?]{{0,200}}?(?:\b(?i:setiap)\b[^!?]{{0,120}}?\b(?:di|oleh)\s{_STATION}"
    rf"|\bhanya di (?:program|acara)\s.{{0,30}}?{_STATION})",
    re.IGNORECASE,
)
#: where one may begin inside a line
_START = re.compile(rf"(?<![\w“\"'‘]){_CALL}\s")
_LIVE = re.compile(
    r"(?:saksikan|tonton|ikuti)\s(?:juga\s)?(?:live|siaran langsung|live streaming)\s?(?:program\s)?"
    rf"{_STATION}[^.]{{0,60}}?[:.!\s]*",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?=\s*#)[^.!?]{0,300}$")
#: the house goes on about its programme
_GOES_ON = re.compile(rf"[^.!?]{{0,200}}\b(?:detikers|{_STATION})", re.IGNORECASE)
_LONGEST = 400


@rule(
    step="chrome",
    grain="inline",
    literals=("saksikan", "nantikan", "tonton", "jangan lewatkan", "ikuti"),
    shape=f"(?i){_NAMES}",
    source="okezone (RCTI serials), detik, kapanlagi",
)
def broadcast(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the teaser for a programme that a station of the house airs regularly.

    A match or concert that is on the air once is news, whoever shows it.

    >>> after(broadcast, "Akankah ia kembali? Saksikan Kabut Lintang setiap hari pukul 19.15 WIB hanya di RCTI #Kabut")
    'Akankah ia kembali?'
    >>> after(broadcast, "Saksikan laga Persib kontra Persija di Indosiar pada Sabtu malam.")
    'Saksikan laga Persib kontra Persija di Indosiar pada Sabtu malam.'
    """
    for line in lines:
        text = line.text
        if _LIVE.fullmatch(text):
            yield line.drop()
            continue
        for start in (match.start() for match in _START.finditer(text)):
            if (end := _end(text, start)) is not None:
                yield from cut_sentences(line, [(start, end)])
                break


def _end(text: str, start: int) -> int | None:
    """Where the teaser that begins at `start` ends, if there is one."""
    if start > 0 and _LIVE.fullmatch(text, start):
        return len(text)
    end = sentence_end(text, start)
    said = SAID.search(text, start, end) or inside_quote(text, start)
    if said or end - start > _LONGEST or not _TEASER.match(text, start, end):
        return None
    while (after := _skip(text, end)) < len(text) and _GOES_ON.match(text, after):
        end = sentence_end(text, after)
    return len(text) if _TAGS.match(text, end) else end


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
