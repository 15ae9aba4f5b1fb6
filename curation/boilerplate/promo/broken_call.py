"""Calls to follow the outlet that a scraper broke at their links."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from curation.boilerplate.promo.calls import continues, only_calls
from curation.boilerplate.promo.words import OUTLET_NAME
from curation.lines import Edit
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Line, Lines
    from curation.rule import Context

#: lines above and below the channel's own
_ABOVE, _BELOW = 8, 3
#: a line that begins a call is read on to so many channels at most, and a call names no more
_TRIES = 2
_LONGEST_LINE = 160
_CHANNELS = ("whatsapp", "google news", "telegram", "t.me/", "news.google")
_BEGINS = re.compile(r"\(?(?:Ayo|Mari|Yuk|Ikuti|Simak|Follow|Dapatkan|Baca|Cek|Akses|Gabung|Bergabung|Update|Pilih)\b")
_GOES_ON = re.compile(r"[.,:;)]|https?://|[a-z]")


@rule(
    step="head",
    grain="block",
    literals=_CHANNELS,
    source="kompas 18 % of articles: seven lines",
)
def broken_call(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a call to follow the outlet that stands in several lines, broken at every link and bold word.

    The lines are read as one sentence, from one that begins a call to one that ends it or only goes with it.

    >>> after(broken_call, "Ia pulang.\nIkuti berita terbaru\nWarta.com\ndi\nWhatsApp Channel\n:\nhttps://t.me/warta")
    'Ia pulang.\n'
    """
    done = -1
    tried: Counter[int] = Counter()
    for line in lines:
        if line.index > done and _names_channel(line) and (block := _block(line, context, tried)):
            first, last = block
            done = last.index
            yield Edit(line.document, first.start, last.end, "")


def _names_channel(line: Line) -> bool:
    lower = line.text.lower()
    return any(channel in lower for channel in _CHANNELS)


def _block(line: Line, context: Context, tried: Counter[int]) -> tuple[Line, Line] | None:
    """The first and the last line of the call that runs through this line."""
    site = context.site(line)
    outlet = site.outlet if site else None
    above = [line]
    channels = 1
    while len(above) <= _ABOVE and (before := above[0].previous) and len(before.text) <= _LONGEST_LINE:
        channels += _names_channel(before)
        if channels > _TRIES:
            break
        above.insert(0, before)
    for start in range(len(above) - 1, -1, -1):
        first = above[start].index
        if tried[first] >= _TRIES or not _BEGINS.match(above[start].text):
            continue
        tried[first] += 1
        block = above[start:]
        if any(_is_closed(one, after) for one, after in pairwise(block)):
            continue
        for _ in range(_BELOW):
            if (after := block[-1].next) and _belongs(after):
                block.append(after)
        if len(block) > 1 and only_calls(" ".join(one.text for one in block), outlet):
            return block[0], block[-1]
    return None


def _is_closed(line: Line, after: Line) -> bool:
    """Whether a sentence ends between two lines."""
    return line.text.endswith((".", "!", "?")) and not _GOES_ON.match(after.text)


def _belongs(after: Line) -> bool:
    """Whether a line goes with a call that has named its channel: its address, what to do, or whose channel it is."""
    text = after.text
    if len(text) > _LONGEST_LINE:
        return False
    named = len(text) <= 30 and OUTLET_NAME.match(text) and not re.search(r"[/(.!?]$|/", text)
    return bool(named or text[0] in ".,:;)" or text.startswith("http") or continues(text))
