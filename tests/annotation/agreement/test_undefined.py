"""What can't be computed is null, and its note says why; never NaN, never a warning."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from tests.annotation.agreement.conftest import found, frame

CORRECTED = ("krippendorff_alpha", "fleiss_kappa", "cohen_kappa")


def notes(sheet: Any, **more: Any) -> set[str]:
    made = found(sheet, resamples=20, **more)
    assert all(row["value"] is row["low"] is row["high"] is None for row in made.values())
    return {row["note"] for row in made.values()}


def test_everybody_gave_the_same_label() -> None:
    made = found({1: {"a01": "yes", "a02": "yes"}, 2: {"a01": "yes", "a02": "yes"}}, resamples=20)
    for name in CORRECTED:
        assert made[name]["value"] is None
        said = "everybody gave the same label (yes): chance agreement is 1, which leaves nothing to measure"
        assert made[name]["note"] == said
    assert made["percent"]["value"] == 1.0
    assert made["gwet_ac1"]["value"] is None
    assert made["gwet_ac1"]["note"] == "there is one value only (yes): no other could have been given"


def test_a_label_that_was_given_to_a_unit_with_one_answer_only_is_not_what_all_said() -> None:
    made = found({1: {"a01": "no", "a02": "no"}, 2: {"a01": "yes"}})
    assert made["krippendorff_alpha"]["note"].startswith("everybody gave the same label (no)")
    assert made["gwet_ac1"]["value"] is not None


def test_only_one_answered() -> None:
    assert notes({1: {"a01": "yes"}, 2: {"a01": "no"}}) == {"only a01 answered: there is nobody to agree with"}


def test_no_unit_has_two_answers() -> None:
    assert notes({1: {"a01": "yes"}, 2: {"a02": "no"}}) == {"no unit has two answers"}


def test_no_row_at_all() -> None:
    types = pa.schema({"unit": pa.string(), "annotator": pa.string(), "value": pa.string()})
    assert found(types.empty_table()) == {}


def test_nobody_answered() -> None:
    assert notes({1: {"a01": None, "a02": None}}) == {"there is no answer"}


def test_each_two_gave_one_label_but_not_the_same() -> None:
    made = found({1: {"a01": "yes", "a02": "yes"}, 2: {"a03": "no", "a04": "no"}})
    assert made["cohen_kappa"]["value"] is None
    assert made["cohen_kappa"]["note"].startswith("each two gave one and the same label to all that both answered")
    assert made["krippendorff_alpha"]["value"] == 1.0


def test_the_same_set_by_everybody() -> None:
    both = frozenset({"health", "sports"})
    made = found({1: {"a01": both, "a02": both}, 2: {"a01": both, "a02": both}})["krippendorff_alpha_masi"]
    assert made["value"] is None
    assert made["note"].startswith("everybody gave the same set (health + sports): chance agreement is 1")


def test_no_majority_among_the_others() -> None:
    made = found({1: {"a01": "x", "a02": "x", "a03": "y"}, 2: {"a03": "y", "a01": "x", "a02": "y"}}, "annotator")
    assert made["percent"]["value"] == 0.0  # the last annotator stands against two who agree once
    tied = found({1: {"a01": "x", "a02": "y", "a03": "z"}}, "annotator")
    assert tied["percent"]["value"] is None
    assert tied["percent"]["note"] == "on no unit is there a majority of others to compare with"


def test_bootstrap_samples_in_which_it_is_undefined_are_told() -> None:
    sheet = {unit: {"a01": "x", "a02": "y" if unit == 0 else "x"} for unit in range(4)}
    row = found(sheet, resamples=200)["krippendorff_alpha"]
    assert row["value"] is not None
    assert "of 200 bootstrap samples: the interval is that of the others" in row["note"]


def test_one_unit_has_a_value_and_no_interval() -> None:
    row = found({1: {"a01": "x", "a02": "y"}}, resamples=100)["percent"]
    assert (row["value"], row["low"], row["high"]) == (0.0, None, None)


@pytest.mark.parametrize("name", ["krippendorff_alpha", "gwet_ac1", "percent"])
def test_what_is_left_out_is_told(name: str) -> None:
    sheet = {
        **{n: {"a01": "x", "a02": "y", "a03": "x"} for n in range(3)},
        3: {"a01": "x", "a02": "x"},
        4: {"a01": "y"},
    }
    made = found(sheet)
    assert made[name]["note"] == "1 unit has one answer only"
    assert made["fleiss_kappa"]["note"] == "over the units with 3 answers; 2 others are left out"
    assert made["fleiss_kappa"]["n_units"] == 3
    assert frame(sheet).num_rows == 12
