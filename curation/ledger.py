"""Recorded edits: how raw text becomes body, and how body becomes raw again.

A ledger is a list of :class:`Change`, sorted, not overlapping, in code points of *raw*, whatever the order
in which they were made. :func:`compose` takes edits that a rule made on the text as it stood and rewrites
them in raw coordinates:

- what a later edit cuts, it covers: the earlier change disappears and the later one names it in `note`;
- blank space removed around an earlier change is split, so that the change keeps its own row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from curation import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curation.lines import Edit


class Change(NamedTuple):
    """One recorded edit, in code points of raw."""

    start: int
    end: int
    replacement: str
    rule: str
    covers: tuple[str, ...] = ()

    @property
    def note(self) -> str | None:
        """The earlier rules whose changes this one covers, for people."""
        return f"covers {', '.join(self.covers)}" if self.covers else None


def apply(raw: str, changes: Iterable[Change]) -> str:
    """The body: raw with its changes applied.

    >>> apply("Kabar baik.***", [Change(11, 14, "", "end_mark")])
    'Kabar baik.'
    """
    parts, at = [], 0
    for change in changes:
        parts += [raw[at : change.start], change.replacement]
        at = change.end
    parts.append(raw[at:])
    return "".join(parts)


def undo(body: str, edits: Iterable[tuple[int, int, str, str]]) -> str:
    """Raw, from the body and its edits alone: (start, end, removed, replacement) in `seq` order.

    >>> undo("Kabar baik.", [(11, 14, "***", "")])
    'Kabar baik.***'
    """
    parts: list[str] = []
    at = shift = 0  # `shift`: how much shorter the body is than raw, up to here
    for start, end, removed, replacement in edits:
        parts += [body[at : start - shift], removed]
        at = start - shift + len(replacement)
        shift += (end - start) - len(replacement)
    parts.append(body[at:])
    return "".join(parts)


def undo_table(documents: pa.Table, edits: pa.Table) -> dict[str, str]:
    """Raw text by document id, from the tables `documents` and `edits` alone."""
    rows: dict[str, list[tuple[int, int, str, str]]] = {}
    columns = [edits.sort_by([("id", "ascending"), ("seq", "ascending")])[c] for c in _UNDO]
    for key, start, end, removed, replacement in zip(*(c.to_pylist() for c in columns), strict=True):
        rows.setdefault(key, []).append((start, end, removed, replacement))
    bodies = zip(documents["id"].to_pylist(), documents["body"].to_pylist(), strict=True)
    return {key: undo(body, rows.get(key, ())) for key, body in bodies}


_UNDO = ("id", "start", "end", "removed", "replacement")


def edit_rows(ids: Sequence[str], raws: Sequence[str], ledgers: Sequence[Sequence[Change]]) -> pa.Table:
    """The table `edits` of a batch of documents."""
    found = [
        (ids[d], seq, c.start, c.end, raws[d][c.start : c.end], c.replacement, c.rule, c.note)
        for d, ledger in enumerate(ledgers)
        for seq, c in enumerate(ledger)
    ]
    names = schema.arrow_schema("edits").names
    columns = zip(*found, strict=True) if found else ([] for _ in names)
    return pa.table(dict(zip(names, map(list, columns), strict=True)), schema=schema.arrow_schema("edits"))


# -- composing ------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """A stretch of the current text: kept raw text, or the replacement of a change."""

    at: int  # first code point in the current text
    length: int
    start: int  # in raw
    end: int
    change: Change | None

    @property
    def stop(self) -> int:
        return self.at + self.length


def _pieces(ledger: Sequence[Change], raw_length: int) -> Iterator[_Piece]:
    at = raw_at = 0
    for change in ledger:
        if change.start > raw_at:
            yield _Piece(at, change.start - raw_at, raw_at, change.start, None)
            at += change.start - raw_at
        yield _Piece(at, len(change.replacement), change.start, change.end, change)
        at += len(change.replacement)
        raw_at = change.end
    if raw_length > raw_at:
        yield _Piece(at, raw_length - raw_at, raw_at, raw_length, None)


class CurrentText:
    """The current text as pieces; those without length (deletions) apart, for they hold no code point."""

    def __init__(self, ledger: Sequence[Change], raw_length: int) -> None:
        pieces = list(_pieces(ledger, raw_length))
        self.solid = [piece for piece in pieces if piece.length]
        self.gaps = [piece for piece in pieces if not piece.length]
        self.solid_at = [piece.at for piece in self.solid]
        self.gaps_at = [piece.at for piece in self.gaps]
        self.raw_length = raw_length

    def number(self, position: int) -> int:
        """Index of the solid piece that holds the code point at this position."""
        return bisect_right(self.solid_at, position) - 1

    def cut(self, start: int, end: int) -> list[_Piece]:
        """The solid pieces that hold code points of a stretch."""
        return self.solid[self.number(start) : self.number(end - 1) + 1] if end > start else []

    def gaps_inside(self, start: int, end: int) -> list[_Piece]:
        """The deletions strictly inside a stretch."""
        return self.gaps[bisect_right(self.gaps_at, start) : bisect_left(self.gaps_at, end)]

    def untouched(self, edit: Edit) -> _Piece | None:
        """The stretch of raw text that holds an edit with room around it; None where an earlier change is near."""
        if not self.solid:
            return None
        piece = self.solid[self.number(edit.start)]
        inside = piece.at < edit.start and edit.end < piece.at + piece.length
        return piece if inside and piece.change is None else None

    def touched(self, edit: Edit) -> list[_Piece]:
        """The replacements that an edit cuts into; an insertion also joins the one it stands beside."""
        pieces = self.cut(edit.start, edit.end)
        if edit.start == edit.end:
            pieces = self.cut(max(0, edit.start - 1), edit.start + 1)[:2]
        return [piece for piece in pieces if piece.change is not None]

    def in_raw(self, start: int, end: int) -> tuple[int, int]:
        """A stretch in code points of raw; inside a replacement, the whole change."""
        pieces = self.cut(start, end)
        if not pieces:
            return self.raw_length, self.raw_length
        first, last = pieces[0], pieces[-1]
        raw_start = first.start if first.change else first.start + start - first.at
        raw_end = last.end if last.change else last.start + end - last.at
        return raw_start, max(raw_start, raw_end)


def compose(ledger: Sequence[Change], edits: Sequence[Edit], text: str, raw_length: int) -> list[Change]:
    """The ledger after further edits, which are sorted, disjoint and in code points of the current `text`."""
    if not ledger:
        return [Change(edit.start, edit.end, edit.replacement, edit.rule) for edit in edits]
    current = CurrentText(ledger, raw_length)
    made: list[Change] = []
    entangled: list[Edit] = []
    for edit in edits:
        if (plain := current.untouched(edit)) is not None:
            shift = plain.start - plain.at
            made.append(Change(edit.start + shift, edit.end + shift, edit.replacement, edit.rule))
        else:
            entangled.append(edit)
    covered: set[int] = set()
    for edit in _joined(entangled, current, text):
        if edit.start < edit.end and not text[edit.start : edit.end].strip() and not edit.replacement.strip():
            made += _blank(edit, current, covered)
        else:
            made.append(_cover(edit, current, covered))
    kept = [change for change in ledger if id(change) not in covered]
    return sorted(kept + made, key=_place)


def _place(change: Change) -> tuple[int, int]:
    return change.start, change.end


def _joined(edits: Sequence[Edit], current: CurrentText, text: str) -> list[Edit]:
    """The edits, those joined into one that cut into the same earlier change."""
    joined: list[Edit] = []
    last: list[_Piece] = []
    for edit in edits:
        touched = current.touched(edit)
        if joined and last and touched and last[-1] is touched[0]:
            first = joined.pop()
            between = text[first.end : edit.start]
            replacement = first.replacement + between + edit.replacement
            edit = edit._replace(start=first.start, replacement=replacement)
        joined.append(edit)
        last = touched or (last if joined[-1] is not edit else [])
    return joined


def _cover(edit: Edit, current: CurrentText, covered: set[int]) -> Change:
    """One change for the whole edit, covering every earlier change that it cuts into."""
    inside = current.gaps_inside(edit.start, edit.end)
    touched = current.touched(edit)
    if edit.start == edit.end:
        touched = touched[:1]
        start = end = _insertion_point(edit.start, current)
    else:
        first, last = current.solid[current.number(edit.start)], current.solid[current.number(edit.end - 1)]
        start, end = first.start + edit.start - first.at, last.start + edit.end - last.at
    before = after = ""
    for piece in touched:
        assert piece.change is not None
        if piece.at <= edit.start <= piece.stop:
            start, before = piece.start, piece.change.replacement[: edit.start - piece.at]
        if piece.at <= edit.end <= piece.stop:
            end, after = piece.end, piece.change.replacement[edit.end - piece.at :]
    earlier = [piece.change for piece in (*touched, *inside) if piece.change is not None]
    covered.update(map(id, earlier))
    return Change(start, end, before + edit.replacement + after, edit.rule, _covers(edit, earlier))


def _insertion_point(position: int, current: CurrentText) -> int:
    """Where in raw a text inserted at this position stands."""
    if not current.solid:
        return 0
    piece = current.solid[current.number(max(0, position - 1))]
    return piece.start if position <= piece.at else piece.start + min(position - piece.at, piece.end - piece.start)


def _covers(edit: Edit, earlier: Iterable[Change]) -> tuple[str, ...]:
    rules = [rule for change in earlier for rule in (*change.covers, change.rule)]
    return tuple(rule for rule in dict.fromkeys(rules) if rule != edit.rule)


def _blank(edit: Edit, current: CurrentText, covered: set[int]) -> Iterator[Change]:
    """Changes of blank space, split around earlier deletions, so that those keep their own rows."""
    replacement = edit.replacement
    for piece in current.cut(edit.start, edit.end):
        start, stop = max(edit.start, piece.at) - piece.at, min(edit.end, piece.stop) - piece.at
        if piece.change is None:
            yield Change(piece.start + start, piece.start + stop, replacement, edit.rule)
        else:
            covered.add(id(piece.change))
            text = piece.change.replacement
            covers = _covers(edit, [piece.change])
            yield Change(piece.start, piece.end, text[:start] + replacement + text[stop:], edit.rule, covers)
        replacement = ""


def to_body(ledger: Sequence[Change], position: int) -> int:
    """The place in the body of a position in raw; what was cut lies where the cut is.

    >>> to_body([Change(0, 10, "", "dateline")], 12)
    2
    """
    shift = 0
    for change in ledger:
        if change.start >= position:
            break
        if change.end > position:
            return change.start - shift + len(change.replacement)
        shift += change.end - change.start - len(change.replacement)
    return position - shift


def to_raw(ledger: Sequence[Change], start: int, end: int, raw_length: int) -> tuple[int, int]:
    """A stretch of the current text in code points of raw; inside a replacement, the whole change."""
    return CurrentText(ledger, raw_length).in_raw(start, end)
