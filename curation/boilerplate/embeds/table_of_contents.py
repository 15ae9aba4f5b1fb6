"""Tables of contents."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import folded, is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

_TITLE = re.compile(r"(?:daftar isi|table of contents?)(?:\s?(?:artikel|konten))?\s?:?", re.IGNORECASE)
_GLUED = re.compile(r"(?:Daftar Isi|DAFTAR ISI)\s*(?=[A-Z0-9])")
_MOST = 40
_TOKEN = re.compile(r"\S+")
_LONGEST = 120  # characters of an entry


@rule(
    step="chrome",
    grain="block",
    literals=("daftar isi", "table of content"),
    head=40,
    source="detik 2.5 % of articles, health portals",
)
def table_of_contents(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a table of contents: its heading, and the lines below that come back later as sub-headings.

    The sub-headings themselves stay. An entry that doesn't come back stays too: it may be all that is left of a list.

    >>> text = "Daftar Isi\nPenyebab Banjir\nCara Mengungsi\nAir naik.\nPenyebab Banjir\nHujan.\nCara Mengungsi\nJalan."
    >>> after(table_of_contents, text).split()
    ['Air', 'naik.', 'Penyebab', 'Banjir', 'Hujan.', 'Cara', 'Mengungsi', 'Jalan.']
    >>> after(table_of_contents, "Daftar isi buku itu hilang.")
    'Daftar isi buku itu hilang.'
    """
    for line in lines:
        if _TITLE.fullmatch(line.text):
            yield line.drop()
            yield from _repeated(line.next, _last_places(line))
        elif line.number < 3 and not is_prose(line.text) and (found := _GLUED.match(line.text)):
            places = _last_places(line)
            if folded(line.text[found.end() :]) in places:
                yield line.drop()
                yield from _repeated(line.next, places)
            elif end := _entries_end(line.text, found.end()):
                yield line.cut(found.start(), end)
            else:
                yield line.cut(*found.span())
        elif line.number < 3 and (found := _GLUED.match(line.text)) and (end := _entries_end(line.text, found.end())):
            yield line.cut(found.start(), end)


def _repeated(line: Line | None, places: dict[str, int]) -> Iterator[Edit]:
    """The entries below the title that come back further down."""
    for _ in range(_MOST):
        if line is None or is_prose(line.text) or places.get(folded(line.text), 0) <= line.number:
            return
        yield line.drop()
        line = line.next


def _entries_end(text: str, at: int) -> int:
    """Where the numbered entries end that come back further on in the same paragraph; 0 if they don't."""
    end = 0
    for number in range(1, _MOST):
        mark = f"{number}. "
        again = text.find(f" {mark}", at + len(mark)) if text.startswith(mark, at) else -1
        if again < 0:
            break
        entry = list(_TOKEN.finditer(text, at + len(mark), at + _LONGEST))
        heading = text[again + 1 + len(mark) : again + _LONGEST].split()
        same = sum(1 for _ in takewhile(lambda pair: pair[0][0] == pair[1], zip(entry, heading, strict=False)))
        if same == 0 or same == len(entry):
            break
        at = end = entry[same].start()
    return end


def _last_places(title: Line) -> dict[str, int]:
    """Each line of the document, as it is compared, and its last number."""
    text = title.lines.texts[title.document]
    full = (line for line in text.split("\n") if line.strip())
    return {key: number for number, line in enumerate(full) if (key := folded(line))}
