"""label status, plan, meeting and restore: what a campaign shows, and what was deleted from it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation import annotators
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers, expected, read
from curation.annotation.assignment import leaflet, progress
from curation.annotation.assignment.meeting import feedback, meeting
from curation.annotation.assignment.plan import AGREEMENT, SECONDS, Basis, Plan, plan
from curation.annotation.assignment.recovery import recovery
from curation.annotation.assignment.revision import divided
from curation.errors import InputError, UsageError
from curation.verbs.campaign.folder import Folder, open_folder

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from curation.annotation.assignment.meeting import Meeting
    from curation.annotation.assignment.recovery import Recovery
    from curation.workspace import Workspace


def status(workspace: Workspace, name: str, at: datetime) -> progress.Progress:
    """How far a campaign is.

    Raises:
        UsageError: nothing of it is assigned yet.
    """
    folder = open_folder(workspace, name, assigned=True)
    return progress.progress(folder.assignments, folder.said, folder.people, folder.book, at)


def write_status(found: progress.Progress, path: Path) -> None:
    """The annotators' queues as a CSV file.

    Raises:
        UsageError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise UsageError("no such folder", where=str(path.parent), remedy="Make it first.")
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(progress.Queue)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(queue) for queue in found.queues)
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
        assigned = pc.is_in(folder.tasks["task_key"], folder.assignments["task_key"].combine_chunks())
        tasks = folder.tasks.num_rows - (pc.sum(assigned).as_py() or 0) or folder.tasks.num_rows
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
        found = measure(answers(given, {}), codebook=folder.book, tasks=folder.tasks)["summary"].to_pylist()
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
        gold: a CSV or Parquet file of right answers by task, as for a training; each annotator gets a page of their
            own, too, ``feedback-<annotator>.html``.
        most: tasks to show.

    Raises:
        UsageError: there are no answers yet, no such round or no such question.
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
    right = _right(gold, answered) if gold else None
    shown = folder.shown(answered)
    made = meeting(here, folder.book, shown, round_=round_, question=question, gold=right, most=most)
    pages = {"meeting.html": leaflet.html(made), "meeting.md": leaflet.markdown(made)}
    for who in sorted(pc.unique(here["annotator"]).to_pylist()) if right else ():
        own = feedback(here, folder.book, shown, annotator=who, round_=round_, gold=right or {}, question=question)
        pages[f"feedback-{who}.html"] = leaflet.html(own)
    for file, text in pages.items():
        store.write_atomically(folder.campaign.folder / file, text.encode())
    return made, tuple(folder.campaign.folder / file for file in pages)


def _right(file: Path, tasks: pa.Table) -> dict[str, str]:
    """The right answers by task; a file may name tasks or documents."""
    given = expected(read(file))
    right = dict(zip(given["unit"].to_pylist(), given["value"].to_pylist(), strict=True))
    keys = zip(tasks["task_key"].to_pylist(), tasks["document_id"].to_pylist(), strict=True)
    return {key: right[key if key in right else id_] for key, id_ in keys if key in right or id_ in right}


# -- restore --------------------------------------------------------------------------------------


def restore(workspace: Workspace, name: str, file: Path | None = None) -> tuple[Recovery, tuple[Path, ...]]:
    """Write answers that were deleted on the server as ``restore-<project>.json``, with their authors, for import.

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
    snapshots = [_snapshot(path) for path in [*kept, *([file] if file else [])]]
    found = recovery(snapshots, annotators.load(folder.campaign.annotators))
    made = []
    for project, tasks in found.tasks.items():
        made.append(folder.campaign.folder / f"restore-{project or 'tasks'}.json")
        store.write_atomically(made[-1], (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode())
    return found, tuple(made)


def _snapshot(path: Path) -> list[dict[str, Any]]:
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", where=str(path)) from None
    except ValueError as error:
        raise InputError(f"not JSON ({error})", where=str(path)) from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError("not a Label Studio export", where=str(path), remedy="Export as JSON from Label Studio.")
    return tasks
