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
    from collections.abc import Iterator


#: rows of one piece; the memory that so many texts take is used again for the next ones
PIECE = 2_000


class Fingerprint:
    """The digest of rows in their order, given in pieces of the same size on both sides.

    >>> rows = pa.table({"id": ["a", "b"], "tags": [["x"], None]})
    >>> one, other = Fingerprint(), Fingerprint()
    >>> one.add(rows), other.add(pa.concat_tables([rows.slice(0, 1), rows.slice(1)]))
    (None, None)
    >>> one.hexdigest() == other.hexdigest()
    True
    """

    def __init__(self) -> None:
        self._made = xxhash.xxh3_128()

    def add(self, table: pa.Table) -> None:
        """Take in a piece; how it is chunked does not count."""
        for column in table.columns:
            for part in _parts(column):
                self._made.update(part)

    def hexdigest(self) -> str:
        """The digest of all pieces so far."""
        return str(self._made.hexdigest())


def _parts(column: pa.ChunkedArray) -> Iterator[Any]:
    """Buffers of all that tells values from others: which are null, how long they are, and what they are."""
    kind = column.type
    # said first: flags of nulls and values could be the same bytes
    yield bytes([column.null_count > 0])
    if column.null_count:
        yield pc.is_valid(column).to_numpy()
    if pa.types.is_struct(kind):
        for field in column.flatten():
            yield from _parts(field)
    elif pa.types.is_list(kind):
        yield pc.fill_null(pc.list_value_length(column), 0).to_numpy()
        yield from _parts(pc.list_flatten(column))
    elif pa.types.is_string(kind):
        yield pc.fill_null(pc.binary_length(column), 0).to_numpy()
        for chunk in column.drop_null().chunks:
            _, ends, data = chunk.buffers()
            if data is not None and len(chunk):
                offsets = np.frombuffer(ends, np.int32, len(chunk) + 1, chunk.offset * 4)
                yield data[int(offsets[0]) : int(offsets[-1])]
    else:
        values = column.drop_null()
        yield (values.cast(pa.int64()) if pa.types.is_timestamp(kind) else values).to_numpy()
