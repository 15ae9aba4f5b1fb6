"""Counters of shares and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context


_COUNTED = (
    r"(?:dibaca|dilihat|hits?|views?|viewed|pembaca|shares?|komentar|comments?|likes?|suka|kali dibaca|kali dilihat)"
)
_NUMBER = r"\d{1,4}(?:[.,]\d{1,3})?\s?(?:k|rb)?"


@rule(
    step="head",
    shape=rf"(?i)^(?:\d{{1,4}}(?:[.,]\d)?k?|{_COUNTED}\s?:?\s?{_NUMBER}(?:\s(?:kali|x|times|views?))?|{_NUMBER}\s{_COUNTED})$",
    head=8,
    source="the seed page; blogs",
)
def counter(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a counter of shares, comments or readers near the top: a bare number, or *Dibaca 120 kali*.

    Only among the first lines and above the text: further down, bare numbers are the scores of a table.

    >>> after(counter, "0\n1.204 views\nPersema menang besar atas tamunya.")
    '\n\nPersema menang besar atas tamunya.'
    """
    for line in lines:
        if nothing_above(line):
            yield line.drop()
