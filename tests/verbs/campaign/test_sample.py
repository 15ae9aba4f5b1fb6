"""A campaign's rounds in a workspace that grows: drawn, added to, given out."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from curation import config, store
from curation.annotation.assignment import people
from curation.annotation.assignment.people import Member
from curation.config import Sample
from curation.errors import DataError, InputError, UsageError
from curation.pipeline import Pipeline
from curation.verbs.campaign.assign import assign
from curation.verbs.campaign.sample import Round, sample
from curation.verbs.labelling import export_tasks
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.frozen import frozen_ids
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[3]
OUTLETS = Sample()
TARGET = """
[[target]]
name = "warga"
aliases = ["pedagang", "petani", "pemkot"]
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace(tmp_path_factory.mktemp("contoh") / "workspace")
    make_workspace(workspace.root, ROOT / "data" / "sample")
    run(workspace)
    return workspace


@pytest.fixture(scope="module")
def grown(finished: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a later night left in the workspace."""
    root = tmp_path_factory.mktemp("malam") / "workspace"
    shutil.copytree(finished.root, root)
    draw(Workspace(root), n=20)
    run(Workspace(root), "raw/2026-03-05-malam-1.jsonl", "raw/2026-03-06-malam-2.jsonl")
    return root


@pytest.fixture
def workspace(finished: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(finished.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def later(grown: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(grown, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def run(workspace: Workspace, *inputs: str) -> None:
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs([*settings.input.paths, *inputs], workspace.root)))


def draw(workspace: Workspace, settings: Sample = OUTLETS, **asked: Any) -> Round:
    return sample(workspace, "topic", settings, **asked)


def tasks(workspace: Workspace, round_: str = "main") -> dict[str, dict[str, Any]]:
    table = store.read_table(workspace.root / "campaigns" / "topic" / "tasks.parquet")
    return {row["task_key"]: row for row in table.to_pylist() if row["round"] == round_}


def give_out(workspace: Workspace, round_: str = "main") -> None:
    people.save(workspace.root / "campaigns" / "topic" / "people.csv", [Member("a01", 6), Member("a02", 6)])
    assign(workspace, "topic", at=datetime(2026, 3, 9, tzinfo=UTC), round_=round_, n=2, portion=3)


def test_what_was_drawn_is_what_is_exported(workspace: Workspace) -> None:
    made = draw(workspace, n=15)
    assert (made.articles, made.tasks, made.new) == (15, 15, 15)
    assert sum(one.drawn for one in made.strata) == 15
    before = tasks(workspace)
    assert {row["document_id"] for row in before.values()} <= frozen_ids(workspace)
    exported = export_tasks(workspace, "topic")
    assert (exported.tasks, exported.documents) == (15, 15)
    shown = json.loads((exported.folder / "tasks.json").read_text(encoding="utf-8"))
    assert {task["data"]["task_key"] for task in shown} == before.keys()
    assert tasks(workspace) == before
    again = draw(workspace)
    assert (again.new, again.strata, again.design) == (0, made.strata, made.design)


def test_nobody_has_it_so_it_may_be_drawn_anew(workspace: Workspace) -> None:
    draw(workspace, n=15)
    before = tasks(workspace)
    assert draw(workspace, seed=2).new == 15  # as many as before
    assert tasks(workspace).keys() != before.keys()
    assert draw(workspace, seed=1, n=20).new == 20
    assert tasks(workspace).keys() > before.keys()
    by_month = draw(workspace, by=("month",))
    assert {one.name for one in by_month.strata} >= {"2026-03"}
    assert draw(workspace, Sample(by=("section",))).new == 20  # the settings changed


def test_other_targets_make_other_tasks_where_nobody_has_them(workspace: Workspace) -> None:
    sample(workspace, "stance", OUTLETS, n=5)
    folder = workspace.root / "campaigns" / "stance"
    before = store.read_table(folder / "tasks.parquet")
    book = folder / "codebook.toml"
    book.write_text(book.read_text(encoding="utf-8") + TARGET, encoding="utf-8")
    assert export_tasks(workspace, "stance").documents == 5
    after = store.read_table(folder / "tasks.parquet")
    assert "warga" in after["target"].to_pylist()
    assert "warga" not in before["target"].to_pylist()


def test_no_article_is_in_two_rounds(workspace: Workspace) -> None:
    draw(workspace, round_="pilot", n=12)
    made = draw(workspace, n=20)
    pilot, main = tasks(workspace, "pilot"), tasks(workspace)
    assert (len(pilot), len(main)) == (12, 20)
    assert not {row["cluster_id"] for row in pilot.values()} & {row["cluster_id"] for row in main.values()}
    assert sum(one.others for one in made.strata) == 12
    for one in made.strata:  # the same strata: the chance is what this round drew of all
        assert one.chances == pytest.approx((one.drawn / one.articles,) * 2)
    draw(workspace, round_="rest")
    with pytest.raises(DataError, match=r"other rounds of 'topic' have all \d+ articles"):
        draw(workspace, round_="extra")


def test_more_are_drawn_after_the_corpus_grew(later: Workspace) -> None:
    before = tasks(later)
    give_out(later)
    made = draw(later, add=10)
    after = tasks(later)
    assert made.new == 10
    assert len(after) == 30
    assert after.keys() > before.keys()
    new = {one.name for one in made.strata if one.draw == 2}
    assert new
    assert {row["stratum"] for row in after.values()} & new
    sums: dict[str, float] = defaultdict(float)
    for row in after.values():
        sums[row["stratum"]] += 1 / row["inclusion_probability"]
    for one in made.strata:
        assert math.isclose(sums[one.name], one.articles)
    assert made.without_chance == 0
    assert any(after[key]["inclusion_probability"] != row["inclusion_probability"] for key, row in before.items())
    design = json.loads((later.root / "campaigns" / "topic" / "sample.json").read_text(encoding="utf-8"))
    assert design["main"]["n"] == 30


def test_what_was_given_out_is_not_drawn_anew(later: Workspace) -> None:
    before = tasks(later)
    give_out(later)
    export_tasks(later, "topic")
    export_tasks(later, "topic", n=20, seed=1)  # as it was drawn
    assert tasks(later) == before
    with pytest.raises(
        UsageError, match=r"its 20 articles are not drawn anew.*curation sample topic --round main --add 5"
    ):
        draw(later, n=25)
    with pytest.raises(UsageError, match="Draw another one with --round"):
        draw(later, seed=7)
    with pytest.raises(UsageError, match="not drawn anew"):
        draw(later, quota={"outlet:unknown": 1})
    assert tasks(later) == before
    draw(later, Sample(by=("month",)))  # other settings are for the next round
    assert tasks(later) == before


def test_an_answered_article_stays_in_its_round(workspace: Workspace) -> None:
    export_tasks(workspace, "topic", n=24)
    exported = ROOT / "data" / "sample" / "labelled" / "topic.json"
    done = curation(workspace, "label", "pull", "topic", "--file", str(exported))
    assert done.returncode == 0, done.stderr
    with pytest.raises(UsageError, match="were given out"):
        draw(workspace, n=12)
    assert len(tasks(workspace)) == 24
    draw(workspace, round_="second", n=10)
    assert not tasks(workspace).keys() & tasks(workspace, "second").keys()


def test_more_needs_a_round_that_was_drawn_so(later: Workspace) -> None:
    with pytest.raises(UsageError, match="curation sample topic --round second -n 5"):
        draw(later, round_="second", add=5)
    for other in ({"seed": 2}, {"by": ("month",)}):
        with pytest.raises(UsageError, match="drawn by outlet, with seed 1"):
            draw(later, add=5, **other)
    assert draw(later, add=5, seed=1, by=("outlet",)).new == 5
    (later.root / "campaigns" / "topic" / "sample.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"sample\.json: not readable"):
        draw(later, add=5)


def test_a_round_from_before_frames_were_kept(workspace: Workspace) -> None:
    draw(workspace, n=20)
    give_out(workspace)
    for name in ("sample.json", "frame.parquet"):
        (workspace.root / "campaigns" / "topic" / name).unlink()
    before = tasks(workspace)
    kept = draw(workspace)
    assert (kept.design, kept.strata, kept.articles) == (None, (), 20)
    with pytest.raises(UsageError, match="nothing of this round was drawn to which more could be added"):
        draw(workspace, add=3)
    assert tasks(workspace) == before


def curation(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "curation", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.run(
        command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_command_tells_strata_and_what_is_next(workspace: Workspace) -> None:
    done = curation(workspace, "sample", "topic", "-n", "20", "--by", "outlet,month")
    assert done.returncode == 0, done.stderr
    head, *rows, total = done.stdout.splitlines()
    assert head.split() == ["stratum", "articles", "drawn", "probability"]
    assert any(", 2026-03 " in row for row in rows)
    assert total.split()[1] == "20"
    assert "round main: 20 articles, 20 tasks; 20 drawn now" in done.stderr
    assert "Next: curation label assign topic" in done.stderr
    exported = curation(workspace, "label", "export", "topic", "-n", "2")
    assert "some are drawn as one" in exported.stderr
    few = curation(workspace, "sample", "topic", "-n", "3", "--json")
    assert json.loads(few.stdout)["is_pooled"] is True
    assert json.loads(few.stdout)["strata"][0]["name"] == "all"
    more = curation(workspace, "sample", "topic", "--add", "1000")
    assert "fewer than asked for" in more.stderr
    assert "export it again" in more.stderr
    wrong = curation(workspace, "sample", "topic", "-n", "2", "--add", "3")
    assert (wrong.returncode, "give one of them" in wrong.stderr) == (2, True)
    for option in ("--quota=Detak", "--quota=outlet:Detak=0", "--by=outlet,mont"):
        assert curation(workspace, "sample", "topic", option).returncode == 2


def test_make_draws(workspace: Workspace) -> None:
    makefile = ROOT / "curation" / "template" / "Makefile"
    command = ["make", "-f", str(makefile), "sample", "CAMPAIGN=topic", "N=7", f"CURATION={sys.executable} -m curation"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(tasks(workspace)) == 7
    frame = store.read_table(workspace.root / "campaigns" / "topic" / "frame.parquet")
    assert pc.all(frame["present"]).as_py()
