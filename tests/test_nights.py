"""Nights by make alone, each on a fresh checkout that carries over nothing but ``state/``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curation import store
from curation.verbs.start import make_workspace
from curation.workspace import Workspace

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
RAW = SAMPLE / "raw"
BASE = sorted(RAW.glob("2026-03-0[1-4]-*"))
COMMAND = f"{sys.executable} -m curation"


class Nights:
    """A corpus that grows; the folder of each night is thrown away but for its state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self.root = self.checkout()

    def checkout(self) -> Path:
        """A fresh checkout: the settings, none of the inputs, and the state of the night before."""
        self.count += 1
        root = self.folder / f"night-{self.count}"
        make_workspace(root, SAMPLE)
        for path in ("raw", "source", "truth.jsonl", "build.py", "README.md"):
            place = root / path
            shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        if self.count > 1:
            shutil.copytree(self.root / "state", root / "state")
        return root

    def make(self, *arguments: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(SAMPLE.parents[1])}
        return subprocess.run(
            ["make", "--no-print-directory", *arguments, f"CURATION={COMMAND}"],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def night(self, *arguments: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
        """One night: a new checkout, then make."""
        self.root = self.checkout()
        return self.make(*arguments, failpoint=failpoint)


def curation(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curation", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SAMPLE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


def rename_column(source: Path, target: Path) -> None:
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["karangan_utuh"] = row.pop("text")
    target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def tables(root: Path) -> dict[str, list[dict[str, object]]]:
    workspace = Workspace(root)
    found = {}
    for stage, table in (("dedup", "pairs"), ("dedup", "clusters"), ("select", "verdicts"), ("select", "selection")):
        found[table] = workspace.corpus_stage(stage).read(table).to_pylist()
    for stage, table in (("ingest", "articles"), ("ingest", "rejected"), ("clean", "documents"), ("clean", "edits")):
        rows = store.scan(workspace.tables(stage, table))
        found[table] = [row for part in rows for row in part.to_pylist()]
    return found


def release(root: Path) -> dict[str, str]:
    """The digests of the published files."""
    folder = root / "releases" / "berita-contoh" / "2.0.0"
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in sums) if name.startswith("data/")}


def test_five_nights_end_where_one_run_over_everything_ends(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    for path in BASE:
        target = inputs / path.name
        shutil.copytree(path, target) if path.is_dir() else shutil.copyfile(path, target)
    first = nights.make("run", f"IN={' '.join(str(inputs / path.name) for path in BASE)}")
    assert first.returncode == 0, first.stderr

    # overlap: some of the rows came before
    overlap = inputs / "2026-03-05-malam-1.jsonl"
    shutil.copyfile(RAW / overlap.name, overlap)
    done = nights.night("run", f"IN={overlap}")
    assert done.returncode == 0, done.stderr
    assert "unchanged: clean (5), judge (5), sign (5), match (5)" in done.stderr

    # an empty night
    empty = inputs / "2026-03-06-kosong.jsonl"
    empty.touch()
    done = nights.night("run", f"IN={empty}")
    assert done.returncode == 0, done.stderr
    assert "empty" in done.stderr

    # a killed night: the process dies in the middle, the same night is run again
    killed = inputs / "2026-03-06-malam-2.jsonl"
    shutil.copyfile(RAW / killed.name, killed)
    done = nights.night("run", f"IN={killed}", failpoint="clean:after-part-0")
    assert done.returncode != 0
    assert "Killed" in done.stderr + done.stdout
    partial = nights.root / "state" / "batches" / "2026-03-06-malam-2" / "clean.partial"
    assert (partial / "marks" / "00000.json").exists()
    assert not (partial.parent / "clean").exists()
    done = nights.night("run", f"IN={killed}")
    assert done.returncode == 0, done.stderr

    # a renamed column: quarantined with the remedy, then read with it
    renamed = inputs / "2026-03-07-malam-3.jsonl"
    rename_column(RAW / renamed.name, renamed)
    done = nights.night("run", f"IN={renamed}")
    assert done.returncode != 0
    assert "Error 1" in done.stderr
    assert "'karangan_utuh'" in done.stderr
    assert "columns = {text" in done.stderr
    settings = tmp_path / "settings.toml"
    text = (SAMPLE / "curation.toml").read_text(encoding="utf-8")
    text = text.replace("[input]\n", '[input]\ncolumns = {text = "karangan_utuh"}\n').replace("paths =", "# paths =")
    settings.write_text(text, encoding="utf-8")
    nights.root = nights.checkout()
    shutil.copyfile(settings, nights.root / "curation.toml")
    done = nights.make("run", f"IN={renamed}")
    assert done.returncode == 0, done.stderr

    # a bad batch: exit 1, and the next night goes on without it
    bad = inputs / "2026-03-08-rusak.jsonl"
    bad.write_text('{"text": "Air surut di Ambon sejak pagi."}\n{"text": \nnot json\n', encoding="utf-8")
    done = nights.night("run", f"IN={bad}")
    assert done.returncode != 0
    assert "Error 1" in done.stderr
    assert "2 of 3 inputs are rejected" in done.stderr
    done = nights.night("run", "release", "VERSION=2.0.0", "DATE=2026-03-09")
    assert done.returncode == 0, done.stderr
    assert "quarantined" in curation(nights.root, "batch", "list").stdout

    once = tmp_path / "once"
    make_workspace(once, SAMPLE)
    shutil.rmtree(once / "raw")
    shutil.copyfile(settings, once / "curation.toml")
    names = [*(path.name for path in BASE), overlap.name, empty.name, killed.name, renamed.name, bad.name]
    options = [option for name in names for option in ("--input", str(inputs / name))]
    assert curation(once, "run", *options).returncode == 1  # the bad batch
    assert curation(once, "publish", "--version", "2.0.0", "--date", "2026-03-09").returncode == 0
    assert tables(nights.root) == tables(once)
    assert release(nights.root) == release(once)


@pytest.mark.parametrize(
    "point",
    ["ingest:after-part-0", "clean:before-manifest", "judge:before-rename", "match:after-part-0", "dedup:after-part-0"],
)
def test_a_killed_run_continues_to_the_same_bytes(tmp_path: Path, point: str) -> None:
    def files(root: Path) -> dict[str, str]:
        found = {}
        for folder in ("state", "work"):
            for path in sorted((root / folder).rglob("*.parquet")):
                found[path.relative_to(root).as_posix()] = store.file_digest(path)
        return found

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for root in (whole, killed):
        make_workspace(root, SAMPLE)
    assert curation(whole, "run").returncode == 0
    environment = {**os.environ, "CURATION_FAILPOINT": point, "PYTHONPATH": str(SAMPLE.parents[1])}
    command = [sys.executable, "-m", "curation", "run"]
    died = subprocess.run(command, cwd=killed, env=environment, capture_output=True, check=False)
    assert died.returncode == -9
    assert list(killed.glob("**/*.partial/**/*.parquet"))
    assert curation(killed, "run").returncode == 0
    assert files(killed) == files(whole)
