"""Gold tasks and probes on a real Label Studio: they lie in the projects as all other tasks do, and come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member
from curation.annotation.project.remote import Remote
from curation.annotation.sampling.probes import originals
from curation.verbs.campaign.assign import assign
from curation.verbs.campaign.insight import status
from curation.workspace import Workspace
from tests.annotation.assignment.conftest import START
from tests.annotation.assignment.test_checks_verbs import left_out, of_role, write_gold
from tests.annotation.assignment.test_six_annotators import Coordination, fewer_tasks, remote

pytestmark = pytest.mark.slow
__all__ = ["remote"]


def test_nothing_on_the_server_tells_them(
    workspace: Workspace, folder: Path, remote: Remote, account: Callable[[str], Any]
) -> None:
    life = Coordination(workspace, folder, remote, account)
    people = ["a01", "a02", "a03"]
    members.save(folder / "people.csv", [Member(name, 6) for name in people])
    fewer_tasks(folder)
    write_gold(folder, *(f"{id_},warga,,stance,against" for id_ in left_out(workspace, 2, folder)))
    made = assign(workspace, "sikap", at=START, n=2, probes=2)
    assert made.gold == 2
    assert made.probes > 0
    life.push()
    gold, probes = set(of_role(folder, "gold")), set(of_role(folder, "probe"))
    seen = {who: list(tasks) for (who, _), tasks in life.unanswered().items()}
    assert all(gold <= set(keys) for keys in seen.values())
    assert [sum(key in keys for keys in seen.values()) for key in sorted(probes)] == [2] * len(probes)
    fields = set()
    for project in remote._sdk.projects.list(page_size=100):
        if (project.description or "").startswith("curation: sikap "):
            listed = remote._sdk.tasks.list(project=project.id, fields="all")
            fields |= {(*sorted(task.data), bool(task.meta), len(task.predictions or ())) for task in listed}
    assert len(fields) == 1
    # a copy comes after what it repeats
    for keys in seen.values():
        for probe, original in originals(store.read_table(folder / "tasks.parquet")).items():
            if probe in keys:
                assert keys.index(probe) > keys.index(original)
    life.answer()
    life.pull()
    found = status(workspace, "sikap", START)
    right = {who: sum(life.said[who, f"sikap {who} 1.0"][key] == "against" for key in gold) for who in people}
    assert {queue.annotator: (queue.checked.gold_right, queue.checked.gold) for queue in found.queues} == {
        who: (n, 2) for who, n in right.items()
    }
    assert sum(queue.checked.probes for queue in found.queues) > 0
    assert (found.rounds[0].checks_answered, found.strays) == (3 * 2 + 2 * len(probes), 0)
