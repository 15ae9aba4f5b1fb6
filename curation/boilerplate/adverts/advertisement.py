"""Labels of advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LABEL = re.compile(
    r"[-–—*\s\[(]*(?:advertisements?|iklan|advertorial|sponsored(?: content)?|konten bersponsor|promoted|adv"
    r"|artikel ini bersponsor)[-–—*\s\])]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("adv", "iklan", "sponsor", "promoted"),
    source="liputan6 99 %, kapanlagi 52 %, detik 35 % of articles",
)
def advertisement(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that is nothing but the label of an advertisement.

    >>> after(advertisement, "Air surut.\nADVERTISEMENT\nIklan rokok akan dilarang.")
    'Air surut.\n\nIklan rokok akan dilarang.'
    """
    for line in lines:
        if _LABEL.fullmatch(line.text):
            yield line.drop()
