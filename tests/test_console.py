"""What people are told while they wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from curation.cli import console


def test_a_first_run_says_why_it_takes_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "curation" / "cli"
    package.mkdir(parents=True)
    monkeypatch.setattr(console, "__file__", str(package / "console.py"))
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    console.Voice().follow([])
    assert "compiles" in capsys.readouterr().err
    console.Voice(quiet=True).follow([])
    (package / "kernel.nbi").touch()
    console.Voice().follow([])
    assert capsys.readouterr().err == ""
