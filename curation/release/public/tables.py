"""The tables of the public flavour: each text as its outlet's terms allow, and the hashes that find the rest again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.release.public.pieces import PIECE, keyed_hash, pieces, quote_hash
from curation.release.rights import apply_rights

if TYPE_CHECKING:
    from curation.release.rights import Rights

#: pieces of a text that a withheld document must not show; a headline says what the address says
KEPT_BACK = ("title", "dateline", "byline")


def documents(table: pa.Table, rights: Rights, key: bytes, *, with_urls: bool) -> pa.Table:
    """The table `public` from any part of `released`.

    Args:
        table: with whole bodies.
        rights: which texts may go out.
        key: of hashes that others must not be able to compute.
        with_urls: whether addresses go out.
    """
    bodies = table["body"].to_pylist()
    given = apply_rights(table, rights)
    withheld = pc.equal(given["text_access"], "withheld")
    nothing = pa.scalar(None, pa.string())
    columns = {name: given[name] for name in given.column_names}
    for name in KEPT_BACK:
        columns[name] = pc.if_else(withheld, nothing, given[name])
    hidden = withheld.to_pylist()
    columns["tags"] = pa.array(
        [[] if hide else tags for hide, tags in zip(hidden, given["tags"].to_pylist(), strict=True)],
        pa.list_(pa.string()),
    )
    is_short = pa.array([len(body) < PIECE for body in bodies], pa.bool_())
    columns["text_sha256"] = pc.if_else(pc.and_(withheld, is_short), nothing, given["text_sha256"])
    urls = table["url"].to_pylist()
    columns["url"] = table["url"] if with_urls else pa.nulls(len(urls), pa.string())
    hashes = [None if with_urls or url is None else keyed_hash(url, key) for url in urls]
    columns["url_hash"] = pa.array(hashes, pa.string())
    columns["n_chars"] = pa.array([len(body) for body in bodies], pa.int32())
    columns["pieces"] = pa.array(
        [[piece._asdict() for piece in pieces(body)] for body in bodies], schema.TYPES["list<piece>"]
    )
    return schema.conform("public", pa.table(columns))


def answers(table: pa.Table, access: pa.Table, key: bytes) -> pa.Table:
    """The table `public_annotations`: a quote goes out only with its whole text, its hash always.

    Args:
        table: annotations of published documents.
        access: id, text_access and text_sha256 of the table `public`.
        key: of hashes that others must not be able to compute.
    """
    at = pc.index_in(table["document_id"], value_set=access["id"].combine_chunks())
    nothing = pa.scalar(None, pa.string())
    is_full = pc.equal(access["text_access"].take(at), "full")
    hashes = [None if quote is None else quote_hash(quote, key) for quote in table["quote"].to_pylist()]
    columns = {name: table[name] for name in table.column_names}
    columns["quote"] = pc.if_else(is_full, table["quote"], nothing)
    columns["quote_hash"] = pa.array(hashes, pa.string())
    is_told = pc.is_valid(access["text_sha256"].take(at))
    columns["text_sha256"] = pc.if_else(is_told, table["text_sha256"], nothing)
    return schema.conform("public_annotations", pa.table(columns))
