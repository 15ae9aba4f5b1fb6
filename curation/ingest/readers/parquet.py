"""Parquet: one article a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curation.errors import InputError
from curation.ingest.readers import stream

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curation.ingest.columns import Columns
    from curation.ingest.record import Record, Rejection

_UNREADABLE = (pa.ArrowException, OSError, ValueError, OverflowError)


def read(path: Path, source_ref: str, columns: Columns) -> Iterator[Record | Rejection]:
    """The articles of a Parquet file; `source_ref` gets the row number, counted from 1.

    Raises:
        InputError: it is empty, no Parquet file, or has no column for the text.
    """
    if path.stat().st_size == 0:
        raise stream.empty(path)
    try:
        file = pq.ParquetFile(path, pre_buffer=False)
        names = file.schema_arrow.names
    except _UNREADABLE as error:
        raise InputError(
            f"not a readable Parquet file ({error})",
            where=str(path),
            remedy="Fetch it again: of a Parquet file that was cut off nothing can be read.",
        ) from error
    with file:
        if not columns.has_text(names):
            raise columns.without_text(names, str(path))
        wanted = list(dict.fromkeys(columns.recognise(tuple(names)).values()))
        number = 0
        try:
            for batch in file.iter_batches(batch_size=500, columns=wanted):
                for row in _rows(batch):
                    yield columns.record(row, f"{source_ref}:{number + 1}")
                    number += 1
        except _UNREADABLE as error:
            yield stream.broken_after(source_ref, number, error)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    values = [_values(column) for column in batch.columns]
    for row in zip(*values, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: pa.Array) -> list[Any]:
    """A column's values; strings that are not UTF-8 as bytes, times as ISO text."""
    if pa.types.is_timestamp(column.type):
        zone = "" if column.type.tz is None else "+00:00"
        return [None if value is None else value + zone for value in _iso(column)]
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.binary()).to_pylist()
    return values


def _iso(column: pa.Array) -> list[str | None]:
    import pyarrow.compute as pc

    whole = column.cast(pa.timestamp("s", tz=column.type.tz), safe=False)
    texts: list[str | None] = pc.cast(whole.cast(pa.int64()).cast(pa.timestamp("s")), pa.string()).to_pylist()
    return texts
