"""The paper of a meeting, and what was deleted, from the export of a real Label Studio."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation.annotation.annotators import Annotators
from curation.annotation.assignment import leaflet
from curation.annotation.assignment.meeting import feedback, meeting
from curation.annotation.assignment.recovery import recovery
from curation.annotation.codebook import Codebook
from curation.annotation.export import read_export

REAL = Path(__file__).parents[1] / "real_export.json"


@pytest.fixture
def exported() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(REAL.read_text(encoding="utf-8"))
    return loaded


def test_disagreements_with_what_was_marked(
    exported: list[dict[str, Any]], codebook: Codebook, tasks: pa.Table
) -> None:
    annotations = read_export(REAL, codebook, tasks, Annotators()).annotations
    shown = {task["data"]["task_key"]: task["data"] for task in exported}
    made = meeting(annotations, codebook, shown, round_="pilot")
    said = sorted(sorted((side.label.value, side.votes) for side in case.sides) for case in made.cases)
    assert said == [[("against", 1), ("favor", 1)], [("cannot_judge", 1), ("neutral", 1)]]
    assert {(a.value, b.value, n) for a, b, n in made.confusions} == {
        ("neutral", "cannot_judge", 1),
        ("favor", "against", 1),
    }
    remarks = [remark for case in made.cases for side in case.sides for remark in side.remarks]
    assert "Mengapa? Tidak jelas." in remarks
    marked = [row["quote"] for row in annotations.to_pylist() if row["question"] == "evidence"]
    assert any(f"“{quote}”" in remark for quote in marked for remark in remarks)
    page, paper = leaflet.html(made), leaflet.markdown(made)
    for text in (page, paper):
        assert "Pedoman belum menjelaskan jawaban ini." in text  # this codebook has no definitions
        assert not [name for name in ("a01", "a02", "a03", "sari@", "bayu@") if name in text]


def test_markup_in_a_text_is_text(exported: list[dict[str, Any]], codebook: Codebook, tasks: pa.Table) -> None:
    annotations = read_export(REAL, codebook, tasks, Annotators()).annotations
    shown = {
        task["data"]["task_key"]: {**task["data"], "title": "<script>1</script>", "text": "<b>"} for task in exported
    }
    page = leaflet.html(meeting(annotations, codebook, shown, round_="pilot"))
    assert "<script" not in page
    assert "&lt;script&gt;1" in page


def test_feedback_is_of_one_person(exported: list[dict[str, Any]], codebook: Codebook, tasks: pa.Table) -> None:
    annotations = read_export(REAL, codebook, tasks, Annotators()).annotations
    shown = {task["data"]["task_key"]: task["data"] for task in exported}
    gold = dict.fromkeys(shown, "favor")
    own = feedback(annotations, codebook, shown, annotator="a03", round_="pilot", gold=gold)
    wrong = [
        row["task_key"]
        for row in annotations.to_pylist()
        if row["annotator"] == "a03" and row["question"] == "stance" and row["value"] != "favor"
    ]
    assert sorted(case.task_key for case in own.cases) == sorted(wrong)
    page = leaflet.html(own)
    assert page.count(">jawaban acuan<") == page.count(">jawaban Anda<") == len(wrong)
    assert "penanda" not in page.replace("Catatan penanda", "")


def test_nothing_to_talk_about(codebook: Codebook, tasks: pa.Table) -> None:
    annotations = read_export(REAL, codebook, tasks, Annotators()).annotations.slice(0, 0)
    made = meeting(annotations, codebook, {}, round_="pilot")
    assert leaflet.NOTHING in leaflet.html(made)
    assert leaflet.markdown(made).rstrip().endswith(leaflet.NOTHING)


# -- what was deleted -----------------------------------------------------------------------------


def test_a_deleted_answer_of_the_real_export(exported: list[dict[str, Any]]) -> None:
    now = copy.deepcopy(exported)
    gone = now[0]["annotations"].pop()
    lost_task = now.pop(1)
    found = recovery([exported, now], Annotators())
    assert found.answers == 1 + len(lost_task["annotations"])
    assert found.still_there == (now[0]["data"]["task_key"],)
    assert found.nameless == ()
    (back,) = found.tasks.values()
    by_key = {task["data"]["task_key"]: task for task in back}
    (annotation,) = by_key[now[0]["data"]["task_key"]]["annotations"]
    assert annotation["result"] == gone["result"]
    assert annotation["completed_by"] == {"email": gone["completed_by"]["email"]}
    assert recovery([exported, now, exported], Annotators()).tasks == {}


def test_an_author_without_an_address_is_told(exported: list[dict[str, Any]]) -> None:
    for task in exported:
        for annotation in task["annotations"]:
            annotation["completed_by"] = annotation["completed_by"]["id"]
    now = [exported[0]]
    found = recovery([exported, now], Annotators())
    assert len(found.nameless) == len(exported) - 1
    (back,) = found.tasks.values()
    assert {type(a["completed_by"]) for task in back for a in task["annotations"]} == {int}


def test_projects_are_compared_each_with_its_own_last_export(exported: list[dict[str, Any]]) -> None:
    one = [task | {"project": 1} for task in exported[:2]]
    two = [task | {"project": 2} for task in exported[2:]]
    assert recovery([one, two], Annotators()).tasks == {}
    assert {p: len(of) for p, of in recovery([one, two, one[:1]], Annotators()).tasks.items()} == {"1": 1}
