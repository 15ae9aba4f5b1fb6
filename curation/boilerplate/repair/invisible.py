"""Characters that a reader can't see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]+")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")


@rule(
    step="characters",
    grain="inline",
    shape="[\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\\x00-\\x08\\x0b-\\x1f\\x7f\u0085]",
    source="every site; no-break spaces in 11 % of real articles",
)
def invisible(lines: Lines, context: Context) -> Iterator[Edit]:
    """Remove zero-width and control characters; turn odd spaces and line ends into plain ones.

    They are invisible to a reader but split words for every tool that comes after.

    >>> after(invisible, "Liga\u00a01 di\u200b Bali")
    'Liga 1 di Bali'
    """
    for line in lines:
        for pattern, replacement in ((_UNSEEN, ""), (_SPACE, " "), (_BREAK, "\n")):
            for found in pattern.finditer(line.text):
                yield line.cut(*found.span(), replacement)
