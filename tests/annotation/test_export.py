"""``real_export.json`` came from Label Studio 1.23.2: two people answered in its page, spans were marked by mouse."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.annotation.annotators import Annotators, Row
from curation.annotation.codebook import Codebook
from curation.annotation.export import Pulled, read_export
from curation.errors import InputError, UsageError

REAL = Path(__file__).parent / "real_export.json"
Read = Callable[..., Pulled]


@pytest.fixture
def exported() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(REAL.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture
def read(codebook: Codebook, tasks: pa.Table, tmp_path: Path) -> Read:
    def from_json(value: Any, known: Annotators | None = None) -> Pulled:
        path = tmp_path / "export.json"
        path.write_text(json.dumps(value), encoding="utf-8")
        return read_export(path, codebook, tasks, known or Annotators())

    return from_json


def whats(pulled: Pulled) -> list[str]:
    return [problem.what for problem in pulled.problems]


def ids(pulled: Pulled) -> set[str]:
    return set(pulled.annotations["annotation_id"].to_pylist())


def annotation(exported: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return next(a for task in exported for a in task["annotations"] if a["id"] == number)


def test_the_real_export_is_read_whole(exported: list[dict[str, Any]], read: Read, tasks: pa.Table) -> None:
    pulled = read(exported)
    assert pulled.problems == ()
    assert pulled.annotators.rows == (Row("a01", "1", ""), *_accounts())
    rows = pulled.annotations.to_pylist()
    answers = [(r["annotation_id"], r["annotator"], r["question"], r["value"], r["skipped"]) for r in rows]
    assert {a for a in answers if a[2] != "evidence"} == {
        ("1", "a02", "stance", "favor", False),
        ("1", "a02", "text_problem", "cut", False),
        ("1", "a02", "text_problem", "chrome_left", False),
        ("2", "a02", "stance", "neutral", False),
        ("3", "a02", "", None, True),
        ("4", "a03", "stance", "cannot_judge", False),
        ("4", "a03", "why_not", "unclear", False),
        ("5", "a03", "stance", "against", False),
        ("6", "a03", "stance", "favor", False),
        ("6", "a03", "text_problem", "cut", False),
        ("7", "a03", "stance", "against", False),
    }
    assert {r["updated_by"] for r in rows if r["annotation_id"] == "4"} == {"a01"}  # the administrator changed it
    assert {r["target"] for r in rows if r["question"] == "text_problem"} == {None}
    assert {r["campaign"] for r in rows} == {"sikap-2026"}
    assert {r["source"] for r in rows} == {"export.json"}
    assert set(pulled.annotations["task_key"].to_pylist()) == set(tasks["task_key"].to_pylist())


def _accounts() -> tuple[Row, ...]:
    return Row("a02", "2", "sari@kampus.example"), Row("a03", "3", "bayu@kampus.example")


def test_no_person_stands_in_the_table(exported: list[dict[str, Any]], read: Read) -> None:
    assert "@" not in str(read(exported).annotations.drop_columns(["quote"]).to_pylist())


def test_spans_marked_in_the_page_lie_where_they_say(exported: list[dict[str, Any]], read: Read) -> None:
    text = exported[3]["data"]["text"]
    spans = [row for row in read(exported).annotations.to_pylist() if row["question"] == "evidence"]
    assert [row["quote"] for row in spans] == [
        *("menaikkan tarif parkir", "😀 Warga menyambutnya", "trotoar bisa dipakai", "Dua spasi"),
        *("𝐩𝐚𝐥𝐚 dinas", "Bagas Pranata", "👨‍👩‍👧 manfaat"),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in spans)
    assert {row["field"] for row in spans} == {"text"}


def test_utf16_offsets_of_older_releases_are_understood(exported: list[dict[str, Any]], read: Read) -> None:
    older = copy.deepcopy(exported)
    text = older[3]["data"]["text"]
    for item in annotation(older, 1)["result"]:
        if item["type"] == "labels":
            for edge in ("start", "end"):
                item["value"][edge] = len(text[: item["value"][edge]].encode("utf-16-le")) // 2
    assert read(older).annotations == read(exported).annotations


def test_people_may_be_numbers_only(exported: list[dict[str, Any]], read: Read) -> None:
    numbers = copy.deepcopy(exported)
    for task in numbers:
        for found in task["annotations"]:
            found["completed_by"] = found["completed_by"]["id"]
    assert read(numbers).annotations == read(exported).annotations


def edit(number: int, **fields: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda exported: annotation(exported, number).update(fields)


def answer(number: int, name: str, **value: Any) -> Callable[[list[dict[str, Any]]], None]:
    def change(exported: list[dict[str, Any]]) -> None:
        item = next(i for i in annotation(exported, number)["result"] if i["from_name"] == name)
        item["value"] = {**item["value"], **value}

    return change


def data(task: int, **fields: Any) -> Callable[[list[dict[str, Any]]], None]:
    return lambda exported: exported[task]["data"].update(fields)


@pytest.mark.parametrize(
    ("change", "refused", "what"),
    [
        (answer(5, "stance", choices=["oppose"]), {"5"}, "'oppose' is no value of 'stance'"),
        (answer(5, "stance", choices=["Menolak"]), {"5"}, "'Menolak' is no value of 'stance'"),
        (
            answer(5, "stance", choices=["favor", "against"]),
            {"5"},
            "'stance' has more than one answer (favor, against)",
        ),
        (answer(5, "stance", choices=[]), {"5"}, "it holds no answer"),
        (answer(5, "stance", choices="against"), {"5"}, "'stance' holds no list of choices"),
        (edit(5, result=[]), {"5"}, "it holds no answer"),
        (answer(4, "stance", choices=["favor"]), {"4"}, "'why_not' was answered though it was not asked"),
        (answer(6, "stance", choices=[]), {"6"}, "the required answer to 'stance' is missing"),
        (
            answer(1, "evidence", start=27),
            {"1"},
            "the span 'menaikkan tarif parkir' of 'evidence' does not stand where",
        ),
        (answer(1, "evidence", start="/div[1]"), {"1"}, "the span 'menaikkan tarif parkir' of 'evidence' does not"),
        (edit(5, completed_by=None), {"5"}, "number, annotator or time is missing"),
        (edit(5, created_at="kemarin"), {"5"}, "number, annotator or time is missing"),
        (edit(7, completed_by=2), {"1", "7"}, "a02 answered this task more than once"),
        (data(3, text="Teks lain."), {"1", "7"}, "the text is not the one that was given out"),
        (data(3, text=None), {"1", "7"}, "the text is not the one that was given out"),
        (data(3, task_key="0" * 16), {"1", "7"}, "a task of another campaign or project (its number there: 4)"),
        (data(3, task_key=["x"]), {"1", "7"}, "a task of another campaign or project (its number there: 4)"),
        (lambda exported: exported[3].update(annotations=[1, 7]), {"1", "7"}, "the export holds only its number"),
    ],
)
def test_a_fault_is_reported_and_stays_out(
    exported: list[dict[str, Any]], read: Read, change: Callable[[Any], None], refused: set[str], what: str
) -> None:
    change(exported)
    pulled = read(exported)
    assert ids(pulled) == {str(n) for n in range(1, 8)} - refused
    assert whats(pulled) == [w for w in whats(pulled) if w.startswith(what)]
    assert len(pulled.problems) == len(refused)
    assert all(problem.remedy for problem in pulled.problems)


def test_what_the_codebook_does_not_ask_is_reported_and_the_rest_is_read(
    exported: list[dict[str, Any]], read: Read
) -> None:
    rating = {"from_name": "mutu", "to_name": "text", "type": "rating", "value": {"rating": 4}}
    relation = {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"}
    annotation(exported, 5)["result"] += [rating, relation]
    pulled = read(exported)
    assert ids(pulled) == {str(n) for n in range(1, 8)}
    assert whats(pulled) == ["'mutu' is no question of the codebook", "'relation' is no question of the codebook"]


def test_a_second_export_replaces_what_the_same_people_said(exported: list[dict[str, Any]], read: Read) -> None:
    first = read(exported)
    answer(5, "stance", choices=["favor"])(exported)
    answer(7, "stance", choices=["oppose"])(exported)  # now refused: the old answer no longer holds either
    second = read(exported[1:], first.annotators)
    merged = second.into(first.annotations)
    stances = {r["annotation_id"]: r["value"] for r in merged.to_pylist() if r["question"] == "stance"}
    assert stances == {"1": "favor", "2": "neutral", "4": "cannot_judge", "5": "favor", "6": "favor"}
    assert second.into(merged) == merged
    assert first.into(first.annotations.slice(0, 0)) == first.annotations


def foreign(type_: str, value: Any) -> dict[str, Any]:
    item = {"from_name": "x", "to_name": "y", "type": type_, "value": value}
    return {"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 9, "completed_by": 1, "result": [item]}]}


@pytest.mark.parametrize(
    "task",
    [
        foreign("rectanglelabels", {"x": 1.5, "rectanglelabels": ["mobil"]}),
        foreign("taxonomy", {"taxonomy": [["a", "b"]]}),
        foreign("ranker", {"ranker": {"_": ["1", "2"]}}),
        foreign("textarea", {"text": ["catatan"]}),
        {"id": 1, "data": [], "annotations": [{"id": 9, "result": {}}]},
    ],
)
def test_other_projects_are_reported_not_read(read: Read, task: dict[str, Any]) -> None:
    pulled = read([task])
    assert pulled.annotations.num_rows == 0
    assert pulled.annotators == Annotators()
    assert "another campaign or project" in whats(pulled)[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b'{"data": 1}', b"id,stance\n1,favor\n", b'[{"id": 1, "stance": "favor"}]', b"[" * 100_000],
)
def test_what_is_no_export_is_told(codebook: Codebook, tasks: pa.Table, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "export.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"export\.json: not .*Export as JSON"):
        read_export(path, codebook, tasks, Annotators())
    with pytest.raises(UsageError, match="can't be read"):
        read_export(tmp_path / "none.json", codebook, tasks, Annotators())


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=8)
    | st.sampled_from(["stance", "text", "choices", "labels", "favor", "0001-01-01T00:00+14:00"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "value", "choices", "start", "from_name", "type", "email"]), inner),
    max_leaves=6,
)  # fmt: skip


@given(st.data())
def test_a_mangled_export_never_crashes(
    codebook: Codebook, tasks: pa.Table, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    exported = json.loads(REAL.read_text(encoding="utf-8"))
    place: Any = exported
    for _ in range(data.draw(st.integers(1, 7))):
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], (dict, list)) or not place[key]:
            break
        last, place = (place, key), place[key]
    else:
        place, key = last
    place[key] = data.draw(anything)
    path = tmp_path_factory.mktemp("mangled") / "export.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    try:
        pulled = read_export(path, codebook, tasks, Annotators())
    except InputError:
        return
    texts = {task["data"]["task_key"]: task["data"]["text"] for task in json.loads(REAL.read_text(encoding="utf-8"))}
    for row in pulled.annotations.to_pylist():
        assert row["skipped"] or row["value"] in codebook.known_answers()[row["question"]]
        assert row["quote"] is None or texts[row["task_key"]][row["start"] : row["end"]] == row["quote"]
