"""``TOMBSTONES.json``: what a takedown altered in a version, so that ``verify`` can tell it from damage.

The manifest stays as it was published, for later versions vouch for it. The tombstones name each file that was written
anew, and keep the hash of every row that was blanked: with them the logical digest of the manifest still comes out,
which proves that nothing else was touched.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.release import manifest as manifests

if TYPE_CHECKING:
    from pathlib import Path

FILE = "TOMBSTONES.json"

#: what `text_access` says of a document that was taken down
ACCESS = "withdrawn"

#: the column that names the document
KEYS = {"default": "id", "annotations": "document_id", "labels": "document_id"}


@dataclass
class Tombstones:
    """What a takedown altered in one version."""

    #: the day by id of the document
    withdrawn: dict[str, str] = field(default_factory=dict)
    #: by path: sha256 as published, and sha256 and bytes of now
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: by configuration and id: the hashes of the document's rows as they were published
    rows: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def entry(self, listed: dict[str, Any]) -> dict[str, Any]:
        """A file as it should be now.

        Args:
            listed: as the manifest lists it.
        """
        now = self.files.get(listed["path"])
        return {**listed, "sha256": now["sha256"], "bytes": now["bytes"]} if now else listed

    def to_dict(self) -> dict[str, Any]:
        """For the file."""
        return dict(vars(self))

    def __str__(self) -> str:
        n = len(self.withdrawn)
        days = sorted(set(self.withdrawn.values()))
        when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
        return f"altered by takedown: {n:,} document{'' if n == 1 else 's'} withdrawn on {when}"


def read(version: Path) -> Tombstones | None:
    """The tombstones of a version; None where nothing was taken down.

    Args:
        version: its folder.

    Raises:
        ValueError: the file is damaged.
    """
    try:
        told = json.loads((version / FILE).read_text(encoding="utf-8"))
        return Tombstones(**told)
    except FileNotFoundError:
        return None
    except TypeError as error:
        raise ValueError(str(error)) from None


def write(version: Path, stones: Tombstones) -> None:
    """Write the tombstones of a version, in one step."""
    store.write_json(version / FILE, stones.to_dict())


def problems(stones: Tombstones, manifest: dict[str, Any]) -> list[str]:
    """Where tombstones do not fit the manifest that they stand beside."""
    published = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    return [
        f"{FILE}: {path} was not published as it says"
        for path, now in stones.files.items()
        if published.get(path) != now.get("published_sha256")
    ]


def still_there(stones: Tombstones, version: Path) -> list[str]:
    """Documents that were taken down and still have their text, in words."""
    found: list[str] = []
    for path in store.parquet_files(version / "data" / "default") if stones.withdrawn else ():
        table = store.read_table(path, ["id", "text_access", "title", "body"])
        table = table.filter(pc.is_in(table["id"], pa.array(list(stones.withdrawn), pa.string())))
        blank = pc.and_(pc.is_null(table["body"]), pc.is_null(table["title"]))
        fine = pc.and_(blank, pc.equal(table["text_access"], ACCESS))
        found += table.filter(pc.invert(fine))["id"].to_pylist()
    return [f"{id_}: withdrawn, but its text is still here" for id_ in found]


def without(config: str, table: pa.Table, stones: Tombstones) -> pa.Table:
    """The rows of a configuration that no takedown touched."""
    gone = stones.rows.get(config, {})
    if not gone:
        return table
    return table.filter(pc.invert(pc.is_in(table[KEYS[config]], pa.array(list(gone), pa.string()))))


def hashes(config: str, stones: Tombstones) -> list[bytes]:
    """The hashes of the rows that were blanked, as they were published."""
    return [bytes.fromhex(one) for rows in stones.rows.get(config, {}).values() for one in rows]


def sums(version: Path, paths: list[str]) -> None:
    """Write the lines of some files in ``SHA256SUMS`` anew; the others stay as they are."""
    file = version / manifests.SUMS
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    kept = {line.partition("  ")[2]: line for line in lines}
    kept |= {path: f"{store.file_digest(version / path)}  {path}" for path in paths}
    text = "".join(f"{kept[name]}\n" for name in sorted(kept))
    store.write_atomically(file, text.encode())
