"""``gold.csv`` of a campaign: tasks whose right answers are known, for everybody to answer among all others.

A line is a right answer: `task_key`, or `document_id` and (where the codebook asks per target) `target`; `question`;
`value`, which is stored, not shown; and perhaps the `round` that the task shall be given out in. Where several answers
may be given, each has a line of its own, and an empty value says that none is right.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from curation import schema
from curation.annotation.sampling.roles import GOLD, NORMAL
from curation.annotation.tasks import task_key
from curation.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from curation.annotation.codebook import Codebook, Question

COLUMNS = ("task_key", "document_id", "target", "round", "question", "value")


class Right(NamedTuple):
    """One right answer."""

    task_key: str
    document_id: str
    target: str | None
    #: in which the task shall be given out; "" leaves it to the round that is assigned
    round: str
    question: str
    #: None: nothing is to be chosen
    value: str | None
    #: file and line
    where: str


def load(path: Path, book: Codebook, tasks: pa.Table) -> tuple[Right, ...]:
    """The right answers of a campaign in the order of the file; none where there is no file.

    Args:
        path: the file.
        book: the codebook.
        tasks: those that a line may name by their key.

    Raises:
        InputError: names the line that can't be used.
    """
    if not path.exists():
        return ()
    known = {row["task_key"]: row for row in tasks.select(["task_key", "document_id", "target"]).to_pylist()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        named = reader.fieldnames or ()
        missing = [name for name in ("question", "value") if name not in named]
        if missing or not {"task_key", "document_id"} & set(named):
            lacks = ", ".join(missing or ["task_key or document_id"])
            remedy = f"Begin it with a line such as: {','.join(COLUMNS[1:])}"
            raise InputError(f"the column(s) {lacks} are missing", where=str(path), remedy=remedy)
        found = [_right(line, f"{path}:{reader.line_num}", book, known) for line in reader]
    _refuse_contradictions(found, book)
    return tuple(found)


def _right(line: dict[str, str | None], where: str, book: Codebook, known: Mapping[str, dict[str, Any]]) -> Right:
    text = {name: (line.get(name) or "").strip() for name in COLUMNS}
    question = next((one for one in book.question if one.name == text["question"]), None)
    if question is None or question.kind == "spans":
        names = ", ".join(one.name for one in book.question if one.kind != "spans")
        what = f"'{question.name}' marks passages, which are not judged" if question else ""
        what = what or f"there is no question '{text['question']}'"
        raise InputError(what, where=where, remedy=f"Write one of: {names}.")
    if text["value"] not in (*question.values, *([""] if question.kind == "choices" else [])):
        what = f"'{text['value']}' is no value of '{question.name}'"
        raise InputError(what, where=where, remedy=f"Write one of: {', '.join(question.values)}.")
    key, document, target = _task(text, where, book, known)
    return Right(key, document, target, text["round"], question.name, text["value"] or None, where)


def _task(
    text: Mapping[str, str], where: str, book: Codebook, known: Mapping[str, dict[str, Any]]
) -> tuple[str, str, str | None]:
    """Key, document and target of the task that a line means."""
    if key := text["task_key"]:
        if key not in known:
            remedy = "Name an article that was not drawn by its document_id, and its target."
            raise InputError(f"the campaign has no task '{key}'", where=where, remedy=remedy)
        if text["document_id"] not in ("", known[key]["document_id"]):
            what = f"the task '{key}' is about the document {known[key]['document_id']}"
            raise InputError(what, where=where, remedy="Leave one of task_key and document_id out.")
        return key, known[key]["document_id"], known[key]["target"]
    if not text["document_id"]:
        raise InputError("a line without task_key and document_id", where=where, remedy="Fill one of them in.")
    targets = [target.name for target in book.target] if book.per_target else []
    if text["target"] not in (targets or [""]):
        what = f"'{text['target']}' is no target of the codebook" if text["target"] else "the target is missing"
        remedy = f"Write one of: {', '.join(targets)}." if targets else "Leave it empty: it asks once an article."
        raise InputError(what, where=where, remedy=remedy)
    target = text["target"] or None
    return task_key(text["document_id"], target, book.name), text["document_id"], target


def _refuse_contradictions(found: Sequence[Right], book: Codebook) -> None:
    """Two answers to what has one, and one task in two rounds."""
    kinds = {question.name: question.kind for question in book.question}
    answers: dict[tuple[str, str], Right] = {}
    rounds: dict[str, Right] = {}
    for right in found:
        first = answers.setdefault((right.task_key, right.question), right)
        if first is not right and (kinds[right.question] == "choice" or None in (first.value, right.value)):
            what = f"'{right.question}' of this task is answered in {first.where}, too"
            raise InputError(what, where=right.where, remedy="Leave one of the lines.")
        before = rounds.setdefault(right.task_key, right)
        if before.round != right.round:
            what = f"the task is of the round '{before.round}' in {before.where}"
            raise InputError(what, where=right.where, remedy="Write the same round in both lines.")


def expected(found: Sequence[Right], book: Codebook) -> pa.Table:
    """The right answers as agreement takes them: unit, value and question; a question about an article has it as unit.

    Args:
        found: the lines.
        book: tells which questions are about the article alone.
    """
    of_article = {question.name for question in book.question if _is_of_article(question, book)}
    rows = {
        (right.document_id if right.question in of_article else right.task_key, right.value, right.question): None
        for right in found
    }
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    names = ("unit", "value", "question")
    return pa.table({name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)})


def _is_of_article(question: Question, book: Codebook) -> bool:
    return book.per_target and question.per == "document"


# -- as tasks -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Placed:
    """The tasks of all rounds with those of ``gold.csv`` among them."""

    tasks: pa.Table
    #: were drawn by chance, are gold now, and stand for no others any more
    left_sample: tuple[str, ...]
    #: were given out before they were gold, and stay what they were
    given_before: tuple[str, ...]
    #: gold tasks that no line names any more; they stay gold
    without_line: tuple[str, ...]


def placed(
    found: Sequence[Right],
    tasks: pa.Table,
    *,
    given: Collection[str],
    round_: str,
    campaign: str,
    articles: Mapping[str, tuple[str, str]],
) -> Placed:
    """The tasks with the gold tasks of a file.

    A line that names a round goes there; one that does not, into the round that is assigned now, if that was drawn. A
    task stays in the round that it is in once somebody has it: nobody sees a task twice.

    Args:
        found: the lines.
        tasks: of all rounds.
        given: the keys of tasks that somebody has or had.
        round_: that is assigned now.
        campaign: its name.
        articles: cluster and digest of the text of each document that is no task yet.

    Raises:
        InputError: a line names a document that the corpus does not have.
    """
    rows: dict[str, dict[str, Any]] = {row["task_key"]: row for row in tasks.to_pylist()}
    is_drawn = any(row["round"] == round_ for row in rows.values())
    left, before = [], []
    for right in {right.task_key: right for right in found}.values():
        row = rows.get(right.task_key)
        if row is None:
            if not (where := right.round or (round_ if is_drawn else "")):
                continue
            if right.document_id not in articles:
                what = f"the corpus has no document '{right.document_id}'"
                raise InputError(what, where=right.where, remedy="Correct the id; curation explain URL tells it.")
            cluster, text = articles[right.document_id]
            rows[right.task_key] = {
                **{"campaign": campaign, "round": where, "task_key": right.task_key, "target": right.target},
                **{"document_id": right.document_id, "cluster_id": cluster, "text_sha256": text},
                **_NOT_DRAWN,
            }
        elif right.task_key not in given:
            left += [right.task_key] if row["role"] == NORMAL else []
            rows[right.task_key] = {**row, "round": right.round or row["round"], **_NOT_DRAWN}
        elif row["role"] != GOLD:
            before.append(right.task_key)
    named = {right.task_key for right in found}
    lost = [key for key, row in rows.items() if row["role"] == GOLD and key not in named]
    return Placed(schema.from_rows("tasks", rows.values()), *map(tuple, (left, before, lost)))


_NOT_DRAWN = {"stratum": GOLD, "inclusion_probability": None, "role": GOLD, "prediction": None}
