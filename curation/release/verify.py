"""Whether a release folder still is what was published. Reads that folder only, and needs no network."""

from __future__ import annotations

import itertools
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from curation import store
from curation.errors import UsageError
from curation.release import manifest as manifests
from curation.release import versions
from curation.release.digest import Digest
from curation.release.splits.certificate import certify
from curation.release.staged import texts
from curation.release.takedown import tombstones
from curation.release.takedown.tombstones import Tombstones


def verify(folder: Path, *, deep: bool = False) -> list[str]:
    """Everything that differs from the manifest, in words; empty for a release that is whole.

    Every byte is read, and the chain to earlier versions that lie beside it. What a takedown altered is no difference,
    if it is as its tombstones say (see :func:`takedown`).

    Args:
        folder: one version of a release, or the link `latest`.
        deep: also read every row, and compare schema and logical digests; look for near-duplicates across splits again.

    Raises:
        UsageError: there is no such folder.
    """
    problems = differences(folder, rows=deep)
    if not problems:
        manifest = json.loads((folder / manifests.MANIFEST).read_text(encoding="utf-8"))
        problems += _chain(folder.resolve(), manifest)
        if deep:
            problems += _certificate(folder, manifest)
    return problems


def takedown(folder: Path) -> str | None:
    """What a takedown altered in a version, in words; None where nothing was withdrawn."""
    stones = tombstones.read(folder)
    return str(stones) if stones else None


def differences(folder: Path, *, rows: bool) -> list[str]:
    """Everything in a folder that differs from its own manifest.

    Args:
        folder: a version, perhaps still staged.
        rows: also read every row.

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
    try:
        stones = tombstones.read(folder) or Tombstones()
    except ValueError:
        return [f"{tombstones.FILE}: not readable"]
    problems = _against_sums(folder) + tombstones.problems(stones, manifest)
    # a digest takes four times as long as reading what it is of, so every processor makes some
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        looks = threads.map(lambda name: _file(folder / name, name, stones.entry(listed[name])), listed)
        problems += itertools.chain.from_iterable(looks)
    expected = {*listed, manifests.MANIFEST, manifests.SUMS, *([tombstones.FILE] if stones.withdrawn else [])}
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    problems += [f"{name}: not part of the release" for name in sorted(found - expected)]
    if rows and not problems:
        problems += _tables(folder, manifest, stones)
        problems += [] if problems else tombstones.still_there(stones, folder)
    return problems


def _chain(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Whether the versions before are those that this one was made after, as far as they lie beside it."""
    problems = []
    before = manifest.get("previous")
    lower = [v for v in versions.published(folder.parent) if versions.numbers(v) < versions.numbers(folder.name)]
    if before is None and lower:
        problems.append(f"the chain is broken: this says that it is the first version, but {lower[-1]} is there")
    while before:
        place = folder.parent / before["version"] / manifests.MANIFEST
        if not place.is_file():
            break
        if store.file_digest(place) != before["manifest_sha256"]:
            problems.append(f"the chain is broken: version {before['version']} is not the one that this was made after")
            break
        before = json.loads(place.read_text(encoding="utf-8")).get("previous")
    return problems


def _certificate(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """Whether near-duplicates across splits are as the certificate says; only where the texts are here."""
    told = manifest.get("splits", {}).get("certificate")
    if told is None or manifest.get("flavour", "").startswith("public"):
        return []
    with TemporaryDirectory() as scratch:
        found = certify(texts(folder), Path(scratch)).to_dict()
    if found == told or _without_withdrawn(folder, told, found):
        return []
    said, is_ = (f"{one['largest_containment']} of {one['pair']}" for one in (told, found))
    return [f"the split certificate is wrong: it says {said}, but the largest containment across splits is {is_}"]


def _without_withdrawn(folder: Path, told: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether a certificate differs from the one of then by documents alone that were taken down since."""
    stones = tombstones.read(folder)
    if stones is None:
        return False
    if {*(told["pair"] or ())} & stones.withdrawn.keys():
        return bool((found["largest_containment"] or 0) <= told["largest_containment"])
    return all(found[name] == told[name] for name in told if name != "measured")


def _against_sums(folder: Path) -> list[str]:
    """The manifest guards all files, the sums guard the manifest."""
    try:
        text = (folder / manifests.SUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return [f"{manifests.SUMS}: missing"]
    guarded = [name for name in (manifests.MANIFEST, tombstones.FILE) if (folder / name).exists()]
    lines = {*text.splitlines()}
    return [
        f"{name}: changed, or not in {manifests.SUMS}"
        for name in guarded
        if f"{store.file_digest(folder / name)}  {name}" not in lines
    ]


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


def _tables(folder: Path, manifest: dict[str, Any], stones: Tombstones) -> list[str]:
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
            made = Digest(schema)
            for part in store.scan([place]):
                made.add(tombstones.without(config, part, stones))
            made.add_hashes(tombstones.hashes(config, stones))
        except pa.ArrowInvalid as error:
            problems.append(f"data/{config}: types differ ({error})")
        else:
            if (digest := made.hexdigest()) != table["logical_digest"]:
                problems.append(f"data/{config}: the rows differ (logical digest {digest})")
        if (rows := store.count_rows(place)) != table["rows"]:
            problems.append(f"data/{config}: {rows:,} rows instead of {table['rows']:,}")
    return problems
