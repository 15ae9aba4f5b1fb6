"""label assign and label reassign: tasks dealt out, with a file and a message for each annotator."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation import annotators, instruction, page
from curation.annotation.annotators import Annotators
from curation.annotation.assignment import people as members
from curation.annotation.assignment.deal import deal, one_round_each
from curation.annotation.assignment.message import message
from curation.annotation.assignment.people import Member
from curation.annotation.assignment.queue import own_order, rows_of, table_of, units_of
from curation.annotation.assignment.revision import divided
from curation.annotation.project.record import Record, lock
from curation.annotation.sampling.roles import of_the_sample
from curation.errors import UsageError
from curation.verbs.campaign.checks import Checks, of_today, with_checks
from curation.verbs.campaign.folder import Folder, open_folder
from curation.verbs.campaign.preannotation import with_predictions
from curation.verbs.campaign.resolve import take_in
from curation.verbs.campaign.texts import keep_ledgers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from curation.annotation.assignment.deal import Dealt
    from curation.annotation.assignment.people import People
    from curation.annotation.assignment.queue import Assignment, Unit
    from curation.workspace import Workspace

#: annotators a task, where nobody says it
WANTED = 3


def project_title(campaign: str, annotator: str, version: str) -> str:
    """The project of one annotator under one version of the guideline, by which it is known again.

    >>> project_title("sikap", "a01", "1.0")
    'sikap a01 1.0'
    """
    return f"{campaign} {annotator} {version}"


@dataclass(frozen=True)
class Assigned:
    """What was dealt out."""

    guideline_version: str
    given: int
    asked_again: int
    taken_back: int
    #: tasks that are handed out now, by annotator
    handed_out: dict[str, int]
    #: tasks that wait for a later portion
    waiting: int
    #: rows of answers that a change of the guideline touched, and that count no more
    set_aside: int
    #: tasks that were drawn again for another round, and stay in the one that had them
    of_other_rounds: int
    unanswerable: tuple[str, ...]
    short: tuple[str, ...]
    #: project and number of tasks that were taken back and may still be on the server
    to_delete: tuple[tuple[str, int], ...]
    #: a tasks file for each annotator and portion, with what is open
    files: tuple[Path, ...]
    messages: tuple[Path, ...]
    #: gold tasks and probes of the round that is assigned
    gold: int = 0
    probes: int = 0
    #: gold tasks that were drawn by chance before, that were given out before and so stay what they were, and that no
    #: line of gold.csv names any more
    left_sample: tuple[str, ...] = ()
    given_before: tuple[str, ...] = ()
    without_line: tuple[str, ...] = ()


def assign(
    workspace: Workspace,
    name: str,
    *,
    at: datetime,
    round_: str = "main",
    n: int | None = None,
    portion: int | None = None,
    probes: int | None = None,
    seed: int = 1,
) -> Assigned:
    """Give the tasks of a round to annotators, and what a skip or a change of the guideline left open to others.

    Everybody gets the gold tasks of the campaign's ``gold.csv`` among them.

    Args:
        workspace: with the campaign.
        name: the campaign.
        at: now.
        round_: its name.
        n: annotators a task; None keeps what was, or takes 3.
        portion: tasks that an annotator has open at a time; None hands out all.
        probes: near-identical copies that the round shall have, for those who have the original; None leaves them.
        seed: another one deals otherwise.

    Raises:
        UsageError: there is no such round, or there are not enough people.
        InputError: a line of ``gold.csv`` can't be used.
        DataError: a text changed since the tasks were made.
    """
    folder = open_folder(workspace, name)
    own = one_round_each(folder.tasks, folder.assignments)
    checks = with_checks(folder, own, round_, probes, seed)
    rounds = list(dict.fromkeys([*folder.tasks["round"].to_pylist(), *checks.tasks["round"].to_pylist()]))
    if round_ not in rounds:
        remedy = f"There are: {', '.join(rounds)}. Draw it with: curation label export {name} --round {round_}"
        raise UsageError(f"'{name}' has no round '{round_}'", remedy=remedy)
    here = of_the_sample(checks.tasks.filter(pc.equal(checks.tasks["round"], round_)))
    is_here = pc.is_in(folder.assignments["task_key"], here["task_key"].combine_chunks())
    known = folder.assignments.filter(is_here)["wanted"].to_pylist()
    n = n or max(known, default=WANTED if here.num_rows else 1)
    there = [member for member in folder.people if member.is_there(at.date())]
    if len(there) < n and not known:
        are = f"only {len(there)} of people.csv" if there else "nobody"
        remedy = f"Add people with: curation label reassign {name} --join a01 --hours 6, or write {folder.people_file}."
        raise UsageError(f"{n} annotators shall answer each task, but {are} is there", remedy=remedy)
    return _deal(folder, folder.people, checks, at=at, wanted={round_: n}, portion=portion, seed=seed)


def reassign(
    workspace: Workspace,
    name: str,
    *,
    at: datetime,
    leaves: str | None = None,
    joins: str | None = None,
    hours: float | None = None,
    email: str | None = None,
    portion: int | None = None,
) -> Assigned:
    """Take the untouched tasks of somebody who leaves to others, and give somebody who joins a share.

    Args:
        workspace: with the campaign.
        name: the campaign.
        at: now.
        leaves: pseudonym of who has no more time from today.
        joins: pseudonym of who comes, or comes back.
        hours: of the latter, a week; None takes what is usual there.
        email: of the latter's account, so that answers are known to be theirs.
        portion: tasks that an annotator has open at a time; None leaves as many open as were.

    Raises:
        UsageError: nobody leaves or joins, or there is no such person.
    """
    folder = open_folder(workspace, name)
    people = folder.people
    usual = _usual_portion(rows_of(folder.assignments), people) if portion is None else portion
    if leaves:
        people = members.without(people, leaves, at.date() - timedelta(days=1))
    if joins:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", joins):
            raise UsageError(f"'{joins}' is no pseudonym", remedy="Write one such as a07.")
        known = sorted(member.hours for member in people)
        people = members.joined(people, Member(joins, hours or (known[len(known) // 2] if known else 6.0), at.date()))
    if not (leaves or joins):
        raise UsageError("nobody leaves or joins", remedy="Say who: --from a03, --join a07.")
    if joins and email:
        accounts = annotators.load(folder.campaign.annotators)
        if not any(row.email.lower() == email.lower() for row in accounts.rows):
            Annotators((*accounts.rows, annotators.Row(joins, "", email))).save(folder.campaign.annotators)
    members.save(folder.people_file, people)
    as_they_are = Checks(one_round_each(folder.tasks, folder.assignments), 0, 0)
    return _deal(folder, people, as_they_are, at=at, wanted={}, portion=usual, move_open=bool(joins))


def _usual_portion(rows: Sequence[Assignment], people: People) -> int | None:
    """As many tasks as the busiest has open, counted for who has most hours; None where all is handed out."""
    if not any(row.state == "waiting" for row in rows):
        return None
    hours = {member.annotator: member.hours for member in people}
    opened = Counter(row.annotator for row in rows if row.state == "open" and row.annotator in hours)
    return max((round(n * max(hours.values()) / hours[name]) for name, n in opened.items()), default=1)


def _deal(
    folder: Folder, people: People, checks: Checks, *, wanted: Mapping[str, int], at: datetime, **options: Any
) -> Assigned:
    tasks = of_today(folder, checks.tasks)
    known = _with_numbers(folder)
    before = {row[:5] for row in known if row.state == "open"}
    dealt = deal(tasks, table_of(known), folder.said, people, folder.book, wanted=wanted, at=at, **options)
    counting, aside = divided(folder.said, folder.book)
    rows = rows_of(dealt.assignments)
    opened = [row for row in rows if row.state == "open"]
    keys = pa.array(sorted({row.task_key for row in opened}), pa.string())
    shown = folder.shown(tasks.filter(pc.is_in(tasks["task_key"], keys)))
    handed_out = {row.task_key for row in known if row.state != "waiting"}
    tasks, predicted = with_predictions(folder.campaign, folder.book, tasks, handed_out)
    with lock(folder.campaign.folder):
        if aside.num_rows or folder.superseded_file.exists():
            accounts = annotators.load(folder.campaign.annotators)
            store.write_table(folder.superseded_file, aside)
            take_in(folder.workspace, folder.campaign, folder.book, counting, accounts, ())
        if not tasks.equals(folder.tasks):
            store.write_table(folder.campaign.tasks, tasks)
        if tasks.num_rows > of_the_sample(tasks).num_rows:
            keep_ledgers(folder.workspace, folder.campaign, tasks)
        store.write_table(folder.assignments_file, dealt.assignments)
        _write_page(folder)
        files = _write_queues(folder, opened, units_of(tasks, rows), shown, predicted, options.get("seed", 1))
        new = [row for row in opened if row[:5] not in before]
        messages = _write_messages(folder, people, new, dealt)
    return Assigned(
        guideline_version=folder.book.version,
        given=dealt.given,
        asked_again=dealt.asked_again,
        taken_back=dealt.taken_back,
        handed_out=dict(sorted(Counter(row.annotator for row in new).items())),
        waiting=sum(row.state == "waiting" for row in rows),
        set_aside=aside.num_rows,
        of_other_rounds=folder.tasks.num_rows - one_round_each(folder.tasks, folder.assignments).num_rows,
        unanswerable=dealt.unanswerable,
        short=dealt.short,
        to_delete=tuple(
            (row.project, row.task_id) for row in rows if row.state == "withdrawn" and row.project and row.task_id
        ),
        files=files,
        messages=messages,
        gold=checks.gold,
        probes=checks.probes,
        left_sample=checks.left_sample,
        given_before=checks.given_before,
        without_line=checks.without_line,
    )


def _with_numbers(folder: Folder) -> list[Assignment]:
    """The assignments with the project and number that a push gave them."""
    record = Record(folder.campaign.folder)
    pushed = {project.title: (str(project.id), record.pushed(project)) for project in record.projects}
    rows = []
    for row in rows_of(folder.assignments):
        title = project_title(row.campaign, row.annotator, row.guideline_version)
        project, numbers = pushed.get(title, ("", {}))
        is_new = row.task_id is None and row.task_key in numbers
        rows.append(row._replace(project=project, task_id=numbers[row.task_key]) if is_new else row)
    return rows


def _write_page(folder: Folder) -> None:
    """Page and instruction, which change with the guideline."""
    for path, text in (
        (folder.campaign.page, page.page(folder.book)),
        (folder.campaign.instruction, instruction.markdown(folder.book)),
        (folder.campaign.instruction_html, instruction.html(folder.book)),
    ):
        store.write_atomically(path, text.encode())


def _write_queues(
    folder: Folder,
    opened: Sequence[Assignment],
    tasks: Mapping[str, Unit],
    shown: Mapping[str, Mapping[str, Any]],
    predicted: Mapping[str, list[dict[str, Any]]],
    seed: int,
) -> tuple[Path, ...]:
    """A tasks file for each annotator and portion, in their own order; files without an open task are removed."""
    queues: dict[tuple[str, int], list[Unit]] = defaultdict(list)
    for row in opened:
        if row.task_key in shown:
            queues[row.annotator, row.portion or 1].append(tasks[row.task_key])
    made = []
    for (annotator, portion), units in sorted(queues.items()):
        path = folder.campaign.folder / f"tasks-{annotator}{'' if portion == 1 else f'-{portion}'}.json"
        queue: list[dict[str, Any]] = [{"data": shown[unit.task_key]} for unit in own_order(units, annotator, seed)]
        for task in queue:
            if (key := task["data"]["task_key"]) in predicted:
                task["predictions"] = predicted[key]
        store.write_atomically(path, (json.dumps(queue, ensure_ascii=False, indent=1) + "\n").encode())
        made.append(path)
    for annotator in pc.unique(folder.assignments["annotator"]).to_pylist():
        for path in folder.campaign.folder.glob(f"tasks-{annotator}*.json"):
            if path not in made and re.fullmatch(rf"tasks-{re.escape(annotator)}(-\d+)?", path.stem):
                path.unlink()
    return tuple(made)


def _write_messages(folder: Folder, people: People, new: Sequence[Assignment], dealt: Dealt) -> tuple[Path, ...]:
    """What to write to those who have new tasks."""
    rows = rows_of(dealt.assignments)
    answered = {(row.task_key, row.annotator) for row in rows if row.state == "superseded"}
    pending = Counter(row.annotator for row in rows if row.state == "open")
    made = []
    for member in people:
        own = [(row.task_key, row.annotator) for row in new if row.annotator == member.annotator]
        if own:
            again = sum(pair in answered for pair in own)
            text = message(
                member, new=len(own), again=again, pending=pending[member.annotator], version=folder.book.version
            )
            made.append(folder.campaign.folder / f"message-{member.annotator}.txt")
            store.write_atomically(made[-1], text.encode())
    return tuple(made)
