"""Environments of the peers, and their runs: each in a process of its own, watched for memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENVIRONMENTS = ROOT / "build" / "peers"
#: seconds after which a run is given up
LIMIT = 3600

ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "RAYON_NUM_THREADS",
        "TOKIO_WORKER_THREADS",
        "ARROW_NUM_THREADS",
    ),
    "1",
)
QUIET = {
    "HF_HUB_OFFLINE": "1",
    "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
    "DO_NOT_TRACK": "true",
    "DAFT_PROGRESS_BAR": "0",
}


class FailedError(Exception):
    """A peer could not be installed, or its run broke off; the message is the last thing that it said."""


class CrashedError(FailedError):
    """The system ended a run, by a segmentation fault for example, which need not happen again."""


@dataclass(frozen=True)
class Peer:
    """One tool: what it needs and how it is run."""

    name: str
    runs: dict[str, str]
    pairs: str
    requires: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    threshold: bool = True

    @property
    def title(self) -> str:
        """The tool with its version."""
        pinned = next((one for one in self.requires + self.bare if one.startswith(f"{self.name}==")), self.name)
        return pinned.replace("==", " ")

    def python(self) -> str:
        """The interpreter of its environment, which is made where it is missing or was made for other versions."""
        if not self.requires:
            return sys.executable
        folder = ENVIRONMENTS / self.name
        python, stamp = folder / "bin" / "python", folder / "made-for.json"
        wanted = json.dumps([self.requires, self.bare])
        if not stamp.exists() or stamp.read_text() != wanted:
            print(f"making {folder.relative_to(ROOT)}", file=sys.stderr)
            _checked([sys.executable, "-m", "venv", "--clear", str(folder)])
            install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            _checked([*install, *self.requires])
            if self.bare:
                _checked([*install, "--no-deps", *self.bare])
            stamp.write_text(wanted)
        return str(python)


def peers() -> list[Peer]:
    """Ours and all of ``peers.toml``."""
    ours = Peer(
        "ours",
        {"numba": "the default", "datasketch": 'backend = "datasketch": the same results without numba'},
        "verified pairs by their exact J; at C ≥ 0.8 all verified pairs",
        threshold=False,
    )
    entries = tomllib.loads((Path(__file__).parent / "peers.toml").read_text("utf-8"))
    return [ours, *(Peer(name, **_tuples(entry)) for name, entry in entries.items())]


def _tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def run(peer: Peer, name: str, documents: Path, pairs: Path, threshold: float) -> dict[str, Any]:
    """Run a peer once; its report: documents, seconds of CPU by part, peak_bytes.

    Raises:
        CrashedError: the system ended it, also where it took longer than :data:`LIMIT`.
        FailedError: it could not be installed, or broke off.
    """
    pairs.parent.mkdir(parents=True, exist_ok=True)
    command = [peer.python(), "-m", f"peers.{peer.name.replace('-', '_')}", str(documents), str(pairs)]
    command += ["--run", name, "--threshold", str(threshold)]
    log = pairs.with_suffix(".log")
    with log.open("w", encoding="utf-8") as errors:
        with _one_core():
            process = subprocess.Popen(
                command,
                cwd=Path(__file__).parents[1],
                env={**os.environ, **ONE_THREAD, **QUIET},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        memory = _Memory(process.pid)
        memory.start()
        limit = threading.Timer(LIMIT, process.kill)
        limit.start()
        report: dict[str, Any] | None = None
        for line in process.stdout or ():
            if line.startswith('{"documents"'):  # the job is done; what follows is only writing the pairs
                memory.done.set()
                report = json.loads(line)
        code = process.wait()
        limit.cancel()
        memory.done.set()
    if code < 0:
        raise CrashedError(f"ended by signal {-code}")
    if code or report is None:
        raise FailedError(_last_words(log.read_text("utf-8", "replace")) or f"ended with {code}")
    report["peak_bytes"] = max(report["peak_bytes"], memory.peak)
    return report


@contextmanager
def _one_core() -> Iterator[None]:
    """What is started inside runs on one core only, where the system can tell it to (Linux)."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


class _Memory(threading.Thread):
    """Looks at the resident memory of a process and of all below it, where there is a /proc, until `done` is set."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak = 0
        self.done = threading.Event()

    def run(self) -> None:
        """Looks twenty times a second."""
        while not self.done.wait(0.05):
            self.peak = max(self.peak, _resident(self.process))


def _resident(process: int) -> int:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        below = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (OSError, IndexError):  # it ended meanwhile, or this system has no /proc
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_resident(int(child)) for child in below)


def _checked(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"not installed: {_last_words(done.stderr + done.stdout) or done.returncode}")


def _last_words(said: str) -> str:
    """The last error that a log names, else its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(ERROR: )?[\w.]*(Error|Exception|Invalid)\b|ERROR: ", line)]
    return (errors or lines or [""])[-1]
