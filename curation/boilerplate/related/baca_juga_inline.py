"""Links to other articles inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.labels import INLINE, INLINE_BARE, LITERALS, stands_alone
from curation.boilerplate.related.title_end import LONGEST, evidence, glued_titles_end, title_end
from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Line, Lines
    from curation.rule import Context

_MOST = 50  # labels in a line of news
_SENTENCE_END = (".", "!", "?", '"', "”", ")")
#: commas where the linked headline was
_LOST = re.compile(r"(?:,\s?){2,}")


@rule(
    step="chrome",
    grain="inline",
    literals=LITERALS,
    source="sindonews 63 %, okezone 3 % of articles; two thirds of real articles have no line breaks",
)
def baca_juga_inline(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    """Cut *Baca juga:* and its headline out of a paragraph that goes on after it.

    The headline has no end mark of its own. A headline seen in the same crawl tells where it ends, failing that its
    shape. Where that leaves a choice, the cut ends at the earliest place and the paragraph gets the flag
    ``uncertain_cut``; where it might eat the next sentence, nothing is cut: better chrome left than text lost.

    >>> text = "Ia pulang (2/3/2026). Baca juga: Harga Beras Turun pada 2026 Menurut Hotma, jalan ditutup."
    >>> after(baca_juga_inline, text)
    'Ia pulang (2/3/2026). Menurut Hotma, jalan ditutup.'
    >>> text = "Ia pulang. Baca juga: Banjir Ambon Meluas ke Pasar Waai Sakti mengungsi."
    >>> after(baca_juga_inline, text, seen_titles=frozenset({"Banjir Ambon Meluas ke Pasar"}))
    'Ia pulang.  Waai Sakti mengungsi.'
    >>> after(baca_juga_inline, 'Di papan tertulis "Baca juga: petunjuk di balik pintu ini" dengan cat merah.')
    'Di papan tertulis "Baca juga: petunjuk di balik pintu ini" dengan cat merah.'
    """
    for line in lines:
        labels = [found for found in INLINE.finditer(line.text) if stands_alone(line.text, found.start())]
        document = evidence(line) if len(labels) <= _MOST else ""
        for n, label in enumerate(labels):
            stop = labels[n + 1].start() if n + 1 < len(labels) else None
            if cut := _span(line, context, label, stop, document):
                start, end, sure = cut
                if not sure:
                    yield line.flag("uncertain_cut", 0.5)
                yield cut_out(line, start, end)
        for found in INLINE_BARE.finditer(line.text):
            if line.text[max(0, found.start() - 3) : found.start()].rstrip().endswith(_SENTENCE_END):
                yield from _cut_bare(line, context, found, document)


def _cut_bare(line: Line, context: Context, label: re.Match[str], document: str) -> Iterator[Edit | Flag]:
    """The label alone; or with the headlines up to the last seam, if headlines are glued to it (republika)."""
    text, end = line.text, label.end()
    if not text[end - 1].isspace() and (glued := glued_titles_end(text, end, context.seen_titles, document)):
        end = glued.at
        if not glued.sure:
            yield line.flag("uncertain_cut", 0.5)
    yield cut_out(line, label.start(), end)


def _span(
    line: Line, context: Context, label: re.Match[str], stop: int | None, document: str
) -> tuple[int, int, bool] | None:
    """From the label to the end of its headline, and whether that is sure; `stop` is the next label."""
    text, (start, title) = line.text, label.span()
    if text[start - 1 : start] == "(":
        closing = text.find(")", title, title + LONGEST)
        start, end, sure = start - 1, closing + 1, True
    elif lost := _LOST.match(text, title):
        end, sure = lost.end(), True
    else:
        closed = stop is not None or line.from_tail == 0
        found = title_end(text, title, stop or len(text), context.seen_titles, document, closed=closed)
        if found is None:
            return None
        end, sure = found
    if end == 0 or (start == 0 and end == len(text)):
        return None  # a bracket that stays open; a line of its own
    return start, end, sure
