"""Marks that say: here it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines, Value
    from curation.rule import Context

_MARK = re.compile(
    r"\s*(?:\*{2,}|\(\*+\)|\[\*+\]|[—–]{2,}|-{4,}"
    r"|(?i:\((?:red|redaksi|adv|int|net|ist|ant|antara|afp|reuters|rtr)(?:/\w{1,5})?\))"
    r"|(?:^|(?<=[.!?”\"])\s?)\((?P<code>[a-z]{2,4})\)|(?<=[.!?”\"] )\((?P<desk>(?:[A-Z]{1,3}/)?[A-Z]-\d{1,2})\))\s*$"
)


@rule(
    step="ends",
    grain="inline",
    shape=r"[*)\]—–-]\s*$",
    tail=2,
    source="the seed page (PRMN), tribun 15 %, detik 3 % of articles",
)
def end_mark(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Strip the end mark from the last line (*\*\*\**, *(\*)*, *(red)*, *.(dra)*); a code of letters is read first.

    >>> after(end_mark, "Warga pulang.***")
    'Warga pulang.'
    >>> after(end_mark, "Warga pulang.\n(*)"), after(end_mark, "Persema menang.(dra)")
    ('Warga pulang.\n', 'Persema menang.')
    >>> after(end_mark, "Rupiah ditutup di Rp16.295 per dolar (naik 0,2 persen)")
    'Rupiah ditutup di Rp16.295 per dolar (naik 0,2 persen)'
    """
    for line in lines:
        found = _MARK.search(line.text)
        if not found or (line.from_tail == 1 and found.start() > 0):
            continue
        for code in ("code", "desk"):
            if found[code]:
                yield line.read("editor_code", found, code)
        yield line.cut(*found.span())
