"""Pushes to a real server: once each, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from curation.annotation.campaign import Campaign
from curation.annotation.project import push as pushing
from curation.annotation.project.push import push
from curation.annotation.project.record import Record, lock
from curation.annotation.project.remote import Remote, connect
from curation.errors import DataError, UsageError
from curation.verbs.project.push import push_campaign
from curation.workspace import Workspace
from tests.annotation.project.conftest import Make

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
Keys = Callable[[Campaign], list[str]]


def held(remote: Remote, project: int) -> Counter[str]:
    return Counter(task.key for task in remote.held(project))


def test_a_push_sends_each_task_once(workspace: Workspace, make: Make, remote: Remote, keys: Keys) -> None:
    campaign = make(7)
    first = push_campaign(workspace, campaign.name, remote)
    assert (first.pushed.sent, first.pushed.known, first.notes) == (7, 0, ())
    assert held(remote, first.project) == Counter(keys(campaign))
    about = remote.about(first.project)
    assert about
    assert about.page == campaign.page.read_text(encoding="utf-8")
    assert about.title == f"{campaign.name} pilot"

    second = push_campaign(workspace, campaign.name, remote)
    assert (second.project, second.pushed.sent, second.pushed.known) == (first.project, 0, 7)
    make(9)
    third = push_campaign(workspace, campaign.name, remote)
    assert (third.project, third.pushed.sent, third.pushed.known) == (first.project, 2, 7)
    assert held(remote, first.project) == Counter(keys(campaign))


def test_any_tasks_go_into_any_project(workspace: Workspace, make: Make, remote: Remote, keys: Keys) -> None:
    campaign = make(6)
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    for name, share in (("a01", tasks[:4]), ("a02", tasks[2:])):
        file = campaign.folder / f"tasks-{name}.json"
        file.write_text(json.dumps(share), encoding="utf-8")
        made = push_campaign(workspace, campaign.name, remote, file=file, title=f"bagian {name}")
        assert [task.key for task in remote.held(made.project)] == [task["data"]["task_key"] for task in share]
    assert [project.title for project in Record(campaign.folder).projects] == ["bagian a01", "bagian a02"]


def test_a_lost_record_finds_its_project_again(workspace: Workspace, make: Make, remote: Remote) -> None:
    campaign = make(2)
    first = push_campaign(workspace, campaign.name, remote)
    (campaign.folder / "projects.json").unlink()
    again = push_campaign(workspace, campaign.name, remote)
    assert (again.project, again.pushed.sent) == (first.project, 0)


@pytest.mark.parametrize("failpoint", ["push:after-2000", ""])
def test_a_killed_push_goes_on(
    workspace: Workspace,
    make: Make,
    remote: Remote,
    keys: Keys,
    environment: Mapping[str, str],
    failpoint: str,
) -> None:
    """Killed between two requests; and killed by another process while a request is under way."""
    campaign = make(4_500, name=f"terbunuh-{'antara' if failpoint else 'tengah'}")
    command = [sys.executable, "-m", "curation", "label", "push", campaign.name]
    known = {**os.environ, **environment, "CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=workspace.root, env=known, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    if not failpoint:
        for line in process.stderr:
            if line.startswith("sent 1,000"):
                process.kill()  # the second thousand is under way
                break
    _, said = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, said
    project = remote.find(f"{campaign.name} pilot", f"curation: {campaign.name} {campaign.identity}")
    assert project
    there = sum(held(remote, project).values())
    assert there == 2_000 if failpoint else 0 < there < 4_500
    again = push_campaign(workspace, campaign.name, remote)
    assert again.project == project
    assert again.pushed.sent < 4_500
    assert held(remote, project) == Counter(keys(campaign))


def test_two_pushes_in_one_workspace_do_not_meet(workspace: Workspace, make: Make, remote: Remote) -> None:
    campaign = make(3)
    with lock(campaign.folder), pytest.raises(UsageError, match="another push or pull of this campaign is at work"):
        push_campaign(workspace, campaign.name, remote)


def test_two_pushes_from_two_machines_end_with_one_of_each(
    make: Make, remote: Remote, keys: Keys, environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pushing, "ROWS", 25)
    campaign = make(300)
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    project = remote.create("dua mesin", campaign.page.read_text(encoding="utf-8"), "", note="dua mesin")
    ready = threading.Barrier(2)
    found: list[pushing.Pushed] = []

    def one() -> None:
        def meet(done: int, total: int) -> None:
            if done == 0:
                ready.wait(60)  # both have listed, neither has sent

        with connect(environment) as own:
            found.append(push(own, project, tasks, progress=meet))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert [pushed.sent for pushed in found] == [300, 300]
    assert sum(pushed.removed for pushed in found) >= 300
    assert held(remote, project) == Counter(keys(campaign))


def test_an_answered_twin_stays(make: Make, remote: Remote, admin: Any) -> None:
    campaign = make(3)
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    project = remote.create("kembar", campaign.page.read_text(encoding="utf-8"), "", note="kembar")
    remote.add(project, tasks)
    twins = remote.add(project, tasks[:2])
    originals = [task.id for task in remote.held(project)][:3]
    stance = [{"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": ["favor"]}}]
    admin.annotations.create(id=twins[0], result=stance)
    admin.annotations.create(id=twins[1], result=stance)
    admin.annotations.create(id=originals[1], result=stance)
    pushed = push(remote, project, tasks)
    assert (pushed.sent, pushed.removed) == (0, 1)
    assert pushed.doubled == (tasks[1]["data"]["task_key"],)
    assert [task.id for task in remote.held(project)] == [originals[1], originals[2], *twins]


def test_deleted_tasks_come_back(workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]) -> None:
    campaign = make(5)
    first = push_campaign(workspace, campaign.name, remote)
    lost = first.pushed.tasks[1:3]
    for _, number in lost:
        annotators[0].tasks.delete(str(number))  # any annotator may
    again = push_campaign(workspace, campaign.name, remote)
    assert again.pushed.restored == tuple(key for key, _ in lost)
    assert again.notes == (f"2 tasks had been deleted on the server and are back: {lost[0][0]}, {lost[1][0]}",)
    assert len(list(remote.held(first.project))) == 5


def test_a_deleted_project_is_made_anew(workspace: Workspace, make: Make, remote: Remote, admin: Any) -> None:
    campaign = make(2)
    first = push_campaign(workspace, campaign.name, remote)
    admin.projects.delete(first.project)
    again = push_campaign(workspace, campaign.name, remote)
    assert again.project != first.project
    assert again.pushed.sent == 2
    assert again.notes == (f"project {first.project} '{first.title}' was deleted on the server; it is made anew",)
    assert [project.id for project in Record(campaign.folder).projects] == [again.project]


def test_a_changed_page_stops_a_push_until_it_is_put_back(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign = make(2)
    made = push_campaign(workspace, campaign.name, remote)
    ours = campaign.page.read_text(encoding="utf-8")
    annotators[1].projects.update(made.project, label_config=ours.replace("Mendukung", "Setuju"))
    with pytest.raises(DataError, match="somebody changed the labelling page") as error:
        push_campaign(workspace, campaign.name, remote)
    assert error.value.remedy == f"Put it back with: curation label push {campaign.name} --repair"
    repaired = push_campaign(workspace, campaign.name, remote, repair=True)
    assert "held in doubt" in repaired.notes[0]
    about = remote.about(made.project)
    assert about
    assert about.page == ours
    assert push_campaign(workspace, campaign.name, remote).notes == ()


def test_a_new_codebook_gives_the_project_its_page(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign = make(3)
    made = push_campaign(workspace, campaign.name, remote)
    stance = [{"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": ["favor"]}}]
    annotators[0].annotations.create(id=made.pushed.tasks[0][1], result=stance)
    changed = campaign.codebook.read_text(encoding="utf-8").replace('shown = "Menolak"', 'shown = "Tidak setuju"')
    campaign.codebook.write_text(changed, encoding="utf-8")
    with pytest.raises(DataError, match="the codebook was changed since these tasks were made"):
        push_campaign(workspace, campaign.name, remote)
    make(3)  # exports them again
    again = push_campaign(workspace, campaign.name, remote)
    assert (again.pushed.sent, again.pushed.renewed) == (0, 0)
    assert again.notes == ("the project has the page and instruction of guideline 1.1 now",)
    about = remote.about(made.project)
    assert about
    assert about.page == campaign.page.read_text(encoding="utf-8")


def test_a_changed_text_replaces_what_nobody_has_answered(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign = make(2)
    made = push_campaign(workspace, campaign.name, remote)
    stance = [{"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": ["favor"]}}]
    annotators[0].annotations.create(id=made.pushed.tasks[0][1], result=stance)
    make(2, text="Warga setuju.")
    again = push_campaign(workspace, campaign.name, remote)
    assert (again.pushed.sent, again.pushed.renewed) == (0, 1)
    assert again.pushed.outdated == (made.pushed.tasks[0][0],)


def test_fifty_megabytes_in_one_go(workspace: Workspace, make: Make, remote: Remote, keys: Keys) -> None:
    campaign = make(1_000, text="Warga menolak tarif parkir 😀. " * 1_510)
    assert campaign.tasks_json.stat().st_size > 50e6
    batches: list[int] = []
    made = push_campaign(workspace, campaign.name, remote, progress=lambda done, total: batches.append(done))
    assert batches == [0, 1_000]
    assert held(remote, made.project) == Counter(keys(campaign))


def test_a_wrong_token_is_told(environment: dict[str, str]) -> None:
    with (
        pytest.raises(UsageError, match="Label Studio does not know this token") as error,
        connect({**environment, "LABEL_STUDIO_API_KEY": "salah" * 8}),
    ):
        pass
    assert "salah" not in str(error.value)


def test_tasks_of_another_campaign_are_refused(workspace: Workspace, make: Make, remote: Remote) -> None:
    campaign = make(2)
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    tasks[1]["data"]["task_key"] = "f" * 16
    campaign.tasks_json.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.raises(DataError, match="task ffffffffffffffff is none of this campaign"):
        push_campaign(workspace, campaign.name, remote)


@pytest.mark.parametrize("title", ["ab", "s" * 51])
def test_a_title_that_the_server_refuses_is_told(workspace: Workspace, make: Make, remote: Remote, title: str) -> None:
    campaign = make(1)
    with pytest.raises(UsageError, match="is no title for a project"):
        push_campaign(workspace, campaign.name, remote, title=title)


def test_nothing_of_the_token_is_kept(
    workspace: Workspace, make: Make, remote: Remote, environment: dict[str, str]
) -> None:
    campaign = make(1)
    push_campaign(workspace, campaign.name, remote)
    token = environment["LABEL_STUDIO_API_KEY"].encode()
    files = [path for path in Path(workspace.root).rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path for path in files if token in path.read_bytes()]
