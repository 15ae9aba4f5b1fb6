"""From answers to labels: which answers count, and that adjudication decides over votes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation.resolution.labels import GONE, UNKNOWN, counted, place, resolved
from tests.annotation.resolution.test_resolve import PARKING, answers

BOOK = codebooks.load(Path(__file__).parents[1] / "codebook.toml")
VALUES = ["favor", "against", "neutral", "cannot_judge"]
PROBLEMS = ["cut", "chrome_left"]


def table(*ballots: list[dict[str, Any]]) -> pa.Table:
    return schema.from_rows("annotations", [row for ballot in ballots for row in ballot])


def tasks(**roles: str) -> pa.Table:
    """A task about parking for each document; training is a round, all else a role."""
    rows = [
        {
            **{"campaign": "k", "task_key": f"{document} {PARKING}", "document_id": document, "cluster_id": document},
            **{"round": "training" if role == "training" else "main", "text_sha256": "", "target": PARKING},
            **{"stratum": "Detak", "inclusion_probability": 0.5, "role": "normal" if role == "training" else role},
        }
        for document, role in roles.items()
    ]
    return schema.from_rows("tasks", rows)


def documents(annotations: pa.Table) -> set[str]:
    return set(annotations["document_id"].to_pylist())


def test_only_answers_to_normal_tasks_outside_of_training_count() -> None:
    given_ = table(*(answers("a01", stance="favor", document=f"d{i}") for i in range(1, 6)))
    found = counted(given_, tasks(d1="normal", d2="gold", d3="probe", d4="training"), BOOK)
    assert documents(found.annotations) == {"d1"}
    assert found.left_out == {"gold": 1, "probe": 1, "training": 1, GONE: 1}


def test_an_answer_of_the_training_does_not_count_whatever_became_of_its_task() -> None:
    given_ = table([{**row, "round": "training"} for row in answers("a01", stance="favor")])
    assert counted(given_, tasks(d1="normal"), BOOK).left_out == {"training": 1}


def test_what_is_gold_in_one_round_is_gold_in_all() -> None:
    both = pa.concat_tables([tasks(d1="gold"), tasks(d1="normal")])
    assert counted(table(answers("a01", stance="favor")), both, BOOK).left_out == {"gold": 1}


def test_a_value_that_the_codebook_lacks_does_not_count_and_a_renamed_one_does() -> None:
    given_ = table(answers("a01", stance="pro"), answers("a02", stance="favor"))
    found = counted(given_, tasks(d1="normal"), BOOK)
    assert (found.annotations.num_rows, found.left_out) == (1, {UNKNOWN: 1})
    renamed = codebooks.Change(version="1.2", date="2026-05-01", note="", effect="none", rename={"pro": "favor"})
    head = msgspec.structs.replace(BOOK.codebook, guideline_version="1.2")
    book = msgspec.structs.replace(BOOK, codebook=head, changelog=(*BOOK.changelog, renamed))
    assert counted(given_, tasks(d1="normal"), book).annotations["value"].to_pylist() == ["favor", "favor"]


def test_a_skip_is_no_unknown_value() -> None:
    assert counted(table(answers("a01", skip=True)), tasks(d1="normal"), BOOK).left_out == {}


def test_adjudication_ends_a_tie_and_keeps_the_votes_beside_it() -> None:
    votes = table(answers("a01", stance="favor"), answers("a02", stance="against"))
    assert resolved(votes, table(), BOOK, "majority").ties == 1
    found = resolved(votes, table(answers("a09", stance="neutral")), BOOK, "majority")
    [label] = found.labels.to_pylist()
    assert (label["value"], label["method"], label["n_votes"]) == ("neutral", "adjudicated", 2)
    assert label["distribution"] == '{"against":1,"favor":1}'
    assert found.ties == 0


def test_what_only_an_adjudicator_answered_has_no_votes() -> None:
    [label] = resolved(table(), table(answers("a09", stance="neutral")), BOOK, "majority").labels.to_pylist()
    assert (label["distribution"], label["n_votes"]) == ("{}", 0)


def test_adjudicators_who_are_divided_decide_nothing() -> None:
    votes = table(answers("a01", stance="favor"), answers("a02", stance="favor"), answers("a03", stance="against"))
    decided = table(answers("a08", stance="neutral"), answers("a09", stance="against"))
    [label] = resolved(votes, decided, BOOK, "majority").labels.to_pylist()
    assert (label["value"], label["method"]) == ("favor", "majority")


def test_choosing_nothing_is_a_decision_only_where_votes_were_tied() -> None:
    tied = table(answers("a01", stance="favor", text_problem="cut"), answers("a02", stance="favor"))
    agreed = table(*(answers(name, stance="favor", text_problem="cut") for name in ("a01", "a02")))
    blank = table(answers("a09", stance="favor"))
    assert resolved(tied, blank, BOOK, "majority").ties == 0
    for votes, kept in ((tied, []), (agreed, [("cut", "majority")])):
        labels = resolved(votes, blank, BOOK, "majority").labels.to_pylist()
        assert [(row["value"], row["method"]) for row in labels if row["question"] == "text_problem"] == kept


# -- whatever people say ----------------------------------------------------------------------------

ballot = st.fixed_dictionaries(
    {"stance": st.sampled_from(["favor", "against", "neutral"])},
    optional={"text_problem": st.lists(st.sampled_from(PROBLEMS), unique=True, min_size=1)},
)
sheets = st.dictionaries(
    st.tuples(st.sampled_from(["a01", "a02", "a03", "a04"]), st.sampled_from(["d1", "d2", "d3"])), ballot
)
decisions = st.dictionaries(st.sampled_from(["d1", "d2", "d3"]), ballot)


def cast(sheet: dict[Any, Any]) -> list[list[dict[str, Any]]]:
    return [answers(name, document=document, **said) for (name, document), said in sheet.items()]


@pytest.mark.parametrize("method", ["majority", "dawid_skene"])
@settings(max_examples=30)
@given(sheets, decisions, st.randoms())
def test_the_order_of_answers_changes_nothing(
    method: str, sheet: dict[Any, Any], decided: dict[str, Any], random: Any
) -> None:
    votes, over = cast(sheet), cast({("a09", document): said for document, said in decided.items()})
    before = resolved(table(*votes), table(*over), BOOK, method)
    random.shuffle(votes)
    random.shuffle(over)
    after = resolved(table(*votes), table(*over), BOOK, method)
    assert after.labels == before.labels
    assert (after.tied, after.asked) == (before.tied, before.asked)


@pytest.mark.parametrize("method", ["majority", "dawid_skene"])
@settings(max_examples=30)
@given(sheets, decisions)
def test_what_was_adjudicated_always_wins(method: str, sheet: dict[Any, Any], decided: dict[str, Any]) -> None:
    over = cast({("a09", document): said for document, said in decided.items()})
    found = resolved(table(*cast(sheet)), table(*over), BOOK, method)
    stances = {row["document_id"]: row for row in found.labels.to_pylist() if row["question"] == "stance"}
    for document, said in decided.items():
        assert (stances[document]["value"], stances[document]["method"]) == (said["stance"], "adjudicated")
    assert {key for key, row in stances.items() if row["method"] == "adjudicated"} == set(decided)
    open_ = {tie.unit[1] for tie in found.tied if tie.question == "stance"}
    assert not open_ & set(decided)


@given(sheets)
def test_a_majority_can_be_recomputed_by_hand(sheet: dict[Any, Any]) -> None:
    votes = table(*cast(sheet))
    found = resolved(votes, table(), BOOK, "majority")
    for row in found.labels.to_pylist():
        counts = json.loads(row["distribution"])
        mine = counts[row["value"]]
        if row["question"] == "stance":
            assert sum(counts.values()) == row["n_votes"]
            assert all(mine > n for value, n in counts.items() if value != row["value"])
        else:
            assert 2 * mine > row["n_votes"] >= max(counts.values())
    said = Counter(document for _, document in sheet)
    for document, n in said.items():
        about = [row for row in found.labels.to_pylist() if row["document_id"] == document]
        assert all(row["n_votes"] == n for row in about)
        # each question that was answered is a label, or a tie, or has no value that most people gave
        stances = [row for row in about if row["question"] == "stance"]
        tied = [tie for tie in found.tied if tie.unit[1] == document and tie.question == "stance"]
        assert len(stances) + len(tied) == 1
    assert {place(row) for row in found.labels.to_pylist()} <= found.asked
