"""Counters of shares and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context


@rule(step="head", shape=r"^\d{1,4}(?:[.,]\d)?[kK]?$", head=6, source="the seed page; blogs")
def counter(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a bare number near the top: a counter of shares or comments.

    Only among the first six lines and above the text: further down, bare numbers are the scores of a table.

    >>> after(counter, "0\nPersema menang besar atas tamunya.")
    '\nPersema menang besar atas tamunya.'
    """
    for line in lines:
        if nothing_above(line):
            yield line.drop()
