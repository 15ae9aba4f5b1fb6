from __future__ import annotations

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation import label_studio
from curation.annotation.codebook import Codebook, shipped
from curation.annotation.page import config_sha256, page
from curation.annotation.tasks import indonesian_date, make_tasks, tasks_json
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
    made = make_tasks(documents, clusters, selection, shipped("topic"), campaign="topik", round_="main")
    assert made["document_id"].to_pylist() != []
    assert pairs(made, documents) == {(title, None) for title in documents["title"].to_pylist()[:3]}


def test_only_whole_words_count(
    clusters: pa.Table, selection: pa.Table, documents: pa.Table, codebook: Codebook
) -> None:
    bodies = ["Jalur sepedaku aman.", "Prajalur sepeda.", "(JALUR SEPEDA)", "Jalur sepeda"]
    told = documents.set_column(documents.column_names.index("body"), "body", pa.array(bodies))
    told = told.set_column(told.column_names.index("title"), "title", pa.array([None] * 4, pa.string()))
    made = make_tasks(told, clusters, selection, codebook, campaign="k", round_="main")
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
        made = make_tasks(documents, clusters, both, codebook, campaign="k", round_="main")
        assert rows[keeper]["id"] in made["document_id"].to_pylist()
        assert rows[4 - keeper]["id"] not in made["document_id"].to_pylist()


def test_the_key_is_the_same_in_every_campaign_and_row_order(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook, tasks: pa.Table
) -> None:
    turned = [table.take(pa.array(range(table.num_rows))[::-1]) for table in (documents, clusters, selection)]
    again = make_tasks(*turned, codebook, campaign="lain", round_="main")
    drop = ["campaign", "round"]
    assert again.drop_columns(drop) == tasks.drop_columns(drop)
    assert all(len(key) == 16 for key in tasks["task_key"].to_pylist())


def test_nothing_to_label(documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook) -> None:
    with pytest.raises(DataError, match="no article is selected"):
        make_tasks(documents, clusters, selection.slice(3), codebook, campaign="k", round_="main")
    none = selection.filter(pa.array([False, False, True, False]))
    silent = documents.set_column(documents.column_names.index("body"), "body", pa.array(["", "", "", ""]))
    silent = silent.set_column(silent.column_names.index("title"), "title", pa.array(["", "", "", ""]))
    with pytest.raises(DataError, match=r"mentions a target \(kenaikan tarif parkir, jalur sepeda\)"):
        make_tasks(silent, clusters, none, codebook, campaign="k", round_="main")
    with pytest.raises(UsageError, match="a sample of 0"):
        make_tasks(documents, clusters, selection, codebook, campaign="k", round_="main", n=0)


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
