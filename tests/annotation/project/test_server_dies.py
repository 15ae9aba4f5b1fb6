"""The server dies, as from a power cut, while tasks or answers are on their way: the same command goes on later."""

from __future__ import annotations

import os
import signal
import threading
import urllib.parse
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from curation import store
from curation.annotation import server
from curation.annotation.campaign import Campaign
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.errors import UsageError
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import push_campaign
from curation.workspace import Workspace
from tests.annotation.conftest import PROGRAM
from tests.annotation.project.conftest import Make

pytestmark = pytest.mark.slow
Keys = Callable[[Campaign], list[str]]


def start(data: Path, before: Server | None = None) -> Server:
    """A server of this test's own, or the same one again."""
    port = urllib.parse.urlsplit(before.url).port if before else 0
    return server.start(PROGRAM, port or 0, data=data)


def kill(running: Server) -> None:
    """No time to write anything."""
    os.killpg(running.process.pid, signal.SIGKILL)
    assert running.process.wait(20) == -signal.SIGKILL


def environment(running: Server) -> dict[str, str]:
    return {"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}


def test_push_and_pull_go_on_after_the_server_died(
    workspace: Workspace, make: Make, keys: Keys, new_data: Callable[[], Path]
) -> None:
    campaign = make(4_000)
    data = new_data()
    first = start(data)
    timers: list[threading.Timer] = []

    def die_in_the_second_thousand(done: int, total: int) -> None:
        if done == 1_000:
            timers.append(threading.Timer(0.2, kill, [first]))
            timers[-1].start()

    with (
        pytest.raises(UsageError, match="no Label Studio answers there") as error,
        connect(environment(first)) as remote,
    ):
        push_campaign(workspace, campaign.name, remote, progress=die_in_the_second_thousand)
    timers[0].join(30)
    assert first.process.poll() == -signal.SIGKILL
    assert error.value.where == first.url
    assert "what has arrived already is not sent twice" in str(error.value.remedy)

    with start(data, first) as second:
        with connect(environment(second)) as remote:
            (project,) = [one.id for one in remote._sdk.projects.list(title=f"{campaign.name} pilot")]
            there = len(list(remote.held(project)))
            assert 1_000 <= there < 4_000
            made = push_campaign(workspace, campaign.name, remote)
            assert (made.project, made.pushed.sent, made.pushed.known) == (project, 4_000 - there, there)
            assert Counter(task.key for task in remote.held(project)) == Counter(keys(campaign))
            stance = {"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": ["favor"]}}
            for _, number in made.pushed.tasks[:5]:
                remote._sdk.annotations.create(id=number, result=[stance])

        class Dying(Remote):
            """A server that dies while it makes the export."""

            def export(self, project: int, path: Path) -> None:
                threading.Timer(0.02, kill, [second]).start()
                for _ in range(100):
                    super().export(project, path)

        with (
            pytest.raises(UsageError, match="no Label Studio answers there"),
            connect(environment(second)) as remote,
        ):
            pull_campaign(workspace, campaign.name, Dying(remote.url, remote._sdk))
        assert not campaign.annotations.exists()
        assert not list(campaign.exports.glob(".*"))  # no half of a file

    with start(data, second) as third, connect(environment(third)) as remote:
        answers = pull_campaign(workspace, campaign.name, remote)
        assert (answers.rows, answers.problems) == (5, ())
        assert store.read_table(campaign.annotations)["value"].to_pylist() == ["favor"] * 5
