"""The versions of a release: what is there, what comes next, and where `latest` points."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from curation import store
from curation.errors import DataError
from curation.release.manifest import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

PATTERN = r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}"
LATEST = "latest"


def published(home: Path) -> list[str]:
    """The versions of a release that are in their place, lowest first."""
    return sorted((path.name for path in home.glob("*") if re.fullmatch(PATTERN, path.name)), key=numbers)


def latest(home: Path) -> Path | None:
    """The folder of the highest version."""
    there = published(home)
    return home / there[-1] if there else None


def numbers(version: str) -> tuple[int, ...]:
    """A version as what it is ordered by.

    >>> numbers("1.10.0") > numbers("1.9.3")
    True
    """
    return tuple(map(int, version.split(".")))


def holds(home: Path, content: str) -> str | None:
    """The highest version, if it holds this content."""
    folder = latest(home)
    return folder.name if folder and _content(folder) == content else None


def before(home: Path, version: str) -> Path | None:
    """The folder of the version before."""
    lower = [other for other in published(home) if numbers(other) < numbers(version)]
    return home / lower[-1] if lower else None


def previous(home: Path, version: str) -> dict[str, str] | None:
    """The version before, and the digest of its manifest: so each version vouches for those before it."""
    folder = before(home, version)
    return {"version": folder.name, "manifest_sha256": store.file_digest(folder / MANIFEST)} if folder else None


def refuse_other(folder: Path, content: str) -> None:
    """Refuse to publish under a number that other content has.

    Raises:
        DataError: always, unless the version holds this content.
    """
    there = _content(folder)
    if there is None:
        raise DataError(
            "this version is damaged: its manifest can't be read",
            where=str(folder),
            remedy=f"See what is left of it: curation verify {folder}",
        )
    if there != content:
        raise DataError(
            f"version {folder.name} is published with other content, and a version never changes",
            where=str(folder),
            remedy="Publish this without --version: the next number is told by what changed.",
        )


def point_latest(home: Path, version: str) -> None:
    """Let `latest` point at this version in one step, unless it points at a higher one already."""
    link = home / LATEST
    now = str(link.readlink()) if link.is_symlink() else ""
    if now in published(home) and numbers(now) >= numbers(version):
        return
    new = home / f".{LATEST}"
    new.unlink(missing_ok=True)
    new.symlink_to(version)
    new.replace(link)


def _content(folder: Path) -> str | None:
    """What a version holds, by its manifest; None where that can't be read."""
    try:
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["content"])
    except (OSError, ValueError, KeyError):
        return None
