"""A publish that is killed leaves no half release, and the next one ends as if nothing had happened."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from curation import store
from curation.release.verify import verify

CODE = """
import sys
from pathlib import Path
from curation.check.tables import check_released
from curation.release.papers.card import load_card
from curation.release.manifest import Origin
from curation.release.publish import Sources, publish
from curation.release.rights import load_rights
folder, into = Path(sys.argv[1]), Path(sys.argv[2])
names = ("released", "annotations", "labels", "selection")
batches = {name: (folder / f"{name}.parquet",) for name in ("rejected", "edits")}
publish(
    Sources(**{name: folder / f"{name}.parquet" for name in names}, **batches), into, name="pasar", version="1.0.0",
    date="2025-07-01", rights=load_rights(folder / "rights.toml"), card=load_card(folder / "card.toml"),
    origin=Origin(inputs={"b1": "1"}, config="2", code="3"), check=check_released,
)
"""


def run(folder, into, failpoint=""):
    environment = os.environ | {"CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", CODE, str(folder), str(into)]
    return subprocess.run(command, env=environment, check=False).returncode


def tree(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


PARTIAL = {
    "publish:after-data": ".staging/data/default/train-2025.parquet",
    "publish:before-manifest": ".staging/README.md",
    "publish:before-rename": ".staging/SHA256SUMS",
    "publish:before-latest": "1.0.0/SHA256SUMS",
}


@pytest.mark.slow
@pytest.mark.parametrize("failpoint", PARTIAL)
def test_killed_and_run_again(workspace, release, tmp_path, failpoint):
    folder = workspace()
    unkilled = release(folder).folder
    home = tmp_path / "killed" / "pasar"
    assert run(folder, home.parent, failpoint) == -signal.SIGKILL
    assert (home / PARTIAL[failpoint]).exists()
    assert (home / "1.0.0").exists() == (failpoint == "publish:before-latest")
    assert not (home / "latest").exists()
    (home / ".staging" / "left over.txt").parent.mkdir(exist_ok=True)
    (home / ".staging" / "left over.txt").write_text("from another version")
    assert run(folder, home.parent) == 0
    assert tree(home / "1.0.0") == tree(unkilled)
    assert verify(home / "latest", deep=True) == []
    assert sorted(path.name for path in home.iterdir()) == [".lock", "1.0.0", "latest"]
