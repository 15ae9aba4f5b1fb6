from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from curation import schema
from curation.annotation import label_studio
from curation.annotation.codebook import Codebook, shipped
from curation.annotation.page import config_sha256, page
from curation.annotation.tasks import draw_tasks, indonesian_date, task_key, tasks_json
from curation.config import Sample
from curation.errors import DataError, UsageError


def pairs(tasks: pa.Table, documents: pa.Table) -> set[tuple[str, str | None]]:
    titles = dict(zip(documents["id"].to_pylist(), documents["title"].to_pylist(), strict=True))
    return {(titles[row["document_id"]], row["target"]) for row in tasks.to_pylist()}


def test_an_article_for_each_target_that_it_names(tasks: pa.Table, documents: pa.Table) -> None:
    assert pairs(tasks, documents) == {
        ("Tarif Parkir Pusat Kota Lembayung Naik Bulan Depan", "kenaikan tarif parkir"),  # by an alias, in the body
        ("Pedagang Keluhkan Kenaikan Tarif Parkir", "kenaikan tarif parkir"),  # in the title
        ("Jalur Sepeda Rawajati Mulai Diuji", "kenaikan tarif parkir"),  # over a line break
        ("Jalur Sepeda Rawajati Mulai Diuji", "jalur sepeda"),
    }


def test_once_an_article_where_no_question_is_about_a_target(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table
) -> None:
    made = draw_tasks(documents, clusters, selection, shipped("topic"), campaign="topik", round_="main").tasks
    assert made["document_id"].to_pylist() != []
    assert pairs(made, documents) == {(title, None) for title in documents["title"].to_pylist()[:3]}


def test_only_whole_words_count(
    clusters: pa.Table, selection: pa.Table, documents: pa.Table, codebook: Codebook
) -> None:
    bodies = ["Jalur sepedaku aman.", "Prajalur sepeda.", "(JALUR SEPEDA)", "Jalur sepeda"]
    told = documents.set_column(documents.column_names.index("body"), "body", pa.array(bodies))
    told = told.set_column(told.column_names.index("title"), "title", pa.array([None] * 4, pa.string()))
    made = draw_tasks(told, clusters, selection, codebook, campaign="k", round_="main").tasks
    assert made["document_id"].to_pylist() == [documents["id"][2].as_py()]


