"""Parquet files whose bytes depend on nothing but the rows, for the pyarrow that the manifest names.

Row groups have a fixed size whatever the size of the tables that come in. Content-defined pages let a hub that
stores by chunks keep what did not change between two versions; measured on a realistic update, about half.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ROW_GROUP = 10_000

#: zstd beyond 3 costs four times the time for five per cent; without an Arrow schema in the footer no reader
#: meets types that only pyarrow knows.
OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    "compression_level": 3,
    "store_schema": False,
    "use_content_defined_chunking": True,
    "write_page_checksum": True,
    "write_page_index": True,
}

#: Columns with few values; a dictionary of ids or texts only costs.
DICTIONARY = frozenset(
    (
        *("outlet", "network", "zone", "section", "language", "text_access", "licence"),
        *("campaign", "round", "question", "field", "target", "method", "source"),
        *("annotator", "updated_by", "label_config_sha256", "guideline_version"),
    )
)


def write(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """Write tables of one schema into one file, synced to disk; returns the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = 0
    dictionary = [name for name in schema.names if name in DICTIONARY]
    with path.open("xb") as file:
        with pq.ParquetWriter(file, schema, use_dictionary=dictionary, **OPTIONS) as writer:
            for group in _regrouped(schema, tables):
                writer.write_table(group, row_group_size=ROW_GROUP)
                rows += group.num_rows
        file.flush()
        os.fsync(file.fileno())
    return rows


def _regrouped(schema: pa.Schema, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in tables of exactly a row group's size, the last one excepted."""
    waiting: list[pa.Table] = []
    n = 0
    for table in tables:
        waiting.append(table.cast(schema).replace_schema_metadata(None))
        n += table.num_rows
        while n >= ROW_GROUP:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, ROW_GROUP).combine_chunks()
            n -= ROW_GROUP
            waiting = [whole.slice(ROW_GROUP)]
    if n:
        yield pa.concat_tables(waiting).combine_chunks()
