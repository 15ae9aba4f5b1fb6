"""Tasks dealt out: each to as many different annotators as are wanted, in proportion to their hours.

One function for everything that happens in a campaign. Somebody leaves, joins or skips, the guideline changes, more
answers are wanted: each time what is missing is counted from the answers and given to those who may have it. Chance is
a hash of seed, task and annotator, so the same tables always give the same queues.
"""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.assignment.queue import (
    Assignment,
    Queues,
    Unit,
    handed_out,
    last_and_earlier,
    lots,
    rows_of,
    settled,
    table_of,
)
from curation.annotation.assignment.revision import last_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from curation.annotation.assignment.people import Member, People
    from curation.annotation.assignment.revision import Page, Pair
    from curation.annotation.codebook import Codebook


@dataclass(frozen=True)
class Dealt:
    """The table after dealing, and what was done."""

    assignments: pa.Table
    #: rows for a task that the person did not have before
    given: int
    #: rows for an answer that a change of the guideline touched
    asked_again: int
    #: rows that were taken back untouched
    taken_back: int
    #: tasks that everybody skipped
    unanswerable: tuple[str, ...]
    #: tasks that lack answers and have nobody left who could give them
    short: tuple[str, ...]


def one_round_each(tasks: pa.Table, assignments: pa.Table) -> pa.Table:
    """The tasks without those that another round had before: they stay in the round that gave them out.

    Args:
        tasks: of all rounds.
        assignments: as they are.
    """
    keys = tasks["task_key"].to_pylist()
    given = dict(zip(assignments["task_key"].to_pylist(), assignments["round"].to_pylist(), strict=True))
    several = {key for key, count in Counter(keys).items() if count > 1}
    seen: set[str] = set()
    kept = []
    for key, round_ in zip(keys, tasks["round"].to_pylist(), strict=True):
        kept.append(key not in several or (key not in seen and given.get(key, round_) == round_))
        if kept[-1]:
            seen.add(key)
    return tasks.filter(pa.array(kept, pa.bool_()))


def deal(
    tasks: pa.Table,
    assignments: pa.Table,
    annotations: pa.Table,
    people: People,
    codebook: Codebook,
    *,
    wanted: Mapping[str, int],
    at: datetime,
    portion: int | None = None,
    move_open: bool = False,
    seed: int = 1,
) -> Dealt:
    """Bring the assignments up to date with tasks, answers, people and guideline.

    Nothing that was answered or skipped moves. A task that was handed out and is taken back is given to the same person
    again only where nobody else is left.

    Args:
        tasks: of all rounds, each in one of them (see :func:`one_round_each`); at least one.
        assignments: as they are; empty at first.
        annotations: all answers, those that were set aside included.
        people: the annotators; who is not there on the day of `at` is given nothing, and loses what is untouched.
        codebook: says which answers a change of the guideline touches.
        wanted: annotators a task, by round; other rounds keep theirs.
        at: now.
        portion: tasks that an annotator has open at a time (see :func:`handed_out`); None hands out all.
        move_open: level the queues with tasks too that were handed out and are untouched.
        seed: another one deals otherwise.
    """
    pages = last_pages(annotations, codebook)
    queues, earlier = last_and_earlier(rows_of(assignments))
    goals = {row.round: row.wanted for row in queues.values()} | dict(wanted)
    campaign = tasks["campaign"][0].as_py()
    tasks = tasks.filter(pc.is_in(tasks["round"], pa.array(list(goals), pa.string())))
    rounds = dict(zip(tasks["task_key"].to_pylist(), tasks["round"].to_pylist(), strict=True))
    for key, annotator in sorted(pages.keys() - queues.keys()):
        if key in rounds:  # answered without having been given to them: they have seen it
            page = pages[key, annotator]
            queues[key, annotator] = Assignment(
                campaign, rounds[key], key, annotator, page.guideline_version,
                goals[rounds[key]], "answered", None, None, None, page.when,
            )  # fmt: skip
    queues = settled(queues, pages, codebook.version)
    for pair, row in queues.items():
        if row.state == "unanswerable":  # until it is known who else is there
            row = row._replace(state="skipped")
        if row.task_key in rounds:
            row = row._replace(round=rounds[row.task_key], wanted=goals[rounds[row.task_key]])
        queues[pair] = row
    there = sorted(member for member in people if member.is_there(at.date()))
    table = _Table(queues, earlier, pages, there, codebook.version, campaign, at, seed)
    table.take_back(rounds)
    for round_ in sorted(goals):
        here = tasks.filter(pc.equal(tasks["round"], round_))
        units = [Unit(*row) for row in zip(here["task_key"].to_pylist(), here["document_id"].to_pylist(), strict=True)]
        table.fill(units, round_, goals[round_])
        table.level(units, move_open)
    documents = dict(zip(tasks["task_key"].to_pylist(), tasks["document_id"].to_pylist(), strict=True))
    table.queues = handed_out(table.queues, documents, there, portion, seed)
    unanswerable, short = table.hopeless(rounds, goals)
    made = table_of([*table.earlier, *table.queues.values()])
    return Dealt(made, table.given, table.asked_again, table.taken_back, unanswerable, short)


