"""What a command costs: seconds by the clock, CPU seconds and memory of it and of all processes that it starts.

Memory is the proportional share (PSS) of every process in the tree, summed: a page that several of them share counts
once. It is looked at every :data:`STEP` seconds in ``/proc``, so this needs Linux. Lines that the command writes on
stderr may mark where one part of its work ends and the next begins.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STEP = 0.2
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, CPU seconds (user and system), and the most memory that was held, in bytes."""

    clock: float
    cpu: float
    peak: int

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(self.clock + other.clock, self.cpu + other.cpu, max(self.peak, other.peak))


@dataclass(frozen=True)
class Watched:
    """A command that ended well: its cost, that of its parts in their order, and what it printed on stdout."""

    cost: Cost
    parts: dict[str, Cost]
    printed: str


class FailedError(Exception):
    """The command ended with another code than 0; the message ends with what it said last."""


def watch(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    part: Callable[[str], str | None] = lambda line: None,
) -> Watched:
    """Run a command and watch it.

    Args:
        command: program and arguments.
        cwd: its folder.
        environment: variables beside those of this process.
        part: the name of the part that a line on stderr closes; None for any other line. What comes after the last
            such line belongs to no part.

    Raises:
        FailedError: it failed.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    memory = _Memory(process.pid)
    memory.start()
    printed: list[str] = []
    reading = threading.Thread(target=lambda: printed.append(process.stdout.read() if process.stdout else ""))
    reading.start()
    said: list[str] = []
    parts: dict[str, Cost] = {}
    clock, cpu = started, 0.0
    for line in process.stderr or ():
        said = [*said[-20:], line]
        if name := part(line):
            now, used = time.monotonic(), _cpu_seconds(process.pid)
            cost = Cost(now - clock, used - cpu, memory.take())
            parts[name] = parts[name] + cost if name in parts else cost
            clock, cpu = now, used
    reading.join()
    for stream in (process.stdout, process.stderr):
        assert stream is not None
        stream.close()
    # not process.wait(): this tells what the process and all that it waited for have used
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    memory.done.set()
    memory.join()
    if process.returncode:
        raise FailedError(f"{' '.join(map(str, command))}\nended with {process.returncode}:\n{''.join(said)}")
    peak = max([memory.take(), *(cost.peak for cost in parts.values())])
    whole = Cost(time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak)
    return Watched(whole, parts, printed[0])


class _Memory(threading.Thread):
    """Looks at the memory of a tree of processes until `done` is set."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.done = threading.Event()
        self._peak = 0
        self._lock = threading.Lock()

    def run(self) -> None:
        """Looks."""
        while not self.done.wait(STEP):
            self._look()

    def take(self) -> int:
        """The most since the last time that this was asked."""
        self._look()
        with self._lock:
            peak, self._peak = self._peak, 0
        return peak

    def _look(self) -> None:
        held = sum(_pss(one) for one in _tree(self.process))
        with self._lock:
            self._peak = max(self._peak, held)


def _tree(process: int) -> list[int]:
    """The process and all below it; any of its threads may have started one."""
    found = [process]
    try:
        threads = list(Path(f"/proc/{process}/task").iterdir())
    except OSError:  # it ended meanwhile
        return []
    for thread in threads:
        children = _read(thread / "children")
        found += [one for child in children.split() for one in _tree(int(child))]
    return found


def _pss(process: int) -> int:
    for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) << 10
    return 0


def _cpu_seconds(process: int) -> float:
    """What a tree has used so far, those that ended and were waited for included."""
    ticks = 0
    for one in _tree(process):
        # the second field, the name in brackets, may hold blanks
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15]))
    return ticks / _TICK


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
