"""Nights by make alone, each on a fresh checkout that carries over nothing but ``state/``."""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from curation import store
from curation.verbs.start import make_workspace
from curation.workspace import Workspace

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).parents[1] / "data" / "sample"
RAW = SAMPLE / "raw"
BASE = sorted(RAW.glob("2026-03-0[1-4]-*"))
COMMAND = f"{sys.executable} -m curation"
LOG = logging.getLogger(__name__)  # shown with --log-cli-level=INFO
#: articles of a night
COUNT = 150

Row = dict[str, Any]


@dataclass(frozen=True)
class Night:
    """How a night ended."""

    root: Path
    code: int
    told: str
    #: of the processor
    seconds: float

    def made(self, stage: str) -> int:
        """How many batches the stage was made for; those of earlier nights must not be among them."""
        return len(re.findall(rf"^{stage} .* s$", self.told, re.MULTILINE))

    def summary(self) -> str:
        """What people read; and that the test view shows a failure just where the night failed."""
        failures = list(ElementTree.parse(self.root / "out" / "junit.xml").iter("failure"))
        assert bool(failures) == bool(self.code)
        return (self.root / "out" / "summary.md").read_text(encoding="utf-8")


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

    def night(self, *arguments: str, failpoint: str = "", settings: Path | None = None) -> Night:
        """One night: a new checkout, then make run with a summary."""
        if self.count > 1 or (self.root / "state").exists():
            self.root = self.checkout()
        if settings:
            shutil.copyfile(settings, self.root / "curation.toml")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = self.make("run", "SUMMARY=out", *arguments, failpoint=failpoint)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Night(self.root, done.returncode, done.stderr, seconds)