@dataclass
class _Table:
    """The queues while they are dealt."""

    queues: Queues
    earlier: list[Assignment]
    pages: Mapping[Pair, Page]
    there: list[Member]
    version: str
    campaign: str
    at: datetime
    seed: int
    given: int = 0
    asked_again: int = 0
    taken_back: int = 0
    #: annotators of each task
    having: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        having: dict[str, list[str]] = defaultdict(list)
        for key, annotator in sorted(self.queues):
            having[key].append(annotator)
        self.having = having

    def rows(self, key: str) -> list[Assignment]:
        """The rows of a task."""
        return [self.queues[key, annotator] for annotator in self.having.get(key, ())]

    def missing(self, key: str, wanted: int) -> int:
        """Answers that nobody is asked for; below 0 where too many are."""
        return wanted - sum(row.is_pending or row.state == "answered" for row in self.rows(key))

    # -- taking back ------------------------------------------------------------------------------

    def take_back(self, rounds: Mapping[str, str]) -> None:
        """What nobody is to answer any more: of those who left, of tasks that are gone, and what is too much."""
        names = {member.annotator for member in self.there}
        for row in list(self.queues.values()):
            if row.is_pending and (row.annotator not in names or row.task_key not in rounds):
                self._remove(row)
        for key in list(self.having):
            pending = [row for row in self.rows(key) if row.is_pending]
            pending.sort(key=lambda row: (row.state == "open", lots(self.seed, key, row.annotator)))
            over = -self.missing(key, pending[0].wanted) if pending else 0
            for row in pending[: max(over, 0)]:
                self._remove(row)

    def _remove(self, row: Assignment) -> None:
        """Take back an untouched row; that it was handed out is remembered."""
        pair = row.task_key, row.annotator
        self.taken_back += 1
        if row.state == "open":
            self.queues[pair] = row._replace(state="withdrawn")
            return
        # who was asked again and no more is, stays who answered before
        before = [old for old in self.earlier if (old.task_key, old.annotator) == pair]
        if before:
            self.queues[pair] = before[-1]
            self.earlier.remove(before[-1])
        else:
            del self.queues[pair]
            self.having[row.task_key].remove(row.annotator)

    # -- dealing ----------------------------------------------------------------------------------

    def rank(self, key: str, annotator: str) -> int | None:
        """How soon a person comes into question for a task; None if never.

        First who is to answer it again, then who never had it, then who skipped it under an older guideline, and at
        last who had it in the queue and lost it untouched.
        """
        row = self.queues.get((key, annotator))
        if row is None:
            return 1
        if row.state == "superseded":
            return 2 if self.pages[key, annotator].skipped else 0
        return 3 if row.state == "withdrawn" else None

    def fill(self, units: Sequence[Unit], round_: str, wanted: int) -> None:
        """Give what is missing in a round to those who may have it, by lots that weigh what each lacks of their share.

        To take turns would be as fair, but the same people would meet on the same tasks again and again.
        """
        missing = {unit.task_key: self.missing(unit.task_key, wanted) for unit in units}
        load, target = self._loads(units, sum(count for count in missing.values() if count > 0))
        left: Counter[str] = Counter()
        holders: dict[str, set[str]] = defaultdict(set)
        for unit in units:
            holders[unit.document_id].update(self.having.get(unit.task_key, ()))
            if missing[unit.task_key] > 0:
                left.update(m.annotator for m in self.there if self.rank(unit.task_key, m.annotator) is not None)
        for unit in sorted(units, key=lambda unit: (lots(self.seed, unit.document_id), unit.task_key)):
            if missing[unit.task_key] <= 0:
                continue
            key, document = unit
            places = {}
            for name in load:
                if (rank := self.rank(key, name)) is None:
                    continue
                lacks = target[name] - load[name]
                # who lacks as many as are left must get every one
                must = 0 < left[name] <= lacks
                lot = drawn(max(lacks, 1), self.seed, key, name)
                places[name] = (rank, name not in holders[document], not must, lacks <= 0, lot)
            fit = sorted(places, key=places.__getitem__)
            for name in fit[: missing[key]]:
                self._give(key, name, round_, wanted)
                holders[document].add(name)
                load[name] += 1
            left.subtract(fit)

    def _give(self, key: str, name: str, round_: str, wanted: int) -> None:
        row = self.queues.get((key, name))
        new = Assignment(
            self.campaign, round_, key, name, self.version, wanted, "waiting", None, None, None, self.at
        )  # fmt: skip
        if row is None:
            insort(self.having.setdefault(key, []), name)
        elif row.state == "superseded" and row.guideline_version != self.version:
            self.earlier.append(row)
        self.asked_again += row is not None and row.state == "superseded"
        self.given += row is None
        self.queues[key, name] = new

    # -- levelling --------------------------------------------------------------------------------

    def level(self, units: Sequence[Unit], move_open: bool) -> None:
        """Move untouched articles from who has more than their share to who has less and never had them."""
        load, target = self._loads(units, 0)
        again = {(row.task_key, row.annotator) for row in self.earlier}
        articles: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
        for unit in units:
            for row in self.rows(unit.task_key):
                articles[row.annotator, unit.document_id].append(row)
        movable = {
            place: rows
            for place, rows in articles.items()
            if place[0] in target
            and all(row.state == "waiting" or (move_open and row.state == "open") for row in rows)
            and not any((row.task_key, row.annotator) in again for row in rows)
        }

        def is_last(place: tuple[str, str]) -> tuple[bool, bytes]:
            # who works through the own order has not seen its end
            return all(row.state == "waiting" for row in movable[place]), lots(self.seed, *place)

        for name, document in sorted(movable, key=is_last, reverse=True):
            rows = movable[name, document]
            size = len(rows)
            if load[name] - target[name] < size:
                continue
            fit = [
                other
                for other in target
                if target[other] - load[other] >= size and all((row.task_key, other) not in self.queues for row in rows)
            ]
            if not fit:
                continue
            other = min(fit, key=lambda to: (-(target[to] - load[to]) / target[to], lots(self.seed, document, to)))
            for row in rows:
                self._remove(row)
                self.queues[row.task_key, other] = row.given_to(other, self.at)
                insort(self.having[row.task_key], other)
                self.given += 1
            load[name] -= size
            load[other] += size

    def _loads(self, units: Sequence[Unit], more: int) -> tuple[Counter[str], dict[str, int]]:
        """The pending tasks of everybody who is there, and what their share of these and of `more` would be."""
        load: Counter[str] = Counter()
        most: Counter[str] = Counter()
        for unit in units:
            for member in self.there:
                row = self.queues.get((unit.task_key, member.annotator))
                pending = row is not None and row.is_pending
                load[member.annotator] += pending
                most[member.annotator] += pending or self.rank(unit.task_key, member.annotator) is not None
        hours = {member.annotator: member.hours for member in self.there}
        return load, fair_shares(load.total() + more, hours, most)

    # -- what is left -----------------------------------------------------------------------------

    def hopeless(self, rounds: Mapping[str, str], goals: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Tasks that everybody skipped, and those that lack people; the rows of the first say so."""
        unanswerable, short = [], []
        for key in sorted(rounds):
            if self.missing(key, goals[rounds[key]]) <= 0:
                continue
            rows = self.rows(key)
            states = {row.state for row in rows}
            if "skipped" not in states or states & {"waiting", "open", "answered"}:
                short.append(key)
                continue
            unanswerable.append(key)
            for row in rows:
                if row.state == "skipped":
                    self.queues[key, row.annotator] = row._replace(state="unanswerable")
        return tuple(unanswerable), tuple(short)


def drawn(weight: int, *of: object) -> float:
    """A place in an order that is drawn by lots: early with a chance in proportion to the weight."""
    chance = (int.from_bytes(lots(*of)[:8], "big") + 1) / (2**64 + 1)
    return -math.log(chance) / weight


def fair_shares(total: int, hours: Mapping[str, float], most: Mapping[str, int]) -> dict[str, int]:
    """What each person should have of so many tasks: in proportion to hours, whole, and no more than they can have.

    >>> fair_shares(30, {"a01": 6, "a02": 6, "a03": 3}, {"a01": 20, "a02": 20, "a03": 20})
    {'a01': 12, 'a02': 12, 'a03': 6}
    >>> fair_shares(30, {"a01": 20, "a02": 2, "a03": 2}, {"a01": 10, "a02": 10, "a03": 10})
    {'a01': 10, 'a02': 10, 'a03': 10}
    """
    left, found = dict(hours), dict.fromkeys(hours, 0)
    total = min(total, sum(most[name] for name in hours))
    while left:
        exact = {name: total * share / sum(left.values()) for name, share in left.items()}
        full = [name for name in left if exact[name] >= most[name]]
        if not full:
            break
        for name in full:
            found[name] = most[name]
            total -= most[name]
            del left[name]
    if left:
        found |= {name: int(exact[name]) for name in left}
        by_remainder = sorted(left, key=lambda name: (int(exact[name]) - exact[name], name))
        for name in by_remainder[: total - sum(found[name] for name in left)]:
            found[name] += 1
    return found
