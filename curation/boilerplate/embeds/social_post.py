"""What an embedded post leaves in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_POST = re.compile(
    r"(?:a post shared by .{2,100}|view this post on instagram|lihat postingan ini di instagram"
    r"|sebuah kiriman dibagikan oleh .{2,100}|pic\.twitter\.com/\w+|@[\w.]+ ♬ .{2,120})",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("post shared", "this post", "postingan ini", "kiriman dibagikan", "pic.twitter", "♬"),
    source="kompas 4 %, republika 4 % of articles",
)
def social_post(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the frame of an embedded post, whole lines only.

    >>> after(social_post, "View this post on Instagram\nA post shared by Sinta (@sinta)\nWarga pulang.")
    '\n\nWarga pulang.'
    """
    for line in lines:
        if _POST.fullmatch(line.text):
            yield line.drop()
