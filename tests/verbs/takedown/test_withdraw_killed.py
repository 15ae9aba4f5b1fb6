"""A withdrawal that was killed is finished by the next one, and nothing else goes on before."""

from __future__ import annotations

import signal

import pytest

from curation import config
from curation.release.verify import takedown, verify
from curation.verbs.takedown.withdraw import finish
from curation.workspace import Workspace
from curation.workspace.withdrawn import UNFINISHED, read_withdrawn, unfinished
from tests.verbs.takedown.conftest import (
    DAY,
    LABELLED,
    ORDINARY,
    curation,
    grep,
    lines_of,
)

POINTS = (
    "withdraw:begun", "withdraw:after-ledger", "ingest:after-part-1", "ingest:before-rename", "withdraw:after-state",
    "withdraw:after-inputs", "withdraw:after-campaigns", "withdraw:after-tombstones", "withdraw:after-releases",
    "clean:before-manifest",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_and_finished(workspace: Workspace, point: str) -> None:
    lines = lines_of(workspace, LABELLED, ORDINARY)
    arguments = ("withdraw", "--id", LABELLED, "--id", ORDINARY, "--date", DAY, "--yes")
    assert curation(workspace, *arguments, failpoint=point).returncode == -signal.SIGKILL
    assert unfinished(workspace.state)
    for verb in (("run",), ("publish", "--date", DAY), ("withdraw",)):
        refused = curation(workspace, *verb)
        assert (refused.returncode, "curation withdraw --yes" in refused.stderr) == (2, True), refused.stderr
    done = curation(workspace, "withdraw", "--yes", "--date", DAY)
    assert done.returncode == 0, done.stderr
    assert unfinished(workspace.state) is None
    assert len(read_withdrawn(workspace.state).entries) == 2
    assert set(grep(workspace.root, lines)) == {"labelled/topic.json"}
    for home in workspace.releases.iterdir():
        assert verify(home / "1.0.0", deep=True) == []
        assert takedown(home / "1.0.0")


def test_what_is_kept_of_an_unfinished_one_is_no_text(workspace: Workspace) -> None:
    lines = lines_of(workspace, LABELLED)
    done = curation(workspace, "withdraw", "--id", LABELLED, "--yes", failpoint="withdraw:begun")
    assert done.returncode == -signal.SIGKILL
    assert not any(line in (workspace.state / UNFINISHED).read_text() for line in lines)
    finish(workspace, config.load(workspace.config_file))
