"""Notices of copyright."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_SIGN = r"(?:©|@|\(c\))"
_NOTICE = re.compile(
    rf"(?:(?:copyright|hak cipta)\s*(?:{_SIGN}|\d{{4}}(?!\s(?-i:[a-z])))(?P<holder>.{{0,160}})|©(?P<owner>.{{2,160}})"
    r"|all rights reserved.{0,60}|hak cipta dilindungi(?: undang-undang| oleh undang-undang)?\.?"
    r"|[^.!?]{0,60}©\s?\w+ \d{4}.{0,40})",
    re.IGNORECASE,
)
#: behind the last sentence of a text that has no line breaks
_AT_END = re.compile(
    rf"(?:(?<=[.!?\"”*)]\s)(?=©)|(?<=\s)(?=[CH]))(?:(?:copyright|hak cipta)\s*{_SIGN}|©\s?(?:20\d\d"
    rf"|[A-Z]))(?P<holder>[^.!?]{{0,60}}(?:\.\w+)?"
    r"(?:\.?\s?all rights reserved)?\.?)$",
    re.IGNORECASE,
)
_HOLDER = re.compile(r"[A-Z][A-Za-z][\w.& -]{1,40}?(?=\s(?:\d{4}|-)|[,|]|\.\s|\.?$)")


@rule(
    step="chrome",
    literals=("copyright", "hak cipta", "©", "all rights"),
    source="antara, mediaindonesia, okezone",
)
def copyright_line(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Remove a copyright notice on a line of its own or behind the last sentence; who holds it, is read.

    >>> after(copyright_line, "Copyright © Warta 2026. All Rights Reserved\nCopyright lagu itu dimiliki Sinta.")
    '\nCopyright lagu itu dimiliki Sinta.'
    >>> after(copyright_line, "Ia pulang. Copyright © Warta 2026")
    'Ia pulang.'
    """
    for line in lines:
        found = _NOTICE.fullmatch(line.text) if len(line.text) <= 200 else None
        if found is None and line.from_tail == 0:
            found = _AT_END.search(line.text, max(0, len(line.text) - 120))
        if found is None:
            continue
        holder = found["holder"] and _HOLDER.search(line.text, found.start("holder"))
        if holder and not holder[0].lower().startswith("all rights"):
            yield line.read("publisher", holder)
        start = found.start()
        yield line.drop() if start == 0 else line.cut(len(line.text[:start].rstrip()), len(line.text))
