"""The raw text of an explanation, cut into pieces: kept, removed, put in; and what was read in each."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.explain.explanation import EditMade, Explanation
    from curation.explain.places import Row

Kind = Literal["kept", "removed", "inserted"]


@dataclass(frozen=True)
class Piece:
    """A stretch of raw, or of what was put into it, that is of one kind throughout."""

    kind: Kind
    text: str
    edit: EditMade | None = None
    #: the edit's number, on its first and its last piece
    opens: int | None = None
    closes: int | None = None
    #: values read here
    values: tuple[Row, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nobody would see the difference."""
        return self.edit is not None and self.edit.is_quiet


def numbered(e: Explanation, all: bool = False) -> dict[int, EditMade]:
    """The edits that people see by their number, in the order of the text; with `all`, also those of blank space."""
    return dict(enumerate((edit for edit in e.edits if all or not edit.is_quiet), 1))


def pieces(e: Explanation, all: bool = False, values: bool = True) -> Iterator[Piece]:
    """Raw from beginning to end. Kept and removed pieces together are raw; kept and inserted ones are the body.

    Args:
        e: what is known.
        all: also edits of blank space have numbers.
        values: cut also where a value that was read begins or ends.
    """
    raw, at = e.article.get("raw", ""), 0
    numbers = {id(edit): number for number, edit in numbered(e, all).items()}
    rows = list(e.metadata) if values else []
    borders = sorted({row[side] for row in rows for side in ("start", "end")})
    for edit in e.edits:
        yield from _stretch(raw, at, edit.start, borders, rows)
        number = numbers.get(id(edit))
        made = list(_stretch(raw, edit.start, edit.end, borders, rows, edit))
        if edit.replacement:
            made.append(Piece("inserted", edit.replacement, edit))
        for i, piece in enumerate(made):
            first, last = i == 0, i == len(made) - 1
            yield Piece(piece.kind, piece.text, edit, number if first else None, number if last else None, piece.values)
        at = edit.end
    yield from _stretch(raw, at, len(raw), borders, rows)


def _stretch(
    raw: str, start: int, end: int, borders: list[int], rows: list[Row], edit: EditMade | None = None
) -> Iterator[Piece]:
    """`start:end` of raw, cut wherever a value that was read begins or ends."""
    kind: Kind = "removed" if edit else "kept"
    for stop in [*borders[bisect_right(borders, start) : bisect_right(borders, end - 1)], end]:
        if stop > start:
            read = tuple(row for row in rows if row["start"] <= start and row["end"] >= stop)
            yield Piece(kind, raw[start:stop], edit, values=read)
            start = stop
