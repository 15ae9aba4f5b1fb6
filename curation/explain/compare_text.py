"""Two texts side by side in a terminal; in a narrow one, one text with the other's words beside its own.

Nothing that a page holds reaches the terminal as a control character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.explain.text import when
from curation.explain.writer import DIM, TITLE, Span, Writer
from curation.report.excerpt import clipped, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.explain.compare import Comparison, Passage, Piece
    from curation.explain.places import Row

#: what each kind means, for a pair (A, B)
KINDS = {
    "near": "a near copy",
    "contained": "A is part of B",
    "contains": "B is part of A",
    "update": "another version of the same article",
    "template": "other facts in the same words",
    "rewrite": "shared passages",
    "exact": "the same text",
}
DIRECTIONS = {"a_from_b": "A was taken from B", "b_from_a": "B was taken from A"}

#: columns below which two do not fit beside each other
_NARROW = 72
#: letters of a word that are shown
LONGEST_WORD = 200

#: styles, and the marks that stand for them where there are no colours: (only here, swapped)
_STYLES = {"a": ("red underline", "bold red reverse"), "b": ("green underline", "bold green reverse")}
_MARKS = {"a": ("[-{}-]", "[*{}*]"), "b": ("{{+{}+}}", "{{*{}*}}")}


def comparison_text(c: Comparison, all: bool = False, color: bool = False, width: int | None = None) -> str:
    """Both texts, headed by what is known of them.

    Args:
        c: two documents.
        all: also long stretches that are alike, and long words.
        color: with ANSI colours; without, marks stand for them.
        width: columns of the terminal; None writes one line a passage, one text in the other.
    """
    writer = Writer(width, color)
    kind, meaning = kind_of(c)
    writer.add((kind, TITLE), f"  {meaning}", hanging=2)
    for line in reasons_of(c):
        writer.add(f"  {line}", hanging=2)
    only, swapped = (tuple(_shown(text, side, color, i) for side, text in _LEGEND[i]) for i in (0, 1))
    writer.add("  ", *_joined(only), "  ", *_joined(swapped), hanging=2)
    writer.blank()
    wide = width is not None and width >= _NARROW
    heads = [about(document) for document in (c.a, c.b)]
    if wide:
        writer.beside(*([(f"{name}  ", TITLE), (head[0], DIM)] for name, head in zip("AB", heads, strict=True)))
        writer.beside(*([(head[1], TITLE)] for head in heads))
        if heads[0][2] or heads[1][2]:
            writer.beside(*([(head[2], DIM)] for head in heads))
    else:
        for name, (facts, title, url) in zip("AB", heads, strict=True):
            writer.add((f"{name}  ", TITLE), (facts, DIM), hanging=3)
            writer.add(("   " + title, TITLE), hanging=3)
            if url:
                writer.add(("   " + url, DIM), hanging=3)
    writer.blank()
    for number, passage in enumerate(c.passages):
        if passage.folded and not all:
            folded = f"… {counted(passage.folded, 'word')} alike …"
            writer.add((folded.center(width or 0).rstrip(), DIM))
            continue
        if number and not wide and not c.passages[number - 1].folded:
            writer.blank()
        if wide:
            writer.beside(
                _cell(passage.left, "a", all, color),
                _cell(passage.right, "b", all, color),
            )
            if _ends_paragraph(passage) and number + 1 < len(c.passages):
                writer.beside([], [])
        else:
            writer.add(*_inline(passage, all, color))
    return str(writer)


_LEGEND = (
    (("a", "only in A"), ("b", "only in B")),
    (("a", "another number or name"), ("b", "in its place")),
)


def kind_of(c: Comparison) -> tuple[str, str]:
    """The kind of a pair, and what that means."""
    if c.pair is None:
        return "no pair", "too little is shared to be measured, or another copy stands for one of the two"
    kind = str(c.pair["kind"])
    return kind, KINDS.get(kind, "") + ("; one article" if c.pair["merges"] else "; two articles")


def reasons_of(c: Comparison) -> list[str]:
    """Why it is of this kind, which came first, and how many words differ."""
    alike, one, other = c.counts
    lines = [visible(c.pair["evidence"])] if c.pair else []
    if c.pair and c.pair["merges"] and (direction := DIRECTIONS.get(c.pair["direction"] or "")):
        lines.append(direction)
    return [*lines, f"{counted(alike, 'word')} alike, {one:,} only in A, {other:,} only in B"]


def about(document: Row) -> tuple[str, str, str]:
    """A document's id, outlet and date in one line, its title, its address."""
    published = when(document.get("published_at"), document.get("zone"))
    facts = [document["id"], document.get("outlet"), published or "no date"]
    title = document.get("title") or f"(no title) {(document.get('body') or '')[:80].strip()}…"
    return (
        visible(" · ".join(fact for fact in facts if fact)),
        clipped(visible(title), 300),
        clipped(visible(document.get("url") or ""), 300),
    )


def shortened(text: str, all: bool = False) -> str:
    """A text whose endless words are cut."""
    if all or len(text) <= LONGEST_WORD:
        return text
    return re.sub(rf"\S{{{LONGEST_WORD + 1},}}", lambda word: clipped(word[0], LONGEST_WORD), text)


def _ends_paragraph(passage: Passage) -> bool:
    last = [side[-1][1] for side in (passage.left, passage.right) if side]
    return any(piece.breaks for piece in last)


def _cell(pieces: Iterable[tuple[bool, Piece]], side: str, all: bool, color: bool) -> Iterator[Span]:
    """One side of a passage."""
    joint = ""
    for alike, piece in pieces:
        yield joint
        text = _seen(piece, all)
        yield text if alike else _shown(text, side, color, piece.swapped)
        joint = "\n" if piece.breaks else " "


def _inline(passage: Passage, all: bool, color: bool) -> Iterator[Span]:
    """A passage as one text: what both say once, what only one says marked."""
    joint = ""
    for stretch in passage.stretches:
        for side, pieces in (("a", stretch.left), ("b", () if stretch.alike else stretch.right)):
            for piece in pieces:
                yield joint
                text = _seen(piece, all).replace("\n", " ⏎ ")
                yield text if stretch.alike else _shown(text, side, color, piece.swapped)
                joint = " "


def _seen(piece: Piece, all: bool) -> str:
    return "\n".join(visible(line) for line in shortened(piece.text, all).split("\n"))


def _shown(text: str, side: str, color: bool, swapped: bool | int) -> Span:
    style, mark = _STYLES[side][int(swapped)], _MARKS[side][int(swapped)]
    return (text, style) if color else mark.format(text)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    for number, span in enumerate(spans):
        yield "  " if number else ""
        yield span