def test_the_keeper_stands_for_its_cluster(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> None:
    rows = selection.to_pylist()
    rows[3]["selected"] = True  # somebody decided to keep the copy too
    for keeper in (1, 3):
        for i in (1, 3):
            rows[i]["keeper_id"] = rows[keeper]["id"]
        both = schema.from_rows("selection", rows)
        made = draw_tasks(documents, clusters, both, codebook, campaign="k", round_="main").tasks
        assert rows[keeper]["id"] in made["document_id"].to_pylist()
        assert rows[4 - keeper]["id"] not in made["document_id"].to_pylist()


def test_the_key_is_the_same_in_every_campaign_and_row_order(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook, tasks: pa.Table
) -> None:
    turned = [table.take(pa.array(range(table.num_rows))[::-1]) for table in (documents, clusters, selection)]
    again = draw_tasks(*turned, codebook, campaign="lain", round_="main").tasks
    drop = ["campaign", "round"]
    assert again.drop_columns(drop) == tasks.drop_columns(drop)
    assert all(len(key) == 16 for key in tasks["task_key"].to_pylist())


def test_nothing_to_label(documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook) -> None:
    with pytest.raises(DataError, match="no article is selected"):
        draw_tasks(documents, clusters, selection.slice(3), codebook, campaign="k", round_="main")
    none = selection.filter(pa.array([False, False, True, False]))
    silent = documents.set_column(documents.column_names.index("body"), "body", pa.array(["", "", "", ""]))
    silent = silent.set_column(silent.column_names.index("title"), "title", pa.array(["", "", "", ""]))
    with pytest.raises(DataError, match=r"mentions a target \(kenaikan tarif parkir, jalur sepeda\)"):
        draw_tasks(silent, clusters, none, codebook, campaign="k", round_="main")
    with pytest.raises(UsageError, match="a sample of 0"):
        draw_tasks(documents, clusters, selection, codebook, campaign="k", round_="main", more=0)


def test_strata_of_outlet_and_month(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> None:
    settings = Sample(by=("month", "outlet"))
    made = draw_tasks(documents, clusters, selection, codebook, campaign="k", round_="main", more=2, settings=settings)
    rows = made.tasks.to_pylist()
    assert {(row["stratum"], row["inclusion_probability"]) for row in rows} <= {
        ("2026-03, Detak", 0.5),
        ("2026-03, Nusakabar", 1.0),
    }
    assert len({row["document_id"] for row in rows}) == 2
    assert len(made.frame) == 3


def test_a_target_that_is_asked_later_is_asked_of_what_was_drawn(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> None:
    few = msgspec.structs.replace(codebook, target=codebook.target[:1])
    first = draw_tasks(documents, clusters, selection, few, campaign="k", round_="main")
    more = {"campaign": "k", "round_": "main", "more": 1, "tasks": first.tasks, "frame": first.frame}
    second = draw_tasks(documents, clusters, selection, codebook, **more)
    assert set(second.tasks["task_key"].to_pylist()) > set(first.tasks["task_key"].to_pylist())
    assert pairs(second.tasks, documents) - pairs(first.tasks, documents) == {
        ("Jalur Sepeda Rawajati Mulai Diuji", "jalur sepeda")
    }
    assert second.new == frozenset()


def test_what_was_drawn_stands_for_its_cluster_for_good(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> None:
    """A copy that became the keeper is not drawn too, in this round or another."""
    first = draw_tasks(documents, clusters, selection, codebook, campaign="k", round_="main")
    rows = selection.to_pylist()
    for i in (1, 3):
        rows[i] |= {"selected": i == 3, "keeper_id": rows[3]["id"]}
    turned = schema.from_rows("selection", rows)
    more = {"campaign": "k", "more": 5, "tasks": first.tasks, "frame": first.frame}
    assert draw_tasks(documents, clusters, turned, codebook, round_="main", **more).tasks.equals(first.tasks)
    with pytest.raises(DataError, match="other rounds of 'k' have all 3 articles"):
        draw_tasks(documents, clusters, turned, codebook, round_="second", **more)


def test_gold_is_left_out_and_stays(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> None:
    id_, target = documents["id"][2].as_py(), "jalur sepeda"
    row = {
        **{"campaign": "k", "round": "main", "document_id": id_, "cluster_id": id_, "target": target},
        **{"task_key": task_key(id_, target, codebook.name), "text_sha256": documents["text_sha256"][2].as_py()},
        **{"stratum": "gold", "inclusion_probability": None, "role": "gold"},
    }
    gold = schema.from_rows("tasks", [row])
    made = draw_tasks(documents, clusters, selection, codebook, campaign="k", round_="main", tasks=gold)
    assert made.tasks.slice(0, 1).equals(gold)
    assert id_ not in made.tasks["document_id"].to_pylist()[1:]
    assert id_ not in made.frame["cluster_id"].to_pylist()
    # one that was drawn, and then became gold for one of its targets, is not asked twice
    drawn = draw_tasks(documents, clusters, selection, codebook, campaign="k", round_="main")
    rest = drawn.tasks.filter(pc.not_equal(drawn.tasks["task_key"], row["task_key"]))
    again = draw_tasks(
        documents, clusters, selection, codebook,
        campaign="k", round_="main", more=1, tasks=pa.concat_tables([gold, rest]), frame=drawn.frame,
    )  # fmt: skip
    assert sorted(again.tasks["task_key"].to_pylist()) == sorted(drawn.tasks["task_key"].to_pylist())


def test_the_tasks_show_no_more_than_they_must(tasks: pa.Table, documents: pa.Table, codebook: Codebook) -> None:
    made = tasks_json(tasks, documents, codebook)
    label_studio.validate_tasks(page(codebook), made)
    assert [list(task) for task in made] == [["data"]] * 4
    shown = {
        *("task_key", "document_id", "text_sha256", "title", "outlet", "date", "text"),
        *("target", "guideline_version", "label_config_sha256"),
    }
    assert all(set(task["data"]) == shown for task in made)
    assert made[0]["data"]["date"] == "3 Maret 2026"  # already the next day in WIB
    assert made[0]["data"]["label_config_sha256"] == config_sha256(codebook)
    assert json.loads(json.dumps(made)) == made


def test_a_task_that_lacks_a_field_is_told(tasks: pa.Table, documents: pa.Table, codebook: Codebook) -> None:
    made = tasks_json(tasks, documents, codebook)
    del made[2]["data"]["text"]
    with pytest.raises(DataError, match=made[2]["data"]["task_key"]):
        label_studio.validate_tasks(page(codebook), made)


def test_a_changed_or_missing_document_is_told(tasks: pa.Table, documents: pa.Table, codebook: Codebook) -> None:
    with pytest.raises(DataError, match="is missing"):
        tasks_json(tasks, documents.slice(3), codebook)
    other = documents.set_column(documents.column_names.index("text_sha256"), "text_sha256", pa.array(["0" * 64] * 4))
    with pytest.raises(DataError, match="has another text"):
        tasks_json(tasks, other, codebook)


@pytest.mark.parametrize(
    ("zone", "day"), [("WIB", 31), ("WITA", 1), ("WIT", 1), (None, 31), ("+09:00", 1), ("-0500", 31), ("aneh", 31)]
)
def test_the_day_is_that_of_the_zone(zone: str | None, day: int) -> None:
    at = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    assert indonesian_date(at, zone) == (f"{day} Desember 2025" if day == 31 else "1 Januari 2026")
    assert indonesian_date(None, zone) == "(tanpa tanggal)"
