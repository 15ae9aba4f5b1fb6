"""The logical digest: what a paper cites. It depends on the rows alone, not on their order, file or writer.

sha256 over the columns and the sorted sha256 of every row; in a row each value is tagged with its type and prefixed
with its length, so that no two different rows are written alike.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation.store import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable


def logical_digest(schema: pa.Schema, tables: Iterable[pa.Table]) -> str:
    """The digest of a table that comes in pieces; each is cast to `schema` first.

    >>> kind = pa.schema([("id", pa.string()), ("n", pa.int32())])
    >>> one = pa.table({"id": ["a", "b"], "n": [1, None]}, schema=kind)
    >>> logical_digest(kind, [one]) == logical_digest(kind, [one.slice(1), one.slice(0, 1)])
    True
    """
    rows: list[bytes] = []
    for table in tables:
        columns = [_encoded(column) for column in table.select(schema.names).cast(schema).columns]
        rows.extend(hashlib.sha256(b"".join(row)).digest() for row in zip(*columns, strict=True))
    rows.sort()
    whole = hashlib.sha256(canonical_json([[f.name, _type(f.type)] for f in schema]).encode())
    for row in rows:
        whole.update(row)
    return whole.hexdigest()


def _encoded(column: pa.ChunkedArray) -> list[bytes]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    return [_value(value) for value in column.to_pylist()]


def _value(value: Any) -> bytes:
    """One value's bytes.

    >>> _value("cabai"), _value(None), _value(True), _value(7), _value([""])
    (b's5:cabai', b'n', b'b1', b'i1:7', b'l1:s0:')
    """
    match value:
        case None:
            return b"n"
        case bool():
            return b"b1" if value else b"b0"
        case str():
            data = value.encode()
            return b"s%d:%b" % (len(data), data)
        case int():
            data = b"%d" % value
            return b"i%d:%b" % (len(data), data)
        case float():
            data = value.hex().encode()
            return b"f%d:%b" % (len(data), data)
        case list():
            return b"l%d:%b" % (len(value), b"".join(map(_value, value)))
    raise TypeError(f"a release holds no {type(value).__name__}")


def _type(kind: pa.DataType) -> str:
    """A type's name; the name that a writer gives to the elements of a list is none of its business."""
    return f"list<{kind.value_type}>" if pa.types.is_list(kind) else str(kind)
