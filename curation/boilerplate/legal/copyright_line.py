"""Notices of copyright."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_NOTICE = re.compile(
    r"(?:(?:copyright|hak cipta)\s*(?:©|@|\(c\)|\d{4}(?!\s(?-i:[a-z]))).{0,160}|©.{2,160}"
    r"|all rights reserved.{0,60}|.{0,60}©\s?\w+ \d{4}.{0,40})",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("copyright", "hak cipta", "©", "all rights"),
    source="antara, mediaindonesia, okezone",
)
def copyright_line(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a copyright notice on a line of its own.

    >>> after(copyright_line, "Copyright © Warta 2026. All Rights Reserved\nCopyright lagu itu dimiliki Sinta.")
    '\nCopyright lagu itu dimiliki Sinta.'
    """
    for line in lines:
        if len(line.text) <= 200 and _NOTICE.fullmatch(line.text):
            yield line.drop()
