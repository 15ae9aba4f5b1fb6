"""release: the selected documents in release order, out of core; and the answers that belong to them."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from curation import schema, store
from curation.release import assemble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from curation.engine import Engine

CODE = ("privacy", "release", "schema.py", "stages/release.py")


def assemble_documents(
    documents: Sequence[Path], clusters: Path, selection: Path, beside: pa.Table, into: Path, engine: Engine
) -> int:
    """Write the table `released`, whole bodies in release order, as one file; returns its rows.

    Args:
        documents: the table of each batch.
        clusters: the table of the corpus.
        selection: the table of the corpus.
        beside: split and labels of the documents.
        into: the file.
        engine: what sorts it.
    """
    kept = store.read_table(selection, ["id", "selected"])
    grouped = store.read_table(clusters, ["id", "cluster_id", "size"])
    parts = into.parent / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    for number, table in enumerate(store.scan(documents)):
        store.write_table(parts / f"part-{number:05d}.parquet", assemble.rows(table, grouped, kept, beside))
    order = [name for name, _ in assemble.ORDER]
    rows = (
        engine.sort(store.parquet_files(parts), into, order, schema.arrow_schema("released")) if parts.is_dir() else 0
    )
    shutil.rmtree(parts, ignore_errors=True)
    return rows


def gather_answers(name: str, campaigns: Sequence[Path], into: Path) -> Path | None:
    """The annotations, labels or tasks of all campaigns as one file; None where there are none."""
    places = [place for campaign in campaigns if (place := campaign / f"{name}.parquet").exists()]
    if not places:
        return None
    conformed = map(partial(schema.conform, name), store.scan(places))
    store.write_stream(into, schema.arrow_schema(name), conformed)
    return into
