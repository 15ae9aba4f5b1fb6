"""A publish that is killed leaves no half release, and the next one ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from curation import store
from curation.release.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 52
HOMES = ("pasar", "pasar-public")


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class Nursery:
    """Publishes in children that die where they are told to."""

    def __init__(self, folder: Path, into: Path) -> None:
        script = Path(__file__).with_name("nursery.py")
        environment = os.environ | {"PYTHONPATH": str(script.parents[2])}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, str(script)], env=environment, stdin=pipe, stdout=pipe, text=True, bufsize=1
        )
        assert self.ask(folder=str(folder), into=str(into)) == "ready"

    def ask(self, **job: Any) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(job) + "\n")
        line = self.process.stdout.readline().strip()
        return json.loads(line) if line != "ready" else line

    def publish(self, folder: Path, into: Path, at: int = 0) -> tuple[int, int]:
        """Wait status and calls of a publisher of version 1.1.0."""
        status, calls = self.ask(folder=str(folder), into=str(into), version="1.1.0", at=at)
        return status, calls


@pytest.fixture
def nursery(workspace, tmp_path) -> Iterator[Nursery]:
    process = None
    try:
        made = Nursery(workspace(), tmp_path / "before")
        process = made.process
        yield made
    finally:
        if process:
            process.stdin.close()
            process.stdout.close()
            process.wait(60)


@pytest.mark.slow
def test_killed_at_many_points(nursery, workspace, tmp_path):
    """1.0.0 of both flavours is there; 1.1.0 is killed at points all over its run, and published again."""
    more, before = workspace(25, "more"), tmp_path / "before"
    old = {home: tree(before / home / "1.0.0") for home in HOMES}
    shutil.copytree(before, tmp_path / "unkilled", symlinks=True)
    status, calls = nursery.publish(more, tmp_path / "unkilled")
    assert status == 0
    new = {home: tree(tmp_path / "unkilled" / home / "1.1.0") for home in HOMES}
    points = sorted({round(1 + step * (calls - 1) / (POINTS - 1)) for step in range(POINTS)})
    assert len(points) == POINTS
    ends = set()
    for at in points:
        into = tmp_path / "killed"
        shutil.copytree(before, into, symlinks=True)
        for home in HOMES:  # of a version that was killed before, and is another
            (into / home / ".staging" / "data").mkdir(parents=True)
            (into / home / ".staging" / "data" / "left over.txt").write_text("partial")
        status, reached = nursery.publish(more, into, at)
        assert os.WIFSIGNALED(status)
        assert (os.WTERMSIG(status), reached) == (signal.SIGKILL, at)

        ends.add(tuple(seen(into / home, old[home], new[home]) for home in HOMES))
        assert nursery.publish(more, into)[0] == 0
        for home in HOMES:
            assert tree(into / home / "1.0.0") == old[home]
            assert tree(into / home / "1.1.0") == new[home]
            assert (into / home / "latest").readlink() == Path("1.1.0")
            assert names(into / home) == [".lock", "1.0.0", "1.1.0", "latest"]
        shutil.rmtree(into)
    # they died before the first flavour was there, between the two, and after the second
    assert ends >= {((), ()), (("1.1.0",), ())}
    assert verify(tmp_path / "unkilled" / "pasar" / "latest", deep=True) == []


def seen(home: Path, old: dict[str, str], new: dict[str, str]) -> tuple[str, ...]:
    """What a reader sees after a kill: the old release as it was, and perhaps the new one, all of it."""
    assert tree(home / "1.0.0") == old
    there = [name for name in names(home) if not name.startswith(".")]
    assert there in (["1.0.0", "latest"], ["1.0.0", "1.1.0", "latest"])
    for name in there:  # also the one that `latest` points at
        assert verify(home / name) == []
    if "1.1.0" in there:
        assert tree(home / "1.1.0") == new
    return tuple(there[1:-1])


@pytest.mark.slow
def test_two_publishers_in_processes_of_their_own(workspace, tmp_path):
    """Equal ones: one publishes, the other finds it done. Others: one publishes, the other is told."""
    script = Path(__file__).with_name("publisher.py")
    environment = os.environ | {"PYTHONPATH": str(script.parents[2])}
    folder, other = workspace(), workspace(25, "other")

    def race(into: Path, *folders: Path) -> list[tuple[int, str]]:
        command = [sys.executable, str(script), str(into)]
        pipe = subprocess.PIPE
        running = [
            subprocess.Popen([*command, str(one)], env=environment, stdin=pipe, stdout=pipe, text=True)
            for one in folders
        ]
        for one in running:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        for one in running:  # all are there: go
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        return sorted((one.wait(120), (one.communicate()[0] or "").strip()) for one in running)

    assert race(tmp_path / "same", folder, folder, folder) == [(0, "done"), (0, "done"), (0, "new")]
    (won, said), (lost, told) = race(tmp_path / "other", folder, other)
    assert (won, said, lost) == (0, "new", 1)
    assert "is published with other content, and a version never changes. Publish this without --version" in told
    for into in ("same", "other"):
        home = tmp_path / into / "pasar"
        assert verify(home / "latest", deep=True) == []
        assert names(home) == [".lock", "1.0.0", "latest"]
