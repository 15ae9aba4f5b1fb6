"""One part of a map, as it travels to whatever process works on it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation.store import Piece
from curation.timings import Spent, booked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from curation.engine import Tables
    from curation.store import Draft, Mark


@dataclass(frozen=True)
class Answer:
    """What came of one part."""

    rows: int
    spent: Spent
    #: where the worker wrote the part
    mark: Mark | None = None
    #: where it is still to be finished
    tables: Tables | None = None


@dataclass(frozen=True)
class Task:
    """A function for parts: picklable, and the same in every process that sees the files."""

    function: Callable[[pa.Table], Tables]
    #: where to write the parts; None brings the tables back
    into: Draft | None
    #: whether it runs in another process than the one that adds up what was spent
    elsewhere: bool = False

    def __call__(self, part: int, item: pa.Table | Piece) -> Answer:
        """Work on one part."""
        with booked() as by:
            table = item.read() if isinstance(item, Piece) else item
            tables = self.function(table)
            mark = self.into.put(part, tables) if self.into else None
        spent = Spent(_since_last() if self.elsewhere else 0.0, by=by)
        return Answer(table.num_rows, spent, mark, None if mark is not None else tables)


def wanted_parts(
    source: Iterable[pa.Table | Piece], into: Draft, tell: Callable[[int], None] | None
) -> Iterator[tuple[int, pa.Table | Piece]]:
    """The batches of a source by number, without those that the draft already has."""
    for part, item in enumerate(source):
        if not into.has(part):
            yield part, item
        elif tell:
            tell(item.rows if isinstance(item, Piece) else item.num_rows)


def take(
    part: int,
    answer: Answer,
    into: Draft,
    finish: Callable[[int, Tables], Tables] | None,
    spent: Spent,
    tell: Callable[[int], None] | None,
) -> None:
    """Finish a part where it is to be finished, and mark it as done."""
    if answer.mark is not None:
        into.mark(part, answer.mark)
    elif answer.tables is not None:
        into.write(part, finish(part, answer.tables) if finish else answer.tables)
    spent.add(answer.spent)
    if tell:
        tell(answer.rows)


_last = 0.0


def _since_last() -> float:
    """The processor time of this process since it was asked before, or since it began."""
    global _last
    before, _last = _last, time.process_time()
    return _last - before
