"""The rows of a release: selected documents with their clusters, and the answers that belong to them.

Texts are still whole here; :func:`curation.release.rights.apply_rights` decides about them at the last door.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema

#: Unknown dates come last; the id breaks ties, so the same rows always have the same order.
ORDER = [("published_at", "ascending"), ("id", "ascending")]


def rows(documents: pa.Table, clusters: pa.Table, selection: pa.Table) -> pa.Table:
    """The selected documents of a batch as table `released`, in the batch's order.

    Args:
        documents: any part of the table.
        clusters: all of it; id, cluster_id and size are read.
        selection: all of it; id and selected are read.

    Raises:
        DataError: a selected document has no cluster.
    """
    selected = selection.filter(selection["selected"])["id"].combine_chunks()
    documents = documents.filter(pc.is_in(documents["id"], value_set=selected))
    at = pc.index_in(documents["id"], value_set=clusters["id"].combine_chunks())
    columns = {name: documents[name] for name in documents.column_names}
    columns |= {
        "cluster_id": clusters["cluster_id"].take(at),
        "cluster_size": clusters["size"].take(at),
        "text_access": pa.repeat("full", documents.num_rows),
        "licence": pa.nulls(documents.num_rows, pa.string()),
    }
    return schema.conform("released", pa.table(columns))


def released(documents: pa.Table, clusters: pa.Table, selection: pa.Table) -> pa.Table:
    """The table `released` in release order, for corpora that fit into memory."""
    return rows(documents, clusters, selection).sort_by(ORDER)


def answers(name: str, table: pa.Table, access: pa.Table) -> pa.Table:
    """The annotations or labels of released documents, sorted by their key.

    A quote is a piece of text, so it goes out only with the whole text.

    Args:
        name: `annotations` or `labels`.
        table: all of it.
        access: id and text_access of the released documents.
    """
    table = schema.conform(name, table)
    at = pc.index_in(table["document_id"], value_set=access["id"].combine_chunks())
    if "quote" in table.column_names:
        is_full = pc.equal(access["text_access"].take(at), "full")
        index = table.schema.get_field_index("quote")
        quote = pc.if_else(pc.fill_null(is_full, False), table["quote"], pa.scalar(None, pa.string()))
        table = table.set_column(index, table.schema.field(index), quote)
    table = table.filter(pc.is_valid(at))
    return table.sort_by([(column, "ascending") for column in schema.table_schema(name).key])
