"""How far a campaign is: what is done, at which pace, who stands still, and when it will be finished."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation.annotation.assignment.queue import Assignment, last_and_earlier, rows_of, settled
from curation.annotation.assignment.revision import last_pages
from curation.annotation.sampling.roles import NORMAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    import pyarrow as pa

    from curation.annotation.assignment.people import Member, People
    from curation.annotation.assignment.revision import Page, Pair
    from curation.annotation.codebook import Codebook

#: days without an answer, with tasks open, after which somebody stands still
IDLE = 7
#: days over which the pace is counted
LATELY = 14
NOTHING = "–"


@dataclass(frozen=True)
class Checked:
    """What one annotator answered as is right, and as they had answered before."""

    gold_right: int = 0
    #: answers of which the right one is known
    gold: int = 0
    probes_same: int = 0
    #: answers to a copy of what they had answered
    probes: int = 0


@dataclass(frozen=True)
class Queue:
    """How far one annotator is."""

    annotator: str
    hours: float | None
    answered: int
    skipped: int
    open: int
    waiting: int
    #: median on the page
    seconds: float | None
    #: answers a week, lately
    pace: float
    last_answer: date | None
    #: days since, where that is too long
    idle: int | None
    #: day on which the queue is empty at that pace
    forecast: date | None
    checked: Checked = Checked()

    @property
    def row(self) -> dict[str, Any]:
        """All of it as one row of plain values."""
        made = {name: value for name, value in asdict(self).items() if name != "checked"}
        return made | asdict(self.checked)


@dataclass(frozen=True)
class Round:
    """How far one round is."""

    round: str
    #: annotators a task
    wanted: int
    #: those that were drawn; all counts but the last two are of them
    tasks: int
    #: with all the answers that are wanted
    finished: int
    answered: int
    pending: int
    unanswerable: int
    #: lacking an answer that nobody is asked for
    short: int
    #: answers to gold tasks and probes, and how many are asked for
    checks_answered: int = 0
    checks: int = 0


@dataclass(frozen=True)
class Progress:
    """How far a campaign is."""

    rounds: tuple[Round, ...]
    queues: tuple[Queue, ...]
    #: answers that a change of the guideline touched and that nobody is asked for yet
    touched: int
    #: answers to tasks that the person was not given
    strays: int

    @property
    def forecast(self) -> date | None:
        """When all queues are empty; None where that can't be told."""
        days = [queue.forecast for queue in self.queues if queue.open or queue.waiting]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self) | {"forecast": self.forecast}


def progress(
    assignments: pa.Table,
    annotations: pa.Table,
    people: People,
    codebook: Codebook,
    at: datetime,
    *,
    roles: Mapping[str, str] | None = None,
    checked: Mapping[str, Checked] | None = None,
) -> Progress:
    """How far a campaign is.

    Args:
        assignments: as they were dealt last.
        annotations: all answers, those that were set aside included.
        people: the annotators.
        codebook: says which answers a change of the guideline touches.
        at: now.
        roles: of each task; None: all are normal.
        checked: what gold tasks and probes show of each annotator.
    """
    pages = last_pages(annotations, codebook)
    queues, _ = last_and_earlier(rows_of(assignments))
    strays = sum(pair not in queues for pair in pages)
    rows = list(settled(queues, pages, codebook.version).values())
    dealt = {pair: row.state for pair, row in queues.items()}
    touched = sum(row.state == "superseded" and dealt[row.task_key, row.annotator] != "superseded" for row in rows)
    hours = {member.annotator: member for member in people}
    of: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        of[row.annotator].append(row)
    seconds = seconds_of(annotations)
    names = sorted({*hours, *of})
    return Progress(
        rounds=tuple(_rounds(rows, roles or {})),
        queues=tuple(
            replace(
                _queue(name, hours.get(name), of[name], pages, seconds.get(name, ()), at),
                checked=(checked or {}).get(name, Checked()),
            )
            for name in names
        ),
        touched=touched,
        strays=strays,
    )


def _rounds(rows: Iterable[Assignment], roles: Mapping[str, str]) -> Iterable[Round]:
    by_round: dict[str, dict[str, list[Assignment]]] = defaultdict(lambda: defaultdict(list))
    checks: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if roles.get(row.task_key, NORMAL) == NORMAL:
            by_round[row.round][row.task_key].append(row)
        else:
            checks[row.round][row.state] += 1
    for name in sorted({*by_round, *checks}):
        tasks = by_round[name]
        states = [Counter(row.state for row in of_task) for of_task in tasks.values()]
        wanted = max((row.wanted for of_task in tasks.values() for row in of_task), default=0)
        pending = [count["open"] + count["waiting"] for count in states]
        unanswerable = [bool(count["unanswerable"]) and not count["answered"] for count in states]
        lacking = [count["answered"] + more < wanted for count, more in zip(states, pending, strict=True)]
        yield Round(
            round=name,
            wanted=wanted,
            tasks=len(tasks),
            finished=sum(count["answered"] >= wanted for count in states),
            answered=sum(count["answered"] for count in states),
            pending=sum(pending),
            unanswerable=sum(unanswerable),
            short=sum(lacks and not hopeless for lacks, hopeless in zip(lacking, unanswerable, strict=True)),
            checks_answered=checks[name]["answered"],
            checks=checks[name]["answered"] + checks[name]["open"] + checks[name]["waiting"],
        )


