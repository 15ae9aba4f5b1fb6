"""What a box that never filled has left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: at the end of a line
_AT_END = re.compile(r"(?:^|(?<=[\s,.)!?”\"]))[\s,]*(?:[Ll]oading|LOADING|[Mm]emuat)\s?(?:\.{3}|…)[\s,]*$")
#: glued between two texts
_BETWEEN = re.compile(r"(?:^|(?<=[.)!?”\"a-z])|(?<=[.)!?”\"] ))Loading\.{3}\s?(?=[A-Z])")
#: characters from the end of a line within which the placeholder begins
_WINDOW = 40
#: lines from the end within which a text may close with the placeholder
_END = 4


@rule(
    step="head",
    grain="inline",
    literals=("loading...", "loading…", "loading ...", "memuat...", "memuat…", "memuat ..."),
    source="posmetro 90 % of articles, republika",
)
def loading(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the placeholder of a box that was still loading (*loading...*) from the end of a line.

    Glued between two texts, it parts them.

    >>> after(loading, "Warga pulang.,,,loading...")
    'Warga pulang.'
    >>> after(loading, "Layar hanya bertuliskan loading... sepanjang siang.")
    'Layar hanya bertuliskan loading... sepanjang siang.'
    """
    for line in lines:
        for found in _BETWEEN.finditer(line.text) if "Loading..." in line.text else ():
            yield line.cut(*found.span(), "\n" if found.start() > 0 else "")
        found_at_end = _AT_END.search(line.text, max(0, len(line.text) - _WINDOW))
        if found_at_end and (line.from_tail < _END or found_at_end.start() == 0):
            yield line.cut(*found_at_end.span())
