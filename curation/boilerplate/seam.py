"""Cutting inside a line so that what stood on both sides does not grow together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.lines import Edit, Line


def cut_out(line: Line, start: int, end: int) -> Edit:
    """Cut a span; one space takes its place where there is none on either side.

    Double spaces are left to `layout`.

    >>> from curation.lines import Lines
    >>> line = next(iter(Lines.of(["Air surut.IKLANWarga pulang."])))
    >>> cut_out(line, 10, 15).replacement
    ' '
    """
    text = line.text
    glued = start > 0 and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()
    return line.cut(start, end, " " if glued else "")
