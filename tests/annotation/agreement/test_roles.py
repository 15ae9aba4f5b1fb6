"""Gold tasks and probes tell about annotators: no coefficient counts them, and rounds never meet in them either."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation.agreement.columns import expected
from curation.annotation.agreement.text import agreement_text
from curation.annotation.codebook import shipped
from tests.annotation.agreement.conftest import annotation, measured
from tests.annotation.agreement.test_people import people, task


def at(key: str, cluster: str, round_: str, role: str = "normal", target: str | None = None) -> dict[str, Any]:
    return task(key, cluster, role, target) | {"round": round_}


NORMAL = [
    *(annotation(who, "t1", stance=value) for who, value in (("a01", "favor"), ("a02", "favor"), ("a03", "against"))),
    *(annotation(who, "t2", stance=value) for who, value in (("a01", "against"), ("a02", "against"))),
    *(annotation(who, "t3", stance=value) for who, value in (("a01", "favor"), ("a03", "favor"))),
]
CHECKS = [
    *(annotation(who, "g1", stance=value) for who, value in (("a01", "favor"), ("a02", "against"), ("a04", "favor"))),
    *(annotation(who, "p1", stance=value) for who, value in (("a01", "neutral"), ("a02", "favor"))),
    annotation("a03", "g1", skip=True),
]
TASKS = schema.from_rows(
    "tasks",
    [task("t1", "c1"), task("t2", "c2"), task("t3", "c3"), task("g1", "c9", "gold"), task("p1", "c1", "probe")],
)
GOLD = expected(pa.table({"task_key": ["g1"], "value": ["favor"], "question": ["stance"]}))


def test_no_coefficient_and_no_confusion_counts_them() -> None:
    plain = measured(*NORMAL, tasks=TASKS, resamples=50)
    checked = measured(*NORMAL, *CHECKS, tasks=TASKS, gold=GOLD, resamples=50)
    assert checked["summary"] == plain["summary"]
    assert checked["confusion"] == plain["confusion"]
    # without a word about roles they would
    assert measured(*NORMAL, *CHECKS, resamples=50)["summary"] != plain["summary"]


def test_annotators_are_judged_by_them() -> None:
    made = measured(*NORMAL, *CHECKS, tasks=TASKS, gold=GOLD)
    assert people(made, "n_answers", "n_skipped", "n_compared", "gold_accuracy", "self_consistency", "n_probes") == {
        "a01": (5, 0, 2, 1.0, 0.0, 1),
        "a02": (4, 0, 1, 0.0, 1.0, 1),
        "a03": (2, 1, 2, None, None, 0),
        "a04": (1, 0, 0, 1.0, None, 0),
    }


def test_a_round_of_gold_alone_says_what_it_lacks() -> None:
    tasks = schema.from_rows("tasks", [at("g1", "c9", "training", "gold")])
    answers = [annotation(who, "g1", round_="training", stance="favor") for who in ("a01", "a02")]
    made = measured(*answers, tasks=tasks, gold=GOLD, codebook=shipped("stance"))
    (alpha,) = [
        row
        for row in made["summary"]
        if (row["question"], row["scope"], row["coefficient"]) == ("stance", "all", "krippendorff_alpha")
    ]
    assert (alpha["value"], alpha["n_units"], alpha["note"]) == (None, 0, "there is no answer")
    assert people(made, "gold_accuracy") == {"a01": (1.0,), "a02": (1.0,)}
    tables = {name: pa.Table.from_pylist(rows) for name, rows in made.items() if rows}
    assert "100% of 1" in agreement_text({"confusion": schema.empty("labels"), **tables})


def test_probes_of_another_round_are_no_pair() -> None:
    tasks = [
        at("t1", "c1", "pilot"),
        *(at("t2", "c1", "main"), at("p1", "c1", "main", "probe")),
        at("t3", "c3", "pilot"),
        at("p3", "c3", "main", "probe"),
    ]
    made = measured(
        annotation("a01", "t1", round_="pilot", stance="against"),
        annotation("a01", "t2", stance="favor"),
        annotation("a01", "p1", stance="favor"),
        annotation("a01", "t3", round_="pilot", stance="favor"),
        annotation("a01", "p3", stance="favor"),
        tasks=schema.from_rows("tasks", tasks),
    )
    assert people(made, "self_consistency", "n_probes") == {"a01": (1.0, 1)}


def test_rounds_never_meet_in_a_unit() -> None:
    both = [
        *(annotation(who, "t1", round_="pilot", stance="favor") for who in ("a01", "a02")),
        *(annotation(who, "t1", round_="main", stance="against") for who in ("a03", "a04")),
    ]
    made = measured(*both)
    (percent,) = [row for row in made["summary"] if (row["scope"], row["coefficient"]) == ("all", "percent")]
    assert (percent["value"], percent["n_units"]) == (1.0, 2)
    assert not [row for row in made["summary"] if row["scope"] == "pair" and row["of"] in ("a01, a03", "a02, a04")]


@pytest.mark.parametrize(("again", "same"), [("cut", 1.0), ("chrome_left", 0.0)])
def test_a_question_about_the_article_is_asked_again_whatever_the_target(again: str, same: float) -> None:
    tasks = [
        *(at("t1", "c1", "main", target="jalan"), at("t1b", "c1", "main", target="pasar")),
        at("p1", "c1", "main", "probe", "jalan"),
    ]
    made = measured(
        annotation("a01", "t1", document="d1", target="jalan", stance="favor", text_problem="cut"),
        annotation("a01", "t1b", document="d1", target="pasar", hour=1, stance="favor", text_problem="cut"),
        annotation("a01", "p1", document="d1x", target="jalan", hour=2, stance="favor", text_problem=again),
        tasks=schema.from_rows("tasks", tasks),
        codebook=shipped("stance"),
    )
    assert people(made, "self_consistency", "n_probes", question="text_problem") == {"a01": (same, 1)}
    assert people(made, "self_consistency", "n_probes") == {"a01": (1.0, 1)}
