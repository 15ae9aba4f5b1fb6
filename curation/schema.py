"""The tables of a corpus, as their JSON files in ``schemas/`` describe them.

One JSON file a table holds ordered columns (name, type, nullable, description); the Arrow schemas, the
reference pages and the dataset card are all made from it. A table that leaves a stage is always
:func:`conform`-ed, so that no writer can drop a column or change a type in silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from curation.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

#: Column types that a schema file may name.
TYPES: dict[str, pa.DataType] = {
    "string": pa.string(),
    "binary": pa.binary(),
    "bool": pa.bool_(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "uint32": pa.uint32(),
    "uint64": pa.uint64(),
    "float64": pa.float64(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "list<string>": pa.list_(pa.string()),
    "list<piece>": pa.list_(pa.struct([("start", pa.int32()), ("length", pa.int32()), ("hash", pa.string())])),
    "list<stance>": pa.list_(
        pa.struct(
            [
                ("target", pa.string()),
                ("label", pa.string()),
                ("confidence", pa.float64()),
                ("method", pa.string()),
                ("n_votes", pa.int32()),
            ]
        )
    ),
}


@dataclass(frozen=True)
class Column:
    """One column of a table: its Arrow type and a sentence for people."""

    name: str
    type: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class TableSchema:
    """One table: its grain in words, its key and its ordered columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def names(self) -> list[str]:
        """The column names in order."""
        return [column.name for column in self.columns]

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, columns in order."""
        return pa.schema([pa.field(c.name, TYPES[c.type], c.nullable) for c in self.columns])


def data_folder(name: str) -> Path:
    """The folder ``schemas`` or ``expectations``, in a checkout or inside the installed wheel."""
    package = Path(__file__).parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name


@cache
def table_schema(name: str) -> TableSchema:
    """The schema of one table.

    >>> table_schema("rejected").arrow.names
    ['batch', 'source_ref', 'reason', 'detail']
    """
    path = data_folder("schemas") / f"{name}.json"
    spec = json.loads(path.read_text(encoding="utf-8"))
    columns = tuple(Column(**column) for column in spec["columns"])
    return TableSchema(spec["name"], spec["grain"], tuple(spec["key"]), columns)


def arrow_schema(name: str) -> pa.Schema:
    """The Arrow schema of one table, by name."""
    return table_schema(name).arrow


def table_names() -> list[str]:
    """All tables that have a schema, in alphabetical order."""
    return sorted(path.stem for path in data_folder("schemas").glob("*.json"))


def from_rows(name: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table of the given schema from dictionaries; absent keys become null.

    >>> from_rows("rejected", [{"batch": "a", "source_ref": "a:1", "reason": "empty"}]).num_rows
    1
    """
    schema = arrow_schema(name)
    table = pa.Table.from_pylist(list(rows), schema=schema)
    return conform(name, table)


def empty(name: str) -> pa.Table:
    """A table of the given schema without rows."""
    return arrow_schema(name).empty_table()


def widen(name: str, table: pa.Table) -> pa.Table:
    """A table of an earlier version, with nulls in the columns that it did not have yet; others stay missing."""
    for field in arrow_schema(name):
        if field.nullable and field.name not in table.column_names:
            table = table.append_column(field, pa.nulls(table.num_rows, field.type))
    return table


def conform(name: str, table: pa.Table) -> pa.Table:
    """The table with exactly the columns, order and types of its schema.

    Raises:
        DataError: a column is missing, can't be cast, or holds nulls where the schema forbids them.
    """
    schema = arrow_schema(name)
    missing = [column for column in schema.names if column not in table.column_names]
    if missing:
        raise DataError(
            f"the table '{name}' lacks the column(s) {', '.join(missing)}",
            remedy="Make it again with this version of curation.",
        )
    try:
        table = table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, ValueError) as error:
        raise DataError(
            f"the table '{name}' does not fit its schema: {error}",
            remedy="Make it again with this version of curation.",
        ) from error
    return table.replace_schema_metadata(None)


def id_numbers(ids: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """Ids of 16 hex digits as 64-bit numbers, which are in the same order.

    >>> id_numbers(pa.chunked_array([["00000000000000ff", "0000000000000100"]]))
    array([255, 256], dtype=uint64)
    """
    return np.frombuffer(bytes.fromhex("".join(ids.to_pylist())), ">u8").astype(np.uint64)
