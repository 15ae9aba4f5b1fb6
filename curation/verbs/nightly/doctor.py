"""doctor: whether this machine and this workspace are fit for a run, and what to type where they are not.

It writes nothing, and starts with the standard library alone, so that it can still speak where a package is broken.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

State = Literal["ok", "look", "broken"]

#: named with their versions: what computes, stores and talks
SHOWN = ("pyarrow", "duckdb", "numba", "numpy", "pandas", "datasketch", "great-expectations", "label-studio-sdk")
#: what the pyproject.toml asks for
PYTHON = ((3, 11), (3, 14))
#: a worker with a part of texts, and what sorting may take beside them
WORKER_BYTES = 300 << 20
SORT_BYTES = 1 << 30
#: below this, a run is likely to end in a full disk
LITTLE_DISK = 1 << 30
NO_DISK = 100 << 20


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    check: str
    state: State
    found: str
    #: what to type or to do, where something is not as it should be
    next: str = ""


def machine() -> Iterator[Finding]:
    """What does not depend on a workspace."""
    yield _python()
    yield from _packages()
    yield _kernels()
    yield _encoding()


def _python() -> Finding:
    version = platform.python_version()
    if PYTHON[0] <= sys.version_info[:2] < PYTHON[1]:
        return Finding("python", "ok", f"{version} on {platform.system()} {platform.machine()}")
    return Finding("python", "broken", version, "Install Python 3.11, 3.12 or 3.13, then: make install")


def _packages() -> Iterator[Finding]:
    import re

    try:
        asked = metadata.requires("curation") or []
    except metadata.PackageNotFoundError:
        yield Finding("packages", "look", "curation is not installed, only imported", "pip install --editable .")
        return
    names = [match[0] for one in asked if "extra ==" not in one and (match := re.match(r"[\w.-]+", one))]
    versions, missing = {}, []
    for name in names:
        try:
            versions[name.lower()] = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    shown = ", ".join(f"{name} {versions[name]}" for name in SHOWN if name in versions)
    if missing:
        yield Finding("packages", "broken", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    else:
        yield Finding("packages", "ok", f"curation {metadata.version('curation')}; {shown}")


def _kernels() -> Finding:
    package = Path(__file__).parents[2]
    named = os.environ.get("NUMBA_CACHE_DIR")
    if not named and not os.access(package, os.W_OK):
        return Finding("kernels", "ok", "compiled functions are kept in the user's cache folder")
    if any(Path(named or package).rglob("*.nbi")):
        return Finding(
            "kernels", "ok", f"compiled functions are cached {f'in {named}' if named else 'beside their sources'}"
        )
    todo = "Nothing; a CI job keeps them from night to night with NUMBA_CACHE_DIR (docs/nightly.md)."
    return Finding("kernels", "look", "not compiled yet: the first run takes half a minute longer", todo)


def _encoding() -> Finding:
    stream, files = (sys.stdout.encoding or "none").lower(), sys.getfilesystemencoding().lower()
    found = f"output {stream}, file names {files}"
    if {stream.replace("-", ""), files.replace("-", "")} == {"utf8"}:
        return Finding("encoding", "ok", found)
    return Finding(
        "encoding", "look", f"{found}: quotes and dashes of the texts may not be shown", "export PYTHONUTF8=1"
    )


# -- a workspace's place ----------------------------------------------------------------------------


def place(root: Path, workers: int = 0) -> Iterator[Finding]:
    """Cores, memory, disk, folders and the clock, as a run in this folder would meet them.

    Args:
        root: the workspace, or the current folder.
        workers: as [engine] sets them; 0 is all cores.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers > cores:
        todo = "Set [engine] workers = 0 in curation.toml."
        yield Finding("cores", "look", f"{cores}, fewer than [engine] workers = {workers}", todo)
    else:
        yield Finding("cores", "ok", f"{cores}")
    yield _memory((workers or cores) * WORKER_BYTES + SORT_BYTES)
    yield _disk(root)
    yield _writable(root)
    yield _clock(root)


