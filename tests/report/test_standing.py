"""Where a workspace stands, and the command that comes next."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from curation import store
from curation.report.standing import standing, standing_text, without_state
from curation.workspace import Batch, Workspace


def finish(workspace: Workspace, invented: SimpleNamespace) -> None:
    """Everything made, everything selected, nothing in quarantine."""
    workspace.set_batch(Batch("malam-2", "dropped", "Dewi: rusak"))
    invented.commit(workspace.batch_stage("malam-1", "judge"), {"measures": []})
    invented.commit(workspace.batch_stage("malam-1", "sign"), {"signatures": []})
    invented.commit(workspace.batch_stage("malam-1", "match"), {"overlaps": []})
    ids = [row["id"] for row in workspace.batch_stage("malam-1", "ingest").read("articles", ["id"]).to_pylist()]
    invented.add_selection(workspace, dict.fromkeys(ids, ("selected", "selected")), {})


def test_a_new_workspace_is_told_to_run(tmp_path: Path) -> None:
    found = standing(Workspace(tmp_path))
    assert found["batches"] == []
    assert found["next"].startswith("curation run")
    assert standing_text(found).endswith("(after setting [input] paths in curation.toml)")


def test_what_is_there_is_counted(workspace: Workspace) -> None:
    found = standing(workspace)
    assert [(b["batch"], b["state"], b["articles"], b["rejected"]) for b in found["batches"]] == [
        ("malam-1", "accepted", 8, 3),
        ("malam-2", "quarantined", 1, 1),
    ]
    assert {s["stage"]: s["made"] for s in found["stages"]} == {
        "ingest": 1,
        "clean": 1,
        "judge": 1,
        "sign": 0,
        "match": 0,
        "dedup": 1,
        "select": 1,
    }
    assert found["next"] == "curation run"
    assert json.loads(json.dumps(found)) == found
    text = standing_text(found)
    assert "quarantined  malam-2" in text
    assert "1 of 2 inputs are rejected" in text


def test_a_batch_in_quarantine_comes_before_labelling(workspace: Workspace, invented: SimpleNamespace) -> None:
    finish(workspace, invented)
    workspace.set_batch(Batch("malam-2", "quarantined", "rusak"))
    assert standing(workspace)["next"].startswith("curation batch accept malam-2")


def test_what_could_not_be_read_is_not_to_be_accepted(workspace: Workspace, invented: SimpleNamespace) -> None:
    finish(workspace, invented)
    unread = "mend it and run it again, or: curation batch drop"
    workspace.set_batch(Batch("malam-3", "quarantined", "not a readable Parquet file"))
    assert standing(workspace)["next"] == f"{unread} malam-3 --why '...'"
    workspace.set_batch(Batch("malam-3", "dropped"))
    # what was read under this name before is not what waits
    workspace.set_batch(Batch("malam-2", "quarantined", "not a readable Parquet file", key="of a later input"))
    assert standing(workspace)["next"] == f"{unread} malam-2 --why '...'"


def test_a_new_state_beside_old_labels_and_releases_is_told(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert without_state(workspace) == ""
    workspace.campaign("sikap").mkdir(parents=True)  # a codebook alone is no labelled corpus
    assert without_state(workspace) == ""
    (workspace.releases / "kabar" / "1.0.0").mkdir(parents=True)
    assert without_state(workspace).startswith("there is no state/ of the corpus that releases/kabar/1.0.0 came from")
    store.write_table(workspace.campaign("sikap") / "tasks.parquet", pa.table({"x": [1]}))
    assert "that campaigns/sikap and 1 more came from" in without_state(workspace)
    workspace.set_batch(Batch("malam-1", "accepted"))
    assert without_state(workspace) == ""


def test_articles_without_a_selection_need_a_run(workspace: Workspace, invented: SimpleNamespace) -> None:
    finish(workspace, invented)
    invented.add_selection(workspace, {}, {})
    assert standing(workspace)["next"] == "curation run"


@pytest.mark.parametrize(
    ("tables", "release", "following"),
    [
        (None, None, "curation report, then curation label export CAMPAIGN"),
        ({}, None, "curation label export sikap"),
        ({"tasks": 3}, None, "curation label pull sikap --file EXPORT.json"),
        ({"tasks": 3, "annotations": 9}, None, "curation publish"),
        ({"tasks": 3, "annotations": 9}, "1.0.0", "curation run --input PATH, when the next batch has come"),
    ],
)
def test_the_next_command(
    workspace: Workspace,
    invented: SimpleNamespace,
    tables: dict[str, int] | None,
    release: str | None,
    following: str,
) -> None:
    finish(workspace, invented)
    for name, rows in (tables or {}).items():
        store.write_table(workspace.campaign("sikap") / f"{name}.parquet", pa.table({"x": list(range(rows))}))
    if tables is not None:
        workspace.campaign("sikap").mkdir(parents=True, exist_ok=True)
    if release:
        (workspace.releases / "kabar" / release).mkdir(parents=True)
        (workspace.releases / "kabar" / ".staging-1").mkdir()
    found: dict[str, Any] = standing(workspace)
    assert found["next"] == following
    assert found["releases"] == ([f"kabar {release}"] if release else [])
    if tables:
        assert "sikap: 3 tasks" in standing_text(found)