def curation(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curation", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SAMPLE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )


# -- fourteen nights of invented news -----------------------------------------------------------------


@pytest.fixture(scope="module")
def news() -> list[list[Row]]:
    """Fourteen nights of the invented newsroom, as a scraper writes them; stories are copied across nights."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parents[1] / "benchmarks"))
        import newsroom

        table = newsroom.news(14 * COUNT, 11).select(["url", "title", "published_at", "body"])
    rows = [
        {"url": row["url"], "title": row["title"], "date": f"{row['published_at']:%Y-%m-%dT%H:%M:%SZ}"}
        | {"text": row["body"]}
        for row in table.to_pylist()
    ]
    return [rows[start : start + COUNT] for start in range(0, 14 * COUNT, COUNT)]


def write(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def host(row: Row) -> str:
    return str(urlsplit(row["url"]).hostname)


def updated(row: Row) -> Row:
    """The same page on a later night: a sentence more."""
    return {
        **row,
        "text": f"{row['text']}\n\nBerita ini diperbarui setelah jumlah warga yang mengungsi dihitung ulang.",
    }


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


def test_fourteen_nights_end_where_one_run_over_everything_ends(tmp_path: Path, news: list[list[Row]]) -> None:
    nights = Nights(tmp_path)
    folder = tmp_path / "inputs"
    folder.mkdir()
    inputs: list[Path] = []

    def given(name: str, rows: list[Row]) -> str:
        inputs.append(write(folder / f"{name}.jsonl", rows))
        return f"IN={inputs[-1]}"

    # 1: files of several kinds, and the first of the nights
    for path in BASE:
        inputs.append(folder / path.name)
        shutil.copytree(path, inputs[-1]) if path.is_dir() else shutil.copyfile(path, inputs[-1])
    given("malam-01", news[0])
    done = nights.night(f"IN={' '.join(map(str, inputs))}")
    assert done.code == 0, done.told

    # 2: an ordinary night
    second = nights.night(given("malam-02", news[1]))
    assert second.code == 0, second.told
    assert second.made("clean") == second.made("match") == 1
    assert "unchanged: clean (6), judge (6), sign (6), match (6)" in second.told

    # 3: overlap, half of the rows came the night before
    done = nights.night(given("malam-03", news[1][::2] + news[2]))
    assert done.code == 0, done.told
    assert f"| malam-03 | accepted | {COUNT + COUNT // 2} | {COUNT // 2} | 0 | {COUNT} |" in done.summary()

    # 4: an empty night
    done = nights.night(given("malam-04", []))
    assert done.code == 0, done.told
    assert "| malam-04 | empty | 0 |" in done.summary()

    # 5: a killed night; the same night is run again
    tonight = given("malam-05", news[4])
    done = nights.night(tonight, failpoint="clean:after-part-0")
    assert done.code != 0
    assert "Killed" in done.told
    assert not (done.root / "out" / "summary.md").exists()
    partial = done.root / "state" / "batches" / "malam-05" / "clean.partial"
    assert (partial / "marks" / "00000.json").exists()
    assert not (partial.parent / "clean").exists()
    assert "of a killed run: state/batches/malam-05/clean.partial" in curation(done.root, "doctor").stdout
    done = nights.night(tonight)
    assert done.code == 0, done.told
    assert done.made("clean") == 1

    # 6: pages of the second night come again with a sentence more
    late = [updated(row) for row in news[1][:20]]
    done = nights.night(given("malam-06", news[5] + late))
    assert done.code == 0, done.told
    pages = {row["url"]: row["first_seen"] for row in articles(done.root, "malam-06")}
    assert {pages[row["url"]] for row in late} == {"malam-02"}

    # 7: a renamed column: quarantined with the remedy, then read with it
    renamed = [{name if name != "text" else "karangan_utuh": value for name, value in row.items()} for row in news[6]]
    tonight = given("malam-07", renamed)
    done = nights.night(tonight)
    assert done.code == 2
    assert "Error 1" in done.told  # make says 2 for whatever its command says
    assert "'karangan_utuh'" in done.told
    assert "columns = {text" in done.told
    assert "**malam-07** is quarantined" in done.summary()
    settings = tmp_path / "settings.toml"
    text = (SAMPLE / "curation.toml").read_text(encoding="utf-8")
    text = text.replace("[input]\n", '[input]\ncolumns = {text = "karangan_utuh"}\n').replace("paths =", "# paths =")
    settings.write_text(text, encoding="utf-8")
    done = nights.night(tonight, settings=settings)
    assert done.code == 0, done.told

    # 8: an ordinary night, with the remedy still in the settings
    done = nights.night(given("malam-08", news[7]), settings=settings)
    assert done.code == 0, done.told
    assert "silent" not in done.summary()

    # 9: a dead outlet
    dead = max(sorted({host(row) for row in news[0]}), key=lambda name: sum(host(row) == name for row in news[0]))
    outlet = next(row["outlet"] for row in articles(done.root, "malam-08") if host(row) == dead)
    done = nights.night(given("malam-09", [row for row in news[8] if host(row) != dead]), settings=settings)
    assert done.code == 0, done.told
    assert f"- malam-09, silent: {outlet} brings no new document" in done.summary()

    # 10: a bad batch: exit 1, and the next night goes on without it
    bad = folder / "malam-10.jsonl"
    bad.write_text('{"text": "Air surut di Ambon sejak pagi."}\n{"text": \nnot json\n', encoding="utf-8")
    inputs.append(bad)
    done = nights.night(f"IN={bad}", settings=settings)
    assert done.code == 2
    assert "Error 1" in done.told
    assert "2 of 3 inputs are rejected" in done.told
    assert "**malam-10** is quarantined" in done.summary()

    # 11 to 14: ordinary nights; the last costs what the second cost
    for number in (11, 12, 13, 14):
        last = nights.night(given(f"malam-{number}", news[number - 1]), settings=settings)
        assert last.code == 0, last.told
        assert last.made("clean") == last.made("judge") == last.made("match") == 1
    assert "quarantined" in curation(nights.root, "batch", "list").stdout
    LOG.info("seconds of the processor: night 2 took %.2f, night 14 %.2f", second.seconds, last.seconds)
    assert last.seconds < 2.5 * second.seconds
    done = nights.make("release", "VERSION=2.0.0", "DATE=2026-03-09")
    assert done.returncode == 0, done.stderr

    once = tmp_path / "once"
    make_workspace(once, SAMPLE)
    shutil.rmtree(once / "raw")
    shutil.copyfile(settings, once / "curation.toml")
    options = [option for path in inputs for option in ("--input", str(path))]
    assert curation(once, "run", *options).returncode == 1  # the bad batch
    assert curation(once, "publish", "--version", "2.0.0", "--date", "2026-03-09").returncode == 0
    assert tables(nights.root) == tables(once)
    assert release(nights.root) == release(once)


def articles(root: Path, batch: str) -> list[Row]:
    rows: list[Row] = Workspace(root).batch_stage(batch, "ingest").read("articles").to_pylist()
    return rows


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
