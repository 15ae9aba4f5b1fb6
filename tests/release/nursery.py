"""Publishes in children that it forks: all that costs seconds is imported and compiled once, here.

Each line of its input names tables, releases and the file-system call at which the child kills itself (0: none).
It answers with the child's end and the calls that the child made among the releases.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

from curation.check.tables import check_released
from curation.release.manifest import Origin
from curation.release.papers.card import load_card
from curation.release.public.publish import publish_public
from curation.release.publish import Sources, publish
from curation.release.rights import load_rights

EVENTS = {
    *("open", "os.chmod", "os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir"),
    *("os.symlink", "shutil.rmtree"),
}


def both_flavours(folder: Path, into: Path, version: str = "1.0.0") -> None:
    """Publish the tables of a folder."""
    names = ("released", "annotations", "labels", "selection")
    batches = {name: (folder / f"{name}.parquet",) for name in ("rejected", "edits")}
    sources = Sources(**{name: folder / f"{name}.parquet" for name in names}, **batches)
    rights, card = load_rights(folder / "rights.toml"), load_card(folder / "card.toml")
    made = publish(
        sources,
        into,
        name="pasar",
        version=version,
        date="2025-07-01",
        rights=rights,
        card=card,
        origin=Origin(inputs={"b1": "1"}, config="2", code="3"),
        check=check_released,
    )
    publish_public(
        made.folder,
        sources,
        rights=rights,
        card=card,
        key=b"k" * 32,
        with_urls=False,
        check=partial(check_released, public=True),
    )


class Counter:
    """Counts the calls that concern a folder, and kills this process right before the one with a number."""

    def __init__(self, into: Path, at: int, told: int) -> None:
        self.place, self.at, self.told, self.calls = str(into), at, told, 0
        fsync = os.fsync

        def counted_fsync(file: int) -> None:  # the one of them that no hook tells
            self.step()
            fsync(file)

        os.fsync = counted_fsync
        sys.addaudithook(self.hook)

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """What Python calls before each of its calls into the system."""
        if event in EVENTS and any(
            str(one).startswith(self.place) for one in arguments if isinstance(one, (str, Path))
        ):
            self.step()

    def step(self) -> None:
        """Count, or die."""
        self.calls += 1
        if self.calls == self.at:
            self.tell()
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self) -> None:
        """Let the parent know how far it came."""
        os.write(self.told, str(self.calls).encode())


def run(folder: Path, into: Path, version: str, at: int) -> tuple[int, int]:
    """Publish in a child; its wait status, and the calls that it came to."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            counter = Counter(into, at, told)
            both_flavours(folder, into, version)
            counter.tell()
            code = 0
        finally:
            os._exit(code)
    os.close(told)
    with os.fdopen(heard) as pipe:
        calls = int(pipe.read() or 0)
    return os.waitpid(child, 0)[1], calls


def main() -> None:
    """Serve."""
    first = json.loads(sys.stdin.readline())
    both_flavours(Path(first["folder"]), Path(first["into"]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        job = json.loads(line)
        status, calls = run(Path(job["folder"]), Path(job["into"]), job["version"], job["at"])
        sys.stdout.write(json.dumps([status, calls]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
