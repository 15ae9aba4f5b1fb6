"""Answers that were deleted: what is known to be gone, and the times of what came back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from curation.annotation.annotators import Annotators
from curation.annotation.assignment.recovery import dated, recovery
from tests.annotation.assignment.conftest import START, annotations, answer


def exported(project: int, *keys: str) -> list[dict[str, Any]]:
    said = {"result": [], "completed_by": {"id": 4, "email": "sari@kampus.example"}, "was_cancelled": True}
    return [{"project": project, "data": {"task_key": key}, "annotations": [said]} for key in keys]


def test_an_export_without_a_task_does_not_name_its_project() -> None:
    whole = exported(4, "a", "b")
    assert recovery([whole, []], Annotators()).answers == 0
    found = recovery([whole, []], Annotators(), emptied={"4"})
    assert (found.answers, {name: len(tasks) for name, tasks in found.tasks.items()}) == (2, {"4": 2})
    # what came back in another project is not gone
    assert recovery([whole, [], exported(5, "a", "b")], Annotators(), emptied={"4"}).answers == 0


def test_what_was_restored_keeps_the_time_of_the_answer() -> None:
    given = [answer("k1", "a01", "favor", 1), answer("k2", "a01", None, 2), answer("k3", "a01", "favor", 3)]
    older = annotations(given)
    imported = START + timedelta(days=9)
    back = [dict(row, annotation_id="77", created_at=imported, updated_at=imported, updated_by=None) for row in given]
    back[2]["value"] = "against"  # not what was said
    saved = dict(answer("k1", "a02", "favor", 200), updated_by="a02")
    found = {row["task_key"] + row["annotator"]: row for row in dated(annotations([*back, saved]), older).to_pylist()}
    assert [found[key]["created_at"] for key in ("k1a01", "k2a01")] == [row["created_at"] for row in given[:2]]
    assert [found[key]["updated_at"] for key in ("k1a01", "k2a01")] == [row["updated_at"] for row in given[:2]]
    assert found["k3a01"]["updated_at"] == imported
    assert found["k1a02"]["updated_at"] == saved["updated_at"]
    # where somebody saved it on the server, it was said then
    saved_again = [dict(row, updated_by="a01") for row in back[:1]]
    assert dated(annotations(saved_again), older)["updated_at"].to_pylist() == [imported]
