"""What a labelled document lends to its near-duplicates."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation.annotation.resolution.labels import resolved
from curation.annotation.resolution.propagation import NEAR, lend, twins
from tests.annotation.resolution.test_labels import BOOK, table
from tests.annotation.resolution.test_resolve import CYCLING, PARKING, answers


def pairs(*rows: tuple[str, str, float, float], merges: bool = True) -> pa.Table:
    names = ("id_a", "id_b", "containment_a", "containment_b")
    made = [{**dict(zip(names, row, strict=True)), "merges": merges} for row in rows]
    kinds = [pa.string(), pa.string(), pa.float64(), pa.float64(), pa.bool_()]
    return pa.Table.from_pylist(made, pa.schema(list(zip((*names, "merges"), kinds, strict=True))))


def clusters(**homes: str) -> pa.Table:
    return pa.table({"id": list(homes), "cluster_id": list(homes.values())})


def lent(found: Any, near: Any, *mentions: str) -> list[tuple[Any, ...]]:
    rows = lend(found, near, {(document, PARKING) for document in mentions}).to_pylist()
    return [tuple(row[key] for key in ("document_id", "question", "value", "method", "n_votes")) for row in rows]


LABELLED = resolved(table(answers("a01", stance="favor"), answers("a02", stance="favor")), table(), BOOK, "majority")


def test_a_twin_is_near_both_ways_and_was_compared() -> None:
    home = clusters(d1="d1", d2="d1", d3="d1", d4="d4")
    ours = pa.array(["d1"])
    assert twins(pairs(("d1", "d2", 0.95, NEAR)), home, ours) == {"d1": {"d2": NEAR}}
    assert twins(pairs(("d1", "d2", 0.95, NEAR - 0.01)), home, ours) == {}  # a cut copy
    assert twins(pairs(("d2", "d3", 1.0, 1.0)), home, ours) == {}  # tied through another
    assert twins(pairs(("d1", "d2", 1.0, 1.0), merges=False), home, ours) == {}  # a template
    assert twins(pairs(("d1", "d4", 1.0, 1.0)), home, ours) == {}  # told apart
    two = twins(pairs(("d1", "d2", 1.0, 1.0)), home, pa.array(["d1", "d2"]))
    assert two == {"d1": {"d2": 1.0}, "d2": {"d1": 1.0}}


def test_a_twin_gets_label_and_distribution() -> None:
    assert lent(LABELLED, {"d1": {"d2": 0.97}}, "d2") == [("d2", "stance", "favor", "propagated", 2)]
    [row] = lend(LABELLED, {"d1": {"d2": 0.97}}, {("d2", PARKING)}).to_pylist()
    assert (row["distribution"], row["target"], row["campaign"]) == ('{"favor":2}', PARKING, "k")


def test_a_target_must_be_mentioned_and_a_question_about_the_article_needs_none() -> None:
    assert lent(LABELLED, {"d1": {"d2": 0.97}}) == []
    about = resolved(table(answers("a01", stance="favor", text_problem="cut")), table(), BOOK, "majority")
    assert lent(about, {"d1": {"d2": 1.0}}) == [("d2", "text_problem", "cut", "propagated", 1)]


def test_people_who_answered_about_the_twin_are_not_overruled() -> None:
    own = [answers("a01", stance="against", document="d2"), answers("a02", stance="neutral", document="d2")]
    found = resolved(table(answers("a01", stance="favor"), *own), table(), BOOK, "majority")
    assert found.ties == 1  # even where they are divided
    assert lent(found, {"d1": {"d2": 1.0}}, "d2") == []
    elsewhere = answers("a01", CYCLING, stance="against", document="d2")  # about another target
    other = resolved(table(answers("a01", stance="favor"), elsewhere), table(), BOOK, "majority")
    assert [row[:3] for row in lent(other, {"d1": {"d2": 1.0}}, "d2")] == [("d2", "stance", "favor")]


def test_of_two_that_lend_the_same_the_nearer_one_counts_and_two_that_differ_lend_nothing() -> None:
    one, two = answers("a01", stance="favor"), answers("a01", stance="favor", document="d3")
    more = answers("a02", stance="favor", document="d3")
    agreed = resolved(table(one, two, more), table(), BOOK, "majority")
    near = {"d1": {"d2": 0.92}, "d3": {"d2": 0.95}}
    assert lent(agreed, near, "d2") == [("d2", "stance", "favor", "propagated", 2)]
    differing = resolved(table(one, answers("a01", stance="against", document="d3")), table(), BOOK, "majority")
    assert lent(differing, near, "d2") == []
    # to have none of several answers is an answer, too
    none = answers("a01", stance="favor", document="d3")
    some = answers("a01", stance="favor", text_problem="cut")
    assert lent(resolved(table(some, none), table(), BOOK, "majority"), near) == []


@given(st.dictionaries(st.sampled_from("abcde"), st.dictionaries(st.sampled_from("abcde"), st.floats(NEAR, 1))))
def test_labels_of_people_stay_as_they_were(near: dict[str, dict[str, float]]) -> None:
    said = [answers("a01", stance="favor", document=one) for one in "ab"]
    found = resolved(table(*said, answers("a01", stance="against", document="c")), table(), BOOK, "majority")
    rows = lend(found, near, {(one, PARKING) for one in "abcde"}).to_pylist()
    assert not {row["document_id"] for row in rows} & set("abc")
    assert len({row["document_id"] for row in rows}) == len(rows)
