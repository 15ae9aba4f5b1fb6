"""The Tab key: click's completion offers verbs, their subcommands and options, fast enough to wait for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from curation.cli import VERBS

ROOT = Path(__file__).parents[1]


def complete(*words: str) -> list[str]:
    """What a bash would be offered for the last word."""
    environment = {
        "_CURATION_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "curation"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


def test_verbs_subcommands_and_options_are_offered() -> None:
    assert set(complete("curation", "")) == set(VERBS)
    assert complete("curation", "doc") == ["doctor"]
    assert complete("curation", "batch", "") == ["accept", "drop", "list"]
    assert complete("curation", "run", "--su") == ["--summary"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script_as_the_help_tells(shell: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "curation"]
    done = subprocess.run(
        command,
        env={**environment, "_CURATION_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_CURATION_COMPLETE" in done.stdout
    assert f"{shell}_complete" in done.stdout
    told = subprocess.run([*command, "--help"], env=environment, capture_output=True, text=True, check=True)
    assert 'eval "$(_CURATION_COMPLETE=bash_source curation)"' in told.stdout


def test_a_tab_loads_nothing_heavy() -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('LOADED', *({'pyarrow', 'numpy', 'pandas', 'rich'} & set(sys.modules))))\n"
        "from curation.cli import main\nmain()"
    )
    environment = {"_CURATION_COMPLETE": "bash_complete", "COMP_WORDS": "curation ", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "LOADED"
