"""The corpus as the report sees it: one narrow row a document, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store

if TYPE_CHECKING:
    from curation.workspace import Workspace

_NARROW = ("id", "outlet", "published_at", "language", "n_words", "n_chrome")


def read_corpus(workspace: Workspace) -> pa.Table:
    """One row a document of the accepted batches, sorted by id.

    Returns:
        id, outlet, published_at, language, n_words, arrival (number of the batch), removed (share of its characters
        that cleaning took), outcome, why and keeper_id (null where it is not selected yet), cluster_id.
    """
    tables = [_EMPTY]
    for arrival, place in enumerate(workspace.tables("clean", "documents")):
        for table in store.scan([place], [*_NARROW, "body"]):
            taken = pc.fill_null(table["n_chrome"], 0).cast(pa.float64())
            whole = pc.max_element_wise(pc.add(pc.utf8_length(table["body"]).cast(pa.float64()), taken), 1.0)
            columns = {name: table[name] for name in _NARROW[:-1]}
            columns["arrival"] = pa.repeat(arrival, table.num_rows).cast(pa.int32())
            columns["removed"] = pc.divide(taken, whole)
            tables.append(pa.table(columns).cast(_EMPTY.schema))
    narrow = pa.concat_tables(tables).combine_chunks().sort_by("id")
    outcomes = workspace.corpus_stage("select").read("selection", ["id", "outcome", "why", "keeper_id"])
    clusters = workspace.corpus_stage("dedup").read("clusters", ["id", "cluster_id"])
    for side in (outcomes, clusters):
        place = pc.index_in(narrow["id"], side["id"].combine_chunks())
        for name in side.column_names[1:]:
            narrow = narrow.append_column(name, side[name].combine_chunks().take(place))
    return narrow.combine_chunks()


_EMPTY = pa.table(
    {
        **{name: pa.array([], schema.arrow_schema("documents").field(name).type) for name in _NARROW[:-1]},
        "arrival": pa.array([], pa.int32()),
        "removed": pa.array([], pa.float64()),
    }
)


def values_of(documents: pa.Table, ids: pa.Array | pa.ChunkedArray, column: str) -> pa.Array:
    """A column of documents in the order of `ids`; null for a document that is not there."""
    known = documents["id"].combine_chunks()
    wanted = ids.combine_chunks() if isinstance(ids, pa.ChunkedArray) else ids
    return documents[column].combine_chunks().take(pc.index_in(wanted, known))
