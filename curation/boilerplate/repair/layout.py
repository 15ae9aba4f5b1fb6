"""Blank space that carries no meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.lines import Edit
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Lines
    from curation.rule import Context

#: every blank character but the space and the line break
_ODD = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
#: finds the texts with work to do; RE2's \s knows ASCII alone, so the odd spaces are spelled out
_UNTIDY = rf"^[ \n]|[ \n]$| \n|\n |\n\n\n|  |[{_ODD}]"
#: blank space with more than spaces in it, from the first such character on; spaces alone (searched for apart: fast)
_BREAK, _SPACES = re.compile(r"[^\S ]\s*"), re.compile("  +")
#: the same of a text without odd spaces, where it isn't one line break or two: a literal is found much faster
_PLAIN_BREAK = re.compile(r"\n(?:(?<= \n)|\n? |\n\n)[ \n]*")


@rule(step="layout", grain="document", source="every scraper")
def layout(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Trim and collapse blank space: one space between words, one line break or one blank line between blocks.

    >>> after(layout, "\n\n   Air  surut. \n\n\n\n  Warga pulang.\n")
    'Air surut.\n\nWarga pulang.'
    """
    texts = pa.array(lines.texts, pa.string())
    untidy = pc.match_substring_regex(texts, _UNTIDY)
    found = np.flatnonzero(untidy.to_numpy(zero_copy_only=False))
    for document in found.tolist():
        text = lines.texts[document]
        is_odd = any(space in text for space in _ODD)  # one after the other, faster than all at once
        yield from _tidy(document, text, _BREAK if is_odd else _PLAIN_BREAK)


def _tidy(document: int, text: str, line_break: re.Pattern[str]) -> Iterator[Edit]:
    for start, end in _blanks(text, line_break):
        space = text[start:end]
        breaks = space.count("\n")
        plain = "" if start == 0 or end == len(text) else "\n\n" if breaks > 1 else "\n" if breaks else " "
        if space == plain:
            continue
        # keep what already stands there, so that the edit is as small as it can be
        if plain and space.startswith(plain):
            start, plain = start + len(plain), ""
        elif plain and space.endswith(plain):
            end, plain = end - len(plain), ""
        yield Edit(document, start, end, plain)


def _blanks(text: str, line_break: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """All blank space of a text that is not one space."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    yield 0, first
    if first < len(text):
        yield last, len(text)
    for found in line_break.finditer(text, first, last):
        start = found.start()
        while text[start - 1] == " ":
            start -= 1
        yield start, found.end()
    doubled = text.find("  ", first, last)  # faster than `re` where there are none
    for found in _SPACES.finditer(text, doubled, last) if doubled >= 0 else ():
        if not (text[found.start() - 1].isspace() or text[found.end()].isspace()):
            yield found.span()
