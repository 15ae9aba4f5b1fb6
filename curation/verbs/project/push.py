"""label push: a campaign's tasks into a project on a Label Studio server."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation import campaign as campaigns
from curation.annotation import instruction, page
from curation.annotation.project import push as pushing
from curation.annotation.project.record import Page, Project, Record, Spell, lock
from curation.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.annotation.project.push import Pushed, Task
    from curation.annotation.project.remote import Remote
    from curation.workspace import Workspace


class PageError(DataError):
    """Somebody changed a labelling page on the server."""


@dataclass(frozen=True)
class Push:
    """What a push did, and where."""

    project: int
    title: str
    address: str
    pushed: Pushed
    #: what was not as an earlier push left it
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``: without the list of all tasks."""
        counts = {name: value for name, value in vars(self.pushed).items() if name != "tasks"}
        found = {name: value for name, value in vars(self).items() if name != "pushed"}
        return {**found, **counts, "tasks": len(self.pushed.tasks)}


def push_campaign(
    workspace: Workspace,
    name: str,
    remote: Remote,
    *,
    file: Path | None = None,
    title: str | None = None,
    people: int = 1,
    repair: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Push:
    """Bring tasks of a campaign into a project, which is made where it is missing.

    Args:
        workspace: with the campaign.
        name: the campaign.
        remote: the server.
        file: the tasks; the campaign's ``tasks.json`` if none is given.
        title: the project's; the campaign and its round if none is given.
        people: how many answer each task of a project that is made now.
        repair: put a page back that somebody changed on the server.
        progress: is told how many of how many tasks were sent.

    Raises:
        UsageError: the campaign has no tasks yet, the title is too long, or another push or pull of it is at work.
        DataError: the tasks are not of today's codebook, the page was changed on the server, or the server refuses.
    """
    campaign = campaigns.campaign(workspace.root, name)
    file = file or campaign.tasks_json
    if not campaign.tasks.exists() or not file.exists():
        remedy = f"Run: curation label export {name}"
        raise UsageError(f"the campaign '{name}' has no such tasks yet", where=str(file), remedy=remedy)
    book = campaign.load_codebook()
    again = f"Run again: curation label export {name}"
    tasks, rounds = read_tasks(file, campaign, book, again)
    if title is None:
        if len(rounds) != 1:
            found = ", ".join(sorted(rounds)) or "none"
            raise DataError(
                f"these are tasks of more than one round, or of none ({found})", where=str(file), remedy=again
            )
        title = f"{name} {rounds[0]}"
    check_title(title, "Name one of 3 to 50 characters with --project.")
    with lock(campaign.folder):
        record = Record(campaign.folder)
        return push_tasks(record, remote, campaign, book, tasks, title, people=people, repair=repair, progress=progress)


def push_tasks(
    record: Record,
    remote: Remote,
    campaign: Campaign,
    book: Codebook,
    tasks: Sequence[Task],
    title: str,
    *,
    people: int = 1,
    repair: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Push:
    """Bring tasks into the project of that title; the caller holds the campaign's lock."""
    project, notes = _project(record, remote, campaign, book, title, people, repair)
    pushed = pushing.push(remote, project.id, tasks, before=record.pushed(project), progress=progress)
    record.save_pushed(project, pushed.tasks)
    return Push(project.id, title, f"{remote.url}/projects/{project.id}", pushed, (*notes, *_notes(pushed)))


def check_title(title: str, remedy: str) -> None:
    """Say at once what the server would refuse."""
    if not 3 <= len(title) <= 50:
        raise UsageError(f"'{title}' is no title for a project", remedy=remedy)


def read_tasks(file: Path, campaign: Campaign, book: Codebook, again: str) -> tuple[Sequence[Task], list[str]]:
    """The tasks of a file and their rounds.

    Args:
        file: as Label Studio imports it.
        campaign: whose tasks they must be.
        book: its codebook of today.
        again: what to do where they are not of today.
    """
    try:
        tasks = msgspec.json.decode(file.read_bytes(), type=list[dict[str, Any]])
        keys = pa.array([task["data"]["task_key"] for task in tasks], pa.string())
    except (msgspec.DecodeError, KeyError, TypeError, pa.ArrowException) as error:
        raise DataError(f"no tasks file ({error})", where=str(file), remedy=again) from None
    table = store.read_table(campaign.tasks, ["task_key", "round", "text_sha256"])
    table = table.filter(pc.is_in(table["task_key"], keys))
    rounds: list[str] = pc.unique(table["round"]).to_pylist()
    texts = dict(zip(table["task_key"].to_pylist(), table["text_sha256"].to_pylist(), strict=True))
    ours = page.config_sha256(book)
    for task in tasks:
        data = task["data"]
        if data["task_key"] not in texts:
            raise DataError(f"task {data['task_key']} is none of this campaign", where=str(file), remedy=again)
        if task.get("annotations"):
            continue  # restored: it was given out like this
        if data.get("text_sha256") != texts[data["task_key"]]:
            raise DataError(f"task {data['task_key']} has another text since", where=str(file), remedy=again)
        if data.get("label_config_sha256") != ours:
            raise DataError("the codebook was changed since these tasks were made", where=str(file), remedy=again)
    return tasks, rounds


def _project(
    record: Record, remote: Remote, campaign: Campaign, book: Codebook, title: str, people: int, repair: bool
) -> tuple[Project, list[str]]:
    """The project of that title, with our page: the one on record, one that a killed push made, or a new one."""
    xml, html = page.page(book), instruction.html(book)
    ours = page.config_sha256(book)
    notes = []
    project = next(iter(record.of(remote.url, title)), None)
    about = remote.about(project.id) if project else None
    deleted: list[int] = []
    if project and about is None:
        deleted = [*project.earlier, project.id]
        record.projects.remove(project)
        notes.append(f"project {project.id} '{title}' was deleted on the server; it is made anew")
    if about is None:
        note = f"curation: {campaign.name} {campaign.identity}"
        number = remote.find(title, note) or remote.create(title, xml, html, note=note, people=people)
        about = remote.about(number)
        assert about is not None
        now = remote.now()
        project = Project(number, remote.url, title, [Page(now, ours, book.version)], now, deleted)
        record.projects.append(project)
    assert project is not None
    there = hashlib.sha256(about.page.encode()).hexdigest()
    is_foreign = there not in (project.page.sha256, ours)
    if is_foreign and not repair:
        raise PageError(
            f"somebody changed the labelling page of project {project.id} '{title}' after {_minute(project.seen)};"
            " Label Studio does not tell who",
            where=f"{remote.url}/projects/{project.id}/settings/labeling",
            remedy=f"Put it back with: curation label push {campaign.name} --repair",
        )
    is_new = (ours, book.version) != (project.page.sha256, project.page.guideline_version)
    if is_new or there != ours:
        remote.show(project.id, xml, html)
    now = remote.now()
    if is_foreign:
        notes.append(f"the page is put back; answers given after {_minute(project.seen)} are held in doubt")
        until = now + timedelta(seconds=1)  # the server's clock tells whole seconds
        project.doubtful.append(Spell(project.seen, until))
        project.state = ""  # read again what was given in that time
    if is_new:
        notes.append(f"the project has the page and instruction of guideline {book.version} now")
        project.pages.append(Page(now, ours, book.version))
    project.seen = now
    record.save()
    return project, notes


def _notes(pushed: Pushed) -> list[str]:
    """What a person should hear of a push."""
    notes = []
    if pushed.restored:
        notes.append(
            f"{len(pushed.restored):,} tasks had been deleted on the server and are back: {_some(pushed.restored)}"
        )
    if pushed.renewed:
        notes.append(f"{pushed.renewed:,} tasks without an answer got the text of today")
    if pushed.removed:
        notes.append(f"{pushed.removed:,} tasks were there twice; those without an answer were removed")
    if pushed.doubled:
        notes.append(f"{len(pushed.doubled):,} tasks are there twice with answers on both: {_some(pushed.doubled)}")
    if pushed.occupied:
        notes.append(
            f"{len(pushed.occupied):,} tasks have answers there, so those of the file were not sent:"
            f" {_some(pushed.occupied)}"
        )
    if pushed.outdated:
        notes.append(f"{len(pushed.outdated):,} tasks were answered on an earlier text: {_some(pushed.outdated)}")
    return notes


def _minute(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _some(keys: Sequence[str]) -> str:
    return ", ".join(keys[:5]) + (" ..." if len(keys) > 5 else "")
