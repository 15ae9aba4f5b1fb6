"""``MANIFEST.json`` and ``SHA256SUMS``: what a release holds, byte by byte and row by row, and what made it.

Nothing in it comes from the clock or the machine: the same inputs, settings and versions give the same bytes.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

import curation
from curation import schema, store
from curation.errors import UsageError
from curation.release import writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from curation.release.writer import Written

MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Origin:
    """Digests of what a release was made from."""

    #: by name of the batch or stage
    inputs: Mapping[str, str]
    config: str
    code: str


def release_date(given: str | None, environment: Mapping[str, str]) -> str:
    """The day of a release: as given, else SOURCE_DATE_EPOCH's; never today's.

    >>> release_date(None, {"SOURCE_DATE_EPOCH": "1735689600"})
    '2025-01-01'

    Raises:
        UsageError: there is neither, or it is no day.
    """
    from datetime import UTC, date, datetime

    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    try:
        if given:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", given):
                raise ValueError
            return date.fromisoformat(given).isoformat()
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"'{given or epoch}' is no date", remedy="Write --date 2026-01-31.") from None
    raise UsageError(
        "a release needs a date, for the clock would make every run another",
        remedy="Give --date 2026-01-31, or set SOURCE_DATE_EPOCH.",
    )


def table_of(config: str) -> str:
    """The table of a configuration of the internal flavour."""
    return "released" if config == "default" else config


def columns_of(table: str) -> list[dict[str, Any]]:
    """A table's columns as the manifest lists them."""
    columns = schema.table_schema(table).columns
    return [{"name": c.name, "type": c.type, "nullable": c.nullable} for c in columns]


def arrow_schema(columns: Iterable[Mapping[str, Any]]) -> pa.Schema:
    """The Arrow schema of columns as the manifest lists them."""
    return pa.schema([pa.field(c["name"], schema.TYPES[c["type"]], c["nullable"]) for c in columns])


def entries(folder: Path, written: Iterable[Written]) -> list[dict[str, Any]]:
    """Path, digest, size and rows of data files, as they were written."""
    return [
        {
            "path": one.path.relative_to(folder).as_posix(),
            "sha256": one.sha256,
            "bytes": one.path.stat().st_size,
            "rows": one.rows,
        }
        for one in sorted(written, key=lambda one: one.path)
    ]


def files(folder: Path, written: Iterable[Written] = ()) -> list[dict[str, Any]]:
    """Path, digest, size and rows of every file but the manifest and the sums.

    Args:
        folder: a version.
        written: files whose digests are known.
    """
    known = {entry["path"]: entry for entry in entries(folder, written)}
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if name in known:
            found.append(known[name])
        elif name not in (MANIFEST, SUMS):
            entry = {"path": name, "sha256": store.file_digest(path), "bytes": path.stat().st_size}
            rows = {"rows": pq.read_metadata(path).num_rows} if path.suffix == ".parquet" else {}
            found.append(entry | rows)
    return found


def sums(folder: Path, listed: Iterable[Mapping[str, Any]]) -> str:
    """The text of SHA256SUMS, as ``sha256sum -c`` reads it.

    Args:
        folder: a version with its manifest.
        listed: what the manifest says of its files.
    """
    digests = {entry["path"]: entry["sha256"] for entry in listed}
    digests[MANIFEST] = store.file_digest(folder / MANIFEST)
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))


def environment() -> dict[str, Any]:
    """What wrote the files; with the same, the same bytes come out."""
    return {
        "python": platform.python_version(),
        "pyarrow": pa.__version__,
        "curation": curation.__version__,
        "parquet": {**writer.OPTIONS, "row_group_rows": writer.ROW_GROUP},
    }
