"""House slogans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: hashtag of the house, or a label in brackets that only leads to its other pages
_SLOGAN = re.compile(
    r"#[a-z]{4,30} (?:with|bersama|bareng) [a-z]{4,20}|\[[^\[\]]{10,90} klik ?di ?sini\]"
    r"|!{2,}\s?[^!]{5,90}!{2,}|[\"“]detik\s?pagi,[^\"”]{3,40}[\"”]",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("!!", "detik pagi,", "detikpagi,", " with ", " bersama ", " bareng ", "disini]", "di sini]"),
    tail=6,
    source="tribun 1 % of articles, detik",
)
def slogan(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the house slogan near the end: a line between runs of exclamation marks, or a hashtag with its name.

    >>> after(slogan, "Ia pulang.\n!!!Membaca Membuka Jendela Dunia!!!")
    'Ia pulang.\n'
    """
    for line in lines:
        if _SLOGAN.fullmatch(line.text):
            yield line.drop()
