"""Sets of labels: alpha with MASI against its definition."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation.agreement import measure, sets
from curation.annotation.agreement.columns import answers
from curation.annotation.codebook import Codebook
from tests.annotation.agreement import reference
from tests.annotation.agreement.conftest import annotation, found, frame

TOPICS = ["economy", "health", "politics", "sports"]
topic_sets = st.frozensets(st.sampled_from(TOPICS), max_size=3)
sheets = st.dictionaries(
    st.integers(0, 9), st.dictionaries(st.sampled_from(["a01", "a02", "a03"]), topic_sets, min_size=1), min_size=1
)
few = settings(max_examples=30)


def test_masi_of_all_sets_of_three_labels() -> None:
    every = [
        frozenset(label for label, there in zip("abc", bits, strict=True) if there)
        for bits in product((0, 1), repeat=3)
    ]
    for a, b in product(every, every):
        made = sets.masi(np.array([float(len(a & b))]), np.array([len(a)]), np.array([len(b)]))
        assert made[0] == pytest.approx(float(reference.masi(a, b)), abs=1e-12)


@few
@given(sheets)
def test_alpha_is_that_of_its_definition(sheet: reference.Sheet) -> None:
    expected, same = reference.alpha(sheet, reference.masi), reference.percent(sheet)
    made = found(sheet, kind="choices")
    for name, value in (("krippendorff_alpha_masi", expected), ("percent", same)):
        assert (made[name]["value"] is None) == (value is None)
        assert value is None or made[name]["value"] == pytest.approx(float(value), abs=1e-9)


@few
@given(sheets)
def test_a_label_is_given_or_not(sheet: reference.Sheet) -> None:
    shown = sorted({label for by in sheet.values() for value in by.values() for label in value})
    if not shown:
        return
    yes_no = {unit: {name: str(shown[-1] in value) for name, value in by.items()} for unit, by in sheet.items()}
    expected = found(yes_no)
    made = found(sheet, "label", kind="choices")
    for name in ("krippendorff_alpha", "percent", "cohen_kappa", "fleiss_kappa"):
        assert made[name]["value"] == (
            None if expected[name]["value"] is None else pytest.approx(expected[name]["value"])
        )


def test_many_different_sets_are_compared_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    sheet = {
        unit: {
            name: frozenset(random.choice(list("abcdefgh"), random.integers(0, 5)).tolist()) for name in ("a01", "a02")
        }
        for unit in range(60)
    }
    whole = found(sheet)["krippendorff_alpha_masi"]["value"]
    monkeypatch.setattr(sets, "BLOCK", 50)
    expected = reference.alpha(sheet, reference.masi)
    assert expected is not None
    assert found(sheet)["krippendorff_alpha_masi"]["value"] == pytest.approx(whole, abs=1e-12)
    assert whole == pytest.approx(float(expected), abs=1e-12)


def test_confusion_lays_labels_beside_what_the_other_says_instead() -> None:
    sheet = {
        1: {"a01": frozenset({"health"}), "a02": frozenset({"health", "economy"})},
        2: {"a01": frozenset({"sports"}), "a02": frozenset({"politics"})},
        3: {"a01": frozenset(), "a02": frozenset()},
    }
    made = measure(answers(frame(sheet), {}), resamples=0)["confusion"].to_pylist()
    assert {(row["value"], row["other"]): row["n"] for row in made} == {
        ("economy", None): 1,
        (None, "economy"): 1,
        ("health", "health"): 2,
        ("politics", "sports"): 1,
        ("sports", "politics"): 1,
        (None, None): 2,
    }


def test_who_was_asked_and_marked_nothing_gave_the_empty_set(codebook: Codebook) -> None:
    rows = [
        *annotation("a01", "t1", stance="favor", text_problem=["cut"]),
        *annotation("a02", "t1", stance="favor"),
        *annotation("a01", "t2", stance="favor"),
        *annotation("a02", "t2", stance="favor"),
    ]
    table = schema.from_rows("annotations", rows)
    summary = measure(answers(table, {}), codebook=codebook, resamples=0)["summary"]
    made = [row for row in summary.to_pylist() if row["question"] == "text_problem" and row["scope"] == "all"]
    assert [(row["coefficient"], row["value"], row["n_units"]) for row in made] == [
        ("percent", 0.5, 2),
        ("krippendorff_alpha_masi", 0.0, 2),
    ]


def test_without_a_codebook_several_labels_on_one_annotation_are_a_set() -> None:
    rows = [*annotation("a01", "t1", topic=["health", "sports"]), *annotation("a02", "t1", topic="health")]
    table = schema.from_rows("annotations", rows)
    assert "krippendorff_alpha_masi" in found(table)
