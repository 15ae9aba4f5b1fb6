"""Against definitions in plain Python, against other libraries, and what may not change a value."""

from __future__ import annotations

import warnings
from itertools import combinations
from typing import Any

import krippendorff
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers
from tests.annotation.agreement import reference
from tests.annotation.agreement.conftest import found, frame

LABELS = ["against", "favor", "neutral"]
people = st.sampled_from(["a01", "a02", "a03", "a04", "a05"])
sheets = st.dictionaries(
    st.integers(0, 30), st.dictionaries(people, st.sampled_from(LABELS), min_size=1), min_size=1, max_size=12
)
few = settings(max_examples=30)
KNOWN = ("percent", "krippendorff_alpha", "fleiss_kappa", "cohen_kappa", "gwet_ac1")


def values(sheet: Any, **more: Any) -> dict[str, float | None]:
    return {name: row["value"] for name, row in found(sheet, **more).items()}


def close(a: dict[str, float | None], b: dict[str, float | None]) -> bool:
    return a.keys() == b.keys() and all(
        (a[k] is None and b[k] is None) or (a[k] is not None and b[k] is not None and abs(a[k] - b[k]) < 1e-9)
        for k in a
    )


@few
@given(sheets)
def test_every_coefficient_is_that_of_its_definition(sheet: reference.Sheet) -> None:
    shown = sorted({value for by in sheet.values() for value in by.values()})
    twice = any(len(by) > 1 for by in sheet.values())
    expected = {
        "percent": reference.percent(sheet),
        "krippendorff_alpha": reference.alpha(sheet),
        "fleiss_kappa": reference.fleiss(sheet),
        "cohen_kappa": reference.mean_cohen(sheet),
        "gwet_ac1": reference.ac1(sheet, shown) if twice else None,
    }
    made = values(sheet)
    assert tuple(made) == KNOWN
    assert close(made, {name: None if value is None else float(value) for name, value in expected.items()})


@few
@given(sheets)
def test_each_label_against_the_others(sheet: reference.Sheet) -> None:
    shown = sorted({value for by in sheet.values() for value in by.values()})
    last = {unit: {name: value == shown[-1] for name, value in by.items()} for unit, by in sheet.items()}
    expected = reference.alpha(last)
    assert close(
        {"alpha": found(sheet, "label")["krippendorff_alpha"]["value"]},
        {"alpha": None if expected is None else float(expected)},
    )


@few
@given(sheets, st.permutations(LABELS), st.permutations(["b1", "b2", "b3", "b4", "b5"]), st.randoms())
def test_names_and_order_change_nothing(sheet: reference.Sheet, labels: Any, names: Any, random: Any) -> None:
    relabel, rename = (
        dict(zip(LABELS, labels, strict=True)),
        dict(zip(["a01", "a02", "a03", "a04", "a05"], names, strict=True)),
    )
    renamed = {f"x{-u}": {rename[n]: relabel[v] for n, v in by.items()} for u, by in sheet.items()}
    rows = frame(renamed).to_pylist()
    random.shuffle(rows)
    assert close(values(sheet), values(pa.Table.from_pylist(rows)))


@few
@given(sheets, st.randoms())
def test_intervals_do_not_depend_on_the_order_of_rows(sheet: reference.Sheet, random: Any) -> None:
    rows = frame(sheet).to_pylist()
    before = found(frame(sheet), resamples=50)
    random.shuffle(rows)
    assert found(pa.Table.from_pylist(rows), resamples=50) == before


@few
@given(sheets)
def test_somebody_who_answered_nothing_changes_nothing(sheet: reference.Sheet) -> None:
    silent = {unit: {**by, "a09": None} for unit, by in sheet.items()}
    assert found(silent) == found(sheet)


def random_matrix(seed: int, units: int = 200, people: int = 4, missing: float = 0.0) -> Any:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 4, units)
    given = np.where(random.random((units, people)) < 0.6, truth[:, None], random.integers(0, 4, (units, people)))
    return np.where(random.random((units, people)) < missing, -1, given)


def as_sheet(matrix: Any) -> reference.Sheet:
    return {
        unit: {f"a{n}": str(value) for n, value in enumerate(row) if value >= 0}
        for unit, row in enumerate(matrix.tolist())
    }


@pytest.mark.parametrize("seed", range(5))
def test_other_libraries_say_the_same(seed: int) -> None:
    full = random_matrix(seed)
    made = values(as_sheet(full))
    assert made["fleiss_kappa"] == pytest.approx(fleiss_kappa(aggregate_raters(full)[0]), abs=1e-12)
    pairs = [cohen_kappa_score(full[:, a], full[:, b]) for a, b in combinations(range(4), 2)]
    assert made["cohen_kappa"] == pytest.approx(np.mean(pairs), abs=1e-12)
    holed = random_matrix(seed, missing=0.4)
    data = np.where(holed < 0, np.nan, holed).T
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = krippendorff.alpha(data, level_of_measurement="nominal")
    assert values(as_sheet(holed))["krippendorff_alpha"] == pytest.approx(expected, abs=1e-12)


def test_krippendorffs_own_example() -> None:
    """The nominal data with missing values of his "Computing Krippendorff's alpha-reliability" (2011): 0.743."""
    observers = {
        "A": "1 2 3 3 2 1 4 1 2 * * *",
        "B": "1 2 3 3 2 2 4 1 2 5 * 3",
        "C": "* 3 3 3 2 3 4 2 2 5 1 *",
        "D": "1 2 3 3 2 4 4 1 2 5 1 *",
    }
    sheet: reference.Sheet = {}
    for name, line in observers.items():
        for unit, value in enumerate(line.split()):
            if value != "*":
                sheet.setdefault(unit, {})[name] = value
    assert values(sheet)["krippendorff_alpha"] == pytest.approx(0.743, abs=5e-4)


def test_a_pair_is_cohens_kappa_of_the_units_that_both_answered(rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows)
    summary = measure(answers(table, {}), resamples=0)["summary"].to_pylist()
    pair = next(row for row in summary if row["scope"] == "pair" and row["of"] == "a01, a03")
    assert pair["n_units"] == 3
    expected = reference.cohen(["favor", "favor", "against"], ["favor", "against", "neutral"])
    assert expected is not None
    assert pair["value"] == pytest.approx(float(expected))