def _queue(
    name: str,
    member: Member | None,
    rows: Sequence[Assignment],
    pages: Mapping[Pair, Page],
    seconds: Sequence[float],
    at: datetime,
) -> Queue:
    states = Counter(row.state for row in rows)
    times = [pages[row.task_key, name].when for row in rows if (row.task_key, name) in pages]
    days = (at - min(times)).total_seconds() / 86400 if times else 0.0
    # a pace needs a week at least: two answers in the first hour are no forecast
    over = min(max(days, 7.0), float(LATELY))
    pace = 7 * sum(at - when <= timedelta(days=over) for when in times) / over
    pending = states["open"] + states["waiting"]
    handed = [row.assigned_at for row in rows if row.state == "open"]
    still = (at - max([*times, min(handed)])).days if handed else 0
    return Queue(
        annotator=name,
        hours=member.hours if member else None,
        answered=states["answered"],
        skipped=states["skipped"] + states["unanswerable"],
        open=states["open"],
        waiting=states["waiting"],
        seconds=median(seconds) if seconds else None,
        pace=round(pace, 1),
        last_answer=max(times).date() if times else None,
        idle=still if still >= IDLE else None,
        forecast=at.date() + timedelta(days=math.ceil(7 * pending / pace)) if pending and pace else None,
    )


def seconds_of(annotations: pa.Table) -> dict[str, list[float]]:
    """Seconds on each page, by annotator; skips tell nothing about the work."""
    table = annotations.filter(pc.and_(pc.invert(annotations["skipped"]), pc.is_valid(annotations["lead_time"])))
    each = table.group_by(["annotator", "annotation_id"], use_threads=False).aggregate([("lead_time", "max")])
    found: dict[str, list[float]] = defaultdict(list)
    for name, seconds in zip(each["annotator"].to_pylist(), each["lead_time_max"].to_pylist(), strict=True):
        found[name].append(seconds)
    return found


# -- as text --------------------------------------------------------------------------------------


def progress_text(found: Progress) -> str:
    """The rounds and the queues as two tables, and what there is to do.

    >>> print(progress_text(Progress((), (), 0, 0)))
    nothing is assigned yet
    """
    if not found.rounds:
        return "nothing is assigned yet"
    lines = [
        f"{'round':<10} {'tasks':>6} {'done':>12} {'answers':>14} {'to come':>8} {'unanswerable':>13} {'short':>6}"
    ]
    for one in found.rounds:
        done = f"{one.finished:,} ({one.finished / one.tasks:.0%})" if one.tasks else NOTHING
        answers = f"{one.answered:,} of {one.tasks * one.wanted:,}"
        counts = f"{one.pending:>8,} {one.unanswerable:>13,} {one.short:>6,}"
        lines.append(f"{one.round:<10} {one.tasks:>6,} {done:>12} {answers:>14} {counts}")
    lines += [
        f"{one.round}: besides, {one.checks_answered:,} of {one.checks:,} answers to gold tasks and probes"
        for one in found.rounds
        if one.checks
    ]
    head = f"{'':<6} {'h/week':>6} {'answered':>9} {'skipped':>8} {'open':>6} {'waiting':>8} {'sec':>5} {'a week':>7}"
    is_checked = any(queue.checked.gold or queue.checked.probes for queue in found.queues)
    more = f" {'gold right':>12} {'same again':>12}" if is_checked else ""
    lines += ["", f"{head}{more}  done on"]
    for queue in found.queues:
        hours = NOTHING if queue.hours is None else f"{queue.hours:g}"
        seconds = NOTHING if queue.seconds is None else f"{queue.seconds:.0f}"
        counts = f"{queue.answered:>9,} {queue.skipped:>8,} {queue.open:>6,} {queue.waiting:>8,}"
        seen = queue.checked
        shares = (_share(seen.gold_right, seen.gold), _share(seen.probes_same, seen.probes))
        more = "".join(f" {share:>12}" for share in shares) if is_checked else ""
        lines.append(f"{queue.annotator:<6} {hours:>6} {counts} {seconds:>5} {queue.pace:>7g}{more}  {_done_on(queue)}")
    if any(queue.open or queue.waiting for queue in found.queues):
        lines += [
            "",
            f"All done on {found.forecast}, at this pace." if found.forecast else "When all is done can't be told yet.",
        ]
    return "\n".join(lines)


def _share(n: int, of: int) -> str:
    """A share with what it is of.

    >>> _share(9, 12), _share(0, 0)
    ('75% of 12', '–')
    """
    return f"{n / of:.0%} of {of:,}" if of else NOTHING


def _done_on(queue: Queue) -> str:
    if not queue.open and not queue.waiting:
        return "done" if queue.answered else ""
    if queue.idle is not None:
        return f"idle for {queue.idle} days" + (f", else {queue.forecast}" if queue.forecast else "")
    return str(queue.forecast or "no answer yet")
