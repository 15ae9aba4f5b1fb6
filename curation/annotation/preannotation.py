"""A model's answers, shown already chosen in some of the tasks: how much faster is it, and how far does it lead people?

Chance tells which tasks carry one, by a hash of their key. The tasks table records it, so that agreement and time can
be told apart. What stands there first anchors a judgement: for a stance use this as the experiment only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema
from curation.annotation.page import TEXT
from curation.annotation.sampling.roles import NORMAL
from curation.errors import DataError

if TYPE_CHECKING:
    from curation.annotation.codebook import Codebook, Predictions

#: the values that a model gave, by task
Predicted = Mapping[str, list[str]]


def is_chosen(task_key: str, settings: Predictions) -> bool:
    """Whether a task is among those that carry a prediction: the same tasks, whoever asks and in whatever order.

    >>> from curation.annotation.codebook import Predictions
    >>> half = Predictions(model="kata-kunci", question="topic")
    >>> sum(is_chosen(str(n), half) for n in range(1000))
    494
    """
    first = hashlib.sha256(f"{settings.seed}\0{task_key}".encode()).digest()[:8]
    return int.from_bytes(first, "big") < settings.share * 2**64


def predicted(tasks: pa.Table, labels: pa.Table, settings: Predictions, codebook: Codebook) -> dict[str, list[str]]:
    """What a model answered of each task that it knows.

    Args:
        tasks: the tasks table.
        labels: of the model, in the table `labels`.
        settings: which question.
        codebook: its values.

    Raises:
        DataError: the model gave what can't be chosen.
    """
    (question,) = (question for question in codebook.question if question.name == settings.question)
    given: dict[tuple[str, str | None], list[str]] = {}
    for row in labels.to_pylist():
        if row["question"] != question.name:
            continue
        if row["value"] not in question.values:
            remedy = f"Its values are: {', '.join(question.values)}."
            raise DataError(f"the model {settings.model} says '{row['value']}' of '{question.name}'", remedy=remedy)
        target = row["target"] if question.per == "target" else None
        given.setdefault((row["document_id"], target), []).append(row["value"])
    found = {}
    for task in tasks.to_pylist():
        values = given.get((task["document_id"], task["target"] if question.per == "target" else None))
        if values:
            found[task["task_key"]] = list(dict.fromkeys(values))[: 1 if question.kind == "choice" else None]
    return found


def record(tasks: pa.Table, answers: Predicted, settings: Predictions, given_out: Collection[str] = ()) -> pa.Table:
    """The tasks with the model's name in those that carry its answer; gold and probes never do. What is recorded stays.

    Args:
        tasks: the tasks table.
        answers: what the model said, by task.
        settings: which model, and of how many tasks.
        given_out: tasks that somebody has without a prediction already.
    """
    rows = tasks.to_pylist()
    for row in rows:
        key = row["task_key"]
        is_new = row.get("prediction") is None and row["role"] == NORMAL and key not in given_out
        if is_new and key in answers and is_chosen(key, settings):
            row["prediction"] = settings.model
    return schema.from_rows("tasks", rows)


def shown(tasks: pa.Table, answers: Predicted, settings: Predictions) -> dict[str, list[dict[str, Any]]]:
    """The predictions of the tasks that carry one, as Label Studio imports them beside a task's data, by task."""
    carrying = [
        key
        for key, model in zip(tasks["task_key"].to_pylist(), tasks["prediction"].to_pylist(), strict=True)
        if model == settings.model and key in answers
    ]
    return {
        key: [
            {
                "model_version": settings.model,
                "result": [
                    {
                        "from_name": settings.question,
                        "to_name": TEXT,
                        "type": "choices",
                        "value": {"choices": answers[key]},
                    }
                ],
            }
        ]
        for key in carrying
    }
