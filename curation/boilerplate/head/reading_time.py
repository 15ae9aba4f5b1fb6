"""How long the reading takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_TIME = re.compile(
    r"(?:(?:(?:estimasi |lama )?(?:waktu )?(?:mem)?baca(?:an)?|reading time)\s*:?\s*)?[~±]?\d{1,2}"
    r"(?:\s?[-–]\s?\d{1,2})?\s*(?:min|mins|minutes?|menit)"
    r"(?:\s*(?:read|baca|membaca|dibaca|waktu baca))?",
    re.IGNORECASE,
)


@rule(step="head", literals=("min", "menit"), source="the seed page; blogs and copies of PRMN articles")
def reading_time(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the reading time: a line with a number of minutes and nothing else.

    >>> after(reading_time, "3 min read\n2-3 minutes\nSelama 45 menit listrik padam.")
    '\n\nSelama 45 menit listrik padam.'
    """
    for line in lines:
        if _TIME.fullmatch(line.text):
            yield line.drop()
