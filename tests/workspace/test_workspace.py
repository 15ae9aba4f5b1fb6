"""The folders of a workspace, its batches and its lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from curation import schema
from curation.errors import UsageError
from curation.workspace import Batch, Workspace


def test_batches_keep_their_order_of_arrival(tmp_path):
    workspace = Workspace(tmp_path)
    assert workspace.batches() == []
    for name in ("malam-2", "malam-1", "malam-3"):
        workspace.set_batch(Batch(name, "accepted", "", name))
    workspace.set_batch(Batch("malam-2", "quarantined", "5 of 9 inputs are rejected", "x"))
    assert [batch.name for batch in workspace.batches()] == ["malam-2", "malam-1", "malam-3"]
    assert workspace.batches()[0] == Batch("malam-2", "quarantined", "5 of 9 inputs are rejected", "x")
    assert workspace.accepted() == ["malam-1", "malam-3"]
    assert Workspace(tmp_path).batches() == workspace.batches()


def test_tables_are_those_of_accepted_batches(tmp_path):
    workspace = Workspace(tmp_path)
    for name, state in (("a", "accepted"), ("b", "dropped"), ("c", "accepted")):
        workspace.set_batch(Batch(name, state))
        draft = workspace.batch_stage(name, "ingest").begin("k")
        draft.write(0, {"rejected": schema.empty("rejected")})
        draft.commit()
    places = workspace.tables("ingest", "rejected")
    assert [place.relative_to(workspace.state).as_posix() for place in places] == [
        "batches/a/ingest/rejected",
        "batches/c/ingest/rejected",
    ]
    assert all(place.is_dir() for place in places)


def test_where_things_are(tmp_path):
    workspace = Workspace(tmp_path)
    # what a nightly run must carry over is apart from what may be deleted
    assert workspace.batch_stage("a", "clean").path.is_relative_to(workspace.state)
    assert workspace.corpus_stage("select").path.is_relative_to(workspace.work)
    assert not workspace.state.is_relative_to(workspace.work)
    assert workspace.config_file == tmp_path / "curation.toml"
    assert workspace.campaign("sikap") == tmp_path / "campaigns" / "sikap"
    assert workspace.releases == tmp_path / "releases"


HOLD = """
import sys
from pathlib import Path
from curation.workspace import Workspace
with Workspace(Path(sys.argv[1])).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_run_at_a_time(tmp_path):
    workspace = Workspace(tmp_path)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(UsageError, match=r"another run is at work.*Wait until it has ended"), workspace.lock():
            pass
        other.kill()
    # a killed run holds nothing
    with workspace.lock():
        pass
    with workspace.lock():
        pass


def test_an_error_inside_gives_the_lock_back(tmp_path):
    workspace = Workspace(tmp_path)
    with pytest.raises(ZeroDivisionError), workspace.lock():
        raise ZeroDivisionError
    with workspace.lock():
        pass
