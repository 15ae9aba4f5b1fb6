"""The rows of a release: selected documents with their clusters, and the answers that belong to them.

Texts are whole here.
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema

#: Unknown dates come last; the id breaks ties, so the same rows always have the same order.
ORDER = [("published_at", "ascending"), ("id", "ascending")]

BESIDE = pa.schema(
    [schema.arrow_schema("released").field(n) for n in ("id", "split", "topics", "stance", "label_status")]
)


def sides(ids: pa.ChunkedArray, clusters: pa.Table, selection: pa.Table, beside: pa.Table) -> pa.Table:
    """What stands beside documents in a release, in their order: looked up once for all of them.

    Args:
        ids: of the documents.
        clusters: all of it; id, cluster_id and size are read.
        selection: all of it; id and selected are read.
        beside: split and labels of documents, from :func:`beside`; others are in train, and nobody labels them.

    Returns:
        selected, then the columns of `released` that come from elsewhere.
    """
    chosen = selection.filter(selection["selected"])["id"].combine_chunks()
    at = pc.index_in(ids, value_set=clusters["id"].combine_chunks())
    near = pc.index_in(ids, value_set=beside["id"].combine_chunks())
    columns = {
        "selected": pc.is_in(ids, value_set=chosen),
        "cluster_id": clusters["cluster_id"].take(at),
        "cluster_size": clusters["size"].take(at),
        "text_access": pa.repeat("full", len(ids)),
        "licence": pa.nulls(len(ids), pa.string()),
    }
    for name, default in (("split", "train"), ("topics", []), ("stance", []), ("label_status", "none")):
        found = beside[name].take(near)
        columns[name] = pc.coalesce(found, pa.scalar(default, found.type))
    return pa.table(columns)


def rows(documents: pa.Table, sides: pa.Table) -> pa.Table:
    """The selected documents of a batch as table `released`, in the batch's order.

    Args:
        documents: any part of the table.
        sides: what stands beside them, row by row, from :func:`sides`.

    Raises:
        DataError: a selected document has no cluster.
    """
    selected = sides["selected"]
    columns = {name: documents[name] for name in documents.column_names}
    columns |= {name: sides[name] for name in sides.column_names if name != "selected"}
    return schema.conform("released", pa.table(columns).filter(selected))


def released(documents: pa.Table, clusters: pa.Table, selection: pa.Table, beside: pa.Table | None = None) -> pa.Table:
    """The table `released` in release order, for corpora that fit into memory."""
    beside = BESIDE.empty_table() if beside is None else beside
    return rows(documents, sides(documents["id"], clusters, selection, beside)).sort_by(ORDER)


def beside(splits: pa.Table, labels: pa.Table, tasks: pa.Table) -> pa.Table:
    """What is joined to each document: its split, its topics and stances, and how far labelling is.

    Args:
        splits: id, split.
        labels: of all campaigns.
        tasks: document_id; all that was drawn for labelling.
    """
    found: dict[str, dict[str, Any]] = {}
    for id_ in tasks["document_id"].to_pylist():
        found.setdefault(id_, {"id": id_})["label_status"] = "open"
    for row in labels.sort_by([(key, "ascending") for key in schema.table_schema("labels").key]).to_pylist():
        if row["method"].startswith("model:"):
            continue
        one = found.setdefault(row["document_id"], {"id": row["document_id"]})
        one["label_status"] = "labelled"
        if row["question"] == "topic":
            one.setdefault("topics", []).append(row["value"])
        elif row["question"] == "stance":
            votes = json.loads(row["distribution"])
            share = votes.get(row["value"], 0) / (sum(votes.values()) or 1)
            stance = {"target": row["target"], "label": row["value"], "confidence": share}
            one.setdefault("stance", []).append({**stance, "method": row["method"], "n_votes": row["n_votes"]})
    for one in found.values():
        if "topics" in one:
            one["topics"] = sorted(set(one["topics"]))
    said = pa.Table.from_pylist(list(found.values()), BESIDE)
    # few are labelled, all have a split
    ids = pc.unique(pa.chunked_array([*splits["id"].chunks, *said["id"].chunks], pa.string()))
    split, at = (pc.index_in(ids, value_set=table["id"].combine_chunks()) for table in (splits, said))
    columns = {name: said[name].take(at) for name in BESIDE.names}
    return pa.table({**columns, "id": ids, "split": splits["split"].take(split)}, BESIDE)


def answers(name: str, table: pa.Table, published: pa.Array) -> pa.Table:
    """The annotations or labels of published documents, sorted by their key.

    Args:
        name: `annotations` or `labels`.
        table: all of it.
        published: ids of the published documents.
    """
    table = schema.conform(name, table)
    table = table.filter(pc.is_in(table["document_id"], value_set=published))
    return table.sort_by([(column, "ascending") for column in schema.table_schema(name).key])
