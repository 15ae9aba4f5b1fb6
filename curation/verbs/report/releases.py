"""The releases for the report: versions, splits and the certificate of the splits."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from curation.release import versions
from curation.release.manifest import MANIFEST
from curation.release.shards import SPLITS

if TYPE_CHECKING:
    from pathlib import Path

    from curation.config import Config
    from curation.workspace import Workspace

    Row = dict[str, Any]

MOST_VERSIONS = 10


def release_figures(workspace: Workspace, settings: Config) -> Row:
    """The versions of the corpus that the settings name, newest first, and the newest of them whole.

    Returns:
        versions: version, date, documents, words, licence, content; latest (None: none is published) with splits,
        certificate, checks, digests; behind (whether the selection has changed since).
    """
    home = workspace.releases / settings.release.name
    folders = [home / version for version in reversed(versions.published(home))]
    known = [(folder.name, manifest) for folder in folders[:MOST_VERSIONS] if (manifest := _manifest(folder))]
    latest = _latest(*known[0]) if known else None
    now = workspace.corpus_stage("select").content()
    behind = bool(known) and bool(now) and known[0][1].get("inputs", {}).get("selection") != now
    return {"versions": [_version(*one) for one in known], "all": len(folders), "latest": latest, "behind": behind}


def _manifest(folder: Path) -> Row | None:
    try:
        found: Row = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None  # `curation verify` tells what is damaged
    return found


def _version(name: str, manifest: Row) -> Row:
    counts = manifest.get("counts", {})
    return {
        "version": name,
        "date": manifest.get("date", ""),
        "documents": counts.get("articles", 0),
        "words": counts.get("words", 0),
        "licence": manifest.get("licence", ""),
        "content": manifest.get("content", "")[:12],
    }


def _latest(name: str, manifest: Row) -> Row:
    rows: Counter[str] = Counter()
    for file in manifest.get("files", []):
        folder, _, shard = file["path"].rpartition("/")
        if folder == "data/default":
            rows[shard.partition("-")[0]] += file.get("rows", 0)
    splits = manifest.get("splits") or {}
    return {
        "version": name,
        "splits": [{"split": split, "documents": rows[split]} for split in SPLITS if rows[split]],
        "by": splits.get("by", ""),
        "validation_from": (splits.get("validation_from") or "")[:10],
        "test_from": (splits.get("test_from") or "")[:10],
        "certificate": splits.get("certificate"),
        "digests": {
            key: manifest[key][:12]
            for key in ("content", "config_digest", "code_digest", "rights_digest")
            if key in manifest
        },
        "environment": {key: value for key, value in manifest.get("environment", {}).items() if isinstance(value, str)},
    }
