"""Environments of their own for what must not stand beside our packages: another pyarrow, another Python, a server."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CACHE = Path(__file__).parents[2] / ".cache"


def environment(name: str, *packages: str, python: str = sys.executable) -> Path:
    """The programs of an environment with these packages, made at first use; where that fails, the test is skipped."""
    place = CACHE / name
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / ".ready").exists():
            shutil.rmtree(place, ignore_errors=True)
            for command in (
                [python, "-m", "venv", str(place)],
                [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages],
            ):
                done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
                if done.returncode:
                    shutil.rmtree(place, ignore_errors=True)
                    pytest.skip(f"no environment {name}: {done.stderr.strip()[-300:]}")
            (place / ".ready").touch()
    return place / "bin"
