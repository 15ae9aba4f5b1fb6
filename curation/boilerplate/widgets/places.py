"""Labels of widgets that fill a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines

#: no label is longer
LONGEST = 200


def shape_of(labels: str) -> str:
    """The declaration of a rule that drops such lines: anchored, so that prose is ruled out at its first letters.

    >>> shape_of("cetak resep")
    '(?i)^(?:cetak resep)$'
    """
    return f"(?i)^(?:{labels})$"


def drop_labels(lines: Lines, labels: re.Pattern[str]) -> Iterator[Edit]:
    r"""Drop the lines that are nothing but a label; none is shown that is longer than :data:`LONGEST`.

    >>> from curation.lines import Lines
    >>> [edit[1:3] for edit in drop_labels(Lines.of(["Air surut.\nCetak Resep"]), re.compile("(?i)cetak resep"))]
    [(11, 22)]
    """
    for line in lines:
        if labels.fullmatch(line.text):
            yield line.drop()
