"""Pulls from a real server: every answer once, and none that is not its author's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import store
from curation.annotation.annotators import load
from curation.annotation.campaign import Campaign
from curation.annotation.project.remote import Remote
from curation.annotation.server import Server
from curation.errors import UsageError
from curation.verbs.labelling import pull_export
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import Push, push_campaign
from curation.workspace import Workspace
from tests.annotation.project.conftest import Make

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]


def stance(value: str) -> dict[str, Any]:
    return {"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": [value]}}


def mark(text: str, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    held = {"start": start, "end": start + len(quote), "text": quote, "labels": ["quote"]}
    return {"from_name": "evidence", "to_name": "text", "type": "labels", "value": held}


def answered(campaign: Campaign) -> dict[tuple[str, str], set[str | None]]:
    """What each person said of each task, by task and account."""
    emails = {row.annotator: row.email.partition("@")[0] for row in load(campaign.annotators).rows}
    said: dict[tuple[str, str], set[str | None]] = {}
    for row in store.read_table(campaign.annotations).to_pylist():
        said.setdefault((row["task_key"], emails[row["annotator"]]), set()).add(row["value"])
    return said


def refused(campaign: Campaign) -> list[tuple[str, str]]:
    listed = json.loads(campaign.quarantine.read_text(encoding="utf-8"))
    return [(problem["task_key"], problem["what"]) for found in listed.values() for problem in found]


def begin(workspace: Workspace, make: Make, remote: Remote, n: int) -> tuple[Campaign, Push]:
    campaign = make(n)
    return campaign, push_campaign(workspace, campaign.name, remote, people=2)


def test_answers_come_back_once(workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]) -> None:
    campaign, made = begin(workspace, make, remote, 4)
    (one, first), (two, second), *_ = made.pushed.tasks
    sari, bayu = annotators
    sari.annotations.create(id=first, result=[stance("favor")], lead_time=9.0)
    bayu.annotations.create(id=first, result=[stance("against")], lead_time=9.0)
    lines: list[str] = []
    answers = pull_campaign(workspace, campaign.name, remote, progress=lines.append)
    assert (answers.rows, answers.annotators, answers.problems) == (2, 2, ())
    assert answered(campaign) == {(one, "sari"): {"favor"}, (one, "bayu"): {"against"}}
    (export,) = campaign.exports.iterdir()
    kept = json.loads(export.read_text(encoding="utf-8"))
    assert [task["data"]["task_key"] for task in kept] == [one]  # only what was answered

    pull_campaign(workspace, campaign.name, remote, progress=lines.append)
    assert list(campaign.exports.iterdir()) == [export]
    assert lines[-1] == f"{campaign.name} pilot: unchanged"

    sari.annotations.create(id=second, result=[], was_cancelled=True)
    pull_campaign(workspace, campaign.name, remote)
    assert answered(campaign) == {
        (one, "sari"): {"favor"},
        (one, "bayu"): {"against"},
        (two, "sari"): {None},
    }
    assert len(list(campaign.exports.iterdir())) == 2


def test_spans_come_back_where_they_were_marked(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 1)
    text = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))[0]["data"]["text"]
    quotes = ["😀 menolak  tarif", "𝐊𝐞𝐩𝐚𝐥𝐚 dinas", "👨‍👩‍👧 menjelaskan", "Laporan 0"]
    result = [stance("favor"), *(mark(text, quote) for quote in quotes)]
    annotators[0].annotations.create(id=made.pushed.tasks[0][1], result=result)
    assert pull_campaign(workspace, campaign.name, remote).problems == ()
    rows = [row for row in store.read_table(campaign.annotations).to_pylist() if row["question"] == "evidence"]
    assert [row["quote"] for row in rows] == quotes
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_the_server_and_a_file_give_the_same(
    workspace: Workspace, make: Make, remote: Remote, admin: Any, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 3)
    for number, (_, task) in enumerate(made.pushed.tasks):
        annotators[number % 2].annotations.create(id=task, result=[stance("favor")])
    pull_campaign(workspace, campaign.name, remote)
    online = store.read_table(campaign.annotations).drop_columns("source")
    for file in (campaign.annotations, campaign.labels):
        file.unlink()
    path = campaign.folder / "ekspor.json"
    path.write_text(json.dumps(admin.projects.exports.as_json(made.project)), encoding="utf-8")
    pull_export(workspace, campaign.name, path)
    assert store.read_table(campaign.annotations).drop_columns("source") == online


def test_an_answer_that_somebody_else_changed_is_held_back(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 2)
    (one, first), (two, second) = made.pushed.tasks
    sari, bayu = annotators
    read = sari.annotations.create(id=first, result=[stance("favor")])
    pull_campaign(workspace, campaign.name, remote)
    unread = sari.annotations.create(id=second, result=[stance("favor")])
    for annotation in (read, unread):
        bayu.annotations.update(id=annotation.id, result=[stance("against")])
    answers = pull_campaign(workspace, campaign.name, remote)
    assert answered(campaign) == {(one, "sari"): {"favor"}}
    assert {task: what.partition(" of ")[2].partition("; ")[2] for task, what in refused(campaign)} == {
        one: "what was read before stays",
        two: "it is not used",
    }
    assert {problem.what.split()[1] for problem in answers.problems} == {"changed"}
    again = pull_campaign(workspace, campaign.name, remote)
    assert set(again.problems) == set(answers.problems)  # nothing is asked, and nothing is forgotten

    for annotation in (read, unread):
        sari.annotations.update(id=annotation.id, result=[stance("neutral")])
    assert pull_campaign(workspace, campaign.name, remote).problems == ()
    assert answered(campaign) == {(one, "sari"): {"neutral"}, (two, "sari"): {"neutral"}}
    assert refused(campaign) == []


def test_what_was_deleted_is_kept_and_told(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 3)
    sari, bayu = annotators
    for _, number in made.pushed.tasks:
        last = sari.annotations.create(id=number, result=[stance("favor")])
    pull_campaign(workspace, campaign.name, remote)
    before = answered(campaign)
    bayu.annotations.delete(id=last.id)
    bayu.tasks.delete(str(made.pushed.tasks[0][1]))
    answers = pull_campaign(workspace, campaign.name, remote)
    assert answered(campaign) == before
    keys = [key for key, _ in made.pushed.tasks]
    assert sorted(refused(campaign)) == sorted(
        [
            (keys[0], "this task was deleted on the server"),
            *((key, _deleted(campaign)) for key in (keys[0], keys[2])),
        ]
    )
    assert {problem.remedy for problem in answers.problems} == {
        f"Put it back with: curation label push {campaign.name}",
        f"Put it back with: curation label restore {campaign.name}",
    }


def test_restored_answers_take_the_place_of_deleted_ones(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 3)
    sari, bayu = annotators
    given = [sari.annotations.create(id=number, result=[stance("favor")]) for _, number in made.pushed.tasks]
    pull_campaign(workspace, campaign.name, remote)
    before = answered(campaign)
    bayu.annotations.delete(id=given[0].id)
    bayu.tasks.delete(str(made.pushed.tasks[1][1]))
    assert len(pull_campaign(workspace, campaign.name, remote).problems) == 3

    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    for task in tasks:
        task["data"]["guideline_version"] = "1.0"
    answer = {"completed_by": {"email": "sari@kampus.example"}, "result": [stance("favor")]}
    file = campaign.folder / "restore.json"
    file.write_text(json.dumps([{**task, "annotations": [answer]} for task in tasks]), encoding="utf-8")
    again = push_campaign(workspace, campaign.name, remote, file=file)
    assert (again.pushed.sent, again.pushed.removed, again.pushed.doubled) == (2, 1, ())
    answers = pull_campaign(workspace, campaign.name, remote)
    assert answers.problems == ()
    assert answered(campaign) == before
    versions = {row["task_key"]: row["guideline_version"] for row in store.read_table(campaign.annotations).to_pylist()}
    keys = [key for key, _ in made.pushed.tasks]
    assert versions == {keys[0]: "1.0", keys[1]: "1.0", keys[2]: "1.1"}  # what was restored keeps its own


def _deleted(campaign: Campaign) -> str:
    (sari,) = [row.annotator for row in load(campaign.annotators).rows if row.email.startswith("sari")]
    return f"this answer of {sari} was deleted on the server; it is kept as it was"


def test_answers_on_a_changed_page_are_held_in_doubt(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 2)
    (one, first), (two, second) = made.pushed.tasks
    sari, bayu = annotators
    sari.annotations.create(id=first, result=[stance("favor")])
    pull_campaign(workspace, campaign.name, remote)
    page = campaign.page.read_text(encoding="utf-8")
    bayu.projects.update(made.project, label_config=page.replace('"Mendukung"', '"Mengecam"'))
    late = sari.annotations.create(id=second, result=[stance("favor")])
    answers = pull_campaign(workspace, campaign.name, remote)
    assert answered(campaign) == {(one, "sari"): {"favor"}}
    assert [problem.task_key for problem in answers.problems] == ["", two]
    assert str(answers.problems[0]).startswith("somebody changed the labelling page of project")
    assert answers.problems[0].remedy == f"Put it back with: curation label push {campaign.name} --repair"

    push_campaign(workspace, campaign.name, remote, repair=True)
    answers = pull_campaign(workspace, campaign.name, remote)
    assert [problem.task_key for problem in answers.problems] == [two]  # still what the other page asked for
    time.sleep(2.1)  # the server's clock tells whole seconds
    sari.annotations.update(id=late.id, result=[stance("against")])
    assert pull_campaign(workspace, campaign.name, remote).problems == ()
    assert answered(campaign) == {(one, "sari"): {"favor"}, (two, "sari"): {"against"}}


def test_an_answer_carries_the_guideline_of_its_time(
    workspace: Workspace, make: Make, remote: Remote, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 2)
    (one, first), (two, second) = made.pushed.tasks
    annotators[0].annotations.create(id=first, result=[stance("favor")])
    entry = '[[changelog]]\nversion = "1.2"\ndate = "2026-03-01"\neffect = "none"\nnote = "Contoh baru."\n\n'
    old = campaign.codebook.read_text(encoding="utf-8").replace(
        'guideline_version = "1.1"', 'guideline_version = "1.2"'
    )
    campaign.codebook.write_text(old.replace("[[question]]", f"{entry}[[question]]", 1), encoding="utf-8")
    make(2)
    time.sleep(1.1)  # the server's clock tells whole seconds
    again = push_campaign(workspace, campaign.name, remote)
    assert again.notes == ("the project has the page and instruction of guideline 1.2 now",)
    annotators[0].annotations.create(id=second, result=[stance("favor")])
    assert pull_campaign(workspace, campaign.name, remote).problems == ()
    rows = store.read_table(campaign.annotations).to_pylist()
    assert {row["task_key"]: row["guideline_version"] for row in rows} == {one: "1.1", two: "1.2"}


@pytest.mark.parametrize("failpoint", ["pull:after-export", "pull:before-record"])
def test_a_killed_pull_loses_and_doubles_nothing(
    workspace: Workspace,
    make: Make,
    remote: Remote,
    annotators: list[Any],
    environment: Mapping[str, str],
    failpoint: str,
) -> None:
    campaign = make(3, name=f"terbunuh-{failpoint[5:]}")
    made = push_campaign(workspace, campaign.name, remote)
    for _, number in made.pushed.tasks:
        annotators[0].annotations.create(id=number, result=[stance("favor")])
    known = {**os.environ, **environment, "CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "curation", "label", "pull", campaign.name]
    done = subprocess.run(command, cwd=workspace.root, env=known, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    answers = pull_campaign(workspace, campaign.name, remote)
    assert (answers.rows, answers.problems) == (3, ())
    assert answered(campaign) == {(key, "sari"): {"favor"} for key, _ in made.pushed.tasks}


def test_a_deleted_project_keeps_its_answers(
    workspace: Workspace, make: Make, remote: Remote, admin: Any, annotators: list[Any]
) -> None:
    campaign, made = begin(workspace, make, remote, 1)
    annotators[0].annotations.create(id=made.pushed.tasks[0][1], result=[stance("favor")])
    pull_campaign(workspace, campaign.name, remote)
    admin.projects.delete(made.project)
    answers = pull_campaign(workspace, campaign.name, remote)
    assert answers.rows == 1
    assert "was deleted on the server; its answers are kept as they were" in answers.problems[0].what


def test_a_campaign_that_was_not_pushed_is_told(workspace: Workspace, make: Make, remote: Remote) -> None:
    campaign = make(1)
    with pytest.raises(UsageError, match="no tasks of 'a-campaign-that-was-not-pushed-is-told' were pushed"):
        pull_campaign(workspace, campaign.name, remote)


def test_from_the_command_line(
    workspace: Workspace, make: Make, annotators: list[Any], environment: Mapping[str, str], running: Server
) -> None:
    campaign = make(3)

    def curation(*arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        known = {**os.environ, **environment, "PYTHONPATH": str(ROOT), **changed}
        command = [sys.executable, "-m", "curation", "label", *arguments]
        return subprocess.run(command, cwd=workspace.root, env=known, capture_output=True, text=True, check=False)

    done = curation("push", campaign.name, "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert (made["sent"], made["tasks"], made["address"]) == (3, 3, f"{running.url}/projects/{made['project']}")
    tasks = [row.id for row in annotators[0].tasks.list(project=made["project"]).items]
    annotators[0].annotations.create(id=tasks[0], result=[stance("favor")])
    annotators[0].annotations.create(id=tasks[1], result=[stance("Mendukung")])
    done = curation("pull", campaign.name)
    assert done.returncode == 1
    assert "'Mendukung' is no value of 'stance'" in done.stderr
    assert store.read_table(campaign.annotations)["value"] == pa.chunked_array([["favor"]])

    missing = curation("push", campaign.name, LABEL_STUDIO_API_KEY="")
    assert missing.returncode == 2
    assert "LABEL_STUDIO_API_KEY not set in the environment" in missing.stderr
    wrong = curation("push", campaign.name, LABEL_STUDIO_API_KEY="0" * 40)
    assert (wrong.returncode, "0" * 40 in wrong.stderr) == (2, False)
    assert "Label Studio does not know this token. Set LABEL_STUDIO_API_KEY" in wrong.stderr
    down = curation("pull", campaign.name, LABEL_STUDIO_URL="http://127.0.0.1:9")
    assert down.returncode == 2
    assert "no Label Studio answers there" in down.stderr
