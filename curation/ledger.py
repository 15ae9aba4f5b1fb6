"""Recorded edits: how raw text becomes body, and how body becomes raw again.

A ledger is a list of :class:`Change`, sorted, not overlapping, in code points of *raw*, whatever the order
in which they were made. :func:`compose` takes edits that a rule made on the text as it stood and rewrites
them in raw coordinates:

- what a later edit cuts, it covers: the earlier change disappears and the later one names it in `note`;
- blank space removed around an earlier change is split, so that the change keeps its own row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
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


def apply(raw: str, changes: Iterable[Change | Edit]) -> str:
    """The body: raw with its changes applied; or any text after edits that are sorted and disjoint.

    >>> apply("Kabar baik.***", [Change(11, 14, "", "end_mark")])
    'Kabar baik.'
    """
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += (raw[at : change.start], change.replacement)
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


class CurrentText:
    """The current text as pieces, which are made where they are asked for; deletions hold no code point of it."""

    def __init__(self, ledger: Sequence[Change], raw_length: int) -> None:
        self.ledger = ledger
        self.raw_length = raw_length
        self.at: list[int] = []  #: where each change begins
        shift = 0
        for start, end, replacement, _, _ in ledger:
            self.at.append(start - shift)
            shift += end - start - len(replacement)
        self.length = raw_length - shift

    def cut(self, start: int, end: int) -> list[_Piece]:
        """The pieces that hold code points of a stretch."""
        if start >= end:
            return []
        found: list[_Piece] = []
        number = bisect_right(self.at, start) - 1  # of the last change that begins no further on; -1 before the first
        while number < len(self.ledger) and (number < 0 or self.at[number] < end):
            found += self._pieces(number)
            number += 1
        return [piece for piece in found if piece.at < end and piece.stop > start]

    def _pieces(self, number: int) -> Iterator[_Piece]:
        """A change (none is number -1) and the kept text behind it, where they have any length."""
        at = raw_at = 0
        if number >= 0:
            change = self.ledger[number]
            at, raw_at = self.at[number], change.end
            if change.replacement:
                yield _Piece(at, len(change.replacement), change.start, change.end, change)
                at += len(change.replacement)
        stop = self.at[number + 1] if number + 1 < len(self.at) else self.length
        if at < stop:
            yield _Piece(at, stop - at, raw_at, raw_at + stop - at, None)

    def gaps_inside(self, start: int, end: int) -> list[Change]:
        """The deletions strictly inside a stretch."""
        inside = self.ledger[bisect_right(self.at, start) : bisect_left(self.at, end)]
        return [change for change in inside if not change.replacement]

    def touched(self, edit: Edit) -> list[_Piece]:
        """The replacements that an edit cuts into; an insertion also joins the one it stands beside."""
        pieces = self.cut(edit.start, edit.end)
        if edit.start == edit.end:
            pieces = self.cut(max(0, edit.start - 1), edit.start + 1)[:2]
        return [piece for piece in pieces if piece.change is not None]

    def in_raw(self, start: int, end: int) -> tuple[int, int]:
        """A stretch in code points of raw; inside a replacement, the whole change."""
        number = bisect_right(self.at, start) - 1
        at = shift = 0
        if number >= 0:
            change = self.ledger[number]
            at = self.at[number] + len(change.replacement)
            shift = change.end - at
        stop = self.at[number + 1] if number + 1 < len(self.at) else self.length
        if at <= start < end <= stop:  # mostly: in one stretch of kept text
            return start + shift, end + shift
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
        return [_new(Change, (*edit[1:], ())) for edit in edits]
    made, entangled = _in_kept_text(ledger, edits, raw_length)
    if not entangled:  # mostly
        return sorted([*ledger, *made], key=_place)
    current = CurrentText(ledger, raw_length)
    covered: set[int] = set()
    for edit in _joined(entangled, current, text):
        if edit.start < edit.end and not text[edit.start : edit.end].strip() and not edit.replacement.strip():
            made += _blank(edit, current, covered)
        else:
            made.append(_cover(edit, current, covered))
    kept = [change for change in ledger if id(change) not in covered]
    return sorted(kept + made, key=_place)


_place = itemgetter(0, 1)  # start, end
_new = tuple.__new__  # as Change(...), faster


def _in_kept_text(ledger: Sequence[Change], edits: Sequence[Edit], raw_length: int) -> tuple[list[Change], list[Edit]]:
    """As changes, the edits inside one stretch of raw text; and the others, on which earlier changes bear.

    An insertion must have room on both sides: beside an earlier change it may belong to that.
    """
    made: list[Change] = []
    others: list[Edit] = []
    changes = iter(ledger)
    # a stretch of kept text goes from `at` to `stop` in the current text; in raw it lies further on by `shift`
    at = shift = 0
    change = next(changes, None)
    stop = change.start if change else raw_length
    for edit in edits:
        _, start, end, replacement, rule = edit
        room = int(start == end)
        while change and stop + len(change.replacement) + room <= start:
            at = stop + len(change.replacement)
            shift = change.end - at
            change = next(changes, None)
            stop = (change.start if change else raw_length) - shift
        if at + room <= start and end <= stop - room:
            made.append(_new(Change, (start + shift, end + shift, replacement, rule, ())))
        else:
            others.append(edit)
    return made, others


def _joined(edits: Sequence[Edit], current: CurrentText, text: str) -> list[Edit]:
    """The edits, those joined into one that cut into the same earlier change."""
    joined: list[Edit] = []
    last: list[_Piece] = []
    for edit in edits:
        touched = current.touched(edit)
        if joined and last and touched and last[-1].change is touched[0].change:
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
        pieces = current.cut(edit.start, edit.end)
        first, last = pieces[0], pieces[-1]
        start, end = first.start + edit.start - first.at, last.start + edit.end - last.at
    before = after = ""
    for piece in touched:
        assert piece.change is not None
        if piece.at <= edit.start <= piece.stop:
            start, before = piece.start, piece.change.replacement[: edit.start - piece.at]
        if piece.at <= edit.end <= piece.stop:
            end, after = piece.end, piece.change.replacement[edit.end - piece.at :]
    earlier = [*(piece.change for piece in touched if piece.change is not None), *inside]
    covered.update(map(id, earlier))
    return Change(start, end, before + edit.replacement + after, edit.rule, _covers(edit, earlier))


def _insertion_point(position: int, current: CurrentText) -> int:
    """Where in raw a text inserted at this position stands."""
    before = current.cut(max(0, position - 1), max(1, position))
    if not before:
        return 0  # nothing is left of the text
    piece = before[0]
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
