"""The logical digest: what a paper cites. It depends on the rows alone, not on their order, file or writer.

sha256 over the columns and the sorted sha256 of every row; in a row each value is tagged with its type and prefixed
with its length, so that no two different rows are written alike. For a body stands its own sha256: texts are nearly all
that a release holds, and one pass over them serves this and the check of `text_sha256`.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.kernels.digests import byte_digests
from curation.store import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    #: a row of 32 bytes each
    Hashes = npt.NDArray[np.uint8]


#: the column whose values enter a row by their own sha256
BODY = "body"


class Digest:
    """The digest of a table that comes in pieces.

    Args:
        schema: the table's columns; each piece is cast to it.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._rows: list[Hashes] = []

    def add(self, table: pa.Table, bodies: pa.StringArray | None = None) -> None:
        """Take in a piece, and the :func:`~curation.kernels.digests.byte_digests` of its bodies, if they are known."""
        self._rows.append(row_hashes(self._schema, table, bodies))

    def add_hashes(self, rows: Iterable[bytes]) -> None:
        """Take in rows of which only the hashes are left."""
        self._rows.append(_hashes(rows))

    def hexdigest(self) -> str:
        """The digest of all pieces so far."""
        whole = hashlib.sha256(canonical_json([[f.name, _type(f.type)] for f in self._schema]).encode())
        rows = np.concatenate([_hashes([]), *self._rows])
        # numpy's bytes are unsigned, and of one length nothing is cut off
        whole.update(np.sort(rows.view("S32"), axis=None).tobytes())
        return whole.hexdigest()


def row_hashes(schema: pa.Schema, table: pa.Table, bodies: pa.StringArray | None = None) -> Hashes:
    """sha256 of each row, 32 bytes, the table cast to `schema` first; `bodies` as for :meth:`Digest.add`."""
    if not table.num_rows:
        return _hashes([])
    pieces: list[pa.ChunkedArray | pa.Scalar] = [pa.repeat(pa.scalar(b"", pa.large_binary()), table.num_rows)]
    waiting = b""
    for field in schema:
        column = table[field.name].cast(field.type)
        if field.name == BODY:
            parts = _by_digest(byte_digests(column) if bodies is None else bodies)
        else:
            parts = _pieces(column)
        for piece in parts:
            if isinstance(piece, bytes):
                waiting += piece
            else:
                pieces += [pa.scalar(waiting, pa.large_binary()), piece]
                waiting = b""
    rows = pc.binary_join_element_wise(
        *pieces, pa.scalar(waiting, pa.large_binary()), pa.scalar(b"", pa.large_binary())
    )
    chunks = rows.chunks if isinstance(rows, pa.ChunkedArray) else [rows]
    return _hashes(hashlib.sha256(row).digest() for chunk in chunks for row in _views(chunk))


def _hashes(rows: Iterable[bytes]) -> Hashes:
    return np.frombuffer(b"".join(rows), np.uint8).reshape(-1, 32)


def _by_digest(digests: pa.StringArray) -> Iterator[pa.ChunkedArray | bytes]:
    """What texts are told by: their sha256, in hex, of the bytes as they are."""
    made = pc.binary_join_element_wise(pa.scalar("h64", pa.string()), pa.chunked_array([digests]), ":")
    yield pc.fill_null(made, "n").cast(pa.large_binary())


def _views(rows: pa.LargeBinaryArray) -> Iterator[memoryview]:
    """The bytes of each row, where they lie."""
    _, ends, data = rows.buffers()
    offsets = memoryview(ends).cast("q")[rows.offset : rows.offset + len(rows) + 1].tolist()
    whole = memoryview(data)
    return (whole[start:end] for start, end in itertools.pairwise(offsets))


def logical_digest(schema: pa.Schema, tables: Iterable[pa.Table]) -> str:
    """The digest of a table that comes in pieces; each is cast to `schema` first.

    >>> kind = pa.schema([("id", pa.string()), ("n", pa.int32())])
    >>> one = pa.table({"id": ["a", "b"], "n": [1, None]}, schema=kind)
    >>> logical_digest(kind, [one]) == logical_digest(kind, [one.slice(1), one.slice(0, 1)])
    True
    """
    digest = Digest(schema)
    for table in tables:
        digest.add(table)
    return digest.hexdigest()


def _pieces(column: pa.ChunkedArray) -> Iterator[pa.ChunkedArray | bytes]:
    """What each value's bytes are joined from, as :func:`_value` writes them; what all rows share stands alone."""
    n, nulls = len(column), column.null_count
    if nulls == n:
        yield b"n"
    elif pa.types.is_list(column.type):
        # most lists of a corpus are empty, and those are all alike
        is_other = pc.not_equal(pc.fill_null(pc.list_value_length(column), -1), 0)
        if pc.any(is_other).as_py():
            empty = pa.chunked_array([pa.repeat(pa.scalar(_value([]), pa.large_binary()), n)])
            others = _one_by_one(column.filter(is_other))
            yield pc.replace_with_mask(empty, is_other.combine_chunks(), others)
        else:
            yield _value([])
    elif (of := _tagged(column)) is None:
        yield pa.chunked_array([_one_by_one(column)])
    elif nulls:
        tag, length, data = of
        start, colon, nothing, null = (pa.scalar(part, pa.large_binary()) for part in (tag, b":", b"", b"n"))
        yield pc.fill_null(pc.binary_join_element_wise(start, length, colon, data, nothing), null)
    else:
        yield from of[:2]
        yield b":"
        yield of[2]


def _tagged(column: pa.ChunkedArray) -> tuple[bytes, pa.ChunkedArray, pa.ChunkedArray] | None:
    """The tag of texts or numbers, their lengths and bytes, without a loop over rows; None for other types."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    if pa.types.is_string(column.type):
        tag, data = b"s", column.cast(pa.large_binary())
    elif pa.types.is_integer(column.type):
        tag, data = b"i", column.cast(pa.string()).cast(pa.large_binary())
    else:
        return None
    return tag, pc.binary_length(data).cast(pa.string()).cast(pa.large_binary()), data


def _one_by_one(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([_value(value) for value in column.to_pylist()], pa.large_binary())


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
        case dict():
            return b"d%d:%b" % (len(value), b"".join(_value(part) for pair in value.items() for part in pair))
    raise TypeError(f"a release holds no {type(value).__name__}")


def _type(kind: pa.DataType) -> str:
    """A type's name; the name that a writer gives to the elements of a list is none of its business."""
    return f"list<{kind.value_type}>" if pa.types.is_list(kind) else str(kind)
