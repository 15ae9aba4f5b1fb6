"""Audits of a workspace: drawn, answered in files, read back, shown on the card, held as a gate."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation import config, store
from curation.config import Config
from curation.errors import DataError, UsageError
from curation.pipeline import Pipeline
from curation.release.verify import verify
from curation.verbs.audit import CAMPAIGNS, audit_gate, draw_audit, read_audit, read_audits
from curation.verbs.campaign.resolve import Answers
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.frozen import frozen_ids
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
RIGHT = {"dropped": "right", "merged": "same"}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample's first batches, run to the selection."""
    root = tmp_path_factory.mktemp("audit") / "workspace"
    make_workspace(root, SAMPLE)
    run(Workspace(root))
    return Workspace(root)


@pytest.fixture
def workspace(finished: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(finished.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def settings(workspace: Workspace, *overrides: str) -> Config:
    return config.load(workspace.config_file, overrides)


def run(workspace: Workspace, *overrides: str) -> None:
    given = settings(workspace, *overrides)
    list(Pipeline(workspace, given).run(find_inputs(given.input.paths, workspace.root)))


def shown(workspace: Workspace, name: str) -> list[dict[str, Any]]:
    path = workspace.campaign(f"audit-{name}") / "tasks.json"
    tasks: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return tasks


def answered(workspace: Workspace, name: str, say: Callable[[dict[str, Any]], str | None]) -> Answers:
    """Read an export back in which two people said this of each task; None leaves it open."""
    exported = []
    for number, task in enumerate(shown(workspace, name)):
        value = say(task["data"])
        result = {
            **{"from_name": name, "to_name": "text", "type": "choices"},
            "value": {"choices": [value]},
        }
        common = {"created_at": "2026-03-09T08:00:00Z", "updated_at": "2026-03-09T08:00:00Z", "lead_time": 30.0}
        given = [
            {"id": 10 * number + who, "completed_by": who, "result": [result], "was_cancelled": False, **common}
            for who in (1, 2)
            if value
        ]
        exported.append({"id": number, "data": task["data"], "annotations": given})
    path = workspace.root / f"{name}.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    return pull_export(workspace, f"audit-{name}", path)


def snapshot(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


def test_what_was_dropped_is_drawn_with_its_reason_and_stays_free(workspace: Workspace) -> None:
    before = snapshot(workspace.state), snapshot(workspace.work)
    made = draw_audit(workspace, settings(workspace), "dropped")
    assert (snapshot(workspace.state), snapshot(workspace.work)) == before
    assert frozen_ids(workspace) == set()
    selection = workspace.corpus_stage("select").read("selection").to_pylist()
    dropped = {row["id"] for row in selection if row["outcome"] == "failed_checks"}
    tasks = shown(workspace, "dropped")
    assert {task["data"]["document_id"] for task in tasks} == dropped
    assert len(tasks) == made.tasks == len(dropped)
    reasons = {task["data"]["target"] for task in tasks}
    assert "Teks terlalu pendek (30 kata); halaman foto" in reasons
    assert all(task["data"]["published"] for task in tasks)


def test_merged_copies_are_drawn_with_their_keepers_and_marked(workspace: Workspace) -> None:
    draw_audit(workspace, settings(workspace), "merged")
    selection = {row["id"]: row for row in workspace.corpus_stage("select").read("selection").to_pylist()}
    tasks = [task["data"] for task in shown(workspace, "merged")]
    assert {task["document_id"] for task in tasks} == {i for i, r in selection.items() if r["outcome"] == "duplicate"}
    for task in tasks:
        assert task["other_id"] == selection[task["document_id"]]["keeper_id"]
        assert "«" not in task["text"]
        assert task["text_marked"].replace("«", "").replace("»", "").split() == task["text"].split()
    assert any("«" in task["other_marked"] for task in tasks)


def test_drawing_again_gives_the_same_and_keeps_the_answers(workspace: Workspace) -> None:
    draw_audit(workspace, settings(workspace), "dropped", n=4)
    first = shown(workspace, "dropped")
    answered(workspace, "dropped", lambda _: "right")
    draw_audit(workspace, settings(workspace), "dropped", n=4)
    assert shown(workspace, "dropped") == first
    draw_audit(workspace, settings(workspace), "dropped", round_="kedua")
    tasks = store.read_table(workspace.campaign("audit-dropped") / "tasks.parquet")
    keys = tasks["task_key"].to_pylist()
    assert len(keys) == len(set(keys))
    found = read_audit(workspace, settings(workspace), "dropped")
    assert found
    assert found.precision.round == "kedua"
    assert (found.precision.overall.judged, found.precision.overall.open) == (4, len(keys) - 4)


def test_from_answers_to_figures_card_and_gate(workspace: Workspace) -> None:
    asked = settings(workspace, "checks.audit_dropped=0.8", "checks.audit_merged=0.9")
    assert audit_gate(workspace, settings(workspace)) is None
    with pytest.raises(UsageError, match="nothing to check as 'audit'"):
        check_workspace(workspace, "audit", settings(workspace))
    with pytest.raises(DataError, match=r"\[checks\] audit_dropped = 0.8: there is no audit.*--audit dropped"):
        publish_workspace(workspace, asked, "1.0.0", "2026-03-10")

    for name in RIGHT:
        draw_audit(workspace, asked, name)
    gate = audit_gate(workspace, asked)
    assert gate
    assert not gate.passed
    assert "none of the 6 tasks is judged" in gate.failures[0]

    first = shown(workspace, "dropped")[0]["data"]["document_id"]
    answers = answered(workspace, "dropped", lambda data: "wrong" if data["document_id"] == first else "right")
    assert (answers.problems, answers.annotators, answers.ties) == ((), 2, 0)
    assert answered(workspace, "merged", lambda _: "same").problems == ()
    dropped, merged = read_audits(workspace, asked)
    # all of it was read: no chance is left
    assert dropped.precision.overall.value == dropped.precision.overall.low == pytest.approx(5 / 6)
    assert dropped.precision.wrong == (first,)
    assert (merged.precision.overall.low, merged.notes, dropped.notes) == (1.0, [], [])
    assert [result.passed for result in check_workspace(workspace, "audit", asked)] == [True]

    strict = settings(workspace, "checks.audit_dropped=0.95")
    refused = check_workspace(workspace, "audit", strict)[0]
    assert not refused.passed
    assert "83.3%" in "\n".join(refused.lines())
    with pytest.raises(DataError, match=r"83\.3% are shown"):
        publish_workspace(workspace, strict, "1.0.0", "2026-03-10")
    assert not list(workspace.releases.glob("*/1.0.0"))

    published = publish_workspace(workspace, asked, "1.0.0", "2026-03-10")
    assert verify(published.folder, deep=True) == []
    card = (published.folder / "README.md").read_text(encoding="utf-8")
    assert "## Audit" in card
    assert "### Dropped documents" in card
    assert "| all | 83.3% | 83.3% – 83.3% | 6 | 6 |" in card
    assert "| all | 100.0% | 100.0% – 100.0% | 9 | 9 |" in card
    # answers about what is not in the corpus are not published with it
    assert not (published.folder / "data" / "annotations").exists()
    assert not publish_workspace(workspace, asked, "1.0.0", "2026-03-10").is_new
    answered(workspace, "dropped", lambda _: "right")
    with pytest.raises(DataError, match="never changes"):
        publish_workspace(workspace, asked, "1.0.0", "2026-03-10")


def test_what_has_changed_since_is_told_and_other_limits_need_another_audit(workspace: Workspace) -> None:
    now = settings(workspace)
    draw_audit(workspace, now, "dropped")
    answered(workspace, "dropped", lambda _: "right")
    run(workspace, "quality.word_count.min=110")
    changed = settings(workspace, "quality.word_count.min=110", "checks.audit_dropped=0.5")
    found = read_audit(workspace, changed, "dropped")
    assert found
    assert found.population > found.precision.overall.population == 6
    assert not found.same_settings
    assert "The settings that decide have changed since." in found.notes
    gate = audit_gate(workspace, changed)
    assert gate
    assert "settings that decide have changed" in gate.failures[0]

    run(workspace, "quality.word_count.min=1")
    lenient = settings(workspace, "quality.word_count.min=1")
    found = read_audit(workspace, lenient, "dropped")
    assert found
    assert found.held < 6
    assert f"Tasks that still hold, text and all: {found.held} of 6." in "\n".join(found.notes)


def test_what_nobody_judged_counts_as_wrong_at_the_gate(workspace: Workspace) -> None:
    draw_audit(workspace, settings(workspace), "dropped")
    answered(workspace, "dropped", lambda data: "right" if ";" in data["target"] else "unclear")
    found = read_audit(workspace, settings(workspace), "dropped")
    assert found
    assert found.precision.overall.value == 1.0
    assert found.precision.at_least == pytest.approx(5 / 6)
    assert found.notes[0].startswith("Nothing is known about: truncated.")
    for least, passed in ((0.8, True), (0.9, False)):
        gate = audit_gate(workspace, settings(workspace, f"checks.audit_dropped={least}"))
        assert gate
        assert gate.passed is passed
    assert "as if all were wrong in strata without a judgement 83.3% are shown" in gate.failures[0]


def test_where_nothing_was_dropped_there_is_nothing_to_audit(workspace: Workspace) -> None:
    limits = []
    for name, limit in settings(workspace).quality.limits.items():
        limits += [f"quality.{name}.min=-1"] if limit.min is not None else []
        limits += [f"quality.{name}.max=1e9"] if limit.max is not None else []
    run(workspace, *limits)
    asked = settings(workspace, *limits, "checks.audit_dropped=0.95")
    with pytest.raises(DataError, match="there are no dropped documents"):
        draw_audit(workspace, asked, "dropped")
    gate = audit_gate(workspace, asked)
    assert gate
    assert gate.passed


def test_an_audit_is_no_ordinary_campaign(workspace: Workspace) -> None:
    draw_audit(workspace, settings(workspace), "merged")
    with pytest.raises(UsageError, match="label export --audit merged"):
        export_tasks(workspace, "audit-merged")
    path = workspace.campaign("audit-merged") / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('shows = "merged"', 'shows = "dropped"'), encoding="utf-8")
    with pytest.raises(UsageError, match='shows = "merged"'):
        draw_audit(workspace, settings(workspace), "merged")


@pytest.mark.slow
def test_the_command_line(workspace: Workspace) -> None:
    def curation(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "curation", *arguments],
            cwd=workspace.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert "no audit was drawn yet" in curation("label", "audit").stderr
    done = curation("label", "export", "--audit")
    assert done.returncode == 0, done.stderr
    assert [line.split("/")[1] for line in done.stdout.split()] == ["audit-dropped"] * 3 + ["audit-merged"] * 3
    answered(workspace, "dropped", lambda _: "right")
    done = curation("label", "pull", "audit-dropped", "--file", "dropped.json")
    assert "rightly dropped: 100.0%, 95 % interval 100.0% to 100.0% (6 judged of 6 drawn" in done.stderr
    done = curation("label", "audit")
    assert "audit-dropped, round main: rightly dropped: 100.0%" in done.stdout
    assert "audit-merged, round main: rightly merged: not known yet" in done.stdout
    told = json.loads(curation("label", "audit", "audit-dropped", "--json").stdout)
    assert [(one["audit"], one["overall"]["judged"], one["now"]["held"]) for one in told] == [("dropped", 6, 6)]
    assert curation("label", "audit", "topik").returncode == 2
    assert curation("label", "export", "audit", "--audit").returncode == 2
    done = curation("check", "audit", "--set", "checks.audit_merged=0.9")
    assert done.returncode == 1
    assert "none of the 9 tasks is judged" in done.stdout
    assert set(CAMPAIGNS) == {"audit-dropped", "audit-merged"}
