"""Frames of any shape that a researcher has."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import curation
from curation.annotation.agreement.columns import answers, expected
from curation.errors import CurationError, DataError, InputError, UsageError

LONG = {
    "kalimat": ["k1", "k1", "k2", "k2", "k3", "k3"],
    "anotator": ["sari", "bagas"] * 3,
    "label": [1, 1, 0, 1, 0, 0],
}


def alpha(result: Any) -> Any:
    table = result.summary if isinstance(result.summary, pa.Table) else pa.Table.from_pandas(result.summary)
    rows = [r for r in table.to_pylist() if r["scope"] == "all" and r["coefficient"] == "krippendorff_alpha"]
    return rows[0]["value"]


def wide(**more: Any) -> dict[str, Any]:
    return {"item": ["k1", "k2", "k3"], "rater1": [1, 0, 0], "rater2": [1, 1, 0], **more}


def test_long_and_wide_pandas_and_arrow_text_and_numbers_say_the_same() -> None:
    expected_alpha = alpha(curation.agreement(pa.table(LONG), unit="kalimat"))
    assert expected_alpha == pytest.approx(1 - 5 * 2 / 18)
    frames = [
        pa.table(wide()),
        pd.DataFrame(wide()),
        pd.DataFrame(wide(rater3=[None, None, None])),
        pd.DataFrame(wide(rater2=[1.0, 1.0, 0.0])),
        pd.DataFrame(wide()).astype({"rater1": "category", "rater2": "category"}),
        pd.DataFrame(wide(rater1=["y", "n", "n"], rater2=["y", "y", "n"])),
        pd.DataFrame(wide()).drop(columns="item"),
    ]
    for frame in frames:
        assert alpha(curation.agreement(frame)) == pytest.approx(expected_alpha), frame
    assert alpha(curation.agreement(pd.DataFrame(LONG), unit="kalimat")) == pytest.approx(expected_alpha)


def test_pandas_gives_pandas_and_arrow_gives_arrow() -> None:
    framed, tabled = curation.agreement(pd.DataFrame(wide())), curation.agreement(pa.table(wide()))
    assert isinstance(framed.summary, pd.DataFrame)
    assert isinstance(tabled.summary, pa.Table)
    assert framed.tables == tabled.tables
    assert set(framed.to_pandas()) == {"summary", "confusion", "annotators"}


def test_a_whole_number_beside_a_gap_is_the_same_label() -> None:
    gaps = answers(pa.table({"item": [1, 2], "a1": [1.0, None], "a2": [1, 0]}), {})
    assert gaps["value"].to_pylist() == ["1", None, "1", "0"]
    halves = answers(pa.table({"item": [1, 2], "a1": [1.5, 2.0], "a2": [1, 0]}), {})
    assert halves["value"].to_pylist() == ["1.5", "2", "1", "0"]


def test_columns_can_be_named() -> None:
    frame = pa.table(
        {"teksku": ["t1", "t1"], "siapa": ["sari", "bagas"], "sikap": ["pro", "kontra"], "label": ["", ""]}
    )
    result = curation.agreement(frame, unit="teksku", annotator="siapa", value="sikap")
    assert set(result.confusion["value"].to_pylist()) == {"pro", "kontra"}
    named = pa.table({"item": [1, 2], "sari": ["pro", "pro"], "bagas": ["pro", "kontra"]})
    people = curation.agreement(named, annotators=["sari", "bagas"]).annotators["annotator"].to_pylist()
    assert people == ["bagas", "sari"]


def test_files_are_read(tmp_path: Any) -> None:
    path = tmp_path / "suara.csv"
    path.write_text("item,annotator_1,annotator_2\n1,ya,ya\n2,ya,tidak\n", encoding="utf-8")
    assert alpha(curation.agreement(path)) == pytest.approx(0.0)
    (tmp_path / "rusak.parquet").write_bytes(b"no table")
    with pytest.raises(InputError, match="not readable as a table"):
        curation.agreement(tmp_path / "rusak.parquet")
    with pytest.raises(UsageError, match="no such file"):
        curation.agreement(tmp_path / "tidak-ada.csv")


@pytest.mark.parametrize(
    ("frame", "more", "sentence"),
    [
        ({"teks": ["t1"], "isi": ["x"]}, {}, "no column is recognised as the annotator or the value"),
        ({"unit": ["t1"], "annotator": ["a"], "isi": ["x"]}, {}, r"Name it: value=\.\.\."),
        (wide(), {"unit": "nomor"}, "there is no column 'nomor'"),
        (wide(), {"units": "item"}, "there is no 'units' to name a column for"),
        (wide(), {"annotators": ["rater1", "rater9"]}, "there is no column 'rater9'"),
        (wide(), {"kind": "ordinal"}, "there is no kind of question 'ordinal'"),
        (wide(), {"codebook": "sikap"}, "sikap"),
    ],
)
def test_what_can_not_be_told_is_asked_for(frame: Any, more: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        curation.agreement(pa.table(frame), **more)


@pytest.mark.parametrize(
    "names",
    [("Annotator 1", "Annotator 2"), ("coder_a", "coder_b"), ("label_1", "label_2"), ("rater1_label", "rater2_label")],
)
def test_usual_names_of_annotators_columns(names: tuple[str, str]) -> None:
    first, second = names
    frame = pa.table({"Sentence_ID": ["k1", "k2", "k3"], first: [1, 0, 0], second: [1, 1, 0], "label": [1, 1, 0]})
    result = curation.agreement(frame)
    assert alpha(result) == pytest.approx(1 - 5 * 2 / 18)
    assert result.annotators["annotator"].to_pylist() == [first, second]


def test_rows_of_a_wide_frame_are_units_whatever_their_names() -> None:
    frame = pa.table({"id": ["k1", "k1", "k3"], "a1": [1, 0, 0], "a2": [1, 1, 0]})
    assert alpha(curation.agreement(frame)) == pytest.approx(1 - 5 * 2 / 18)


def test_several_questions_in_one_frame() -> None:
    frame = {
        "item": [1, 1, 2, 2] * 2,
        "rater": ["a", "b"] * 4,
        "question": ["benar"] * 4 + ["sikap"] * 4,
        "label": [True, True, False, False, True, False, None, True],
    }
    summary = curation.agreement(pa.table(frame)).summary.to_pylist()
    alphas = {
        row["question"]: row["value"] for row in summary if row["coefficient"] == "percent" and row["scope"] == "all"
    }
    assert alphas == {"benar": 1.0, "sikap": 0.0}
    assert {row["of"] for row in summary if row["scope"] == "label"} == {"true", "false"}


def test_a_frame_without_rows() -> None:
    assert str(curation.agreement(pd.DataFrame(LONG).head(0), unit="kalimat")) == "There is no answer to any question."
    assert str(curation.agreement(pd.DataFrame(wide()).head(0))) == "There is no answer to any question."


def test_mixed_kinds_in_a_column_are_told() -> None:
    with pytest.raises(UsageError, match="several kinds"):
        curation.agreement(pd.DataFrame(wide(rater1=["ya", 0, 0.5])))


def test_a_row_without_unit_or_annotator_is_told() -> None:
    for role in ("unit", "annotator"):
        frame = pa.table({"unit": ["u1", "u2"], "annotator": ["a", "b"], "value": ["x", "y"]})
        broken = frame.set_column(frame.column_names.index(role), role, pa.array(["k", None]))
        with pytest.raises(DataError, match=f"row 2 lacks its {role}"):
            curation.agreement(broken)


def test_two_answers_of_one_person_need_a_time_or_a_kind() -> None:
    twice = {"unit": ["u1"] * 3, "annotator": ["sari", "sari", "bagas"], "value": ["x", "y", "y"]}
    with pytest.raises(DataError, match="sari answered 'x' and 'y' to unit 'u1'"):
        curation.agreement(pa.table(twice))
    timed = {**twice, "timestamp": ["2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z", "2026-03-01T08:00:00Z"]}
    local = [text.removesuffix("Z").replace("T", " ") for text in timed["timestamp"]]
    for times in (timed["timestamp"], local, pd.to_datetime(local), [1, 2, 1], [0.1e9, 2.5e9, 1e9]):
        assert curation.agreement(pd.DataFrame({**twice, "timestamp": times})).summary["value"][0] == 1.0
    with pytest.raises(UsageError, match="the column 'timestamp' is no when"):
        curation.agreement(pa.table({**twice, "timestamp": ["pagi", "siang", "pagi"]}))
    summary = curation.agreement(pa.table(twice), kind="choices").summary
    assert "krippendorff_alpha_masi" in summary["coefficient"].to_pylist()
    same = {**twice, "value": ["y", "y", "y"]}
    assert curation.agreement(pa.table(same)).summary["n_answers"][0].as_py() == 2


def test_gold_answers_are_recognised() -> None:
    lists = expected(pa.table({"task_key": ["t1", "t2"], "value": [["a", "b"], []]}))
    assert lists.to_pylist() == [
        {"unit": "t1", "question": None, "value": "a"},
        {"unit": "t1", "question": None, "value": "b"},
        {"unit": "t2", "question": None, "value": None},
    ]
    with pytest.raises(CurationError, match="lack a column for the value"):
        expected(pa.table({"task_key": ["t1"]}))
