"""Marks that say: here it ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines, Value
    from curation.rule import Context

_SOURCE = (
    r"red|redaksi|adv|advertorial|int|net|ist|ant|antara|afp|ap|reuters|rtr|dpa|xinhua|bbc|cnn|dtk|dtc|jpnn|jpg|jpc"
)
_MARK = re.compile(
    r"\s*(?:\*{2,}|\(\*+\)|\[\*+\]|[—–]{2,}|-{4,}|#{2,}|={4,}|_{4,}"
    rf"|(?i:[(\[]\s?(?P<source>(?:{_SOURCE})(?:\s?[/,]\s?\w{{1,8}}){{0,3}})\s?[)\]])"
    r"|(?i:[-–—]+\s?(?:end|selesai|tamat|habis)\s?[-–—]+)|(?i:[(\[](?:end|selesai|tamat|habis|bersambung)[)\]]))"
    r"[\s,]*$"
)
#: what a scraper left behind the last sentence
_COMMAS = re.compile(r"(?<=[.!?…])\s*(?:,\s*)+$|(?<=[.!?…][\"”')])\s*(?:,\s*)+$")
#: marks that are nothing else, wherever they close a line near the end
_CERTAIN = re.compile(r"\s*(?:\(\*\)|\[\*\])[\s,]*$")
#: characters from the end of a line within which a mark begins
_WINDOW = 80
#: characters of a code in brackets
_CODE = 12
_WORD = re.compile(r"(?:Selesai|SELESAI|Tamat|TAMAT|END|The End|Sekian)[.!]?")


@rule(
    step="ends",
    grain="inline",
    shape=r"(?:[*)\]—–#=_-][\s,]*|[.!?…][\"”')]?\s*,[\s,]*|^(?:Selesai|SELESAI|Tamat|TAMAT|END|The End|Sekian)[.!]?)$",
    tail=6,
    source="the seed page (PRMN), tribun 15 %, detik 3 % of articles",
)
def end_mark(lines: Lines, context: Context) -> Iterator[Edit | Flag | Value]:
    r"""Strip the end mark from the last line (*\*\*\**, *(\*)*, *(red)*, *-end-*); a source in brackets is read first.

    *(adv)* says that the article is paid for: a flag. On the last line but one, a mark stands alone; *(\*)* after a
    full stop counts a few lines further up, too, where chrome is left below it. Stars inside a text part its sections.
    A comma behind the last sentence is a scraper's.

    >>> after(end_mark, "Warga pulang.***"), after(end_mark, "Warga pulang. (ant/mid)")
    ('Warga pulang.', 'Warga pulang.')
    >>> after(end_mark, "Warga pulang.\n(*)"), after(end_mark, "Warga pulang.\n-end-")
    ('Warga pulang.\n', 'Warga pulang.\n')
    >>> [found.kind for found in try_rule(end_mark, "Warga pulang. (Adv)") if hasattr(found, "kind")]
    ['advertorial']
    >>> after(end_mark, "Warga pulang., ,"), after(end_mark, "Warga pulang, lalu,")
    ('Warga pulang.', 'Warga pulang, lalu,')
    >>> after(end_mark, "Rupiah ditutup di Rp16.295 per dolar (naik 0,2 persen)")
    'Rupiah ditutup di Rp16.295 per dolar (naik 0,2 persen)'
    """
    for line in lines:
        found = _MARK.search(line.text, max(0, len(line.text) - _WINDOW)) or (
            _WORD.fullmatch(line.text) or _COMMAS.search(line.text, max(0, len(line.text) - _WINDOW))
            if line.from_tail == 0
            else None
        )
        if not found or not found[0].strip():
            continue
        whole = found.start() == 0
        certain = _CERTAIN.fullmatch(found[0]) and closes(line.text[: found.start()])
        if line.from_tail > 1 and not certain:
            continue
        below = line.next
        if below is not None and line.from_tail == 1 and len(below.text) <= _CODE and below.text[0] in "([":
            certain = closes(line.text[: found.start()])  # a mark, and the writer's code on a line of its own
        if line.from_tail == 1 and not (certain or (whole and not found[0].strip()[1:2].isalpha())):
            continue
        if whole and (above := line.previous) is not None and line.from_tail > 0 and not closes(above.text):
            continue
        if found.re is _MARK and found["source"]:
            yield line.read("attribution", found, "source")
            if found["source"].lower().startswith("adv"):
                yield line.flag("advertorial")
        yield line.cut(*found.span())
