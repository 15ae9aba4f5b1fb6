"""Blank space that carries no meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from curation.lines import Edit
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Lines
    from curation.rule import Context


@rule(step="layout", grain="document", source="every scraper")
def layout(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Trim and collapse blank space: one space between words, one line break or one blank line between blocks.

    >>> after(layout, "\n\n   Air  surut. \n\n\n\n  Warga pulang.\n")
    'Air surut.\n\nWarga pulang.'
    """
    from curation.kernels.blanks import untidy
    from curation.kernels.strings import strings

    for document, start, end in untidy(strings(pa.array(lines.texts, pa.string()))).tolist():
        text = lines.texts[document]
        space = text[start:end]
        breaks = space.count("\n")
        plain = "" if start == 0 or end == len(text) else "\n\n" if breaks > 1 else "\n" if breaks else " "
        # keep what already stands there, so that the edit is as small as it can be
        if plain and space.startswith(plain):
            start, plain = start + len(plain), ""
        elif plain and space.endswith(plain):
            end, plain = end - len(plain), ""
        yield Edit(document, start, end, plain)
