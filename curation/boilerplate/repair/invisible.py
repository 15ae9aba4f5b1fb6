"""Characters that a reader can't see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: soft hyphens, zero-width characters, direction marks, fillers, what is left of an embedded object, controls
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffc\x01-\x08\x0e-\x1f\x7f"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\r\u0085\u2028\u2029"
#: for Python and RE2; the latter wants NUL spelled out
_ODD = rf"[{_UNSEEN}{_SPACES}{_BREAKS}\x00]+"
_RUN = re.compile(_ODD)
_PLAIN = {
    ord(char): plain
    for chars, plain in ((rf"[{_UNSEEN}\x00]", None), (f"[{_SPACES}]", " "), (f"[{_BREAKS}]", "\n"))
    for char in re.findall(chars, "".join(map(chr, range(0x10000))))
}
#: where a joiner makes one emoji of two
_EMOJI = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]\u200d[\u2190-\u2bff\U0001f000-\U0001faff]")


def visible(text: str) -> str:
    """A text without characters that a reader can't see.

    >>> visible("Liga\u00a01 di\u200b Bali")
    'Liga 1 di Bali'
    """
    return text.replace("\r\n", "\n").translate(_PLAIN)


@rule(
    step="characters",
    grain="inline",
    shape=_ODD,
    beyond_ascii=True,
    source="every site; no-break spaces in 11 % of real articles",
)
def invisible(lines: Lines, context: Context) -> Iterator[Edit]:
    """Remove zero-width and control characters; turn odd spaces and line ends into plain ones.

    They are invisible to a reader but split words for every tool that comes after. Emoji keep their joiners and
    variation selectors, and the sign for a lost character (U+FFFD) stays: it tells of a loss.

    >>> after(invisible, "Liga\u00a01 di\u200b Bali")
    'Liga 1 di Bali'
    """
    for line in lines:
        for found in _RUN.finditer(line.text):
            if not _EMOJI.match(line.text, max(0, found.start() - 1)):
                yield line.cut(*found.span(), visible(found[0]))
