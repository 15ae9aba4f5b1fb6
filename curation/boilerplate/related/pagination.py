"""Page numbers of an article in parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines
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

    Numbers alone are no pagination: score tables are lines of numbers.

    >>> after(pagination, "Air surut.\n1 2 3 Next\nHalaman 1 dari 3")
    'Air surut.\n\n'
    >>> after(pagination, "Halaman 1 2 Selanjutnya\n1 2 3\nHalaman 12 buku itu sobek.")
    '\n1 2 3\nHalaman 12 buku itu sobek.'
    """
    for line in lines:
        if len(line.text) <= _LONGEST and _PAGES.fullmatch(line.text):
            if not any(is_prose(below.text) for n in range(1, line.from_tail + 1) if (below := line.neighbour(n))):
                yield line.flag("truncated")
            yield line.drop()
