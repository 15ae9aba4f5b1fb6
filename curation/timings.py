"""Where time and memory go: what `curation run --timings` tells.

Rules and measures book their time under their names; each call of a stage brings home what was booked, from whatever
process it ran in, and the stage adds it up.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: seconds between two looks at the memory
_PACE = 0.1


@dataclass
class Spent:
    """What some work took.

    >>> total = Spent()
    >>> total.add(Spent(cpu=1.5, by={"baca_juga": 0.5}))
    >>> total.add(Spent(cpu=0.5, by={"baca_juga": 0.25}))
    >>> total.cpu, total.by["baca_juga"]
    (2.0, 0.75)
    """

    #: seconds of processor time, of all threads and processes
    cpu: float = 0.0
    #: bytes, of all processes at their highest; 0 where nobody looked
    peak: int = 0
    #: seconds of processor time, by rule or measure
    by: dict[str, float] = field(default_factory=dict)

    def add(self, other: Spent) -> None:
        """Count in what other work took."""
        self.cpu += other.cpu
        self.peak = max(self.peak, other.peak)
        for name, seconds in other.by.items():
            self.by[name] = self.by.get(name, 0.0) + seconds


class _Book(threading.local):
    by: dict[str, float] | None = None


_book = _Book()


@contextmanager
def booked() -> Iterator[dict[str, float]]:
    """Collects what this thread books meanwhile.

    >>> with booked() as by, spent_on("baca_juga"):
    ...     pass
    >>> list(by)
    ['baca_juga']
    """
    before, by = _book.by, dict[str, float]()
    _book.by = by
    try:
        yield by
    finally:
        _book.by = before


@contextmanager
def spent_on(name: str) -> Iterator[None]:
    """Books the processor time of this thread under a name, if anybody collects it."""
    if _book.by is None:
        yield
        return
    started = time.thread_time()
    try:
        yield
    finally:
        _book.by[name] = _book.by.get(name, 0.0) + time.thread_time() - started


class Memory:
    """Watches the memory of this process and of those it started; pages that several share count once.

    Where the system doesn't tell (it has no ``/proc``), the peak stays 0.
    """

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        """Begin to watch."""
        self.peak = memory()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look for the last time."""
        self._over.set()
        self._thread.join()
        self.peak = max(self.peak, memory())

    def _watch(self) -> None:
        while not self._over.wait(_PACE):
            self.peak = max(self.peak, memory())


def memory() -> int:
    """Bytes that this process and those it started hold now; 0 where the system doesn't tell."""
    return sum(map(_held, _family(os.getpid())))


def _family(process: int) -> list[int]:
    try:
        told = " ".join(file.read_text() for file in Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:  # it has ended
        told = ""
    return [process, *(one for child in told.split() for one in _family(int(child)))]


def _held(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
