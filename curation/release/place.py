"""How a version comes to its place: staged beside it, on disk, and there in one rename.

A publish that was killed leaves a staging folder that no reader takes for a release and that the next one removes.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from curation import store
from curation.errors import DataError, UsageError
from curation.release import versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


#: the disk, this user's share of it, or the size that a file may have is used up
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def lock(home: Path) -> Iterator[None]:
    """One publisher of a release at a time; the next one waits.

    Raises:
        DataError: meanwhile the disk was full.
        UsageError: the folder can't be written.
    """
    with _explained(home):
        home.mkdir(parents=True, exist_ok=True)
        with (home / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@contextmanager
def _explained(home: Path) -> Iterator[None]:
    """What a disk refuses, told in words; all else passes as it is."""
    try:
        yield
    except OSError as error:
        where = str(error.filename or home)
        if error.errno in FULL:
            remedy = "Make room and publish again: what was there is as it was, and nothing is half done."
            raise DataError(f"no room to write: {error.strerror}", where=str(home), remedy=remedy) from error
        if error.errno in CLOSED:
            remedy = f"Let this user write into {home}, or publish elsewhere."
            raise UsageError(f"can't be written: {error.strerror}", where=where, remedy=remedy) from error
        raise


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """A new staging folder; whatever is left of it in the end is removed, also by the next run."""
    folder = home / ".staging"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def link_unchanged(staged: Path, files: Iterable[Mapping[str, Any]], before: Path) -> int:
    """Let data files that an earlier version has, too, be one with its own; returns how many.

    Nobody ever writes into a file that is in its place: what changes it, a takedown say, puts another one there.

    Args:
        staged: the new version.
        files: path and sha256 of its files.
        before: the earlier one; what on disk is no longer the same is not linked.
    """
    linked = 0
    for entry in files:
        new, old = staged / entry["path"], before / entry["path"]
        if new.suffix != ".parquet" or not old.is_file() or store.file_digest(old) != entry["sha256"]:
            continue
        beside = new.with_name(f".{new.name}")
        try:
            os.link(old, beside)
        except OSError:  # a file system without links: a copy is as good
            return linked
        beside.replace(new)
        linked += 1
    return linked


def put(staged: Path, home: Path, version: str) -> Path:
    """Bring a staged version to disk and to its place, and let `latest` point at it.

    Raises:
        DataError: the version is there.
    """
    final = home / version
    if final.exists():
        raise DataError(
            f"version {version} is there already",
            where=str(final),
            remedy="Publish again; it is compared with this one.",
        )
    sync(staged)
    staged.rename(final)
    sync_folder(home)
    versions.point_latest(home, version)
    return final


def sync(folder: Path) -> None:
    """Bring all files and folders below to disk, so that the rename can't come before them."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Bring a folder's list of names to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
