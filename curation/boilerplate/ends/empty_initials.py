"""Initials of nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import closes
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_EMPTY = re.compile(r"\s*\(\s?:\s?\)[\s,]*")


@rule(
    step="ends",
    grain="inline",
    shape=r"\(:\)|\( : \)",
    source="sindonews: the initials of writer and editor, both empty",
)
def empty_initials(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the bracket that the initials of writer and editor left empty (*(:)*), behind a finished sentence.

    >>> after(empty_initials, "Warga pulang. (:)"), after(empty_initials, "Warga pulang. (:) ,Air surut.")
    ('Warga pulang.', 'Warga pulang. Air surut.')
    >>> after(empty_initials, "Tanda titik dua (:) dipakai di depan rincian.")
    'Tanda titik dua (:) dipakai di depan rincian.'
    """
    for line in lines:
        for found in _EMPTY.finditer(line.text):
            if closes(line.text[: found.start()]):
                inside = found.start() > 0 and found.end() < len(line.text)
                yield line.cut(*found.span(), " " if inside else "")
