"""Annotators: against the others, gold, probes, time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings

from curation import schema
from curation.annotation.agreement.columns import expected
from tests.annotation.agreement import reference
from tests.annotation.agreement.conftest import annotation, found, frame, measured
from tests.annotation.agreement.test_nominal import sheets


def people(made: dict[str, list[dict[str, Any]]], *keys: str, question: str = "stance") -> dict[str, Any]:
    return {row["annotator"]: tuple(row[k] for k in keys) for row in made["annotators"] if row["question"] == question}


@settings(max_examples=30)
@given(sheets)
def test_the_majority_of_the_others_is_that_of_its_definition(sheet: reference.Sheet) -> None:
    own, others = [], []
    last = max(name for by in sheet.values() for name in by)
    for by in sheet.values():
        counts = Counter(value for name, value in by.items() if name != last).most_common(2)
        if last in by and counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            own.append(by[last])
            others.append(counts[0][0])
    made = found(frame(sheet), "annotator")
    if not own:
        assert made["percent"]["value"] is None
        return
    assert made["percent"]["n_units"] == len(own)
    assert made["percent"]["value"] == pytest.approx(sum(map(str.__eq__, own, others)) / len(own))
    kappa = reference.cohen(own, others)
    assert made["cohen_kappa"]["value"] == (None if kappa is None else pytest.approx(float(kappa)))


def test_gold_answers_of_one_question_and_of_documents() -> None:
    answers = [
        annotation("a01", "t1", stance="favor"),
        annotation("a01", "t2", document="d2", stance="against"),
        annotation("a02", "t2", document="d2", stance="neutral"),
        annotation("a02", "t9", stance="neutral"),
    ]
    gold = pa.table(
        {"task_key": ["t1", "d2", "t2"], "question": ["stance", "stance", "topic"], "value": ["favor", "neutral", "x"]}
    )
    made = measured(*answers, gold=expected(gold))
    assert people(made, "gold_accuracy", "n_gold") == {"a01": (0.5, 2), "a02": (1.0, 1)}
    assert people(measured(*answers), "gold_accuracy", "n_gold") == {"a01": (None, 0), "a02": (None, 0)}


def test_a_set_is_right_as_a_whole() -> None:
    answers = [
        annotation("a01", "t1", topic=["health", "sports"]),
        annotation("a02", "t1", topic=["health"]),
        annotation("a03", "t1", topic=["health", "sports"]),
    ]
    gold = pa.table({"task_key": ["t1", "t1"], "value": ["sports", "health"]})
    made = measured(*answers, gold=expected(gold))
    assert people(made, "gold_accuracy", question="topic") == {"a01": (1.0,), "a02": (0.0,), "a03": (1.0,)}
    # 1 - MASI of {health} and {health, sports}: 1/2 · 2/3
    assert people(made, "agreement", question="topic")["a02"][0] == pytest.approx(1 / 3)


def task(key: str, cluster: str, role: str = "normal", target: str | None = None) -> dict[str, Any]:
    return {
        **{"campaign": "k", "round": "main", "task_key": key, "document_id": key, "cluster_id": cluster},
        **{"text_sha256": "", "stratum": "all", "inclusion_probability": 1.0, "role": role, "target": target},
    }


def test_self_consistency_on_probes() -> None:
    tasks = [
        *(task("t1", "c1"), task("p1", "c1", "probe")),
        *(task("t2", "c2", target="jalan"), task("p2", "c2", "probe", "jalan"), task("t2b", "c2", target="pasar")),
        *(task("t3", "c3"), task("t3b", "c3")),
    ]
    made = measured(
        annotation("a01", "t1", stance="favor"),
        annotation("a01", "p1", stance="favor"),
        annotation("a01", "t2", stance="favor"),
        annotation("a01", "p2", stance="against"),
        annotation("a01", "t2b", stance="against"),
        annotation("a01", "t3", stance="favor"),
        annotation("a01", "t3b", stance="favor"),
        annotation("a02", "p1", stance="favor"),
        annotation("a03", "t1", stance="against"),
        tasks=schema.from_rows("tasks", tasks),
    )
    # a twin that is no probe, another target, and another person's answer count for nothing
    assert people(made, "self_consistency", "n_probes") == {"a01": (0.5, 2), "a02": (None, 0), "a03": (None, 0)}


def test_time_is_counted_once_a_page_and_not_for_skips() -> None:
    made = measured(
        *(annotation("a01", f"t{n}", seconds=10.0 * n, stance="favor", topic=["x", "y"]) for n in range(1, 6)),
        annotation("a01", "t9", seconds=900.0, skip=True),
        annotation("a02", "t1", stance="favor"),
    )
    keys = ("lead_time_q1", "lead_time_median", "lead_time_q3")
    assert people(made, *keys) == {"a01": (20.0, 30.0, 40.0), "a02": (None, None, None)}
    assert people(made, *keys, question="topic")["a01"] == (20.0, 30.0, 40.0)
