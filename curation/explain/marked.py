"""The raw text for the terminal, with its edits marked: whole, or numbered line by line with what is unchanged folded.

Nothing that a page holds reaches the terminal as a control character.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from curation.explain.pieces import pieces
from curation.explain.writer import DIM, INSERTED, NUMBER, READ, REMOVED, Span, Writer
from curation.report.excerpt import counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.explain.explanation import Explanation
    from curation.explain.pieces import Piece

#: characters of an unchanged stretch that are shown at each of its ends
_SHOWN = 120
#: unchanged lines in a row that are shown: one behind a change, two before the next
_BEHIND, _BEFORE = 1, 2


@dataclass
class _Line:
    """A line of raw as styled spans."""

    number: int
    spans: list[Span] = field(default_factory=list)
    is_changed: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.spans


def marked_text(e: Explanation, color: bool = False) -> str:
    """Raw with what was removed in ``[-…-]`` and what was put in in ``{+…+}``, or in colours."""
    writer = Writer(None, color)
    writer.add(*(_marked(piece, _unseen(piece.text), color) for piece in pieces(e, values=color)))
    return str(writer)


def write_numbered(e: Explanation, writer: Writer, all: bool = False) -> None:
    """Write raw line by line, each edit with its number. Blank lines are left out; without `all`, more is folded."""
    lines = [line for line in _lines(e, writer.color, all) if not line.is_blank]
    width = len(str(lines[-1].number)) if lines else 1
    for is_changed, group in groupby(lines, key=lambda line: line.is_changed):
        run = list(group)
        folded = len(run) - _BEHIND - _BEFORE
        if is_changed or all or folded < 2:
            _write_lines(run, writer, width)
            continue
        _write_lines(run[:_BEHIND], writer, width)
        writer.add((f"  {'':>{width}} ⋮ {counted(folded, 'line')} unchanged", DIM))
        _write_lines(run[-_BEFORE:], writer, width)


def _write_lines(lines: list[_Line], writer: Writer, width: int) -> None:
    for line in lines:
        writer.add((f"  {line.number:>{width}} │ ", DIM), *line.spans, hanging=width + 5, margin=f"  {'':>{width}} │ ")


def _lines(e: Explanation, color: bool, all: bool) -> Iterator[_Line]:
    line = _Line(1)
    for piece in pieces(e, all, values=color):
        if piece.kind == "inserted" and (all or not piece.is_quiet):
            line.spans.append(_marked(piece, visible(piece.text), color))
            line.is_changed = True
        elif piece.kind != "inserted":
            for i, text in enumerate(piece.text.split("\n")):
                if i > 0:
                    yield line
                    line = _Line(line.number + 1)
                if text:
                    _add(line, piece, text, color, all)
        if piece.closes:
            line.spans.append((f"[{piece.closes}]", NUMBER))
    yield line


def _add(line: _Line, piece: Piece, text: str, color: bool, all: bool) -> None:
    """A piece of one line; of edits that nobody would see only what has no shape of its own is told."""
    shown = visible(text)
    if piece.kind == "removed" and (all or not piece.is_quiet):
        line.spans.append(_marked(piece, shown, color))
        line.is_changed = True
    elif piece.is_quiet:
        if text.strip():
            line.spans.append((shown, DIM))
        elif line.spans:
            line.spans.append(" ")
    elif all or len(shown) <= 2 * _SHOWN + 60:
        line.spans.append(_marked(piece, shown, color))
    else:
        # whole words where there are any
        head = shown[:_SHOWN].rpartition(" ")[0] or shown[:_SHOWN]
        tail = shown[-_SHOWN:].partition(" ")[2] or shown[-_SHOWN:]
        left_out = len(shown) - len(head) - len(tail)
        line.spans += [head, (f" ⋯ {left_out:,} characters unchanged ⋯ ", DIM), tail]


def _marked(piece: Piece, shown: str, color: bool) -> Span:
    read = READ if piece.values else ""
    if piece.kind == "kept":
        return shown, read
    if piece.kind == "removed":
        return shown if color else f"[-{shown}-]", f"{REMOVED} {read}".strip()
    return shown if color else f"{{+{shown}+}}", INSERTED


def _unseen(text: str) -> str:
    """What can't be seen made visible, line by line."""
    return "\n".join(visible(line) for line in text.split("\n"))
