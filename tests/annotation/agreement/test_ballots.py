"""Which answers are compared: rounds apart, the last ballot, no skips, only who was asked."""

from __future__ import annotations

from typing import Any

import pytest

from curation import schema
from curation.annotation.codebook import Codebook
from tests.annotation.agreement.conftest import annotation, measured

PARKING, CYCLING = "kenaikan tarif parkir", "jalur sepeda"


def rows_of(made: dict[str, Any], question: str, scope: str, coefficient: str = "percent") -> dict[str, Any]:
    return {
        row["of"]: row
        for row in made["summary"]
        if (row["question"], row["scope"], row["coefficient"]) == (question, scope, coefficient)
    }


def test_answers_of_two_rounds_never_meet() -> None:
    made = measured(
        annotation("a01", "t1", round_="pilot", stance="favor"),
        annotation("a02", "t1", round_="pilot", stance="against"),
        annotation("a01", "t1", round_="main", stance="favor"),
        annotation("a02", "t1", round_="main", stance="favor"),
        annotation("a03", "t2", round_="pilot", stance="favor"),
        annotation("a04", "t2", round_="main", stance="against"),
    )
    overall = rows_of(made, "stance", "all")[""]
    assert (overall["value"], overall["n_units"], overall["n_answers"]) == (0.5, 2, 4)
    assert {name: row["value"] for name, row in rows_of(made, "stance", "round").items()} == {"main": 1.0, "pilot": 0.0}


def test_one_round_is_not_told_apart() -> None:
    made = measured(annotation("a01", "t1", stance="favor"), annotation("a02", "t1", stance="favor"))
    assert {row["scope"] for row in made["summary"]} == {"all", "label", "annotator"}


def test_by_guideline_version_and_stratum() -> None:
    tasks = schema.from_rows(
        "tasks",
        [
            {
                **{"campaign": "k", "round": "main", "task_key": key, "document_id": key, "cluster_id": key},
                **{"text_sha256": "", "stratum": stratum, "inclusion_probability": 1.0, "role": "normal"},
            }
            for key, stratum in (("t1", "Detak"), ("t2", "Nusakabar"))
        ],
    )
    made = measured(
        annotation("a01", "t1", version="1", stance="favor"),
        annotation("a02", "t1", version="1", stance="against"),
        annotation("a01", "t2", version="2", stance="favor"),
        annotation("a02", "t2", version="2", stance="favor"),
        tasks=tasks,
    )
    for scope, names in (("guideline_version", ("1", "2")), ("stratum", ("Detak", "Nusakabar"))):
        assert {name: row["value"] for name, row in rows_of(made, "stance", scope).items()} == dict(
            zip(names, (0, 1), strict=True)
        )


def test_a_skip_is_no_answer_and_is_counted() -> None:
    made = measured(
        annotation("a01", "t1", stance="favor"),
        annotation("a02", "t1", stance="favor"),
        annotation("a03", "t1", skip=True),
    )
    assert rows_of(made, "stance", "all")[""]["n_annotators"] == 2
    assert {row["annotator"]: row["n_skipped"] for row in made["annotators"]} == {"a01": 0, "a02": 0, "a03": 1}
    assert {row["annotator"]: row["n_answers"] for row in made["annotators"]} == {"a01": 1, "a02": 1, "a03": 0}
    later = measured(
        annotation("a01", "t1", stance="favor"),
        annotation("a01", "t2", skip=True),
        annotation("a02", "t1", stance="favor"),
    )
    assert {row["annotator"]: row["n_skipped"] for row in later["annotators"]} == {"a01": 1, "a02": 0}


def test_the_last_ballot_counts() -> None:
    made = measured(
        annotation("a01", "t1", hour=9, stance="favor"),
        annotation("a01", "t1", hour=8, stance="against"),
        annotation("a02", "t1", hour=7, stance="favor"),
    )
    assert rows_of(made, "stance", "all")[""]["value"] == 1.0


def test_a_question_about_the_article_has_one_vote_an_annotator(codebook: Codebook) -> None:
    made = measured(
        annotation("a01", "t1", hour=8, document="d1", target=PARKING, stance="favor", text_problem="cut"),
        annotation("a01", "t2", hour=9, document="d1", target=CYCLING, stance="favor", text_problem="chrome_left"),
        annotation("a02", "t1", hour=8, document="d1", target=PARKING, stance="favor", text_problem="chrome_left"),
        codebook=codebook,
    )
    problem = rows_of(made, "text_problem", "all")[""]
    assert (problem["value"], problem["n_units"], problem["n_answers"]) == (1.0, 1, 2)
    stance = rows_of(made, "stance", "all")[""]
    assert (stance["n_units"], stance["note"]) == (1, "1 unit has one answer only")


def test_only_who_was_asked_is_compared(codebook: Codebook) -> None:
    made = measured(
        annotation("a01", "t1", stance="cannot_judge", why_not="unclear"),
        annotation("a02", "t1", stance="cannot_judge", why_not="only_mentioned"),
        annotation("a03", "t1", stance="favor"),
        codebook=codebook,
    )
    asked = rows_of(made, "why_not", "all")[""]
    assert (asked["value"], asked["n_answers"]) == (0.0, 2)


def test_questions_come_in_the_codebooks_order_with_all_their_labels(codebook: Codebook) -> None:
    made = measured(
        annotation("a01", "t1", text_problem="cut", stance="favor"),
        annotation("a02", "t1", stance="against", dropped_later="yes"),
        codebook=codebook,
    )
    asked = ["stance", "why_not", "text_problem", "evidence", "dropped_later"]
    assert list(dict.fromkeys(row["question"] for row in made["summary"])) == asked
    assert rows_of(made, "why_not", "all")[""]["note"] == "there is no answer"
    labels = rows_of(made, "stance", "label", "krippendorff_alpha")
    assert list(labels) == ["favor", "against", "neutral", "cannot_judge"]
    assert labels["neutral"]["note"] == "nobody gave this label: chance agreement is 1, which leaves nothing to measure"
    # four labels may be given, two were
    assert rows_of(made, "stance", "all", "gwet_ac1")[""]["value"] == pytest.approx((0 - 1 / 6) / (1 - 1 / 6))
