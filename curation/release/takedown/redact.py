"""Taking documents out of a published version: their texts go, their rows, ids and labels stay.

Files are hard-linked between versions, so nobody writes into one: a new file is written beside it and renamed. The
tombstones come before the rename; a kill in between leaves a version of which ``verify`` says that it is half done.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.release import manifest as manifests
from curation.release import place, versions, writer
from curation.release.digest import row_hashes
from curation.release.takedown import tombstones
from curation.release.takedown.tombstones import ACCESS, KEYS, Tombstones

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

#: what is emptied; an address says what the headline says. Hashes of pieces and quotes go, too: who guesses a text
#: could prove with them that it is the one. Of the internal flavour, every document keeps the hash of its text.
BLANKED = {
    "default": ("url", "url_hash", "title", "body", "dateline", "byline", "tags", "pieces", "text_sha256"),
    "annotations": ("quote", "quote_hash", "skip_reason", "text_sha256"),
}


@dataclass
class Redacted:
    """What was done to the versions of a workspace."""

    #: files that were written anew
    files: list[Path] = field(default_factory=list)
    #: versions that hold one of the documents, now or before
    versions: list[Path] = field(default_factory=list)
    #: what could not be done, by file
    left: dict[Path, str] = field(default_factory=dict)


def redact_releases(releases: Path, withdrawn: Mapping[str, str]) -> Redacted:
    """Take documents out of every version of every release.

    Args:
        releases: the folder of all releases.
        withdrawn: the day by id.
    """
    done = Redacted()
    made: dict[str, Path] = {}
    for home in sorted(path for path in releases.glob("*") if path.is_dir()):
        with place.lock(home):
            for leftover in (home / ".staging", *home.glob("*/data/*/.*.withdrawing")):
                _remove(leftover)
            for version in versions.published(home):
                _redact_version(home / version, withdrawn, done, made)
    return done


def _redact_version(version: Path, withdrawn: Mapping[str, str], done: Redacted, made: dict[str, Path]) -> None:
    try:
        told = json.loads((version / manifests.MANIFEST).read_text(encoding="utf-8"))
        stones = tombstones.read(version) or Tombstones()
        listed = {entry["path"]: stones.entry(entry) for entry in told["files"]}
    except (OSError, ValueError, KeyError):
        done.left[version] = "the version is damaged: look at it with curation verify, or remove it"
        return
    new: dict[Path, Path] = {}
    for config in BLANKED:
        for path in store.parquet_files(version / "data" / config):
            name = path.relative_to(version).as_posix()
            try:
                beside = _without_texts(path, config, told["tables"].get(config), withdrawn, stones, made)
            except (pa.ArrowException, OSError, KeyError) as error:
                done.left[path] = f"can't be read ({error}): remove it"
                continue
            if beside is None:
                continue
            new[path] = beside
            # of a file that was damaged before, verify goes on to say so
            published = next((entry["sha256"] for entry in told["files"] if entry["path"] == name), "")
            if store.file_digest(path) in {published, listed.get(name, {}).get("sha256")}:
                now = {"sha256": store.file_digest(beside), "bytes": beside.stat().st_size}
                stones.files[name] = {"published_sha256": published, **now}
    if new:
        tombstones.write(version, stones)
        store.failpoint("withdraw:after-tombstones")
    for path, beside in new.items():
        made[store.file_digest(path)] = path
        beside.replace(path)
        done.files.append(path)
    if stones.withdrawn:
        if touched := [*stones.files, tombstones.FILE] if (version / tombstones.FILE).exists() else []:
            tombstones.sums(version, touched)
        if withdrawn.keys() & stones.withdrawn.keys():
            done.versions.append(version)


def _without_texts(
    path: Path,
    config: str,
    told: Mapping[str, Any] | None,
    withdrawn: Mapping[str, str],
    stones: Tombstones,
    made: Mapping[str, Path],
) -> Path | None:
    """A file beside this one without the texts; None where there is nothing to take out. Notes it in `stones`."""
    ids = pa.array(sorted(withdrawn), pa.string())
    key = KEYS[config]
    found = [table.filter(pc.is_in(table[key], ids)) for table in store.scan([path])]
    rows = pa.concat_tables(found) if found else None
    if rows is None or not rows.num_rows:
        return None
    for id_ in pc.unique(rows[key]).to_pylist() if config == "default" else ():
        stones.withdrawn[id_] = stones.withdrawn.get(id_, withdrawn[id_])
    schema = manifests.arrow_schema(told["columns"]) if told else rows.schema
    with_text = {id_ for id_, blank in zip(rows[key].to_pylist(), _is_blank(rows, config), strict=True) if not blank}
    if not with_text:
        return None
    of = stones.rows.setdefault(config, {})
    hashes: dict[str, list[str]] = {}
    for id_, digest in zip(rows[key].to_pylist(), row_hashes(schema, rows), strict=True):
        hashes.setdefault(id_, []).append(digest.tobytes().hex())
    of |= {id_: hashes[id_] for id_ in sorted(with_text)}
    beside = path.with_name(f".{path.name}.withdrawing")
    _remove(beside)
    # what another version shares by a hard link stays shared
    if twin := made.get(store.file_digest(path)):
        try:
            os.link(twin, beside)
        except OSError:  # a file system without links
            pass
        else:
            return beside
    writer.write(beside, schema, (_blanked(table, config, ids) for table in store.scan([path])))
    return beside


def _emptied(schema: pa.Schema, config: str) -> list[str]:
    """The columns that are emptied, as far as this flavour has them and lets them be empty."""
    fields = [schema.field(name) for name in BLANKED[config] if name in schema.names]
    return [field.name for field in fields if field.nullable or pa.types.is_list(field.type)]


def _is_blank(rows: pa.Table, config: str) -> list[bool]:
    """Whether each row holds nothing any more that a takedown empties."""
    names = _emptied(rows.schema, config)
    says = rows["text_access"].to_pylist() if config == "default" else [ACCESS] * rows.num_rows
    cells = rows.select(names).to_pylist()
    return [not any(row.values()) and access == ACCESS for row, access in zip(cells, says, strict=True)]


def _blanked(table: pa.Table, config: str, ids: pa.Array) -> pa.Table:
    """The rows with the texts of some documents taken out."""
    gone = pc.is_in(table[KEYS[config]], ids)
    if not pc.any(gone).as_py():
        return table
    for name in (*_emptied(table.schema, config), *(("text_access",) if config == "default" else ())):
        place, kind = table.schema.get_field_index(name), table.schema.field(name).type
        if pa.types.is_list(kind):
            values = zip(table[name].to_pylist(), gone.to_pylist(), strict=True)
            column = pa.array([[] if out else value for value, out in values], kind)
        else:
            column = pc.if_else(gone, pa.scalar(ACCESS if name == "text_access" else None, kind), table[name])
        table = table.set_column(place, name, column)
    return table


def holding(releases: Path, ids: Sequence[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The published rows of documents, with the folder of their version."""
    wanted = pa.array(sorted(ids), pa.string())
    for home in sorted(path for path in releases.glob("*") if path.is_dir()):
        for version in versions.published(home):
            for path in store.parquet_files(home / version / "data" / "default"):
                for table in store.scan_where([path], "id", wanted):
                    yield from ((home / version, row) for row in table.to_pylist())


def _remove(path: Path) -> None:
    if path.is_dir():
        import shutil

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
