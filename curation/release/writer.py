"""Parquet files whose bytes depend on nothing but the rows, for the pyarrow that the manifest names.

Row groups have a fixed size whatever the size of the tables that come in. Content-defined pages let a hub that
stores by chunks keep what did not change between two versions; measured on a realistic update, about half.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from curation.release.fingerprint import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ROW_GROUP = 10_000
#: rows that are laid end to end at a time; the memory that so many texts take is used again for the next ones
PIECE = 2_000

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
        *("outlet", "network", "zone", "section", "language", "text_access", "licence", "split", "label_status"),
        *("campaign", "round", "question", "field", "target", "method", "source"),
        *("annotator", "updated_by", "label_config_sha256", "guideline_version"),
    )
)


@dataclass(frozen=True)
class Written:
    """What was given to one file, so that the file can be asked for it again."""

    path: Path
    rows: int
    #: of the bytes, as they were handed to the disk
    sha256: str
    #: of the rows
    fingerprint: str


class File:
    """A Parquet file that is written row by row; on disk when it is closed.

    Args:
        path: must not exist yet.
        schema: of all tables that are written.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        dictionary = [name for name in schema.names if name in DICTIONARY]
        self._path, self._schema = path, schema
        self._file = path.open("xb")
        self._bytes, self._rows = _Hashed(self._file), Fingerprint()
        self._writer = pq.ParquetWriter(self._bytes, schema, use_dictionary=dictionary, **OPTIONS)
        self._waiting: list[pa.Table] = []
        self._n = self._written = 0

    def write(self, table: pa.Table) -> None:
        """Take in rows; they are written in groups of one size, whatever the size of `table`."""
        self._waiting.append(table.cast(self._schema).replace_schema_metadata(None))
        self._n += table.num_rows
        while self._n >= ROW_GROUP:
            whole = pa.concat_tables(self._waiting)
            self._write(whole.slice(0, ROW_GROUP))
            self._n -= ROW_GROUP
            self._waiting = [whole.slice(ROW_GROUP)]

    def close(self) -> Written:
        """Write what is left."""
        try:
            if self._n:
                self._write(pa.concat_tables(self._waiting))
            self._writer.close()
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        except BaseException:
            self.abandon()
            raise
        return Written(self._path, self._written, self._bytes.digest.hexdigest(), self._rows.hexdigest())

    def abandon(self) -> None:
        """Let go of a file that will be removed."""
        with suppress(Exception):
            self._writer.close()
        with suppress(OSError):  # what is not written yet may not fit on the disk
            self._file.close()

    def _write(self, table: pa.Table) -> None:
        group = pa.concat_tables(table.slice(at, PIECE).combine_chunks() for at in range(0, table.num_rows, PIECE))
        self._writer.write_table(group, row_group_size=ROW_GROUP)
        self._rows.add(group)
        self._written += group.num_rows


class _Hashed:
    """A file that digests what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        return self._file.write(data)

    def flush(self) -> None:
        self._file.flush()

    @property
    def closed(self) -> bool:
        return self._file.closed


def write(path: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> Written:
    """Write tables of one schema into one file, synced to disk."""
    file = File(path, schema)
    try:
        for table in tables:
            file.write(table)
    except BaseException:
        file.abandon()
        raise
    return file.close()
