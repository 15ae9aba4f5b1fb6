"""Page numbers of an article in parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

_NUMBERS = r"1(?:\s?[|·,-]?\s?\d{1,2}){1,14}"
_STEP = r"(?:next|prev(?:ious)?|selanjutnya|sebelumnya|berikutnya|terakhir|last|show all|tampilkan semua|semua)"
_PAGES = re.compile(
    rf"(?:halaman|hal\.?|pages?|laman)\s?:?\s?(?:{_NUMBERS}|\d{{1,2}}\s?(?:dari|of|/)\s?\d{{1,2}})(?:\s?[|<>«»]*\s?{_STEP}\s?[>»]*){{0,3}}"
    rf"|(?:[<«]+\s?{_STEP}\s?)?{_NUMBERS}\s?[|>»]*\s?{_STEP}(?:\s?{_STEP})?\s?[>»]*"
    rf"|\d{{1,2}}\s(?:dari|of)\s\d{{1,2}}\s(?:halaman|pages?)|{_STEP}\s?[>»→]+|[<«←]+\s?{_STEP}",
    re.IGNORECASE,
)
_LONGEST = 80


@rule(
    step="chrome",
    shape=r"(?i)^(?:halaman|hal\.?|pages?|laman)\s?:?\s?\d|^[<«←]|^1[\s|·,-].*[a-z]\W*$|^[a-z ]{4,20}\s?[>»→]+$"
    r"|^\d{1,2}\s(?:dari|of)\s\d{1,2}\s(?:halaman|page)",
    source="inet.detik, kompas, tribun: articles in parts",
)
def pagination(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove the page numbers of an article in parts, and flag the document as truncated if no text follows.

    Numbers alone are no pagination: score tables are lines of numbers. Where all parts were joined, each with its page
    numbers, nothing is missing.

    >>> after(pagination, "Air surut.\n1 2 3 Next\nHalaman 1 dari 3")
    'Air surut.\n\n'
    >>> after(pagination, "Halaman 1 2 Selanjutnya\n1 2 3\nHalaman 12 buku itu sobek.")
    '\n1 2 3\nHalaman 12 buku itu sobek.'
    """
    for line in lines:
        if len(line.text) <= _LONGEST and _PAGES.fullmatch(line.text):
            below = (line.neighbour(n) for n in range(1, line.from_tail + 1))
            if not any(is_prose(other.text) for other in below if other) and not _is_whole(line):
                yield line.flag("truncated")
            yield line.drop()


def _is_whole(line: Line) -> bool:
    """Whether as many parts end in page numbers as there are pages, this line's part the last."""
    parts, prose = 0, False
    for n in range(-line.number, 1):
        other = line.neighbour(n)
        if other is None:
            continue
        if len(other.text) <= _LONGEST and _PAGES.fullmatch(other.text):
            parts, prose = parts + prose, False
        prose = prose or is_prose(other.text)
    pages = [int(number) for number in re.findall(r"\d{1,2}", line.text)]
    return bool(pages) and 1 < max(pages) <= parts
