"""Whether rows that come back from a file are those that were written: a fast digest over Arrow's buffers.

The logical digest says what a release holds, whatever its order, and costs ten times as much; this one only lives while
a version is staged, and tells what a Parquet writer or reader did to the rows in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Fingerprint:
    """The digest of rows in their order; how they are cut into pieces does not count.

    >>> rows = pa.table({"id": ["a", "b"], "tags": [["x"], None]})
    >>> one, other = Fingerprint(), Fingerprint()
    >>> one.add(rows), other.add(rows.slice(0, 1)), other.add(rows.slice(1))
    (None, None, None)
    >>> one.hexdigest() == other.hexdigest()
    True
    """

    def __init__(self) -> None:
        #: each part of each column is a stream of its own, to which every piece adds
        self._streams: dict[int, xxhash.xxh3_128] = {}

    def add(self, table: pa.Table) -> None:
        """Take in the next rows, of the same columns."""
        parts = (part for column in table.columns for part in _parts(column))
        for number, buffers in enumerate(parts):
            stream = self._streams.setdefault(number, xxhash.xxh3_128())
            for buffer in buffers:
                stream.update(buffer)

    def hexdigest(self) -> str:
        """The digest of all rows so far."""
        return str(xxhash.xxh3_128(b"".join(one.digest() for one in self._streams.values())).hexdigest())


def _parts(column: pa.ChunkedArray) -> Iterator[Sequence[Any]]:
    """All that tells values from others, as buffers: which are null, how long they are, and what they are.

    A type has always the same parts, whatever its values.
    """
    kind = column.type
    yield [pc.is_valid(column).to_numpy() if column.null_count else np.ones(len(column), bool)]
    if pa.types.is_struct(kind):
        for field in column.flatten():
            yield from _parts(field)
    elif pa.types.is_list(kind):
        yield [pc.fill_null(pc.list_value_length(column), 0).to_numpy()]
        yield from _parts(pc.list_flatten(column))
    elif pa.types.is_string(kind):
        yield [pc.fill_null(pc.binary_length(column), 0).to_numpy()]
        yield [text for chunk in column.drop_null().chunks if (text := _text(chunk))]
    else:
        values = column.drop_null()
        yield [(values.cast(pa.int64()) if pa.types.is_timestamp(kind) else values).to_numpy()]


def _text(chunk: pa.StringArray) -> pa.Buffer | None:
    """The bytes of all values, where they lie."""
    _, ends, data = chunk.buffers()
    if data is None or not len(chunk):
        return None
    offsets = np.frombuffer(ends, np.int32, len(chunk) + 1, chunk.offset * 4)
    return data[int(offsets[0]) : int(offsets[-1])]
