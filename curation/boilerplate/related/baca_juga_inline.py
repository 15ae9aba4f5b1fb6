"""Links to other articles inside a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.related.labels import (
    AT_END,
    BRACKETS,
    LITERALS,
    Label,
    bare_labels,
    closing_of,
    inline_labels,
)
from curation.boilerplate.related.seen import LONGEST, is_seen, seen_end
from curation.boilerplate.related.title_end import evidence, glued_titles_end, title_end
from curation.boilerplate.seam import cut_out
from curation.boilerplate.shapes import is_headline
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
    >>> text = "Ia pulang. Baca Juga Banjir Ambon Meluas ke Pasar Warga mengungsi."
    >>> after(baca_juga_inline, text, seen_titles=frozenset({"Banjir Ambon Meluas ke Pasar"}))
    'Ia pulang.  Warga mengungsi.'
    >>> after(baca_juga_inline, 'Di papan tertulis "Baca juga: petunjuk di balik pintu ini" dengan cat merah.')
    'Di papan tertulis "Baca juga: petunjuk di balik pintu ini" dengan cat merah.'
    >>> text = "Ia pulang. Simak: Banjir Ambon Meluas ke Pasar Warga mengungsi."
    >>> after(baca_juga_inline, text, seen_titles=frozenset({"Banjir Ambon Meluas ke Pasar"}))
    'Ia pulang.  Warga mengungsi.'
    """
    for line in lines:
        text = line.text
        labels, bare = sorted(inline_labels(text)), list(bare_labels(text))
        last = _at_end(line)
        if last:
            yield cut_out(line, *last)
        if not (labels or bare) or (labels and labels[0].start == 0 and is_headline(text[labels[0].end :])):
            continue  # a line of its own falls to `baca_juga`
        document = evidence(line) if len(labels) <= _MOST else ""
        for n, label in enumerate(labels):
            stop = labels[n + 1].start if n + 1 < len(labels) else last[0] if last else None
            if cut := _span(line, context, label, stop, document):
                start, end, sure = cut
                if not sure:
                    yield line.flag("uncertain_cut", 0.5)
                yield cut_out(line, start, end)
        for label in bare:
            before = text[: label.start].rstrip()
            if before.endswith(_SENTENCE_END) or (not before and _is_seen_within(line, context, label)):
                yield from _cut_bare(line, context, label, document)


def _at_end(line: Line) -> tuple[int, int] | None:
    """A label without a colon and its headline behind the last sentence of the text."""
    if line.from_tail > 1 or not any(label in line.text for label in ("Next Article ", "Pilihan ")):
        return None
    found = AT_END.search(line.text, max(0, len(line.text) - LONGEST))
    return found.span() if found and is_headline(found["title"]) else None


def _is_seen_within(line: Line, context: Context, label: Label) -> bool:
    """Whether a headline of the crawl stands behind the label, and text behind that."""
    end = seen_end(line.text, label.end, len(line.text), context.seen_titles)
    return end is not None and end < len(line.text)


def _cut_bare(line: Line, context: Context, label: Label, document: str) -> Iterator[Edit | Flag]:
    """The label, with a headline of the crawl behind it or headlines glued to it up to the last seam (republika)."""
    text, start, end = line.text, label.start, label.end
    if title := seen_end(text, end, len(text), context.seen_titles):
        end = title
    elif not text[end - 1].isspace() and (glued := glued_titles_end(text, end, context.seen_titles, document)):
        end = glued.at
        if not glued.sure:
            yield line.flag("uncertain_cut", 0.5)
    yield cut_out(line, start, end)


def _span(line: Line, context: Context, label: Label, stop: int | None, document: str) -> tuple[int, int, bool] | None:
    """From the label to the end of its headline, and whether that is sure; `stop` is the next label."""
    text, start, title = line.text, label.start, label.end
    if start and text[start - 1] in BRACKETS:
        closing = closing_of(text, title, text[start - 1])
        if label.seen_only and not is_seen(text[title:closing], context.seen_titles):
            return None
        start, end, sure = start - 1, closing + 1, True
    elif label.seen_only:
        seen = seen_end(text, title, stop or len(text), context.seen_titles)
        if seen is None:
            return None
        end, sure = seen, True
    elif lost := _LOST.match(text, title):
        end, sure = lost.end(), True
    else:
        closed = stop is not None or line.from_tail == 0
        found = title_end(text, title, stop or len(text), context.seen_titles, document, closed=closed)
        if found is None:
            return None
        end, sure = found
        if not label.sure and not is_headline(text[title:end].strip()):
            return None
    if end == 0 or (start == 0 and end == len(text)):
        return None  # a bracket that stays open; a line of its own
    return start, end, sure
