"""A reporter's name with the outlet's, without brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME, OUTLET, closes
from curation.boilerplate.shapes import is_prose
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?”\"*)])\s*)(?:(?P<author>{NAME})\s*/\s*{OUTLET}|{OUTLET}\s*/\s*(?P<after>{NAME}))[\s,]*$"
)
#: below an end mark, any word behind the slash is an outlet
_ANY_OUTLET = re.compile(rf"(?P<author>{NAME})/[A-Z]\w{{4,24}}(?:\.\w{{2,4}})?")
_END_MARK = re.compile(r"(?:\(\*+\)|\*{2,})$")
#: characters from the end of a line within which a credit begins
_WINDOW = 160
#: characters of an end mark
_NEAR = 8


@rule(
    step="tail",
    grain="inline",
    shape=r"[A-Z][\w.'’-]*\s?/\s?[A-Za-z][\w. '’-]+[\s,]*$",
    tail=6,
    source="tribun network; copies of its articles",
)
def name_and_outlet(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read the reporter from a name with an outlet after a slash (*Sinta Wulandari/Tribunnews*), and remove both.

    Only on a line of its own or after the last full stop of a line, and only among the last lines.

    >>> after(name_and_outlet, "Warga pulang.\nSinta Wulandari/Tribunnews")
    'Warga pulang.\n'
    >>> after(name_and_outlet, "Warga pulang.Sinta Wulandari/Tribunnews")
    'Warga pulang.'
    >>> after(name_and_outlet, "Laga itu digelar di Ambon / Radar Ambon")
    'Laga itu digelar di Ambon / Radar Ambon'
    >>> after(name_and_outlet, "Warga pulang.(*)\nSinta Wulandari/Wartalintang")
    'Warga pulang.(*)\n'
    """
    for line in lines:
        found = _CREDIT.search(line.text, max(0, len(line.text) - _WINDOW))
        if found and closes(line.text[: found.start()]) and not any(is_prose(below.text) for below in _below(line)):
            yield line.read("author", found, "author" if found["author"] else "after")
            yield line.cut(*found.span())
        elif (
            not found
            and (above := line.previous) is not None
            and _END_MARK.search(above.text, max(0, len(above.text) - _NEAR))
            and (found := _ANY_OUTLET.fullmatch(line.text))
        ):
            yield line.read("author", found, "author")
            yield line.drop()


def _below(line: Line) -> Iterator[Line]:
    below = line.next
    while below is not None:
        yield below
        below = below.next
