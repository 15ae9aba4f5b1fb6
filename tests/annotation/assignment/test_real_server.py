"""Queues on a real Label Studio: a project each, answers deleted and restored, asked again under another guideline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.verbs.campaign.assign import Assigned, assign, project_title, reassign
from curation.verbs.campaign.insight import restore, status
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import push_campaign
from curation.workspace import Workspace
from tests.annotation.assignment.conftest import START, change

pytestmark = pytest.mark.slow
NAMES = ("a01", "a02")


@pytest.fixture
def remote(running: Server) -> Iterator[Remote]:
    with connect({"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}) as connected:
        yield connected


def push(workspace: Workspace, remote: Remote, made: Assigned) -> dict[str, int]:
    """Everybody's file into a project of their own; the numbers of the projects."""
    found = {}
    for path in made.files:
        name = path.stem.split("-")[1]
        title = project_title("sikap", name, made.guideline_version)
        found[name] = push_campaign(workspace, "sikap", remote, file=path, title=title).project
    return found


def answer(who: Any, admin: Any, project: int, value: str, most: int) -> list[int]:
    """Let an annotator answer the first tasks of a project; their numbers."""
    numbers = sorted(task.id for task in admin.tasks.list(project=project, page_size=500))[:most]
    for number in numbers:
        result = [
            {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [chosen]}}
            for question, chosen in (("stance", value), ("confidence", "sure"), ("whose", "outlet"))
            if question != "whose" or value in ("favor", "against")
        ]
        who.annotations.create(id=number, result=result, lead_time=30.0)
    return numbers


def said(folder: Path) -> set[tuple[str, str, str, str]]:
    rows = store.read_table(folder / "annotations.parquet").to_pylist()
    return {
        (r["task_key"], r["annotator"], r["guideline_version"], r["value"]) for r in rows if r["question"] == "stance"
    }


def test_queues_restored_and_asked_again(
    workspace: Workspace, folder: Path, remote: Remote, admin: Any, annotators: list[Any]
) -> None:
    accounts = "annotator,user_id,email\na01,,sari@kampus.example\na02,,bayu@kampus.example\n"
    (folder / "annotators.csv").write_text(accounts, encoding="utf-8")
    members.save(folder / "people.csv", [Member(name, 6) for name in NAMES])
    made = assign(workspace, "sikap", at=START, n=2, portion=6)
    projects = push(workspace, remote, made)
    assert len(set(projects.values())) == 2
    people = dict(zip(NAMES, annotators, strict=True))
    answer(people["a01"], admin, projects["a01"], "neutral", 4)
    numbers = answer(people["a02"], admin, projects["a02"], "favor", 5)
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    before = said(folder)
    assert [(queue.answered, queue.open) for queue in status(workspace, "sikap", START).queues] == [
        (4, made.handed_out["a01"] - 4),
        (5, made.handed_out["a02"] - 5),
    ]

    # somebody deletes two answered tasks
    for number in numbers[:2]:
        admin.tasks.delete(id=str(number))
    pull_campaign(workspace, "sikap", remote)
    found, (file,) = restore(workspace, "sikap")
    assert (found.answers, found.still_there, found.nameless) == (2, (), ())
    assert file.name == f"restore-{projects['a02']}.json"
    admin.projects.import_tasks(id=projects["a02"], request=json.loads(file.read_text(encoding="utf-8")))
    # the administrator imported them, the answers are still bayu's
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    assert said(folder) == before
    assert restore(workspace, "sikap")[0].tasks == {}

    change(folder, "1.1", "labels", 'labels = ["neutral"]')
    again = assign(workspace, "sikap", at=START + timedelta(days=1), portion=6)
    assert again.asked_again == 4
    assert said(folder) == {row for row in before if row[3] == "favor"}
    newer = push(workspace, remote, again)
    assert set(newer.values()).isdisjoint(projects.values())
    # all that is open to a01, what is asked again among it
    answer(people["a01"], admin, newer["a01"], "against", 99)
    pull_campaign(workspace, "sikap", remote)
    now = said(folder)
    asked = {(key, name) for key, name, _, value in before if value == "neutral"}
    assert {(key, name) for key, name, version, value in now if (version, value) == ("1.1", "against")} >= asked
    assert status(workspace, "sikap", START + timedelta(days=1)).touched == 0

    # an old project is read again when somebody goes on in it: what was said since is not lost
    late = sorted(task.id for task in admin.tasks.list(project=projects["a01"], page_size=500))[4]
    people["a01"].annotations.create(id=late, result=[], was_cancelled=True, lead_time=1.0)
    pull_campaign(workspace, "sikap", remote)
    assert {row for row in said(folder) if row[2:] == ("1.1", "against")} >= {row for row in now if row[:2] in asked}

    # what is taken back is named, so that it can be deleted there
    rows = store.read_table(folder / "assignments.parquet").to_pylist()
    n_open = sum(row["state"] == "open" and row["annotator"] == "a02" for row in rows)
    members.save(folder / "people.csv", [*(Member(name, 6) for name in NAMES), Member("a03", 6)])
    gone = reassign(workspace, "sikap", at=START + timedelta(days=2), leaves="a02")
    assert len(gone.to_delete) == n_open > 0
    assert {project for project, _ in gone.to_delete} == {str(newer["a02"])}
    there = {task.id for task in admin.tasks.list(project=newer["a02"], page_size=500)}
    assert {number for _, number in gone.to_delete} <= there
