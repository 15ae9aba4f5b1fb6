"""A model's file, read row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation.annotation.resolution.predictions import Found, Predictions, Row, predictions, read
from curation.errors import InputError, UsageError
from tests.annotation.resolution.test_labels import BOOK
from tests.annotation.resolution.test_resolve import CYCLING, PARKING

KNOWN = {
    ("document_id", "d1"): Found(("d1",)),
    ("document_id", "d2"): Found(("d2",)),
    ("task_key", "t1"): Found(("d1",), PARKING),
    ("url", "https://www.detak.example/1"): Found(("d1", "d2")),
}


def predicted(*rows: dict[str, Any]) -> Predictions:
    return predictions([Row(i, row) for i, row in enumerate(rows, 2)], KNOWN, BOOK, campaign="k", name="m")


def refused(*rows: dict[str, Any]) -> list[tuple[int, str]]:
    return [(one.row, one.kind) for one in predicted(*rows).refused]


def row(value: Any = "favor", **held: Any) -> dict[str, Any]:
    return {"document_id": "d1", "target": PARKING, "value": value, **held}


def test_a_row_becomes_a_label_of_the_model() -> None:
    found = predicted(row(score="0.75"), {"task_key": "t1", "question": "why_not", "value": "unclear"})
    assert (found.rows, found.refused) == (2, ())
    first, second = found.labels.to_pylist()
    assert first == {
        **{"campaign": "k", "document_id": "d1", "target": PARKING, "question": "stance", "value": "favor"},
        **{"distribution": '{"favor":0.75}', "method": "model:m", "n_votes": 0},
    }
    assert (second["question"], second["target"], second["distribution"]) == ("why_not", PARKING, "{}")


@pytest.mark.parametrize(
    "held",
    [
        {"distribution": '{"favor": 0.7, "against": 0.3}'},
        {"distribution": {"favor": 0.7, "against": 0.3, "neutral": None}},
        {"favor": "0.7", "against": "0.3", "neutral": ""},
        {"p_favor": 0.7, "prob_against": 0.3},
    ],
)
def test_probabilities_are_found(held: dict[str, Any]) -> None:
    found = predicted(row(**held))
    assert json.loads(found.labels["distribution"][0].as_py()) == {"favor": 0.7, "against": 0.3}


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        (row("pro"), "has a value that 'stance' lacks"),
        (row(""), "has no value"),
        (row(None), "has no value"),
        (row(document_id="d9"), "has an unknown document_id"),
        (row(document_id="", id="d1"), "has an unknown id"),
        ({"value": "favor"}, "names no article"),
        (row(target=""), "lacks the target that 'stance' asks about"),
        (row(target="jalan tol"), "names a target that the codebook lacks"),
        (row(question="topic"), "names a question that the codebook lacks"),
        (row(question="evidence"), "answers a question about passages, which are not imported"),
        (row(score=1.5), "has a probability that is not between 0 and 1"),
        (row(score="nan"), "has a probability that is not between 0 and 1"),
        (row(distribution='{"pro": 1}'), "has a distribution over values that 'stance' lacks"),
        (row(distribution="{"), "has a distribution that is no JSON"),
        ({"url": "https://www.detak.example/1", "value": "favor"}, "names several versions of an article"),
        ({"task_key": "t1", "target": CYCLING, "value": "favor"}, "names a task of another target"),
    ],
)
def test_a_row_that_can_not_be_used_is_told_and_the_others_are_used(held: dict[str, Any], kind: str) -> None:
    found = predicted(row(document_id="d2"), held)
    assert [(one.row, one.kind) for one in found.refused] == [(3, kind)]
    assert found.labels["document_id"].to_pylist() == ["d2"]


def test_rows_that_contradict_each_other_are_not_used_and_one_that_repeats_another_counts_once() -> None:
    assert refused(row(), row("against"), row()) == [(n, "contradicts another row") for n in (2, 3, 4)]
    found = predicted(row(), row(), row(document_id="d2"))
    assert [(one.row, one.kind, one.what) for one in found.refused] == [
        (3, "repeats another row", "row 2 says the same")
    ]
    assert (found.rows, found.labels.num_rows) == (2, 2)


def test_of_several_answers_each_is_a_label_and_none_is_an_answer() -> None:
    def problems(value: Any, document: str = "d1") -> dict[str, Any]:
        return {"document_id": document, "question": "text_problem", "value": value}

    unit = ("k", "d1", None)
    for rows in (["cut|chrome_left"], [["chrome_left", "cut"]], ['["cut", "chrome_left"]'], ["cut", "chrome_left"]):
        found = predicted(*map(problems, rows))
        assert found.labels["value"].to_pylist() == ["chrome_left", "cut"]
        assert found.said["text_problem"] == {unit: {"cut", "chrome_left"}}
    assert predicted(problems("")).said["text_problem"] == {unit: frozenset()}
    assert [kind for _, kind in refused(problems(""), problems("cut"))] == ["contradicts another row"] * 2
    assert [kind for _, kind in refused(problems("[cut"))] == ["has a value that is no list"]
    assert [kind for _, kind in refused(problems("cut|potong"))] == ["has a value that 'text_problem' lacks"]


# -- files ------------------------------------------------------------------------------------------


def test_the_kinds_of_files_say_the_same(tmp_path: Path) -> None:
    rows = [{"document_id": "0012", "value": "favor"}, {"document_id": "d2", "value": "against"}]
    (tmp_path / "a.csv").write_text("\ufeffdocument_id;value\r\n0012;favor\r\n\r\nd2;against\r\n", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    assert [[one.held for one in read(tmp_path / f"a.{kind}")] for kind in ("csv", "jsonl", "parquet")] == [rows] * 3
    assert [[one.number for one in read(tmp_path / f"a.{kind}")] for kind in ("csv", "jsonl", "parquet")] == [
        [2, 4],
        [1, 2],
        [1, 2],
    ]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("a.xlsx", "", r"no kind of file that is read\. Give \.csv"),
        ("a.csv", "", "no rows"),
        ("a.csv", "teks,value\na,favor\n", r"no column names the article: there are teks, value\. Call it document_id"),
        ("a.csv", "id,label\na,favor\n", "no column 'value': there are id, label"),
        ("a.csv", "id,value\na,favor,x\n", r"a\.csv, row 2: 3 cells in a row, and 2 columns"),
        ("a.jsonl", '{"id": "a"}\n[1]\n', r"a\.jsonl, line 2: not a JSON object"),
        ("a.jsonl", "{\n", r"a\.jsonl, line 1: not JSON"),
        ("a.parquet", "x", "not a readable Parquet file"),
    ],
)
def test_a_file_that_can_not_be_used(tmp_path: Path, name: str, text: str, error: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises((InputError, UsageError), match=error):
        read(tmp_path / name)


def test_a_file_that_is_not_there_and_one_that_is_no_utf_8(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        read(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_bytes(b"id,value\n\xff,favor\n")
    with pytest.raises(InputError, match="not UTF-8"):
        read(tmp_path / "a.csv")
