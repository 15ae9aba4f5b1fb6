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
    side = (tables["clusters"], tables["selection"])
    streamed = schema.from_rows("released", [row for part in parts for row in assemble.rows(part, *side).to_pylist()])
    assert streamed.sort_by(assemble.ORDER).equals(assemble.released(**tables))
    assert assemble.rows(documents.slice(0, 0), *side).num_rows == 0


def test_a_selected_document_without_cluster_is_refused(tables):
    tables["clusters"] = tables["clusters"].slice(1)
    with pytest.raises(DataError, match=r"'released' does not fit its schema: .*'cluster_id' with null"):
        assemble.released(**tables)


def test_answers_follow_their_documents_and_quote_no_withheld_text(workspace):
    folder = workspace(20)
    annotations = store.read_table(folder / "annotations.parquet")
    ids = store.read_table(folder / "documents.parquet", ["id"])["id"].slice(0, 4)
    access = pa.table({"id": ids, "text_access": ["full", "excerpt", "withheld", "full"]})
    given = assemble.answers("annotations", annotations.take([4, 2, 0, 1, 3]), access).to_pylist()
    assert [row["annotation_id"] for row in given] == ["0", "1", "2", "3"]
    assert [row["quote"] for row in given] == ["JAKARTA", None, None, "JAKARTA"]
    assert [row["document_id"] for row in given] == ids.to_pylist()
