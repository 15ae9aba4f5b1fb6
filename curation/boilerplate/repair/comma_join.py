"""Pieces of text that a scraper joined with commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: a comma that may be a join: behind a mark, a bracket, a space or a comma, or before one
_COMMAS = re.compile(r""",(?:(?<=[\s.!?…:"”’)(],)|(?=[,.;:!?)]|\s?$))(?:\s{0,2},)*""")
#: what ends a sentence or a label, and what may stand behind it
_END, _CLOSING = ".!?…:", '"”’)'
_MARKS = frozenset(_END)
#: where a paragraph begins; not at a further title of a person (*S.H., M.Si.*)
_BEGINNING = re.compile(r"""\s?["“‘'(#*•–-]{0,2}\s?[A-Z0-9](?![A-Za-z]{0,3}\.[A-Z,\s])""")
#: a title, an initial or a firm ends in a full stop that ends no sentence
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b[A-Z][a-z]{0,2}\.[A-Z][A-Za-z]{0,3}|\b(?:dkk|dll|dsb|Tbk|Jr|Sr|Inc|Ltd|Co))\.$"
)
_MARK = re.compile(r"[.;:!?)](?=[\s,]|$)")
#: a numbered heading behind its number: `re` skips to a full stop faster than to a digit
_NUMBERED = re.compile(r"""\.(?<=\d\.) [^.,\n]{3,60}(?P<comma>,)(?=["“]?[A-Z])""")
#: a dateline of links: nothing is left of it but commas and a dash
_LOST_DATELINE = re.compile(r"[\s,]*[-–—][\s,]*|[\s,]+")
#: what stands between two pieces of text: start, end, what belongs there, and how surely it is a join, for no writer
#: leaves out the space behind a comma, or puts one before it
_Piece = tuple[int, int, str, int]
#: two sure joins, or four less sure ones
_SURE = 4


@rule(
    step="joins",
    grain="inline",
    shape=r"""[.!?…]["”’)]{0,2}(?:,|\s,)["“‘'(#*•–,-]{0,9}\s?["“‘'(#*•–,-]{0,9}[A-Z0-9]""",
    source="one crawler of 2019 (tempo, kompas, sindonews, okezone): joined text nodes, without links and bold words",
)
def comma_join(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Put the line break back where a scraper joined a list of paragraphs with commas.

    Only where a line shows it more than once: once may be a slip of the keyboard. In such a text a comma after a
    space isn't the writer's either: it stands where a link or a bold word was lost.

    >>> after(comma_join, "Air surut.,Warga pulang.,Sekolah di ,dibuka ,. Rapat (,) usai.")
    'Air surut.\nWarga pulang.\nSekolah di dibuka. Rapat usai.'
    >>> after(comma_join, 'Kata dia, "Aman!", Budi, S.H., M.Si., pergi.')
    'Kata dia, "Aman!", Budi, S.H., M.Si., pergi.'
    """
    for line in lines:
        text = line.text
        pieces = [piece for found in _COMMAS.finditer(text) if (piece := _piece(text, *found.span()))]
        if sum([weight for _, _, _, weight in pieces]) >= _SURE:
            yield from _apart(line, pieces)


def _apart(line: Line, pieces: list[_Piece]) -> Iterator[Edit]:
    lost = _LOST_DATELINE.match(line.text) if line.number == 0 else None
    begin = lost.end() if lost else 0
    if lost:
        yield line.cut(*lost.span())
    for start, end, replacement, _ in pieces:
        if start >= begin:
            yield line.cut(start, end, replacement)
    for found in _NUMBERED.finditer(line.text, begin + 1):
        number = found.start() - 1
        number -= number > begin and line.text[number - 1].isdecimal()
        if number == begin or line.text[number - 1] in ", ":
            yield line.cut(*found.span("comma"), "\n")


def _piece(text: str, first: int, last: int) -> _Piece | None:
    """What a run of commas is, in a text that was joined with commas."""
    start, end = first, last
    while start and first - start < 2 and text[start - 1].isspace():
        start -= 1
    if text[end : end + 1].isspace():
        end += 1
    if end == len(text):
        return start, end, "", 0
    is_run = last - first > 1
    if _ends_sentence(text, start) and (is_run or _BEGINNING.match(text, last)):
        if text[start - 1] == "." and _is_abbreviation(text, start):
            return None
        return start, end, "\n", 2 if start < first or end == last or is_run else 1
    if text[start - 1 : start] == "(" and text[end] == ")":
        start, end = start - 1 - (text[start - 2 : start - 1] == " "), end + 1
        if text[end : end + 1] != ",":
            return start, end, "", 0
        return start, end + 1, "\n" if _ends_sentence(text, start) else ", ", 0
    if _MARK.match(text, last):
        return start, last, "", 0
    if is_run:
        return (start, end, ", ", 0) if start and text[end].isalnum() else None
    return (start, end, " ", 0) if start < first else None


def _ends_sentence(text: str, end: int) -> bool:
    """Whether a sentence ends there, with up to two closing marks."""
    if text[end - 1 : end] in _MARKS:  # mostly
        return True
    before = text[max(0, end - 3) : end]
    mark = before.rstrip(_CLOSING)
    return mark[-1:] in _END and mark != "" and len(before) - len(mark) <= 2


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether a full stop belongs to the word before it."""
    word = text[max(0, end - 5) : end - 1]
    if len(word) == 4 and word.isalpha() and word.islower():
        return False  # seen at a glance
    return bool(_ABBREVIATION.search(text, max(0, end - 9), end))