def _memory(
    needed: int, meminfo: Path = Path("/proc/meminfo"), limit: Path = Path("/sys/fs/cgroup/memory.max")
) -> Finding:
    """The memory that is free, or what a container leaves."""
    try:
        rows = dict(line.split(":", 1) for line in meminfo.read_text().splitlines() if ":" in line)
        free = int(rows["MemAvailable"].split()[0]) << 10
        total = int(rows["MemTotal"].split()[0]) << 10
    except (OSError, KeyError, ValueError):  # no Linux: what is free can't be told
        total = free = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(OSError, ValueError):  # no container, or one without a limit
        total = min(total, int(limit.read_text()))
    free = min(free, total)
    found = f"{size(free)} free of {size(total)}"
    if free < needed:
        todo = "Set fewer [engine] workers in curation.toml."
        return Finding("memory", "look", f"{found}; these settings may take {size(needed)}", todo)
    return Finding("memory", "ok", found)


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(_existing(root)).free
    held = sum(folder_bytes(root / name) for name in ("state", "work"))
    found = f"{size(free)} free"
    if free < NO_DISK:
        return Finding("disk", "broken", found, "Free some space: work/ may be deleted at any time.")
    if free < LITTLE_DISK or free < held:
        todo = "Free some space: work/ may be deleted at any time."
        return Finding("disk", "look", f"{found}; state/ and work/ hold {size(held)}", todo)
    return Finding("disk", "ok", found)


def _writable(root: Path) -> Finding:
    closed = [name for name in ("state", "work", "releases") if not os.access(_existing(root / name), os.W_OK)]
    if closed:
        todo = f"chmod -R u+w {' '.join(closed)}, or give the folders to the user who runs curation"
        return Finding("folders", "broken", f"not writable: {', '.join(closed)}", todo)
    return Finding("folders", "ok", "state/, work/ and releases/ can be written")


def _clock(root: Path) -> Finding:
    now = time.time()
    newest = max((path.stat().st_mtime for path in (root / "state").glob("*") if path.is_file()), default=0.0)
    shown = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now))
    if newest > now + 120:
        ahead = time.strftime("%Y-%m-%d %H:%M", time.gmtime(newest))
        return Finding("clock", "look", f"{shown}, but state/ was written at {ahead}", "Set the clock: timedatectl")
    return Finding("clock", "ok", shown)


def label_studio(environment: Mapping[str, str] = os.environ, seconds: float = 0.5) -> Iterator[Finding]:
    """Whether the Label Studio that the environment names answers; neither token nor password is shown."""
    address = environment.get("LABEL_STUDIO_URL", "").strip()
    if not address:
        return
    from http.client import HTTPConnection, HTTPException, HTTPSConnection
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or parts.scheme not in ("http", "https"):
        todo = "export LABEL_STUDIO_URL=http://127.0.0.1:8080"
        yield Finding("label studio", "broken", "LABEL_STUDIO_URL is no address", todo)
        return
    shown = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(host, port, timeout=seconds)
    try:
        connection.request("GET", f"{parts.path.rstrip('/')}/health")
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        todo = "Start it (curation label server), or correct LABEL_STUDIO_URL."
        yield Finding("label studio", "look", f"{shown} does not answer ({type(error).__name__})", todo)
        return
    finally:
        connection.close()
    if status != 200:
        todo = "Is it a Label Studio? Its page /health should answer 200."
        yield Finding("label studio", "look", f"{shown} answers {status}", todo)
    elif not environment.get("LABEL_STUDIO_API_KEY", "").strip():
        todo = "export LABEL_STUDIO_API_KEY=... (Account & Settings in Label Studio)"
        yield Finding("label studio", "look", f"{shown} answers, but LABEL_STUDIO_API_KEY is not set", todo)
    else:
        yield Finding("label studio", "ok", f"{shown} answers; LABEL_STUDIO_API_KEY is set")


# -- sizes ------------------------------------------------------------------------------------------


def size(count: int) -> str:
    """Bytes for people.

    >>> size(1_536), size(3 << 30)
    ('1.5 KB', '3.0 GB')
    """
    amount, unit = float(count), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.1f} {unit}" if unit != "B" else f"{count} B"


def folder_bytes(folder: Path) -> int:
    """Bytes that the files of a folder hold; a file that vanishes meanwhile counts nothing."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size  # noqa: PTH118 (ten thousand files)
            except FileNotFoundError:
                continue
    return total


def _existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    path = path.absolute()
    while not path.exists():
        path = path.parent
    return path
