"""Blank space that carries no meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from curation.lines import Edit
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Lines
    from curation.rule import Context

#: finds the texts with work to do; RE2's \s knows ASCII alone, so the odd spaces are spelled out
_ODD = "[\\t\\x0b-\\r\\x1c-\\x1f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_UNTIDY = rf"^[ \n]|[ \n]$| \n|\n |\n\n\n|  |{_ODD}"
_BLANK = re.compile(r"\s{2,}|[^\S\n ]|\A\s|\s\Z")


@rule(step="layout", grain="document", source="every scraper")
def layout(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Trim and collapse blank space: one space between words, one line break or one blank line between blocks.

    >>> after(layout, "\n\n   Air  surut. \n\n\n\n  Warga pulang.\n")
    'Air surut.\n\nWarga pulang.'
    """
    untidy = pc.match_substring_regex(lines.texts, _UNTIDY).to_pylist()
    for document, wanted in enumerate(untidy):
        if wanted:
            yield from _tidy(document, lines.texts[document].as_py())


def _tidy(document: int, text: str) -> Iterator[Edit]:
    for found in _BLANK.finditer(text):
        start, end, space = *found.span(), found[0]
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
