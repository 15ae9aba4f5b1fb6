"""Passages: letter by letter, against a table of all letters."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers
from curation.errors import DataError
from tests.annotation.agreement import reference
from tests.annotation.agreement.conftest import found

Spans = list[tuple[int, int, str]]
spans = st.builds(
    lambda start, size, label: (start, start + size, label),
    st.integers(0, 20),
    st.integers(1, 9),
    st.sampled_from("xy"),
)
sheets = st.dictionaries(
    st.sampled_from(["d1", "d2", "d3"]),
    st.dictionaries(st.sampled_from(["a01", "a02", "a03"]), st.lists(spans, max_size=4), min_size=1),
    min_size=1,
)


def frame(sheet: dict[str, dict[str, Spans]]) -> pa.Table:
    """Passages as rows; who marked nothing has a row without one."""
    rows: list[dict[str, Any]] = [
        {"document_id": text, "annotator": name, "value": label, "start": start, "end": end}
        for text, by in sheet.items()
        for name, given in by.items()
        for start, end, label in given or [(None, None, None)]
    ]
    types = {"document_id": pa.string(), "annotator": pa.string(), "value": pa.string()}
    return pa.Table.from_pylist(rows, schema=pa.schema({**types, "start": pa.int32(), "end": pa.int32()}))


@settings(max_examples=30)
@given(sheets, st.integers(29, 60))
def test_alpha_and_f1_are_those_of_single_letters(sheet: dict[str, dict[str, Spans]], length: int) -> None:
    lengths = dict.fromkeys(sheet, length)
    letters = reference.letters(sheet, lengths)
    made = found(frame(sheet), kind="spans", lengths_of=lengths)
    expected = {
        "percent": reference.percent(letters),
        "krippendorff_alpha": reference.alpha_of_many(letters),
        "f1": reference.f1(letters),
    }
    for name, value in expected.items():
        assert (made[name]["value"] is None) == (value is None), name
        assert value is None or made[name]["value"] == pytest.approx(float(value), abs=1e-9), name


def test_a_label_is_compared_by_itself() -> None:
    sheet = {"d1": {"a01": [(0, 4, "x"), (6, 8, "y")], "a02": [(0, 4, "x")]}, "d2": {"a01": [], "a02": [(2, 3, "y")]}}
    summary = measure(answers(frame(sheet), {}), kind="spans", lengths_of={"d1": 10, "d2": 10}, resamples=0)["summary"]
    labels = {(r["of"], r["coefficient"]): r["value"] for r in summary.to_pylist() if r["scope"] == "label"}
    assert labels["x", "krippendorff_alpha"] == labels["x", "f1"] == 1.0
    assert labels["y", "f1"] == 0.0


def test_where_the_length_is_not_known_the_text_ends_with_its_last_passage() -> None:
    sheet: dict[str, dict[str, Spans]] = {"d1": {"a01": [(0, 4, "x")], "a02": [(2, 8, "x")]}}
    made = found(frame(sheet))
    assert made["percent"]["value"] == pytest.approx(2 / 8)
    assert "the length of 1 text is not known" in made["percent"]["note"]
    known = found(frame(sheet), lengths_of={"d1": 80})
    assert known["percent"]["value"] == pytest.approx(74 / 80)
    assert "length" not in known["percent"]["note"]
    assert known["f1"] == {**made["f1"], "note": known["f1"]["note"]}


def test_nobody_marked_anything() -> None:
    made = found(frame({"d1": {"a01": [], "a02": []}}), kind="spans", lengths_of={"d1": 40})
    assert made["percent"]["value"] == 1.0
    assert made["f1"]["value"] is None
    assert made["f1"]["note"] == "nobody marked anything"
    assert made["krippendorff_alpha"]["value"] is None
    assert "everybody gave the same label (none)" in made["krippendorff_alpha"]["note"]


def test_texts_are_drawn_not_letters() -> None:
    sheet: dict[str, dict[str, Spans]] = {
        f"d{n}": {"a01": [(0, 10, "x")], "a02": [(0 if n % 2 else 5, 10 if n % 2 else 15, "x")]} for n in range(6)
    }
    lengths = dict.fromkeys(sheet, 20)
    row = found(frame(sheet), lengths_of=lengths, resamples=400)["f1"]
    # all six alike, or none: what single texts give; letters would give a far narrower interval
    assert row["low"] < 0.6 < row["value"] == pytest.approx(0.75)
    assert row["high"] > 0.9
    assert row["n_units"] == 6
    assert row["n_answers"] == 12


@pytest.mark.parametrize(("start", "end"), [(5, 5), (7, 2), (-1, 3)])
def test_a_passage_without_letters_is_an_error(start: int, end: int) -> None:
    with pytest.raises(DataError, match=f"a passage in 'd1' goes from {start} to {end}"):
        found(frame({"d1": {"a01": [(start, end, "x")], "a02": []}}))
