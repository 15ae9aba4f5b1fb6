"""label status, plan, meeting and restore: what a campaign shows, and what was deleted from it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation import annotators
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers, expected, read
from curation.annotation.assignment import leaflet, progress
from curation.annotation.assignment.meeting import asked_about, feedback, meeting
from curation.annotation.assignment.plan import AGREEMENT, SECONDS, Basis, Plan, plan
from curation.annotation.assignment.queue import last_and_earlier, rows_of, settled
from curation.annotation.assignment.recovery import recovery
from curation.annotation.assignment.revision import divided, last_pages
from curation.annotation.guideline.changes import today
from curation.annotation.project.record import Record
from curation.annotation.sampling.roles import GOLD, PROBE, of_the_sample
from curation.errors import InputError, UsageError
from curation.verbs.campaign.checks import checked, right_answers
from curation.verbs.campaign.folder import Folder, open_folder
from curation.workspace.withdrawn import read_withdrawn

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from curation.annotation.assignment.meeting import Meeting
    from curation.annotation.assignment.recovery import Recovery
    from curation.workspace import Workspace


def status(workspace: Workspace, name: str, at: datetime) -> progress.Progress:
    """How far a campaign is, and what gold tasks and probes show of its annotators.

    Raises:
        UsageError: nothing of it is assigned yet.
        InputError: a line of its ``gold.csv`` can't be used.
    """
    folder = open_folder(workspace, name, assigned=True)
    counting, _ = divided(folder.said, folder.book)
    return progress.progress(
        folder.assignments,
        folder.said,
        folder.people,
        folder.book,
        at,
        roles=dict(zip(folder.tasks["task_key"].to_pylist(), folder.tasks["role"].to_pylist(), strict=True)),
        checked=checked(folder, counting),
    )


def write_status(found: progress.Progress, path: Path) -> None:
    """The annotators' queues as a CSV file.

    Raises:
        UsageError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise UsageError("no such folder", where=str(path.parent), remedy="Make it first.")
    out = io.StringIO()
    names = [field.name for kind in (progress.Queue, progress.Checked) for field in fields(kind)]
    writer = csv.DictWriter(out, [name for name in names if name != "checked"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(queue.row for queue in found.queues)
    store.write_atomically(path, out.getvalue().encode())


# -- plan -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Planned:
    """A round of several sizes, and what the figures rest on."""

    basis: Basis
    annotators: int
    #: the size that was asked for
    chosen: int
    plans: tuple[Plan, ...]


def plan_round(
    workspace: Workspace,
    name: str,
    *,
    start: date,
    tasks: int | None = None,
    annotators_each: int = 3,
    seconds: float | None = None,
    rate: float | None = None,
    round_: str = "pilot",
) -> Planned:
    """What a round takes and tells, from what a pilot has shown.

    Args:
        workspace: with the campaign.
        name: the campaign.
        start: first day.
        tasks: of the round; None takes those that are not assigned yet, or else all.
        annotators_each: annotators a task.
        seconds: of one answer; None takes the pilot's median.
        rate: price of an hour.
        round_: the pilot; all answers where it has none.

    Raises:
        UsageError: there is no such campaign.
    """
    folder = open_folder(workspace, name)
    if tasks is None:
        drawn = of_the_sample(folder.tasks)
        assigned = pc.is_in(drawn["task_key"], folder.assignments["task_key"].combine_chunks())
        tasks = drawn.num_rows - (pc.sum(assigned).as_py() or 0) or drawn.num_rows or folder.tasks.num_rows
    basis = _basis(folder, round_, seconds)
    sizes = sorted({max(1, tasks // 2), tasks, 2 * tasks})
    plans = tuple(plan(size, annotators_each, folder.people, basis, start, rate=rate) for size in sizes)
    return Planned(basis, annotators_each, tasks, plans)


def _basis(folder: Folder, round_: str, seconds: float | None) -> Basis:
    counting, _ = divided(folder.said, folder.book)
    pilot = counting.filter(pc.equal(counting["round"], round_))
    given = pilot if pilot.num_rows else counting
    known = [one for of in progress.seconds_of(given).values() for one in of]
    seconds = seconds or (median(known) if known else SECONDS)
    question = next((one for one in folder.book.question if one.kind == "choice"), None)
    values = len(question.label) if question else 2
    if question is not None and given.num_rows:
        frame = answers(today(given, folder.book), {})
        found = measure(frame, codebook=folder.book, tasks=folder.tasks)["summary"].to_pylist()
        for row in found:
            is_overall = (row["question"], row["scope"]) == (question.name, "all")
            if is_overall and row["coefficient"] == "krippendorff_alpha" and row["low"] is not None:
                return Basis(seconds, row["value"], (row["high"] - row["low"]) / 2, row["n_units"], values)
    return Basis(seconds, AGREEMENT, None, 0, values)


# -- meeting --------------------------------------------------------------------------------------


def write_meeting(
    workspace: Workspace,
    name: str,
    *,
    round_: str | None = None,
    question: str | None = None,
    gold: Path | None = None,
    most: int = 12,
) -> tuple[Meeting, tuple[Path, ...]]:
    """Write what people differ about as ``meeting.html`` and ``meeting.md`` into the campaign's folder.

    Args:
        workspace: with the campaign.
        name: the campaign.
        round_: None takes the round of the last answer.
        question: with one answer; None takes the first of the codebook.
        gold: a CSV or Parquet file of right answers by task, as for a training; None takes the campaign's gold.csv,
            where there is one. With right answers each annotator gets a page of their own, too,
            ``feedback-<annotator>.html``.
        most: tasks to show.

    What somebody still has to answer as a gold task is not shown with its right answer, and no probe is shown at all.

    Raises:
        UsageError: there are no answers yet, no such round or no such question.
        InputError: a line of ``gold.csv`` can't be used.
    """
    folder = open_folder(workspace, name)
    counting, _ = divided(folder.said, folder.book)
    if not counting.num_rows:
        raise UsageError(f"the campaign '{name}' has no answers yet", remedy=f"Run: curation label pull {name}")
    rounds = pc.unique(counting["round"]).to_pylist()
    round_ = round_ or counting.sort_by("updated_at")["round"][-1].as_py()
    if round_ not in rounds:
        raise UsageError(f"nothing is answered in the round '{round_}'", remedy=f"There are: {', '.join(rounds)}.")
    here = counting.filter(pc.equal(counting["round"], round_))
    answered = folder.tasks.filter(pc.is_in(folder.tasks["task_key"], pc.unique(here["task_key"])))
    answered = answered.filter(pc.invert(pc.is_in(answered["task_key"], _hidden(folder))))
    here = here.filter(pc.is_in(here["task_key"], answered["task_key"].combine_chunks()))
    known = expected(read(gold)) if gold else right_answers(folder.campaign, folder.book, folder.tasks)
    right = _right(known, answered, asked_about(folder.book, question).name) if known else None
    shown = folder.shown(answered)
    made = meeting(here, folder.book, shown, round_=round_, question=question, gold=right, most=most)
    pages = {"meeting.html": leaflet.html(made), "meeting.md": leaflet.markdown(made)}
    for who in sorted(pc.unique(here["annotator"]).to_pylist()) if right else ():
        own = feedback(here, folder.book, shown, annotator=who, round_=round_, gold=right or {}, question=question)
        pages[f"feedback-{who}.html"] = leaflet.html(own)
    for file, text in pages.items():
        store.write_atomically(folder.campaign.folder / file, text.encode())
    return made, tuple(folder.campaign.folder / file for file in pages)


def _hidden(folder: Folder) -> pa.Array:
    """The probes, and the gold tasks that somebody still has to answer: who saw them in a paper would be told."""
    roles = dict(zip(folder.tasks["task_key"].to_pylist(), folder.tasks["role"].to_pylist(), strict=True))
    queues, _ = last_and_earlier(rows_of(folder.assignments))
    now = settled(queues, last_pages(folder.said, folder.book), folder.book.version)
    to_come = {row.task_key for row in now.values() if row.is_pending}
    hidden = {key for key, role in roles.items() if role == PROBE or (role == GOLD and key in to_come)}
    return pa.array(sorted(hidden), pa.string())


def _right(known: pa.Table, tasks: pa.Table, question: str) -> dict[str, str]:
    """The right answers to a question by task; what is known may name tasks or documents."""
    known = known.filter(pc.fill_null(pc.equal(known["question"], question), True))
    right = dict(zip(known["unit"].to_pylist(), known["value"].to_pylist(), strict=True))
    keys = zip(tasks["task_key"].to_pylist(), tasks["document_id"].to_pylist(), strict=True)
    return {key: right[key if key in right else id_] for key, id_ in keys if key in right or id_ in right}


# -- restore --------------------------------------------------------------------------------------


def restore(workspace: Workspace, name: str, file: Path | None = None) -> tuple[Recovery, dict[Path, str]]:
    """Write answers that were deleted on the server as ``restore-<project>.json``, with their authors, for a push.

    What was withdrawn is gone from there for good.

    Returns what was found, and the files with the title of the project that each belongs to: empty where none was
    pushed.

    Args:
        workspace: with the campaign.
        name: the campaign.
        file: an export of now; None takes the last one that was pulled of each project.

    Raises:
        UsageError: no exports are kept.
        InputError: one of them can't be read.
    """
    folder = open_folder(workspace, name)
    kept = sorted(folder.campaign.exports.glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    if not kept:
        raise UsageError(f"no exports of '{name}' are kept", remedy=f"Run: curation label pull {name}")
    withdrawn = read_withdrawn(workspace.state).ids
    snapshots = [
        [task for task in _snapshot(path) if _document(task) not in withdrawn]
        for path in [*kept, *([file] if file else [])]
    ]
    projects = Record(folder.campaign.folder).projects
    # a pull names its exports by project; the last one counts
    tasks_of = {path.stem.rpartition("-")[2]: len(snapshot) for path, snapshot in zip(kept, snapshots, strict=False)}
    deleted = {str(number) for project in projects for number in project.earlier}
    emptied = deleted | {number for number, tasks in tasks_of.items() if not tasks}
    found = recovery(snapshots, annotators.load(folder.campaign.annotators), emptied)
    titles = {str(number): project.title for project in projects for number in (*project.earlier, project.id)}
    made = {}
    for project, tasks in found.tasks.items():
        path = folder.campaign.folder / f"restore-{project or 'tasks'}.json"
        store.write_atomically(path, (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode())
        made[path] = titles.get(project, "")
    return found, made


_EXPORT = "Export as JSON from Label Studio."


def _snapshot(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", where=str(path), remedy=_EXPORT) from None
    except ValueError as error:
        raise InputError(f"not JSON ({error})", where=str(path), remedy=_EXPORT) from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError("not a Label Studio export", where=str(path), remedy=_EXPORT)
    return tasks


def _document(task: dict[str, Any]) -> str:
    data = task.get("data")
    return str(data.get("document_id", "")) if isinstance(data, dict) else ""
