"""How long the reading takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import nothing_above
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context


_TIME = r"(?i:[~±]?\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:min|mins|minutes?))\.?"
_PATTERN = re.compile(_TIME)


@rule(
    step="head",
    shape=f"^{_TIME}$",
    head=12,
    source="the seed page; blogs and copies of PRMN articles",
)
def reading_time(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a bare number of minutes in English above the text: themes print the reading time so.

    In Indonesian, a bare *30 menit* is how long a dish cooks or a race lasts; where it says that it is for reading,
    `reading_tools` removes it.

    >>> after(reading_time, "2-3 minutes\nSelama 45 menit listrik padam.")
    '\nSelama 45 menit listrik padam.'
    >>> after(reading_time, "Untuk 4 orang\n30 menit\n250 gram sagu")
    'Untuk 4 orang\n30 menit\n250 gram sagu'
    """
    for line in lines:
        if _PATTERN.fullmatch(line.text) and nothing_above(line):
            yield line.drop()
