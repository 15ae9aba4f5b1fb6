"""Script that was taken for text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: what advertising, counting and embedding scripts call
_NAMES = (
    r"(?:adsbygoogle|googletag|dataLayer|gtag|fbq|_gaq|_taboola|pbjs|apstag|_comscore|twttr|FB\.(?:init|XFBML)|_mgq"
    r"|instgrm|OneSignal|atOptions|jwplayer|_wpcf7|disqus_config|disqus_shortname|OBR\.extern)"
)
_CALL = rf"(?:window\.)?\b{_NAMES}(?:\.[\w.]{{1,40}})?(?:\(|\s?=|\s?\|\|)"
#: the start of such a call, or of a function that runs at once
_STATEMENT = re.compile(rf"\(?(?:var\s|let\s|const\s)?{_CALL}|[!(;]\(?function\s?\([\w,\s]{{0,60}}\)\s?\{{")
_MOST_BROKEN = 100  # statements of a line without an end, until it is taken for prose
_LONGEST_STATEMENT = 800
_ELEMENT = re.compile(r"\s?<(script|style|noscript|iframe)\b[^>\n]{0,400}>", re.IGNORECASE)
_LONGEST_BLOCK = 40  # lines
_LONGEST_ELEMENT = 5_000
_OPENS = re.compile(rf"(?:var\s|let\s|const\s)?{_CALL}.*[{{(\[,;]|document\.(?:write|getElementById|createElement)\(.*")
_INSIDE = re.compile(
    r"[\s{}()\[\];,]*|[\w$.\"'\s]{1,60}(?:[:=(].{0,200})?[;,{(\[})]+|//.{0,100}|/\*.{0,200}\*/"
    r"|[\"'\w-]{1,40}\s?:\s.{1,200}"
)


@rule(
    step="characters",
    grain="inline",
    literals=(
        *("adsbygoogle", "googletag", "datalayer", "gtag", "fbq", "_gaq", "_taboola", "pbjs", "apstag", "_comscore"),
        *("twttr", "fb.init", "fb.xfbml", "_mgq", "instgrm", "onesignal", "atoptions", "jwplayer", "_wpcf7", "disqus_"),
        *("obr.extern", "function(", "function (", "document.", "<script", "<noscript", "<style", "<iframe"),
    ),
    shape=rf"{_CALL}|function ?\([\w, ]*\) ?\{{|document\.(?:write|get|create)|(?i:<(?:no)?script|<style|<iframe)",
    source="antara, kompas, tvone, the seed page",
)
def script(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut script out of the text: calls of advertising and counting services, functions that run at once, elements.

    Code that an article is about stays: only known services are cut.

    >>> after(script, "Air surut. (adsbygoogle = window.adsbygoogle || []).push({}); Warga pulang.")
    'Air surut.  Warga pulang.'
    >>> after(script, "Air surut.\ngoogletag.cmd.push(function() {\ngoogletag.display('div-1');\n});\nWarga pulang.")
    'Air surut.\n\n\n\nWarga pulang.'
    >>> after(script, "Tulis var x = 5; lalu jalankan console.log(x); pada peramban.")
    'Tulis var x = 5; lalu jalankan console.log(x); pada peramban.'
    """
    block: set[int] = set()
    for line in lines:
        if line.index in block:
            continue
        if _OPENS.fullmatch(line.text) and _depth(line.text) > 0:
            for inside in (line, *_rest(line)):
                block.add(inside.index)
                yield inside.drop()
            continue
        for start, end in _spans(line.text):
            yield cut_out(line, start, end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """What is script inside a line, in order; of two that overlap the first."""
    at = 0
    for start, end in sorted([*_elements(text), *_statements(text)], key=lambda span: (span[0], -span[1])):
        if start >= at:
            yield start, end
            at = end


def _elements(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _ELEMENT.finditer(text):
        closing = f"</{found[1]}>"
        end = text.find(closing, found.end(), found.end() + _LONGEST_ELEMENT)
        if found.start() >= at and end >= 0:
            at = end + len(closing)
            yield found.start(), at


def _statements(text: str) -> Iterator[tuple[int, int]]:
    at = broken = 0
    for found in _STATEMENT.finditer(text):
        if found.start() < at:
            continue
        if end := _statement_end(text, found.start()):
            at = end
            yield found.start(), end
        elif (broken := broken + 1) > _MOST_BROKEN:
            return


def _statement_end(text: str, start: int) -> int | None:
    """Behind the semicolon, or where the last bracket closes and nothing is called on."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST_STATEMENT)):
        if text[at] == ";" and depth == 0:
            return at + 1
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth < 0:
            return None
        if depth == 0 and text[at] in ")]}" and text[at + 1 : at + 4].lstrip()[:1] not in (*".([{;|=&",):
            return at + 1
    return None


def _depth(text: str) -> int:
    """How many brackets a line opens and leaves open."""
    return text.count("{") + text.count("(") - text.count("}") - text.count(")")


def _rest(line: Line) -> list[Line]:
    """The lines below, down to the one that closes what this one opens."""
    inside: list[Line] = []
    depth, below = _depth(line.text), line.next
    while below and len(inside) < _LONGEST_BLOCK and _INSIDE.fullmatch(below.text):
        inside.append(below)
        depth += _depth(below.text)
        if depth <= 0:
            return inside
        below = below.next
    return []
