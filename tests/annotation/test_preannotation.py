"""Predictions in some of the tasks: which, in what shape, and how agreement tells them apart."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

from curation import schema, store
from curation.annotation import codebook as codebooks
from curation.annotation.agreement import measure
from curation.annotation.agreement.blocks import shown as shown_blocks
from curation.annotation.agreement.columns import answers
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import Codebook, Predictions, shipped
from curation.annotation.label_studio import validate_tasks
from curation.annotation.page import page
from curation.annotation.preannotation import predicted, record, shown
from curation.errors import ConfigError, DataError, UsageError
from curation.verbs.campaign.preannotation import with_predictions
from tests.annotation.agreement.conftest import annotation

HALF = Predictions(model="kata-kunci", question="topic")


def tasks(n: int, role: str = "normal") -> pa.Table:
    one = {"campaign": "topik", "round": "main", "text_sha256": "0", "stratum": "Detak", "inclusion_probability": 1.0}
    rows = [{**one, "task_key": f"t{i}", "document_id": f"d{i}", "cluster_id": f"d{i}", "role": role} for i in range(n)]
    return schema.from_rows("tasks", rows)


def labels(*said: tuple[str, str, str], target: str | None = None) -> pa.Table:
    one = {"campaign": "topik", "distribution": "{}", "method": "model:kata-kunci", "n_votes": 1, "target": target}
    rows = [{**one, "document_id": id_, "question": question, "value": value} for id_, question, value in said]
    return schema.from_rows("labels", rows)


def test_half_of_the_tasks_that_the_model_knows_carry_its_answer() -> None:
    book = shipped("topic")
    known = predicted(tasks(200), labels(*((f"d{i}", "topic", "health") for i in range(100))), HALF, book)
    assert known == {f"t{i}": ["health"] for i in range(100)}
    made = record(tasks(200), known, HALF)
    carrying = [row["task_key"] for row in made.to_pylist() if row["prediction"]]
    assert 35 < len(carrying) < 65
    assert set(carrying) < known.keys()
    assert record(tasks(200).take(pa.array(range(199, -1, -1))), known, HALF).sort_by("task_key") == made.sort_by(
        "task_key"
    )
    other = msgspec.structs.replace(HALF, seed=2)
    assert record(tasks(200), known, other) != made
    every, none = (msgspec.structs.replace(HALF, share=share) for share in (1.0, 0.0))
    assert record(tasks(200), known, every)["prediction"].null_count == 100
    assert record(tasks(200), known, none)["prediction"].null_count == 200
    # gold tells about annotators, not about the model
    assert record(tasks(200, "gold"), known, every)["prediction"].null_count == 200


def test_what_was_given_out_stays_as_it_was() -> None:
    known = {f"t{i}": ["health"] for i in range(50)}
    every = msgspec.structs.replace(HALF, share=1.0)
    first = record(tasks(50), known, HALF)
    carrying = {row["task_key"] for row in first.to_pylist() if row["prediction"]}
    later = record(first, known, every, given_out={f"t{i}" for i in range(50)})
    assert later == first
    another = msgspec.structs.replace(every, model="lain")
    mixed = record(first, known, another)
    assert {row["task_key"] for row in mixed.to_pylist() if row["prediction"] == "kata-kunci"} == carrying
    assert shown(mixed, known, another).keys() == known.keys() - carrying


def test_the_stored_value_is_what_label_studio_gets() -> None:
    book = shipped("topic")
    every = msgspec.structs.replace(HALF, share=1.0)
    said = labels(("d0", "topic", "health"), ("d0", "topic", "economy"), ("d0", "text_problem", "cut"))
    known = predicted(tasks(1), said, every, book)
    result = {"from_name": "topic", "to_name": "text", "type": "choices", "value": {"choices": ["health", "economy"]}}
    assert shown(record(tasks(1), known, every), known, every) == {
        "t0": [{"model_version": "kata-kunci", "result": [result]}]
    }
    data = {"title": "Kabar", "date": "3 Maret 2026", "text": "Isi.", "target": ""}
    validate_tasks(page(book), [{"data": data, "predictions": [{"model_version": "kata-kunci", "result": [result]}]}])
    with pytest.raises(DataError, match=r"says 'Kesehatan' of 'topic'. Its values are: politics"):
        predicted(tasks(1), labels(("d0", "topic", "Kesehatan")), every, book)


def test_a_question_about_a_target_takes_the_answer_about_it(codebook: Codebook) -> None:
    stance = Predictions(model="m", question="stance", share=1.0)
    rows = [{**row, "target": target, "task_key": target} for row in tasks(1).to_pylist() for target in ("a", "b")]
    table = schema.from_rows("tasks", rows)
    said = labels(("d0", "stance", "favor"), ("d0", "stance", "against"), target="a")
    assert predicted(table, said, stance, codebook) == {"a": ["favor"]}  # one answer, where one may be given


def test_the_setting_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "codebook.toml"
    text = codebooks.shipped_path("topic").read_text(encoding="utf-8")
    path.write_text(text + '\n[predictions]\nmodel = "kata-kunci"\nquestion = "topic"\n', encoding="utf-8")
    assert codebooks.load(path).predictions == HALF
    bad = '\n[predictions]\nmodel = "../kunci"\nquestion = "topik"\nshare = 50\n'
    path.write_text(text + bad, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        codebooks.load(path)
    told = "\n".join(caught.value.problems)
    assert "'topik' is no question with choices" in told
    assert "a share of 50 is not between 0 and 1" in told
    assert "model '../kunci' may hold only letters" in told


def test_a_campaign_takes_them_from_its_models(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path)
    book = msgspec.structs.replace(shipped("topic"), predictions=msgspec.structs.replace(HALF, share=1.0))
    assert with_predictions(campaign, shipped("topic"), tasks(2)) == (tasks(2), {})
    with pytest.raises(UsageError, match=r"no labels of the model 'kata-kunci'.*label import-model"):
        with_predictions(campaign, book, tasks(2))
    (tmp_path / "models").mkdir()
    store.write_table(tmp_path / "models" / "kata-kunci.parquet", labels(("d1", "topic", "health")))
    made, carried = with_predictions(campaign, book, tasks(2))
    assert made["prediction"].to_pylist() == [None, "kata-kunci"]
    assert carried.keys() == {"t1"}


def test_agreement_and_time_are_told_with_and_without() -> None:
    rows = [
        row
        for i in range(8)
        for who in ("a01", "a02")
        for row in annotation(
            who,
            f"t{i}",
            document=f"d{i}",
            seconds=20.0 if i < 4 else 60.0,
            stance="favor" if i < 4 or who == "a01" or i == 7 else "against",
        )
    ]
    table = tasks(8).set_column(
        tasks(8).column_names.index("prediction"), "prediction", pa.array(["m"] * 4 + [None] * 4, pa.string())
    )
    found = measure(answers(schema.from_rows("annotations", rows), {}), tasks=table, resamples=0)
    split = {row["of"]: row for row in found["summary"].to_pylist() if row["scope"] == "prediction"}
    assert {of: (row["n_units"], row["note"].split("; ")[-1]) for of, row in split.items()} == {
        "m": (4, "median 20 s a task"),
        "none": (4, "median 60 s a task"),
    }
    titles = [block.title for one in shown_blocks(found) for block in one.blocks]
    assert "With a model's answer already chosen, and with none" in titles
    without = measure(answers(schema.from_rows("annotations", rows), {}), tasks=tasks(8), resamples=0)
    assert not [row for row in without["summary"].to_pylist() if row["scope"] == "prediction"]
