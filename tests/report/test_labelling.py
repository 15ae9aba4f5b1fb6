"""The campaigns in the report: answers of two people about four articles, whose agreement is known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from curation import schema, store
from curation.annotation.campaign import campaign
from curation.annotation.codebook import shipped_path
from curation.verbs.report.labelling import campaign_figures
from curation.verbs.report.page import agreement_chart
from curation.workspace import Workspace

AT = datetime(2026, 3, 9, tzinfo=UTC)
ANSWERS = {"a01": ("economy", "economy", "sports", "sports"), "a02": ("economy", "economy", "sports", "economy")}


@pytest.fixture
def answered(workspace: Workspace) -> Workspace:
    made = campaign(workspace.root, "topik")
    made.folder.mkdir(parents=True)
    made.codebook.write_text(shipped_path("topic").read_text(encoding="utf-8"), encoding="utf-8")
    keys = [f"{n:016x}" for n in range(4)]
    tasks = [
        {"campaign": "topik", "round": "main", "task_key": f"t{key}", "document_id": key, "cluster_id": key}
        | {"text_sha256": "1" * 64, "stratum": "all", "inclusion_probability": 1.0, "role": "normal"}
        for key in keys
    ]
    answers = [
        {"campaign": "topik", "round": "main", "task_key": f"t{key}", "annotation_id": f"{who}-{key}"}
        | {"document_id": key, "text_sha256": "1" * 64, "question": "topic", "value": value, "skipped": False}
        | {"annotator": who, "created_at": AT, "updated_at": AT, "label_config_sha256": "2" * 64}
        | {"guideline_version": made.load_codebook().version, "source": "label_studio"}
        for who, values in ANSWERS.items()
        for key, value in zip(keys, values, strict=True)
    ]
    labels = [
        {"campaign": "topik", "document_id": key, "question": "topic", "value": "economy", "method": "majority"}
        | {"distribution": "{}", "n_votes": 2}
        for key in keys[:3]
    ]
    for file, name, rows in (
        (made.tasks, "tasks", tasks),
        (made.annotations, "annotations", answers),
        (made.labels, "labels", labels),
    ):
        store.write_table(file, schema.from_rows(name, rows))
    return workspace


def test_agreement_and_confusion_are_those_of_the_answers(answered: Workspace) -> None:
    (found,) = campaign_figures(answered, AT)
    assert (found["name"], found["tasks"], found["annotations"], found["labels"], found["open"]) == (
        "topik",
        4,
        8,
        3,
        1,
    )
    about = [row for row in found["agreement"] if (row["question"], row["scope"]) == ("topic", "all")]
    overall = {row["coefficient"]: row["value"] for row in about}
    assert overall["percent"] == 0.75
    matrix = next(one for one in found["confusion"] if one["question"] == "topic")
    assert matrix["labels"] == ["economy", "sports"]
    assert matrix["lines"][0] == {"label": "economy", "n": 5, "cells": [pytest.approx(0.8), pytest.approx(0.2)]}
    assert matrix["lines"][1] == {"label": "sports", "n": 3, "cells": [pytest.approx(1 / 3), pytest.approx(2 / 3)]}
    assert "0.75" in agreement_chart(found)


def test_a_campaign_without_answers_says_why(answered: Workspace) -> None:
    campaign(answered.root, "topik").annotations.unlink()
    (found,) = campaign_figures(answered, AT)
    assert "no answers yet" in found["problem"]
    assert (found["agreement"], found["confusion"], found["rounds"]) == ([], [], [])
