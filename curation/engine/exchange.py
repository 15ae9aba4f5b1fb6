"""What lies between the map and the reduce of a shuffle: Parquet files, so that a lost machine takes nothing with it.

Each share of a source becomes one file with one row group a bucket, empty ones too: the number of a row group is that
of its bucket, and equal keys, whatever the source, are in equal buckets. A file counts when the task that wrote it
tells its name; what an interrupted task left behind has another name, and is never read.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import fsspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from curation.store import Piece

    Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Exchange:
    """A place for the files of one shuffle, which all machines see."""

    #: folder, or a URL that fsspec knows
    place: str
    keys: tuple[str, ...]
    #: number of buckets
    parts: int

    def put(self, pieces: Sequence[Piece]) -> str:
        """Write some rows of a source, sorted into buckets; returns the file's name, for :meth:`take`."""
        table = pa.concat_tables(piece.read() for piece in pieces)
        bucket = buckets(table.select(self.keys), self.parts)
        table = table.take(pa.array(np.argsort(bucket, kind="stable")))
        ends = np.cumsum(np.bincount(bucket, minlength=self.parts)).tolist()
        name = f"{self.place}/{uuid.uuid4().hex}.parquet"
        files, path = fsspec.core.url_to_fs(name)
        files.makedirs(files._parent(path), exist_ok=True)
        with (
            files.open(path, "wb") as file,
            pq.ParquetWriter(file, table.schema, compression="zstd", use_dictionary=False) as writer,
        ):
            for start, end in zip([0, *ends], ends, strict=False):
                rows = table.slice(start, end - start)
                writer.write_table(rows, row_group_size=max(1, rows.num_rows))
        return name

    def take(self, names: Sequence[str], bucket: int, schema: pa.Schema) -> pa.Table:
        """The rows of a bucket, from all files of a source."""
        tables = [schema.empty_table()]
        for name in names:
            files, path = fsspec.core.url_to_fs(name)
            with files.open(path, "rb") as file, pq.ParquetFile(file, pre_buffer=True) as parquet:
                assert parquet.num_row_groups == self.parts
                tables.append(parquet.read_row_group(bucket))
        return pa.concat_tables(tables)

    def clear(self) -> None:
        """Delete all files."""
        files, path = fsspec.core.url_to_fs(self.place)
        if files.exists(path):
            files.rm(path, recursive=True)


def buckets(keys: pa.Table, parts: int) -> Numbers:
    """The bucket of each row by its keys: the same on every machine, and as :mod:`.local` has it.

    >>> buckets(pa.table({"key": ["a", "b", None, "a"]}), 1000).tolist()
    [135, 745, 929, 135]
    """
    import duckdb

    columns = ", ".join(f'"{key}"' for key in keys.column_names)
    with duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as database:
        database.register("keys", keys)
        found = database.sql(f"SELECT (hash({columns}) % {parts})::BIGINT AS bucket FROM keys").to_arrow_table()
    numbers: Numbers = found["bucket"].to_numpy()
    return numbers
