"""A disk that is full, a folder that is closed: what is told, and what is still there."""

from __future__ import annotations

import os
import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curation import store
from curation.errors import DataError, UsageError
from curation.release.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk of its own can be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_told_and_leaves_the_old_release(workspace, release, disk):
    """From no room at all to almost enough: it ends early, late and in between."""
    old, new = workspace(), workspace(25, "more")
    release(old, into=disk)
    before = tree(disk / "pasar" / "1.0.0")
    unkilled = release(new, "1.1.0", into=new / "elsewhere")
    needed = sum(path.stat().st_size for path in unkilled.folder.rglob("*") if path.is_file())
    for share in (0, 0.2, 0.5, 0.7, 0.9):
        filler = disk / "filler"
        free = os.statvfs(disk)
        room = int(share * needed)
        filler.write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - room)))
        with pytest.raises(DataError, match=r"no room to write: .*\. Make room and publish again") as caught:
            release(new, "1.1.0", into=disk)
        assert (caught.value.where, caught.value.exit_code) == (str(disk / "pasar"), 1)
        assert names(disk / "pasar") == [".lock", "1.0.0", "latest"]
        assert tree(disk / "pasar" / "1.0.0") == before
        filler.unlink()
    assert release(new, "1.1.0", into=disk).is_new
    assert verify(disk / "pasar" / "latest", deep=True) == []
    assert (disk / "pasar" / "latest").readlink() == Path("1.1.0")


def test_a_file_that_may_not_grow_is_told(workspace, release):
    """The same without a disk of its own, so also for who may not mount one."""
    folder = workspace()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for size in (100, 2_000, 6_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            with pytest.raises(DataError, match="no room to write: File too large"):
                release(folder)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert names(folder / "releases" / "pasar") == [".lock"]
    assert verify(release(folder).folder, deep=True) == []


def test_a_read_only_disk_is_told(workspace, release, disk):
    folder = workspace()
    release(folder, into=disk)
    before = tree(disk)
    mount("-o", "remount,ro", str(disk))
    with pytest.raises(UsageError, match=r"can't be written: Read-only file system\. Let this user write") as caught:
        release(workspace(25, "more"), "1.1.0", into=disk)
    assert (caught.value.where, caught.value.exit_code) == (str(disk / "pasar" / ".lock"), 2)
    with pytest.raises(UsageError, match="can't be written: Read-only file system"):
        release(folder, into=disk / "new")
    assert tree(disk) == before
    assert verify(disk / "pasar" / "latest", deep=True) == []


@contextmanager
def somebody() -> Iterator[None]:
    """As a user who owns nothing; root may write anywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_of_somebody_else_is_told(workspace, release, tmp_path):
    folder, into = workspace(), tmp_path / "closed"
    into.mkdir()
    into.chmod(0o555)
    # the folders on the way there that only we may enter
    into_parents = [path for path in (tmp_path, *tmp_path.parents) if path.stat().st_mode & 0o005 != 0o005]
    modes = [parent.stat().st_mode for parent in into_parents]
    for parent in into_parents:
        parent.chmod(0o755)
    try:
        with (
            somebody(),
            pytest.raises(UsageError, match=r"can't be written: Permission denied\. Let this user") as caught,
        ):
            release(folder, into=into)
    finally:
        for parent, mode in zip(into_parents, modes, strict=True):
            parent.chmod(mode)
        into.chmod(0o755)
    assert caught.value.where == str(into / "pasar")
    assert names(into) == []
