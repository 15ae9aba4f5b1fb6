"""Whether a release folder still is what was published. Reads that folder only, and needs no network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curation import store
from curation.errors import UsageError
from curation.release import manifest as manifests
from curation.release.digest import logical_digest

if TYPE_CHECKING:
    from pathlib import Path


def verify(folder: Path, *, deep: bool = False) -> list[str]:
    """Everything that differs from the manifest, in words; empty for a release that is whole.

    Args:
        folder: one version of a release, or the link `latest`.
        deep: also read every row and compare schema and logical digests.

    Raises:
        UsageError: there is no such folder.
    """
    if not folder.is_dir():
        raise UsageError("no such release", where=str(folder), remedy="Name a folder like releases/NAME/1.0.0.")
    try:
        manifest = json.loads((folder / manifests.MANIFEST).read_text(encoding="utf-8"))
        listed = {entry["path"]: entry for entry in manifest["files"]}
    except FileNotFoundError:
        return [f"{manifests.MANIFEST}: missing"]
    except (ValueError, KeyError, TypeError):
        return [f"{manifests.MANIFEST}: not a manifest"]
    problems = _against_sums(folder)
    for name, entry in listed.items():
        problems += _file(folder / name, name, entry)
    expected = {*listed, manifests.MANIFEST, manifests.SUMS}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    problems += [f"{name}: not part of the release" for name in sorted(found - expected)]
    if deep and not problems:
        problems += _tables(folder, manifest)
    return problems


def _against_sums(folder: Path) -> list[str]:
    """The manifest guards all files, the sums guard the manifest."""
    try:
        text = (folder / manifests.SUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return [f"{manifests.SUMS}: missing"]
    line = f"{store.file_digest(folder / manifests.MANIFEST)}  {manifests.MANIFEST}"
    return [] if line in text.splitlines() else [f"{manifests.MANIFEST}: changed, or not in {manifests.SUMS}"]


def _file(path: Path, name: str, entry: dict[str, Any]) -> list[str]:
    if not path.is_file():
        return [f"{name}: missing"]
    if (size := path.stat().st_size) != entry["bytes"]:
        return [f"{name}: {size:,} bytes instead of {entry['bytes']:,}"]
    if store.file_digest(path) != entry["sha256"]:
        return [f"{name}: changed (sha256 differs)"]
    if "rows" in entry and (rows := pq.read_metadata(path).num_rows) != entry["rows"]:
        return [f"{name}: {rows:,} rows instead of {entry['rows']:,}"]
    return []


def _tables(folder: Path, manifest: dict[str, Any]) -> list[str]:
    problems = []
    for config, table in manifest["tables"].items():
        place = folder / "data" / config
        schema = manifests.arrow_schema(table["columns"])
        for path in store.parquet_files(place):
            columns = pq.read_schema(path).names
            if columns != schema.names:
                problems.append(f"{path.relative_to(folder)}: columns {columns} instead of {schema.names}")
        if problems:
            continue
        try:
            digest = logical_digest(schema, store.scan([place]))
        except pa.ArrowInvalid as error:
            problems.append(f"data/{config}: types differ ({error})")
        else:
            if digest != table["logical_digest"]:
                problems.append(f"data/{config}: the rows differ (logical digest {digest})")
        if (rows := store.count_rows(place)) != table["rows"]:
            problems.append(f"data/{config}: {rows:,} rows instead of {table['rows']:,}")
    return problems
