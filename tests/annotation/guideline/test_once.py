"""A question about the article stands on the page of each target, and one answer is enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from curation.annotation.agreement.ballots import Sheet
from curation.annotation.agreement.columns import answers
from curation.annotation.annotators import Annotators
from curation.annotation.codebook import Codebook
from curation.annotation.export import Pulled, read_export
from curation.annotation.guideline.once import unanswered
from curation.annotation.instruction import markdown
from curation.annotation.page import ONCE, page
from curation.annotation.resolution.resolve import majority
from curation.annotation.tasks import tasks_json


@pytest.fixture
def mixed(codebook: Codebook) -> Codebook:
    """Stance of each target, and a text problem that must be told once an article."""
    questions = [
        msgspec.structs.replace(question, required=True) if question.name == "text_problem" else question
        for question in codebook.question
    ]
    return msgspec.structs.replace(codebook, question=tuple(questions))


@pytest.fixture
def article(tasks: pa.Table) -> list[dict[str, Any]]:
    """The tasks of the article that mentions both targets."""
    rows = tasks.to_pylist()
    ids = [row["document_id"] for row in rows]
    return [row for row in rows if ids.count(row["document_id"]) > 1]


def pulled(
    tmp_path: Path, book: Codebook, tasks: pa.Table, documents: pa.Table, said: list[tuple[str, str, str | None]]
) -> Pulled:
    """Answers: task, annotator, text problem; everybody is in favor of everything."""
    data = {one["data"]["task_key"]: one["data"] for one in tasks_json(tasks, documents, book)}
    exported = []
    for number, (key, who, problem) in enumerate(said, 1):
        given = {"stance": "favor"} | ({"text_problem": problem} if problem else {})
        result = [
            {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
            for name, value in given.items()
        ]
        annotation = {"id": number, "completed_by": {"email": f"{who}@kampus.example"}, "result": result,
                      "created_at": f"2026-03-01T08:{number:02}:00Z"}  # fmt: skip
        exported.append({"id": number, "data": data[key], "annotations": [annotation]})
    path = tmp_path / "export.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    return read_export(path, book, tasks, Annotators())


def test_the_page_says_that_once_is_enough_and_lets_it_empty(mixed: Codebook) -> None:
    xml = page(mixed)
    assert xml.count(ONCE) == 1
    assert 'name="text_problem" toName="text" choice="multiple" showInline="false">' in xml
    assert "Wajib dijawab sekali untuk setiap artikel" in markdown(mixed)


@pytest.mark.parametrize("answered", [0, 1])
def test_one_answer_an_article_is_enough_on_whichever_task(
    tmp_path: Path, mixed: Codebook, tasks: pa.Table, documents: pa.Table, article: list[dict[str, Any]], answered: int
) -> None:
    said = [(row["task_key"], "sari", "cut" if i == answered else None) for i, row in enumerate(article)]
    found = pulled(tmp_path, mixed, tasks, documents, said)
    assert not found.problems
    assert unanswered(found.annotations, mixed) == []
    labels = [row for row in majority(found.annotations, mixed).labels.to_pylist() if row["target"] is None]
    assert [(row["value"], row["n_votes"]) for row in labels] == [("cut", 1)]
    ballots = Sheet(answers(found.annotations, {}), mixed).ballots("text_problem")
    assert [ballots.labels[label] for label in ballots.label] == ["cut"]


def test_where_it_is_missing_on_all_tasks_it_is_told_and_the_rest_is_used(
    tmp_path: Path, mixed: Codebook, tasks: pa.Table, documents: pa.Table, article: list[dict[str, Any]]
) -> None:
    first, second = (row["task_key"] for row in article)
    said = [(first, "sari", None), (second, "sari", None), (first, "bayu", "cut"), (second, "bayu", None)]
    found = pulled(tmp_path, mixed, tasks, documents, said)
    assert found.annotations.num_rows == 5
    [problem] = unanswered(found.annotations, mixed)
    [sari] = [row.annotator for row in found.annotators.rows if row.email.startswith("sari")]
    assert problem.what == f"{sari} answered 'text_problem' on no task of article {article[0]['document_id']}"
    assert "the other answers are used" in problem.remedy


def test_of_two_answers_the_last_counts(
    tmp_path: Path, mixed: Codebook, tasks: pa.Table, documents: pa.Table, article: list[dict[str, Any]]
) -> None:
    first, second = (row["task_key"] for row in article)
    found = pulled(tmp_path, mixed, tasks, documents, [(first, "sari", "cut"), (second, "sari", "chrome_left")])
    labels = [row["value"] for row in majority(found.annotations, mixed).labels.to_pylist() if row["target"] is None]
    assert labels == ["chrome_left"]


def test_an_article_without_targets_asks_as_ever(mixed: Codebook) -> None:
    alone = msgspec.structs.replace(
        mixed, question=tuple(msgspec.structs.replace(question, per="document") for question in mixed.question)
    )
    assert not alone.per_target
    assert ONCE not in page(alone)
    assert page(alone).count('required="true"') == 3
