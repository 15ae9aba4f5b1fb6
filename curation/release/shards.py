"""The files that the documents of a release lie in: by split, and what is labelled apart from what is not.

What was drawn for labelling stands in a file of its own, all else in one a year of publication. So a version that only
labels anew writes megabytes: the files of the years are those of the version before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.release.writer import File

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from curation.release.writer import Written

#: the splits in the order in which a hub lists them
SPLITS = ("train", "validation", "test", "held")
LABELLED = "labelled"


def names(table: pa.Table) -> pa.ChunkedArray:
    """The file of each row.

    Args:
        table: split, label_status, published_at.

    >>> from datetime import UTC, datetime
    >>> rows = {"split": ["train", "test"], "label_status": ["none", "open"]}
    >>> names(pa.table({**rows, "published_at": [datetime(2026, 3, 1, tzinfo=UTC)] * 2})).to_pylist()
    ['train-2026.parquet', 'test-labelled.parquet']
    """
    year = pc.fill_null(pc.year(table["published_at"]).cast(pa.string()), "undated")
    part = pc.if_else(pc.equal(table["label_status"], "none"), year, LABELLED)
    return pc.binary_join_element_wise(table["split"], pc.binary_join_element_wise(part, "parquet", "."), "-")


def write(folder: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> list[Written]:
    """Write documents into the files that they belong to; returns those, by name.

    Args:
        folder: of the configuration.
        schema: of the tables.
        tables: in release order. A year's files are closed when the next year comes, so that few are open at a time.
    """
    opened: dict[str, File] = {}
    written: list[Written] = []
    try:
        for table in tables:
            which = names(table).combine_chunks().dictionary_encode()
            here = which.dictionary.to_pylist()
            first = min((part for part in map(_part, here) if part != LABELLED), default="")
            done = sorted(name for name in opened if _part(name) != LABELLED and _part(name) < first)
            written.extend(opened.pop(name).close() for name in done)
            for code, name in enumerate(here):
                # mostly all rows belong to one file, and texts are long to copy
                part = table if len(here) == 1 else table.filter(pc.equal(which.indices, code))
                if name not in opened:
                    opened[name] = File(folder / name, schema)
                opened[name].write(part)
        written.extend(opened.pop(name).close() for name in sorted(opened))
    finally:
        for file in opened.values():
            file.abandon()
    return sorted(written, key=lambda one: one.path.name)


def _part(name: str) -> str:
    """What a file's rows have in common: a year, `undated`, which come in this order, or `labelled`."""
    return name.partition("-")[2].removesuffix(".parquet")
