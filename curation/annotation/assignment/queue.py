"""The queue of each annotator: rows of ``assignments``, what became of them, and in which order they are handed out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from curation import schema
from curation.annotation.sampling.probes import originals
from curation.annotation.sampling.roles import NORMAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import pyarrow as pa

    from curation.annotation.assignment.people import Member
    from curation.annotation.assignment.revision import Page, Pair

State = Literal["waiting", "open", "answered", "skipped", "unanswerable", "superseded", "withdrawn"]
#: still to be answered
PENDING = ("waiting", "open")
#: tasks between an article and the copy that probes it, so that nobody remembers what they said
APART = 20


class Assignment(NamedTuple):
    """One row of the table."""

    campaign: str
    round: str
    task_key: str
    annotator: str
    guideline_version: str
    wanted: int
    state: State
    portion: int | None
    project: str | None
    task_id: int | None
    assigned_at: datetime

    @property
    def is_pending(self) -> bool:
        """Whether an answer is still to come."""
        return self.state in PENDING

    def given_to(self, annotator: str, at: datetime) -> Assignment:
        """The same task for somebody else, or once more for the same person; not handed out yet."""
        return self._replace(
            annotator=annotator, state="waiting", portion=None, project=None, task_id=None, assigned_at=at
        )


class Unit(NamedTuple):
    """What dealing needs of a task."""

    task_key: str
    document_id: str
    role: str = NORMAL
    #: number of its round: those of an earlier one are handed out first
    turn: int = 0
    #: of a probe: the task that it repeats, and the article of that
    original: str = ""
    after: str = ""
    #: of a probe: tasks that were handed out since the original
    since: int = 0


Queues = dict["Pair", Assignment]


def rows_of(table: pa.Table) -> list[Assignment]:
    """The rows of an assignments table."""
    return [Assignment(**row) for row in table.to_pylist()]


def table_of(rows: Iterable[Assignment]) -> pa.Table:
    """The assignments table in its order."""
    keys = ("campaign", "round", "task_key", "annotator", "guideline_version")
    made = schema.from_rows("assignments", (row._asdict() for row in rows))
    return made.sort_by([(key, "ascending") for key in keys])


def lots(*of: object) -> bytes:
    """A number that stands for chance and is the same everywhere."""
    return hashlib.sha256("\0".join(map(str, of)).encode()).digest()


def last_and_earlier(rows: Iterable[Assignment]) -> tuple[Queues, list[Assignment]]:
    """Of each task and annotator the last row, and those that it followed."""
    last: Queues = {}
    earlier = []
    for row in sorted(rows, key=lambda row: (row.assigned_at, not row.is_pending, row.guideline_version)):
        pair = row.task_key, row.annotator
        if pair in last:
            earlier.append(last[pair])
        last[pair] = row
    return last, earlier


def settled(queues: Queues, pages: Mapping[Pair, Page], version: str) -> Queues:
    """The queues with the state of each row read from the answers.

    Args:
        queues: the last row of each task and annotator.
        pages: what was answered.
        version: of the guideline; what is still to be answered is asked under it.
    """
    return {pair: _settled(row, pages.get(pair), version) for pair, row in queues.items()}


def _settled(row: Assignment, page: Page | None, version: str) -> Assignment:
    if page is None:
        # what was answered once and is no more is asked for again
        row = row if row.is_pending or row.state == "withdrawn" else row._replace(state="open")
    elif page.stands:
        hopeless = row.state == "unanswerable"
        return row._replace(state="answered" if not page.skipped else "unanswerable" if hopeless else "skipped")
    elif not (row.is_pending and page.guideline_version != row.guideline_version):
        # a pending row of another version is the one in which the same person is asked again
        return row._replace(state="superseded")
    if row.is_pending and row.guideline_version != version:
        return row._replace(guideline_version=version, project=None, task_id=None)
    return row


def units_of(tasks: pa.Table, rows: Iterable[Assignment]) -> dict[str, Unit]:
    """What dealing needs of each task, by its key.

    Args:
        tasks: of all rounds, each in one of them.
        rows: the assignments: the round that was assigned first has the first turn.
    """
    begun: dict[str, datetime] = {}
    for row in rows:
        begun[row.round] = min(row.assigned_at, begun.get(row.round, row.assigned_at))
    turns = {name: turn for turn, name in enumerate(sorted(begun, key=lambda name: (begun[name], name)))}
    columns = (tasks[name].to_pylist() for name in ("task_key", "document_id", "role", "round"))
    found = {
        key: Unit(key, document, role, turns.get(round_, len(turns)))
        for key, document, role, round_ in zip(*columns, strict=True)
    }
    for probe, original in originals(tasks).items():
        found[probe] = found[probe]._replace(original=original, after=found[original].document_id)
    return found


def own_order(units: Iterable[Unit], annotator: str, seed: int) -> list[Unit]:
    """The tasks in an annotator's own order, round by round; those of one article follow each other.

    Gold tasks lie anywhere among the others. An article that is probed lies in the first third, the probe in the last,
    and :data:`APART` tasks between them, or as many as there are.
    """
    units = list(units)
    probed = {unit.after for unit in units if unit.after}

    def place(unit: Unit) -> tuple[int, float, str, str]:
        where = int.from_bytes(lots(seed, annotator, unit.document_id)[:8], "big") / 2**64
        if unit.after:
            where = (2 + where) / 3
        elif unit.document_id in probed:
            where /= 3
        return unit.turn, where, unit.document_id, unit.task_key

    return _apart(sorted(units, key=place))


def _apart(order: list[Unit]) -> list[Unit]:
    """The order with probes put off that come too soon after the article that they repeat."""
    made: list[Unit] = []
    put_off: list[Unit] = []
    ends: dict[str, int] = {}
    articles = {unit.document_id for unit in order}

    def is_due(probe: Unit) -> bool:
        begin = ends.get(probe.after, len(made)) if probe.after in articles else -probe.since
        return len(made) - begin >= APART

    for unit in order:
        if not made or unit.document_id != made[-1].document_id:
            due = [probe for probe in put_off if is_due(probe)]
            put_off = [probe for probe in put_off if probe not in due]
            made += due
        if unit.after and not is_due(unit):
            put_off.append(unit)
            continue
        made.append(unit)
        ends[unit.document_id] = len(made)
    return made + put_off


def handed_out(
    queues: Queues, units: Mapping[str, Unit], people: Iterable[Member], portion: int | None, seed: int
) -> Queues:
    """The queues with so many waiting tasks handed out that everybody has a portion open; None hands out all.

    Who has most hours gets `portion` tasks, the others their share of it, and nobody less than one. To hand out again
    before anything is answered changes nothing. An article is not cut in two: its last tasks may exceed the portion.

    Args:
        queues: the last row of each task and annotator.
        units: the tasks.
        people: those who are there.
        portion: tasks that may be open at a time.
        seed: another one makes other orders.
    """
    number = max((row.portion or 0 for row in queues.values()), default=0) + 1
    most_hours = max((member.hours for member in people), default=0.0)
    of: dict[str, list[Assignment]] = defaultdict(list)
    for row in queues.values():
        of[row.annotator].append(row)
    made = dict(queues)
    for member in people:
        n_open = sum(row.state == "open" for row in of[member.annotator])
        most = None if portion is None else max(1, round(portion * member.hours / most_hours))
        before = ""
        for unit in own_order(_waiting(of[member.annotator], units), member.annotator, seed):
            if most is not None and n_open >= most and unit.document_id != before:
                break
            pair = unit.task_key, member.annotator
            made[pair] = made[pair]._replace(state="open", portion=number)
            n_open, before = n_open + 1, unit.document_id
    return made


def _waiting(rows: list[Assignment], units: Mapping[str, Unit]) -> Iterable[Unit]:
    """What one annotator waits for; of probes, how many tasks they got since the original."""
    portions = {row.task_key: row.portion or 0 for row in rows}
    for row in rows:
        if row.state == "waiting":
            unit = units[row.task_key]
            first = portions.get(unit.original, 0)
            yield unit._replace(since=sum(portion > first for portion in portions.values())) if unit.after else unit
