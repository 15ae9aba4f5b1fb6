from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation.annotators import Annotators
from curation.annotation.codebook import Codebook
from curation.annotation.export import read_export
from curation.annotation.resolution.resolve import majority

HERE = Path(__file__).parents[1]
PARKING, CYCLING = "kenaikan tarif parkir", "jalur sepeda"


def answers(
    annotator: str, target: str = PARKING, *, skip: bool = False, hour: int = 0, document: str = "d1", **given: Any
) -> list[dict[str, Any]]:
    """The rows of one annotation: question=value or question=[values]."""
    common = {
        **{"campaign": "k", "round": "main", "task_key": f"{document} {target}", "document_id": document},
        **{
            "annotation_id": f"{annotator} {document} {target}",
            "text_sha256": "",
            "annotator": annotator,
            "source": "",
        },
        **{"label_config_sha256": "", "guideline_version": "1", "skipped": skip},
        "created_at": datetime(2026, 3, 1, tzinfo=UTC),
        "updated_at": datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hour),
    }
    if skip:
        return [{**common, "target": target, "question": ""}]
    return [
        {**common, "target": None if question == "text_problem" else target, "question": question, "value": value}
        for question, values in given.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def resolve(codebook: Codebook, *ballots: list[dict[str, Any]]) -> tuple[list[tuple[Any, ...]], int]:
    table = schema.from_rows("annotations", [row for ballot in ballots for row in ballot])
    resolved = majority(table, codebook)
    columns = ("target", "question", "value", "distribution", "n_votes")
    return [tuple(row[c] for c in columns) for row in resolved.labels.to_pylist()], resolved.ties


def test_the_most_frequent_answer_wins_and_skips_do_not_vote(codebook: Codebook) -> None:
    labels, ties = resolve(
        codebook,
        answers("a01", stance="favor"),
        answers("a02", stance="favor"),
        answers("a03", stance="against"),
        answers("a04", skip=True),
    )
    assert labels == [(PARKING, "stance", "favor", '{"against":1,"favor":2}', 3)]
    assert ties == 0


def test_a_tie_is_no_label_and_is_counted(codebook: Codebook) -> None:
    labels, ties = resolve(codebook, answers("a01", stance="favor"), answers("a02", stance="against"))
    assert (labels, ties) == ([], 1)


def test_of_several_answers_each_needs_more_than_half_of_those_asked(codebook: Codebook) -> None:
    labels, ties = resolve(
        codebook,
        answers("a01", stance="favor", text_problem=["cut", "chrome_left"]),
        answers("a02", stance="favor", text_problem=["cut"]),
        answers("a03", stance="favor", text_problem=["cut"]),
        answers("a04", stance="favor"),
    )
    assert (None, "text_problem", "cut", '{"chrome_left":1,"cut":3}', 4) in labels
    assert not [label for label in labels if label[2] == "chrome_left"]
    assert ties == 0


def test_half_of_those_asked_is_a_tie(codebook: Codebook) -> None:
    labels, ties = resolve(codebook, answers("a01", stance="favor", text_problem="cut"), answers("a02", stance="favor"))
    assert [label[1] for label in labels] == ["stance"]
    assert ties == 1


def test_a_question_about_the_article_has_one_vote_an_annotator_the_last(codebook: Codebook) -> None:
    labels, _ = resolve(
        codebook,
        answers("a01", PARKING, stance="favor", text_problem="cut", hour=2),
        answers("a01", CYCLING, stance="favor", text_problem="chrome_left", hour=1),
    )
    assert (None, "text_problem", "cut", '{"cut":1}', 1) in labels
    assert {label[0] for label in labels if label[1] == "stance"} == {PARKING, CYCLING}


def test_only_those_who_were_asked_vote(codebook: Codebook) -> None:
    labels, _ = resolve(
        codebook,
        answers("a01", stance="cannot_judge", why_not="unclear"),
        answers("a02", stance="favor"),
        answers("a03", stance="favor"),
    )
    assert (PARKING, "why_not", "unclear", '{"unclear":1}', 1) in labels


def test_the_real_export(codebook: Codebook, tasks: pa.Table) -> None:
    pulled = read_export(HERE / "real_export.json", codebook, tasks, Annotators())
    resolved = majority(pulled.annotations, codebook)
    stances = {(row["target"], row["value"]) for row in resolved.labels.to_pylist() if row["question"] == "stance"}
    assert stances == {(PARKING, "against"), (CYCLING, "favor")}
    # two stances of two people who disagree, and three text problems that one of two saw
    assert resolved.ties == 5
    assert set(resolved.labels["method"].to_pylist()) == {"majority"}


BOOK = codebooks.load(HERE / "codebook.toml")
votes = st.dictionaries(
    st.sampled_from(["a01", "a02", "a03", "a04", "a05"]), st.sampled_from(["favor", "against", "neutral"]), min_size=1
)


@given(votes, st.randoms())
def test_the_order_of_rows_changes_nothing(given_: dict[str, str], random: Any) -> None:
    ballots = [answers(name, stance=value) for name, value in given_.items()]
    before = resolve(BOOK, *ballots)
    random.shuffle(ballots)
    assert resolve(BOOK, *ballots) == before
    labels, ties = before
    assert len(labels) + ties == 1
    counts = {value: list(given_.values()).count(value) for value in given_.values()}
    if labels:
        assert all(counts[labels[0][2]] > count for value, count in counts.items() if value != labels[0][2])
