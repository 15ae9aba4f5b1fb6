"""Tasks dealt out: each to as many different annotators as are wanted, in proportion to their hours.

One function for everything that happens in a campaign. Somebody leaves, joins or skips, the guideline changes, more
answers are wanted: each time what is missing is counted from the answers and given to those who may have it. Chance is
a hash of seed, task and annotator, so the same tables always give the same queues.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.assignment.checks import give_checks, normal
from curation.annotation.assignment.dealing import Dealing
from curation.annotation.assignment.queue import (
    Assignment,
    handed_out,
    last_and_earlier,
    rows_of,
    settled,
    table_of,
    units_of,
)
from curation.annotation.assignment.revision import last_pages
from curation.annotation.assignment.shares import fill, level
from curation.annotation.sampling.roles import NORMAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from curation.annotation.assignment.people import People
    from curation.annotation.assignment.queue import Queues, Unit
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
    roles = dict(zip(tasks["task_key"].to_pylist(), tasks["role"].to_pylist(), strict=True))
    goals = _goals(queues, roles) | dict(wanted)
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
            row = row._replace(round=rounds[row.task_key])
            if roles[row.task_key] == NORMAL:
                row = row._replace(wanted=goals[row.round])
        queues[pair] = row
    there = sorted(member for member in people if member.is_there(at.date()))
    dealing = Dealing(queues, earlier, pages, there, codebook.version, campaign, at, seed)
    units = units_of(tasks, queues.values())
    dealing.take_back(units)
    for round_ in sorted(goals):
        here = [unit for key, unit in normal(units).items() if rounds[key] == round_]
        fill(dealing, here, round_, goals[round_])
        level(dealing, here, move_open)
    give_checks(dealing, units, rounds)
    dealing.queues = handed_out(dealing.queues, units_of(tasks, dealing.queues.values()), there, portion, seed)
    unanswerable, short = _hopeless(dealing, units, rounds, goals)
    made = table_of([*dealing.earlier, *dealing.queues.values()])
    return Dealt(made, dealing.given, dealing.asked_again, dealing.taken_back, unanswerable, short)


def _goals(queues: Queues, roles: Mapping[str, str]) -> dict[str, int]:
    """Annotators a task, by round, as its normal tasks have it; a round may hold gold tasks alone."""
    goals = {row.round: 1 for row in queues.values()}
    return goals | {row.round: row.wanted for row in queues.values() if roles.get(row.task_key) == NORMAL}


def _hopeless(
    dealing: Dealing, units: Mapping[str, Unit], rounds: Mapping[str, str], goals: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tasks that everybody skipped, and those that lack people; the rows of the first say so."""
    unanswerable, short = [], []
    for key in sorted(normal(units)):
        if dealing.missing(key, goals[rounds[key]]) <= 0:
            continue
        rows = dealing.rows(key)
        states = {row.state for row in rows}
        if "skipped" not in states or states & {"waiting", "open", "answered"}:
            short.append(key)
            continue
        unanswerable.append(key)
        for row in rows:
            if row.state == "skipped":
                dealing.queues[key, row.annotator] = row._replace(state="unanswerable")
    return tuple(unanswerable), tuple(short)
