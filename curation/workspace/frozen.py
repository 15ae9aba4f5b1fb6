"""What was labelled or released is frozen: its text stays as people saw it, and it stays the keeper of its cluster.

state/frozen.parquet                      id, reason, release: what is frozen, by what, the first release with it
state/batches/<batch>/frozen/<table>...   the rows of documents, edits, metadata and findings as they were then
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curation import schema, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from curation.workspace import Workspace

TABLES = ("documents", "edits", "metadata", "findings")
_SCHEMA = pa.schema([("id", pa.string()), ("reason", pa.string()), ("release", pa.string())])


def freeze(workspace: Workspace, ids: pa.Array | pa.ChunkedArray, reason: str, release: str | None = None) -> None:
    """Freeze documents as they stand now; those that are frozen already stay as they were.

    Args:
        workspace: whose documents they are.
        ids: the documents.
        reason: what froze them.
        release: the version that they are published in; the first one stays.
    """
    known = _known(workspace)
    if release:
        first = pc.and_(pc.is_in(known["id"], pc.unique(ids)), pc.is_null(known["release"]))
        known = known.set_column(2, "release", pc.if_else(first, release, known["release"]))
    fresh = pc.unique(ids).filter(pc.invert(pc.is_in(pc.unique(ids), known["id"].combine_chunks())))
    for batch in workspace.accepted() if len(fresh) else ():
        source = workspace.batch_stage(batch, "clean")
        folder = frozen_folder(workspace, batch)
        for name in TABLES:
            tables = chain(
                _others(folder / f"{name}.parquet", fresh), store.scan_where([source.table(name)], "id", fresh)
            )
            rows = (schema.conform(name, table) for table in tables if table.num_rows)
            if (first := next(rows, None)) is not None:
                store.write_stream(folder / f"{name}.parquet", schema.arrow_schema(name), chain([first], rows))
    # last: what this file names is frozen in full
    versions = pa.array([release] * len(fresh), pa.string())
    table = pa.concat_tables([known, pa.table([fresh, pa.repeat(reason, len(fresh)), versions], schema=_SCHEMA)])
    store.write_table(workspace.state / "frozen.parquet", table.sort_by("id"))


def frozen_ids(workspace: Workspace) -> set[str]:
    """The documents that are frozen."""
    return set(_known(workspace)["id"].to_pylist())


def releases_of(workspace: Workspace) -> pa.Table:
    """(id, release): the first release that holds each published document."""
    known = _known(workspace)
    return known.filter(pc.is_valid(known["release"])).select(["id", "release"])


def frozen_folder(workspace: Workspace, batch: str) -> Path:
    """Where the frozen rows of a batch stand."""
    return workspace.state / "batches" / batch / "frozen"


def with_frozen(made: Mapping[str, pa.Table], folder: Path | None) -> dict[str, pa.Table]:
    """The tables of some documents of a batch, frozen rows in the place of newly made ones."""
    tables = dict(made)
    if folder is None or not (folder / "documents.parquet").exists():
        return tables
    order = made["documents"]["id"].combine_chunks()
    frozen = pc.unique(_rows(folder, "documents", order)["id"])
    if not len(frozen):
        return tables
    for name in TABLES:
        fresh = tables[name].filter(pc.invert(pc.is_in(tables[name]["id"], frozen)))
        mixed = pa.concat_tables([fresh, _rows(folder, name, frozen)])
        place = pc.index_in(mixed["id"], order)
        # a stable sort by place in the batch; rows of one document keep their own order
        ranks = pa.table({"place": place, "row": pa.array(range(mixed.num_rows))})
        tables[name] = mixed.take(pc.sort_indices(ranks, [("place", "ascending"), ("row", "ascending")]))
    return tables


def _known(workspace: Workspace) -> pa.Table:
    path = workspace.state / "frozen.parquet"
    known = store.read_table(path) if path.exists() else _SCHEMA.empty_table()
    if "release" not in known.column_names:  # of a state that did not tell releases yet
        known = known.append_column("release", pa.nulls(known.num_rows, pa.string()))
    return known


def _others(path: Path, fresh: pa.Array) -> Iterator[pa.Table]:
    """What is frozen already, without rows that a killed call left of those to be frozen now."""
    for table in store.scan([path]):
        old = schema.widen(path.stem, table)
        yield old.filter(pc.invert(pc.is_in(old["id"], fresh)))


def _rows(folder: Path, name: str, ids: pa.Array) -> pa.Table:
    """The frozen rows of some documents; they stand together, so that few row groups are read."""
    path = folder / f"{name}.parquet"
    if not path.exists():
        return schema.empty(name)
    numbers, homes = _index(path, path.stat().st_mtime_ns)
    wanted = pc.is_in(numbers, value_set=pa.array(schema.id_numbers(pa.chunked_array([ids]))))
    groups = np.unique(homes[wanted.to_numpy(zero_copy_only=False)])
    with pq.ParquetFile(path) as file:
        rows = schema.conform(name, schema.widen(name, file.read_row_groups(groups.tolist())))
    return rows.filter(pc.is_in(rows["id"], ids))


@lru_cache(maxsize=8)
def _index(path: Path, changed: int) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """The frozen documents, as numbers, and the row group of each: read once in each worker."""
    numbers = schema.id_numbers(store.read_table(path, ["id"])["id"])
    with pq.ParquetFile(path) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    groups = np.repeat(np.arange(len(sizes)), sizes)
    # the rows of a document follow each other: one is enough for each row group that they reach into
    first = np.ones(len(numbers), bool)
    first[1:] = (numbers[1:] != numbers[:-1]) | (groups[1:] != groups[:-1])
    return pa.array(numbers[first]), groups[first]
