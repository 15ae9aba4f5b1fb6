"""Everybody's queue pushed at once: each into a project of their own, whatever happened there meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from curation import store
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member
from curation.annotation.campaign import Campaign
from curation.annotation.project.record import Record, lock
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.errors import DataError, UsageError
from curation.verbs.campaign.assign import assign, project_title, reassign
from curation.verbs.campaign.insight import restore
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import push_campaign
from curation.verbs.project.queues import push_queues
from curation.workspace import Workspace
from tests.annotation.assignment.conftest import ROOT, START, change

NAMES = ("a01", "a02", "a03")
LATER = START + timedelta(days=1)


@pytest.fixture
def environment(running: Server) -> dict[str, str]:
    return {"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}


@pytest.fixture
def remote(environment: dict[str, str]) -> Iterator[Remote]:
    with connect(environment) as connected:
        for project in connected._sdk.projects.list(page_size=100):
            if (project.description or "").startswith("curation: sikap "):
                connected._sdk.projects.delete(project.id)  # of another test
        yield connected


@pytest.fixture
def people(account: Callable[[str], Any]) -> dict[str, Any]:
    """The accounts of three people, as the campaign's annotators.csv knows them."""
    return {name: account(f"orang{name[2:]}") for name in NAMES}


@pytest.fixture
def dealt(workspace: Workspace, folder: Path) -> Path:
    """The folder of a campaign whose pilot is dealt out to three people, two for each task."""
    members.save(folder / "people.csv", [Member(name, 6) for name in NAMES])
    assign(workspace, "sikap", at=START, round_="pilot", n=2)
    return folder


def table(folder: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.read_table(folder / "assignments.parquet").to_pylist()
    return rows


def numbers(folder: Path, annotator: str, state: str = "open") -> dict[str, tuple[int, int]]:
    """Project and number of an annotator's tasks, as the assignments have them."""
    return {
        row["task_key"]: (int(row["project"]), row["task_id"])
        for row in table(folder)
        if (row["annotator"], row["state"]) == (annotator, state) and row["project"]
    }


def answer(who: Any, number: int, value: str = "favor") -> Any:
    result = [
        {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [chosen]}}
        for question, chosen in (("stance", value), ("whose", "outlet"), ("confidence", "sure"))
    ]
    return who.annotations.create(id=number, result=result, lead_time=30.0)


def there(remote: Remote, folder: Path) -> dict[str, list[str]]:
    """The keys in each annotator's project of today, in order."""
    found = {}
    for project in Record(folder).of(remote.url):
        found[project.title.split()[1]] = [task.key for task in remote.held(project.id)]
    return found


def files(folder: Path) -> dict[str, list[str]]:
    """The keys in each annotator's file, in order."""
    return {
        path.stem.split("-")[1]: [task["data"]["task_key"] for task in json.loads(path.read_text(encoding="utf-8"))]
        for path in folder.glob("tasks-a*.json")
    }


# -- without a server -----------------------------------------------------------------------------

NOBODY: Any = None


