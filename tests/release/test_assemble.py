from __future__ import annotations

import pyarrow as pa
import pytest

from curation import schema, store
from curation.errors import DataError
from curation.release import assemble


@pytest.fixture
def tables(workspace):
    folder = workspace(20)
    return {name: store.read_table(folder / f"{name}.parquet") for name in ("documents", "clusters", "selection")}


def test_selected_documents_only_sorted_with_unknown_dates_last(tables):
    rows = assemble.released(**tables).to_pylist()
    assert len(rows) == 16
    dates = [row["published_at"] for row in rows]
    assert dates[-1] is None
    assert [(d, r["id"]) for d, r in zip(dates, rows, strict=True)][:-1] == sorted(
        (d, r["id"]) for d, r in zip(dates[:-1], rows[:-1], strict=True)
    )
    cluster = {row["id"]: row for row in tables["clusters"].to_pylist()}
    assert all(row["cluster_id"] == cluster[row["id"]]["cluster_id"] for row in rows)


def test_batches_and_row_order_do_not_count(tables):
    documents = tables["documents"]
    parts = [documents.slice(13), documents.slice(0, 6), documents.slice(6, 7)]
    side = (tables["clusters"], tables["selection"], assemble.BESIDE.empty_table())
    made = [assemble.rows(part, assemble.sides(part["id"], *side)) for part in parts]
    streamed = schema.from_rows("released", [row for part in made for row in part.to_pylist()])
    assert streamed.sort_by(assemble.ORDER).equals(assemble.released(**tables))
    nothing = documents.slice(0, 0)
    assert assemble.rows(nothing, assemble.sides(nothing["id"], *side)).num_rows == 0


def test_a_selected_document_without_cluster_is_refused(tables):
    tables["clusters"] = tables["clusters"].slice(1)
    with pytest.raises(DataError, match=r"'released' does not fit its schema: .*'cluster_id' with null"):
        assemble.released(**tables)


def test_answers_follow_their_documents(workspace):
    folder = workspace(20)
    annotations = store.read_table(folder / "annotations.parquet")
    ids = store.read_table(folder / "documents.parquet", ["id"])["id"].slice(0, 4)
    given = assemble.answers("annotations", annotations.take([4, 2, 0, 1, 3]), ids.combine_chunks()).to_pylist()
    assert [row["annotation_id"] for row in given] == ["0", "1", "2", "3"]
    assert [row["document_id"] for row in given] == ids.to_pylist()


def test_labels_of_people_are_joined_and_those_of_models_are_not():
    common = {"campaign": "k", "document_id": "d1", "n_votes": 3}
    stance = {
        **common,
        "question": "stance",
        "target": "parkir",
        "value": "favor",
        "distribution": '{"favor":2,"neutral":1}',
    }
    labels = schema.from_rows(
        "labels",
        [
            {**stance, "method": "majority"},
            {**common, "question": "topic", "value": "economy", "distribution": "{}", "method": "adjudicated"},
            {**common, "question": "topic", "value": "sports", "distribution": "{}", "method": "model:m"},
            {
                **common,
                "document_id": "d2",
                "question": "topic",
                "value": "law",
                "distribution": "{}",
                "method": "model:m",
            },
        ],
    )
    splits = pa.table({"id": ["d1", "d3"], "split": ["test", "held"]})
    tasks = pa.table({"document_id": ["d1", "d2", "d2"]})
    found = {row["id"]: row for row in assemble.beside(splits, labels, tasks).to_pylist()}
    told = {"target": "parkir", "label": "favor", "confidence": 2 / 3, "method": "majority", "n_votes": 3}
    assert found["d1"] == {
        "id": "d1", "split": "test", "topics": ["economy"], "stance": [told], "label_status": "labelled"
    }  # fmt: skip
    assert (found["d2"]["label_status"], found["d2"]["topics"]) == ("open", None)
    assert (found["d3"]["split"], found["d3"]["label_status"]) == ("held", None)
