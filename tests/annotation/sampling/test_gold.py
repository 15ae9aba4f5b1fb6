"""gold.csv: what can be written there, what is refused with its place, and the tasks that come of it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.annotation.sampling.gold import Placed, Right, expected, load, placed
from curation.annotation.sampling.roles import of_the_sample
from curation.annotation.tasks import task_key
from curation.errors import InputError
from tests.annotation.assignment.conftest import tasks

BOOK = codebooks.load(Path(__file__).parents[1] / "codebook.toml")
TARGET = BOOK.target[0].name
DRAWN = tasks(3, round_="pilot")
FIRST, SECOND, THIRD = schema.conform("tasks", DRAWN).to_pylist()


def read(tmp_path: Path, *lines: str, book: Codebook = BOOK, head: str = "") -> tuple[Right, ...]:
    path = tmp_path / "gold.csv"
    head = head or "task_key,document_id,target,round,question,value"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return load(path, book, DRAWN)


def place(*found: Right, given: set[str] | None = None, round_: str = "pilot") -> Placed:
    articles = {"d9": ("c9", "9" * 64)}
    return placed(found, DRAWN, given=given or set(), round_=round_, campaign="sikap", articles=articles)


def test_tasks_and_documents_are_named_in_any_way(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        f"{FIRST['task_key']},,,training,stance,favor",
        f",d9,{TARGET},,stance,against",
        f",d9,{TARGET},,text_problem,",
    )
    assert [(one.document_id, one.target, one.round, one.question, one.value) for one in found] == [
        (FIRST["document_id"], FIRST["target"], "training", "stance", "favor"),
        ("d9", TARGET, "", "stance", "against"),
        ("d9", TARGET, "", "text_problem", None),
    ]
    assert found[1].task_key == found[2].task_key == task_key("d9", TARGET, BOOK.name)
    # a question about the article alone is judged by the article, on whatever page it was answered
    assert expected(found, BOOK).to_pylist() == [
        {"unit": FIRST["task_key"], "value": "favor", "question": "stance"},
        {"unit": found[1].task_key, "value": "against", "question": "stance"},
        {"unit": "d9", "value": None, "question": "text_problem"},
    ]
    assert load(tmp_path / "none.csv", BOOK, DRAWN) == ()
    shortest = read(tmp_path, f"{FIRST['task_key']},stance,favor", head="\ufefftask_key,question,value")
    assert shortest == (found[0]._replace(round="", where=shortest[0].where),)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["tidak-ada,,,,stance,favor"], r"gold\.csv:2: the campaign has no task 'tidak-ada'"),
        ([",,,,stance,favor"], r"gold\.csv:2: a line without task_key and document_id"),
        ([f"{FIRST['task_key']},d9,,,stance,favor"], "is about the document"),
        ([",d9,,,stance,favor"], r"the target is missing\. Write one of: "),
        ([",d9,Taman,,stance,favor"], "'Taman' is no target of the codebook"),
        ([f",d9,{TARGET},,sikap,favor"], r"there is no question 'sikap'\. Write one of: stance, why_not, text_problem"),
        ([f",d9,{TARGET},,stance,Mendukung"], r"'Mendukung' is no value of 'stance'\. Write one of: favor, against"),
        ([f",d9,{TARGET},,stance,"], "'' is no value of 'stance'"),
        (
            [f",d9,{TARGET},,stance,favor", f",d9,{TARGET},,stance,against"],
            r"gold\.csv:3: 'stance' of this task is answered in .*gold\.csv:2, too",
        ),
        (
            [f",d9,{TARGET},,text_problem,cut", f",d9,{TARGET},,text_problem,"],
            r"gold\.csv:3: 'text_problem' of this task is answered in",
        ),
        (
            [f",d9,{TARGET},main,stance,favor", f",d9,{TARGET},,text_problem,cut"],
            r"gold\.csv:3: the task is of the round 'main' in .*gold\.csv:2",
        ),
    ],
)
def test_what_can_not_be_used_is_told_with_its_place(tmp_path: Path, lines: list[str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(tmp_path, *lines)


def test_passages_are_not_judged_and_columns_must_be_there(tmp_path: Path) -> None:
    spans = next(question.name for question in BOOK.question if question.kind == "spans")
    with pytest.raises(InputError, match=f"'{spans}' marks passages, which are not judged"):
        read(tmp_path, f",d9,{TARGET},,{spans},x")
    for head, lacks in (("document_id,value", "question"), ("question,value", "task_key or document_id")):
        with pytest.raises(InputError, match=rf"gold\.csv: the column\(s\) {lacks} are missing"):
            read(tmp_path, head=head)
    # who asks once an article has no targets to write
    topic = codebooks.shipped("topic")
    with pytest.raises(InputError, match="Leave it empty: it asks once an article"):
        read(tmp_path, f",d9,{TARGET},,topic,health", book=topic)


def right(key: str, document: str = "d9", round_: str = "", value: str = "favor") -> Right:
    return Right(key, document, TARGET, round_, "stance", value, "gold.csv:2")


def test_gold_tasks_are_not_of_the_sample(tmp_path: Path) -> None:
    made = place(right("g1"), right(FIRST["task_key"], FIRST["document_id"]))
    rows = {row["task_key"]: row for row in made.tasks.to_pylist()}
    assert made.tasks.schema == schema.arrow_schema("tasks")
    assert rows["g1"] == {
        **{"campaign": "sikap", "round": "pilot", "task_key": "g1", "document_id": "d9", "cluster_id": "c9"},
        **{"text_sha256": "9" * 64, "target": TARGET, "stratum": "gold", "inclusion_probability": None},
        **{"role": "gold", "prediction": None},
    }
    # what was drawn and is gold now stands for no others
    assert made.left_sample == (FIRST["task_key"],)
    assert rows[FIRST["task_key"]] == FIRST | {"stratum": "gold", "inclusion_probability": None, "role": "gold"}
    assert of_the_sample(made.tasks)["task_key"].to_pylist() == [SECOND["task_key"], THIRD["task_key"]]
    # and again: nothing moves
    again = placed([right("g1")], made.tasks, given={"g1"}, round_="main", campaign="sikap", articles={})
    assert again.tasks == made.tasks
    assert again.without_line == (FIRST["task_key"],)
    assert (again.left_sample, again.given_before) == ((), ())


def test_what_becomes_gold_shows_no_answer_of_a_model() -> None:
    carrying = schema.from_rows("tasks", [FIRST | {"prediction": "kata-kunci"}])
    named = [right(FIRST["task_key"], FIRST["document_id"])]
    made = placed(named, carrying, given=(), round_="pilot", campaign="sikap", articles={})
    assert made.tasks.to_pylist() == [FIRST | {"stratum": "gold", "inclusion_probability": None, "role": "gold"}]


def test_what_somebody_has_stays_what_it_is() -> None:
    key = FIRST["task_key"]
    made = place(right(key, FIRST["document_id"], "training"), given={key})
    assert made.tasks == schema.conform("tasks", DRAWN)
    assert (made.given_before, made.left_sample) == ((key,), ())


def test_a_line_without_a_round_waits_for_one_that_was_drawn() -> None:
    assert place(right("g1"), round_="mian").tasks.num_rows == 3
    assert place(right("g1", round_="training"), round_="main").tasks["round"].to_pylist().count("training") == 1
    moved = place(right(FIRST["task_key"], FIRST["document_id"], "training")).tasks.to_pylist()[0]
    assert (moved["round"], moved["role"]) == ("training", "gold")


def test_a_document_that_the_corpus_lacks_is_told() -> None:
    with pytest.raises(InputError, match=r"gold\.csv:2: the corpus has no document 'd8'"):
        place(right("g1", "d8"))


def test_tables_of_an_earlier_version_are_read() -> None:
    strict = pa.schema([field.with_nullable(field.name in ("target", "prediction")) for field in DRAWN.schema])
    made = placed(
        [right("g1")], DRAWN.cast(strict), given=(), round_="pilot", campaign="sikap", articles={"d9": ("c9", "9" * 64)}
    )
    assert made.tasks["inclusion_probability"].null_count == 1