def test_nothing_is_assigned_yet(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing of 'sikap' is assigned yet\. Run: curation label assign sikap"):
        push_queues(workspace, "sikap", NOBODY)


def test_somebody_without_a_queue(workspace: Workspace, dealt: Path) -> None:
    with pytest.raises(UsageError, match=r"nothing is assigned to 'a09'\. There are: a01, a02, a03"):
        push_queues(workspace, "sikap", NOBODY, only="a09")


def test_tasks_of_an_older_guideline_are_dealt_out_first(workspace: Workspace, dealt: Path) -> None:
    change(dealt, "1.1", "none")
    with pytest.raises(DataError, match=r"dealt out under guideline 1\.0; now it is 1\.1") as error:
        push_queues(workspace, "sikap", NOBODY)
    assert "curation label assign sikap, with the same --portion" in str(error.value.remedy)


def test_a_page_changed_without_a_new_version_is_told(workspace: Workspace, dealt: Path) -> None:
    book = dealt / "codebook.toml"
    book.write_text(book.read_text(encoding="utf-8").replace('"Mendukung"', '"Setuju"'), encoding="utf-8")
    with pytest.raises(DataError, match="the codebook was changed since these tasks were made") as error:
        push_queues(workspace, "sikap", NOBODY)
    assert "curation label assign sikap" in str(error.value.remedy)


def test_two_pushes_at_once(workspace: Workspace, dealt: Path) -> None:
    with lock(dealt), pytest.raises(UsageError, match="another push or pull of this campaign is at work"):
        push_queues(workspace, "sikap", NOBODY)


# -- on a server ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_each_queue_goes_into_its_own_project(workspace: Workspace, dealt: Path, remote: Remote) -> None:
    steps: list[tuple[int, int]] = []
    made = push_queues(workspace, "sikap", remote, progress=lambda done, total: steps.append((done, total)))
    queues = files(dealt)
    assert there(remote, dealt) == queues  # in the person's own order
    assert {one.annotator: (one.sent, one.there, one.removed) for one in made.queues} == {
        name: (len(keys), 0, 0) for name, keys in queues.items()
    }
    assert [one.project for one in made.queues] == [f"sikap {name} 1.0" for name in NAMES]
    total = sum(map(len, queues.values()))
    assert steps == sorted(steps)
    assert (steps[0], steps[-1]) == ((0, total), (total, total))
    # the assignments know where each task is, at once
    for one in made.queues:
        held = {task.key: task.id for task in remote.held(int(one.address.rpartition("/")[2]))}
        assert numbers(dealt, one.annotator) == {
            key: (int(one.address.rpartition("/")[2]), number) for key, number in held.items()
        }
    before = table(dealt)
    again = push_queues(workspace, "sikap", remote)
    assert [(one.sent, one.there) for one in again.queues] == [(0, len(queues[name])) for name in NAMES]
    assert (again.notes, table(dealt)) == ((), before)


@pytest.mark.slow
def test_one_queue_only(workspace: Workspace, dealt: Path, remote: Remote) -> None:
    made = push_queues(workspace, "sikap", remote, only="a02")
    assert [one.annotator for one in made.queues] == ["a02"]
    assert there(remote, dealt) == {"a02": files(dealt)["a02"]}
    assert numbers(dealt, "a01") == {}


@pytest.mark.slow
def test_what_was_taken_back_leaves_unless_it_was_answered(
    workspace: Workspace, dealt: Path, remote: Remote, people: dict[str, Any], account: Callable[[str], Any]
) -> None:
    push_queues(workspace, "sikap", remote)
    own = list(numbers(dealt, "a03").items())
    answered, late = own[0], own[1]
    answer(people["a03"], answered[1][1])
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    members.save(dealt / "people.csv", [*(Member(name, 6) for name in NAMES), Member("a04", 6)])
    gone = reassign(workspace, "sikap", at=LATER, leaves="a03")
    assert len(gone.to_delete) == len(own) - 1
    answer(people["a03"], late[1][1])  # after the last pull
    made = push_queues(workspace, "sikap", remote)
    (one,) = [one for one in made.queues if one.annotator == "a03"]
    assert (one.sent, one.there, one.removed) == (0, 0, len(own) - 2)
    assert made.answered_meanwhile == (("a03", late[0]),)
    assert [note for note in made.notes if "answered since the last pull (a03 1)" in note]
    assert {task.key for task in remote.held(own[0][1][0])} == {answered[0], late[0]}
    assert set(numbers(dealt, "a03", "withdrawn")) == {late[0]}
    # nobody misses what left, and the late answer counts
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    again = assign(workspace, "sikap", at=LATER, round_="pilot", n=2)
    assert again.to_delete == () or {project for project, _ in again.to_delete} != {str(own[0][1][0])}
    made = push_queues(workspace, "sikap", remote)
    assert made.answered_meanwhile == ()
    assert {row["task_key"] for row in table(dealt) if (row["annotator"], row["state"]) == ("a03", "answered")} == {
        answered[0],
        late[0],
    }


@pytest.mark.slow
def test_what_was_answered_under_the_older_guideline_is_not_asked_again(
    workspace: Workspace, dealt: Path, remote: Remote, people: dict[str, Any]
) -> None:
    """Answered, not pulled, and the guideline changes without touching anything."""
    push_queues(workspace, "sikap", remote)
    (key, (old, number)), *rest = numbers(dealt, "a01").items()
    answer(people["a01"], number)
    change(dealt, "1.1", "none")
    assign(workspace, "sikap", at=LATER, round_="pilot")
    made = push_queues(workspace, "sikap", remote)
    assert made.answered_meanwhile == (("a01", key),)
    assert [task.key for task in remote.held(old)] == [key]
    new = Record(dealt).of(remote.url, "sikap a01 1.1")[0].id
    assert {task.key for task in remote.held(new)} == {one for one, _ in rest}
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    assign(workspace, "sikap", at=LATER, round_="pilot")
    made = push_queues(workspace, "sikap", remote)
    assert (made.answered_meanwhile, made.notes) == ((), ())
    assert key not in {task.key for task in remote.held(new)}


@pytest.mark.slow
@pytest.mark.parametrize("failpoint", ["push:queue-a01", "push:queue-a03"])
def test_a_killed_push_of_queues_goes_on(
    workspace: Workspace, dealt: Path, remote: Remote, environment: Mapping[str, str], failpoint: str
) -> None:
    known = {**os.environ, **environment, "CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "curation", "label", "push", "sikap"]
    done = subprocess.run(command, cwd=workspace.root, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    before = there(remote, dealt)
    assert list(before) == list(NAMES[: int(failpoint[-1])])
    again = push_queues(workspace, "sikap", remote)
    assert there(remote, dealt) == files(dealt)
    assert sum(one.sent for one in again.queues) == sum(map(len, files(dealt).values())) - sum(
        map(len, before.values())
    )
    assert all(row["task_id"] for row in table(dealt) if row["state"] == "open")


@pytest.mark.slow
def test_what_annotators_break_is_told_and_mended(
    workspace: Workspace, dealt: Path, remote: Remote, people: dict[str, Any], admin: Any
) -> None:
    """One deletes open tasks, another answered ones, a third changes the page; a project goes as a whole."""
    push_queues(workspace, "sikap", remote)
    (lost, (_, one)), *_ = numbers(dealt, "a01").items()
    (said, (project, two)), (also, (_, three)), *_ = numbers(dealt, "a02").items()
    answer(people["a02"], two)
    answer(people["a02"], three, "against")
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    known = store.read_table(dealt / "annotations.parquet").to_pylist()

    people["a02"].tasks.delete(id=str(one))
    people["a01"].tasks.delete(id=str(two))
    people["a01"].annotations.delete(id=next(row["annotation_id"] for row in known if row["task_key"] == also))
    third = Record(dealt).of(remote.url, "sikap a03 1.0")[0].id
    page = Campaign(dealt).page.read_text(encoding="utf-8")
    people["a01"].projects.update(third, label_config=page.replace('"Mendukung"', '"Mengecam"'))
    told = pull_campaign(workspace, "sikap", remote).problems
    assert {(problem.task_key, problem.remedy.rpartition("curation label ")[2]) for problem in told} == {
        (lost, "push sikap"),
        (said, "push sikap"),
        (said, "restore sikap"),
        (also, "restore sikap"),
        ("", "push sikap --repair"),
    }
    made = push_queues(workspace, "sikap", remote)
    assert made.notes == (f"a01: 1 tasks had been deleted on the server and are back: {lost}",)
    (refused,) = made.refused
    assert refused.startswith(
        f"a03: {remote.url}/projects/{third}/settings/labeling: somebody changed the labelling page"
    )
    assert refused.endswith("Put it back with: curation label push sikap --repair")
    made = push_queues(workspace, "sikap", remote, repair=True)
    assert (made.refused, [note.partition("; ")[0] for note in made.notes]) == ((), ["a03: the page is put back"])
    # what was answered is not asked again, but restored
    assert said not in {task.key for task in remote.held(project)}
    found, titles = restore(workspace, "sikap")
    assert (found.answers, found.still_there) == (2, ())
    ((file, title),) = titles.items()
    assert (file.name, title) == (f"restore-{project}.json", "sikap a02 1.0")
    pushed = push_campaign(workspace, "sikap", remote, file=file, title=title).pushed
    assert (pushed.sent, pushed.removed, pushed.doubled) == (2, 1, ())
    assert pull_campaign(workspace, "sikap", remote).problems == ()

    def without_place(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{name: row[name] for name in row.keys() - {"annotation_id", "updated_by", "source"}} for row in rows]

    # as they were given: by whom, under which guideline, and when
    assert without_place(store.read_table(dealt / "annotations.parquet").to_pylist()) == without_place(known)
    assert restore(workspace, "sikap")[0].answers == 0
    assert push_campaign(workspace, "sikap", remote, file=file, title=title).pushed.sent == 0

    admin.projects.delete(project)
    assert any("was deleted on the server" in p.what for p in pull_campaign(workspace, "sikap", remote).problems)
    again = push_queues(workspace, "sikap", remote)
    assert any("was deleted on the server; it is made anew" in note for note in again.notes)
    new = Record(dealt).of(remote.url, "sikap a02 1.0")[0].id
    assert {task.key for task in remote.held(new)} == set(files(dealt)["a02"]) - {said, also}
    # its answers come back too, into the new one
    found, titles = restore(workspace, "sikap")
    assert (found.answers, titles) == (2, {file: title})
    assert push_campaign(workspace, "sikap", remote, file=file, title=title).project == new
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    assert without_place(store.read_table(dealt / "annotations.parquet").to_pylist()) == without_place(known)
    assert restore(workspace, "sikap")[0].answers == 0


@pytest.mark.slow
def test_as_the_coordinator_types_it(
    workspace: Workspace, folder: Path, environment: Mapping[str, str], remote: Remote
) -> None:
    members.save(folder / "people.csv", [Member(name, 6) for name in NAMES])

    def curation(*arguments: str) -> subprocess.CompletedProcess[str]:
        known = {**os.environ, **environment, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "curation", "label", *arguments]
        return subprocess.run(command, cwd=workspace.root, env=known, capture_output=True, text=True, check=False)

    done = curation("assign", "sikap", "--round", "pilot", "-n", "2")
    assert done.returncode == 0, done.stderr
    assert "\nNext, with a server: curation label push sikap\n" in done.stderr
    done = curation("push", "sikap")
    assert done.returncode == 0, done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["sent", "there", "removed", "project"]
    queues = files(folder)
    for row, name in zip(rows, NAMES, strict=True):
        title = project_title("sikap", name, "1.0")
        (project,) = Record(folder).of(remote.url, title)
        assert row.split() == [
            name, str(len(queues[name])), "0", "0", *title.split(), f"{remote.url}/projects/{project.id}",
        ]  # fmt: skip
    assert "Next: send each their message and address" in done.stderr
    done = curation("push", "sikap", "--only", "a01", "--json")
    assert [(one["sent"], one["there"]) for one in json.loads(done.stdout)["queues"]] == [(0, len(queues["a01"]))]
    done = curation("push", "sikap", "--only", "a01", "--project", "lain")
    assert done.returncode == 2
    assert "--only goes with the queues" in done.stderr
    done = curation("push", "sikap", "--only", "a09")
    assert (done.returncode, "nothing is assigned to 'a09'" in done.stderr) == (2, True)
