"""Exports of projects of every kind, and JSON of any shape: what is understood is read, the rest told, nothing crashes.

The files in ``exports/`` are invented, in the shape in which Label Studio writes what each of its tags collects. Some
show a text of the campaign, as a project made by hand would.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import store
from curation.annotation.annotators import Annotators
from curation.annotation.codebook import Codebook
from curation.annotation.export import Pulled, read_export
from curation.annotation.reading.problem import MOST, Problem, told
from curation.errors import InputError

ROOT = Path(__file__).parents[3]
EXPORTS = ROOT / "tests" / "annotation" / "exports"
Read = Callable[[str], Pulled]
Given = set[tuple[str, str, str | None]]


@pytest.fixture
def read(codebook: Codebook, tasks: pa.Table) -> Read:
    return lambda name: read_export(EXPORTS / name, codebook, tasks, Annotators())


def given_of(pulled: Pulled) -> Given:
    return {(row["question"], row["value"], row["quote"]) for row in pulled.annotations.to_pylist()}


AGAINST = ("stance", "against", None)
OTHER = "a task of another campaign or project (its number there: "


@pytest.mark.parametrize(
    ("name", "answers", "told_of"),
    [
        ("audio", {("stance", "neutral", None)}, ["'evidence' marks something that is no passage", "'tulis' is no"]),
        ("chat", set(), [f"{OTHER}1), answered by chatmessage, rating"]),
        (
            "hypertext",
            {AGAINST, ("evidence", "reason", "terlalu"), ("evidence", "quote", "Wali kota")},
            [],
        ),
        ("hypertext_without_offsets", set(), ["the span 'terlalu' of 'evidence' does not stand where it says"]),
        (
            "images",
            set(),
            [f"{OTHER}1), answered by brushlabels, choices, ellipselabels, keypointlabels, polygonlabels"],
        ),
        ("pairwise", set(), [f"{OTHER}1), answered by pairwise"]),
        ("paragraphs", set(), [f"{OTHER}1), answered by choices, paragraphlabels"]),
        (
            "per_region",
            {AGAINST, ("evidence", "quote", "Wali kota")},
            ["'text_problem' was answered for a part of the task"],
        ),
        ("ranker", set(), [f"{OTHER}1), answered by ranker"]),
        (
            "rating_number_date_text",
            {AGAINST, ("evidence", "quote", "Wali kota")},
            [
                *(f"'{name}' is no question" for name in ("mutu", "jumlah", "tanggal", "catatan", "alasan")),
                "'text_problem' was answered by rating",
            ],
        ),
        (
            "relations",
            {AGAINST, ("evidence", "quote", "Wali kota"), ("evidence", "reason", "terlalu cepat")},
            ["'relation' is no question of the codebook"],
        ),
        ("table", set(), [f"{OTHER}1), answered by choices"]),
        (
            "taxonomy",
            {AGAINST, ("text_problem", "cut", None), ("text_problem", "chrome_left", None)},
            ["'sangat setuju' is no value of 'stance'", f"{OTHER}3), answered by taxonomy"],
        ),
        ("time_series", set(), [f"{OTHER}1), answered by timeserieslabels"]),
        ("video", set(), [f"{OTHER}1), answered by timelinelabels, videorectangle"]),
    ],
)
def test_what_is_understood_is_read_and_the_rest_told(
    read: Read, name: str, answers: Given, told_of: list[str]
) -> None:
    pulled = read(f"{name}.json")
    assert given_of(pulled) == answers
    whats = [problem.what for problem in pulled.problems]
    assert len(whats) == len(told_of)
    assert all(what.startswith(start) for what, start in zip(whats, told_of, strict=True)), whats
    assert all(problem.remedy for problem in pulled.problems)


def test_a_project_made_by_hand_is_matched_by_its_texts(read: Read, tasks: pa.Table) -> None:
    pulled = read("hand_made.json")
    rows = pulled.annotations.to_pylist()
    assert {(r["annotation_id"], r["question"], r["value"], r["target"]) for r in rows} == {
        ("9001", "stance", "against", "kenaikan tarif parkir"),
        ("9001", "evidence", "reason", "kenaikan tarif parkir"),
        ("9002", "stance", "favor", "jalur sepeda"),  # the target chose one of two tasks that show the text
    }
    assert set(pulled.annotations["task_key"].to_pylist()) < set(tasks["task_key"].to_pylist())
    assert {row["label_config_sha256"] for row in rows} == {""}  # nobody knows the page
    assert [problem.what for problem in pulled.problems] == [
        "2 tasks of the campaign show its text, and it has no task_key",
        f"{OTHER}4), answered by choices",
    ]
    assert pulled.notes == (
        "tasks without a task_key, found by a text that no other task shows: 2 of 4",
        "remarks on single answers ('meta') left out, for no table holds them: 1",
    )


def test_an_id_that_contradicts_the_text_is_not_matched(
    read: Read, codebook: Codebook, tasks: pa.Table, tmp_path: Path
) -> None:
    exported = json.loads((EXPORTS / "hand_made.json").read_text(encoding="utf-8"))[:1]
    (right,) = {r["document_id"] for r in read("hand_made.json").annotations.to_pylist() if r["value"] == "against"}
    wrong = next(id_ for id_ in tasks["document_id"].to_pylist() if id_ != right)
    path = tmp_path / "export.json"
    for named, what in ((right, []), (wrong, ["the text is not the one that was given out"])):
        exported[0]["data"]["document_id"] = named
        path.write_text(json.dumps(exported), encoding="utf-8")
        pulled = read_export(path, codebook, tasks, Annotators())
        assert [problem.what for problem in pulled.problems] == what


def test_drafts_and_predictions_are_no_answers(read: Read) -> None:
    pulled = read("predictions_and_drafts.json")
    assert given_of(pulled) == {AGAINST}
    assert pulled.problems == ()
    assert pulled.notes[1:] == (
        "drafts left out, begun and not submitted: 3",
        "predictions left out, of models and not of people: 2",
    )


def test_people_named_in_every_way_and_entries_of_every_shape(read: Read) -> None:
    pulled = read("people.json")
    assert [row[1:] for row in pulled.annotators.rows] == [("3", ""), ("4", "joko@kampus.example")]
    assert pulled.annotations.num_rows == 2
    assert told(pulled.problems)[0].startswith("2 times: number, annotator or time is missing.")
    assert {problem.kind or problem.what for problem in pulled.problems[:1]} == {"an entry is no task"}
    assert len(pulled.problems) == 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ((EXPORTS / "before_1_0.json").read_bytes(), "as before Label Studio 1.0"),
        ((EXPORTS / "json_min.json").read_bytes(), "but JSON-MIN"),
        ((EXPORTS / "table.csv").read_bytes(), "but CSV"),
        (b"id\tstance\n1\tfavor\n", "but CSV"),
        (b"PK\x03\x04rest", "but a ZIP"),
        (b" \n", "the file is empty"),
        ((EXPORTS / "hand_made.json").read_bytes()[:-500], "is the file cut off"),
        ((EXPORTS / "hand_made.json").read_bytes()[:-3], "is the file cut off"),
        (b'[{"data": {}, "annotations": [{"id": 1, "id": 2}]}]', "'id' occurs twice in one object"),
        (b'[{"data": ' + b"[" * 100_000, "nested too deep"),
        (b'[{"data": {"n": ' + b"9" * 5000 + b"}}]", "JSON that can be read"),
        (b'[{"data": {"text": "\xed\xa0\x80"}}]', "JSON that can be read"),
        (b"[" + b'{"x": ' * 500 + b"1" + b"}" * 500 + b"]", "a Label Studio export"),
    ],
)
def test_what_is_no_export_is_named(
    codebook: Codebook, tasks: pa.Table, tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"export\.json: not .*{message}.*Export as JSON"):
        read_export(path, codebook, tasks, Annotators())


def test_a_file_saved_as_utf16_is_read(codebook: Codebook, tasks: pa.Table, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text((EXPORTS / "relations.json").read_text(encoding="utf-8"), encoding="utf-16")
    assert AGAINST in given_of(read_export(path, codebook, tasks, Annotators()))


def change(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda annotation: annotation.update(fields)


def change_span(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda annotation: annotation["result"][1]["value"].update(fields)


@pytest.mark.parametrize(
    ("changed", "n_answers"),
    [
        (change(lead_time=10**400), 2),
        (change(lead_time=float("inf")), 2),
        (change(lead_time=-1), 2),
        (change(lead_time=True), 2),
        (change(id=10**60), 2),
        (change(id="9" * 100_000), 2),
        (change(id=True), 0),
        (change(completed_by="tiwi\0\n\ud800@kampus.example"), 2),
        (change(created_at="9999-12-31T23:59:59-14:00"), 0),
        (change(created_at=10**30), 0),
        (change(result=None), 0),
        (change(result=[None, [], "x", 3]), 0),
        (change(result=[{"from_name": ["stance"], "type": {"a": 1}}]), 0),
        # once read as a span that ends where no column can count to
        (change_span(start=10**12, end=10**12 + 1, text=""), 0),
        (change_span(start=45, end=10**15, text="terlalu cepat.\n\nWali kota membantah."), 2),
        (change_span(start=-1), 0),
        (change_span(text="\ud83d terlalu"), 0),
        (change_span(globalOffsets=[1]), 2),
        (change_span(labels=[["reason"]]), 0),
    ],
)
def test_numbers_and_texts_that_fit_no_column(
    codebook: Codebook, tasks: pa.Table, tmp_path: Path, changed: Callable[[dict[str, Any]], None], n_answers: int
) -> None:
    exported = json.loads((EXPORTS / "hand_made.json").read_text(encoding="utf-8"))[:1]
    changed(exported[0]["annotations"][0])
    path = tmp_path / "export.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    pulled = read_export(path, codebook, tasks, Annotators())
    assert pulled.annotations.num_rows == n_answers
    assert bool(pulled.problems) == (n_answers == 0)
    text = exported[0]["data"]["isi"]
    for row in pulled.annotations.to_pylist():
        assert row["quote"] is None or text[row["start"] : row["end"]] == row["quote"]
        assert row["lead_time"] is None or row["lead_time"] == 21.5
    pulled.annotators.save(tmp_path / "annotators.csv")


# -- any JSON ---------------------------------------------------------------------------------------

WORDS = ["stance", "evidence", "text_problem", "text", "choices", "taxonomy", "labels", "favor", "cut", "relation"]
KEYS = [
    *("id", "data", "annotations", "result", "value", "type", "from_name", "to_name", "choices", "labels", "taxonomy"),
    *("start", "end", "text", "task_key", "document_id", "target", "completed_by", "created_at", "lead_time", "meta"),
    *("drafts", "predictions", "globalOffsets", "completions", "was_cancelled", "annotator"),
]
SHOWN = json.loads((EXPORTS / "hand_made.json").read_text(encoding="utf-8"))[0]["data"]["isi"]
leaves = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats()
    | st.text(st.characters(), max_size=6) | st.text(st.characters(categories=["Cs"]), min_size=1, max_size=2)
    | st.sampled_from([*WORDS, SHOWN, "2026-03-04T03:10:11Z", "a\0b"])
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner),
    max_leaves=12,
)
items = st.fixed_dictionaries(
    {"from_name": st.sampled_from(WORDS) | leaves, "type": st.sampled_from(WORDS) | leaves},
    optional={
        "value": st.dictionaries(st.sampled_from(KEYS), st.lists(leaves, max_size=2) | leaves) | values,
        "item_index": leaves,
        "meta": values,
    },
)
answered = st.fixed_dictionaries(
    {"id": st.integers() | leaves, "created_at": st.just("2026-03-04T03:10:11Z") | leaves},
    optional={
        "completed_by": values,
        "updated_by": values,
        "result": st.lists(items | values, max_size=3) | values,
        "lead_time": leaves,
        "was_cancelled": leaves,
    },
)
exported_tasks = st.fixed_dictionaries(
    {"data": st.dictionaries(st.sampled_from(KEYS), leaves).map(lambda data: {**data, "isi": SHOWN}) | values},
    optional={"annotations": st.lists(answered | values, max_size=3) | values, "drafts": values, "predictions": values},
)


@settings(max_examples=300)
@given(st.lists(exported_tasks | values, max_size=3) | values)
def test_any_json_gives_rows_or_problems(
    codebook: Codebook, tasks: pa.Table, tmp_path_factory: pytest.TempPathFactory, exported: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(exported), encoding="ascii")
    try:
        pulled = read_export(path, codebook, tasks, Annotators())
    except InputError:
        return
    for row in pulled.annotations.to_pylist():
        assert row["skipped"] or row["value"] in codebook.known_answers()[row["question"]]
        assert row["quote"] is None or SHOWN[row["start"] : row["end"]] == row["quote"]
    for line in told(pulled.problems):
        assert line.isprintable()
    pulled.annotators.save(path.with_name("annotators.csv"))
    read_again = read_export(path, codebook, tasks, pulled.annotators)
    assert (read_again.annotations, read_again.annotators) == (pulled.annotations, pulled.annotators)


# -- long lists, told briefly -----------------------------------------------------------------------


def test_many_sorts_of_problems_end_in_a_count() -> None:
    problems = [Problem("k", str(n), f"fault {n}", "Mend it.") for n in range(MOST + 5)]
    lines = told([*problems, *problems[3:4]])
    assert lines[0] == "2 times: fault 3. Mend it. The first: task k, annotation 3."
    assert lines[1] == "task k, annotation 0: fault 0. Mend it."
    assert lines[-1] == "and 5 more of 5 other sorts: --json lists them all"
    assert len(lines) == MOST + 1


def test_ten_thousand_foreign_tasks_are_one_line(codebook: Codebook, tasks: pa.Table, tmp_path: Path) -> None:
    folder = tmp_path / "campaigns" / "sikap"
    folder.mkdir(parents=True)
    (tmp_path / "curation.toml").write_text("", encoding="utf-8")
    (folder / "codebook.toml").write_bytes((ROOT / "tests" / "annotation" / "codebook.toml").read_bytes())
    store.write_table(folder / "tasks.parquet", tasks)
    one = json.loads((EXPORTS / "ranker.json").read_text(encoding="utf-8"))[0]
    many = [{**one, "id": n, "annotations": [{**one["annotations"][0], "id": n}]} for n in range(10_000)]
    (tmp_path / "asing.json").write_text(json.dumps(many), encoding="utf-8")
    command = [sys.executable, "-W", "error", "-m", "curation", "label", "pull", "sikap", "--file", "asing.json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "0 answers of 0 annotators, 0 labels by majority, 0 ties",
        "curation: 10,000 times: a task of another campaign or project, answered by ranker. Export the project of this "
        "campaign, or name the right campaign. Without a task_key a task is found by a text that is exactly one of "
        "tasks.json. The first: task ?, annotation 0: a task of another campaign or project (its number there: 0), "
        "answered by ranker.",
    ]
