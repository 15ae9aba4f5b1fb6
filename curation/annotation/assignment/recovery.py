"""Answers that were deleted on the server, found again in the exports that were kept.

In the open edition of Label Studio anybody may delete a task with all its answers. An import that names the author by
e-mail address keeps authorship; it does not keep the time of the answer, which becomes that of the import. A pull knows
better (:func:`dated`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.annotators import person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from curation.annotation.annotators import Annotators, Person

    Snapshot = Sequence[dict[str, Any]]

#: of an annotation, what an import sets anew
TIMES = ("created_at", "updated_at")
#: of an annotation, what an import takes
KEPT = ("result", "was_cancelled", "lead_time", "ground_truth")


@dataclass(frozen=True)
class Recovery:
    """What was deleted."""

    #: by project as Label Studio imports them: each task once, with the answers that are gone
    tasks: dict[str, list[dict[str, Any]]]
    answers: int
    #: tasks that are still in the project without the answer: an import makes a second one
    still_there: tuple[str, ...]
    #: tasks with an answer whose author no address is known of; they can go back only to the same server
    nameless: tuple[str, ...]


def recovery(snapshots: Sequence[Snapshot], annotators: Annotators, emptied: Collection[str] = ()) -> Recovery:
    """What earlier exports hold and the last one of no project does.

    Args:
        snapshots: decoded exports, the oldest first.
        annotators: know the addresses of accounts.
        emptied: projects that hold no answer any more: an export without a task does not name its project.
    """
    last = {project: snapshot for snapshot in snapshots for project in map(_project, snapshot)}
    standing = {project: snapshot for project, snapshot in last.items() if project not in emptied}
    now = [task for project, snapshot in standing.items() for task in snapshot if _project(task) == project]
    annotators = annotators.including(who for s in snapshots for task in s for who, _ in _answers(task))
    there = {(_key(task), annotators.pseudonym(who)) for task in now for who, _ in _answers(task)}
    gone: dict[tuple[str, str], tuple[dict[str, Any], Person, dict[str, Any]]] = {}
    for snapshot in snapshots:
        for task in snapshot:
            for who, answer in _answers(task):
                pair = _key(task), annotators.pseudonym(who)
                if pair not in there:
                    gone[pair] = (task, who, answer)  # the later snapshot wins
    made: dict[tuple[str, str], dict[str, Any]] = {}
    nameless = set()
    for (key, name), (task, who, answer) in sorted(gone.items(), key=lambda item: item[0]):
        email = who.email or next((row.email for row in annotators.rows if row.annotator == name and row.email), "")
        if not email:
            nameless.add(key)
        by = {"email": email} if email else int(who.user_id)
        kept = {field: answer[field] for field in KEPT if answer.get(field) is not None}
        # an import takes an answer for the truth unless told otherwise
        restored = {"ground_truth": False, **kept, "completed_by": by}
        place = made.setdefault((_project(task), key), {"data": task["data"], "annotations": []})
        place["annotations"].append(restored)
    tasks: dict[str, list[dict[str, Any]]] = {}
    for (project, _), one in sorted(made.items(), key=lambda item: item[0]):
        tasks.setdefault(project, []).append(one)
    still_there = {key for project, key in made.keys() & {(_project(task), _key(task)) for task in now}}
    return Recovery(tasks, len(gone), tuple(sorted(still_there)), tuple(sorted(nameless)))


def dated(annotations: pa.Table, older: pa.Table) -> pa.Table:
    """Annotations in which those that were restored have the times of the answers that they repeat.

    Args:
        annotations: of an export. What nobody has saved on the server was imported there.
        older: those known before.
    """
    imported = annotations.filter(pc.is_null(annotations["updated_by"]))
    if not imported.num_rows:
        return annotations
    near = older.filter(pc.is_in(older["task_key"], imported["task_key"].combine_chunks()))
    known = {_said(row): row for row in near.to_pylist()}
    rows = annotations.to_pylist()
    for row in rows:
        if row["updated_by"] is None and (same := known.get(_said(row))):
            row.update({name: same[name] for name in TIMES})
    return pa.Table.from_pylist(rows, schema=annotations.schema)


def _said(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What one row of an answer says."""
    return tuple(row[name] for name in ("task_key", "annotator", "question", "value", "start", "end", "skipped"))


def _key(task: dict[str, Any]) -> str:
    data = task.get("data")
    return str(data.get("task_key", "")) if isinstance(data, dict) else ""


def _project(task: dict[str, Any]) -> str:
    return str(task.get("project", ""))


def _answers(task: dict[str, Any]) -> Iterator[tuple[Person, dict[str, Any]]]:
    """The answers to a task of ours with their authors."""
    if not _key(task):
        return
    for answer in task.get("annotations") or ():
        who = person(answer.get("completed_by")) if isinstance(answer, dict) else None
        if who is not None:
            yield who, answer
