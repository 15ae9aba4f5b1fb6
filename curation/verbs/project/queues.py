"""label push of a campaign that was assigned: everybody's queue into a project of their own.

What is open to a person is brought there, what is no more is taken off unless it was answered meanwhile, and the
assignments table learns the numbers. All of it is worked out from the tables and the server anew each time, so that a
push that was killed is continued by pushing again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from curation import store
from curation.annotation.assignment.queue import last_and_earlier, rows_of, settled, table_of
from curation.annotation.assignment.revision import last_pages
from curation.annotation.project.record import Record, lock
from curation.errors import DataError, UsageError
from curation.verbs.campaign.assign import project_title
from curation.verbs.campaign.folder import open_folder
from curation.verbs.project.push import PageError, check_title, push_tasks, read_tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from curation.annotation.project.push import Task
    from curation.annotation.project.record import Project
    from curation.annotation.project.remote import Remote
    from curation.verbs.campaign.folder import Folder
    from curation.workspace import Workspace


@dataclass(frozen=True)
class PushedQueue:
    """What a push did for one annotator."""

    annotator: str
    project: str
    address: str
    #: open tasks that were sent, and those that were there already
    sent: int
    there: int
    #: tasks that are open to the person no more, and were taken off
    removed: int


@dataclass(frozen=True)
class PushedQueues:
    """What a push did for everybody."""

    queues: tuple[PushedQueue, ...]
    #: annotator and task of what was to be taken off or moved, and was answered since the last pull: it stays there
    answered_meanwhile: tuple[tuple[str, str], ...]
    #: what was not as an earlier push left it
    notes: tuple[str, ...]
    #: of whom nothing was pushed, and why
    refused: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)


def push_queues(
    workspace: Workspace,
    name: str,
    remote: Remote,
    *,
    only: str | None = None,
    repair: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PushedQueues:
    """Bring what is open to each annotator into the project of that annotator and guideline, and take off what is not.

    Args:
        workspace: with the campaign.
        name: the campaign.
        remote: the server.
        only: one annotator; None takes all.
        repair: put a page back that somebody changed on the server.
        progress: is told how many of how many open tasks are there.

    Raises:
        UsageError: nothing is assigned yet, there is no such annotator, or another push or pull is at work.
        DataError: the codebook changed since the tasks were dealt out, or the server refuses.
    """
    folder = open_folder(workspace, name, assigned=True)
    with lock(folder.campaign.folder):
        everybody = sorted(set(folder.assignments["annotator"].to_pylist()))
        if only is not None and only not in everybody:
            raise UsageError(f"nothing is assigned to '{only}'", remedy=f"There are: {', '.join(everybody)}.")
        at_work = _Push(folder, remote, Record(folder.campaign.folder), repair)
        queues = at_work.open_tasks([only] if only else everybody)
        total, done = sum(map(len, queues.values())), 0
        pushed, refused = [], []
        for annotator, tasks in queues.items():
            try:
                pushed.append(at_work.queue(annotator, tasks, partial(_shifted, progress, done, total)))
            except PageError as error:  # of one person: the others need not wait
                refused.append(f"{annotator}: {error}")
            done += len(tasks)
            store.failpoint(f"push:queue-{annotator}")
    meanwhile = tuple(sorted(at_work.answered_meanwhile))
    notes = at_work.notes + ([_told(name, meanwhile)] if meanwhile else [])
    return PushedQueues(tuple(one for one in pushed if one), meanwhile, tuple(notes), tuple(refused))


class _Push:
    """What is known while one queue after the other is pushed."""

    def __init__(self, folder: Folder, remote: Remote, record: Record, repair: bool) -> None:
        self.folder = folder
        self.remote = remote
        self.record = record
        self.repair = repair
        self.name = folder.campaign.name
        self.version = folder.book.version
        self.notes: list[str] = []
        self.answered_meanwhile: set[tuple[str, str]] = set()
        self.rows = rows_of(folder.assignments)
        last, _ = last_and_earlier(self.rows)
        for row in last.values():
            if row.state == "open" and row.guideline_version != self.version:
                raise DataError(
                    f"tasks of '{self.name}' were dealt out under guideline {row.guideline_version}; now it is"
                    f" {self.version}",
                    where=str(folder.campaign.codebook),
                    remedy=f"Deal them out anew: {self._assign}",
                )
        self.pages = last_pages(folder.said, folder.book)
        # what was pulled since they were dealt out is open no more
        self.now = settled(last, self.pages, self.version)

    @property
    def _assign(self) -> str:
        return f"curation label assign {self.name}, with the same --portion as before; then push again"

    def open_tasks(self, annotators: Iterable[str]) -> dict[str, list[Task]]:
        """What is open to each, in the order of their files."""
        found: dict[str, list[Task]] = {}
        for annotator in annotators:
            is_open = {key for (key, who), row in self.now.items() if who == annotator and row.state == "open"}
            tasks = [
                task
                for file in (_files(self.folder.campaign.folder, annotator) if is_open else ())
                for task in read_tasks(file, self.folder.campaign, self.folder.book, f"Run again: {self._assign}")[0]
                if task["data"]["task_key"] in is_open
            ]
            if len(tasks) < len(is_open):
                missing = len(is_open) - len(tasks)
                self.notes.append(f"{annotator}: {missing:,} open tasks stand in no file. Run: {self._assign}")
            if tasks:
                check_title(self._title(annotator), "50 characters at most: give the campaign's folder a shorter name.")
            found[annotator] = tasks
        return found

    def queue(self, annotator: str, tasks: Sequence[Task], progress: Callable[[int], None]) -> PushedQueue | None:
        """Bring one queue to its project; None where the person has neither."""
        removed, answered = 0, set()
        for project in self._projects(annotator):
            gone, kept = self._take_off(annotator, project)
            removed += gone
            # an answer to an older guideline is known where the person is asked once more
            answered |= {key for key in kept if (key, annotator) not in self.pages}
        self.answered_meanwhile |= {(annotator, key) for key in answered}
        wanted = [task for task in tasks if task["data"]["task_key"] not in answered]
        sent = 0
        if wanted:
            title, n_answered = self._title(annotator), len(tasks) - len(wanted)
            made = push_tasks(
                self.record,
                self.remote,
                self.folder.campaign,
                self.folder.book,
                wanted,
                title,
                repair=self.repair,
                progress=lambda here, missing: progress(n_answered + len(wanted) - missing + here),
            )
            sent = made.pushed.sent
            self.notes += [f"{annotator}: {note}" for note in made.notes]
        progress(len(tasks))
        self._save_numbers(annotator)
        projects = self._projects(annotator)
        if not projects:
            return None
        address = f"{self.remote.url}/projects/{projects[-1].id}"
        return PushedQueue(annotator, projects[-1].title, address, sent, len(wanted) - sent, removed)

    def _title(self, annotator: str) -> str:
        return project_title(self.name, annotator, self.version)

    def _projects(self, annotator: str) -> list[Project]:
        """The person's projects on this server, that of the present guideline last."""
        own = [
            project
            for project in self.record.of(self.remote.url)
            if project.title in {project_title(self.name, annotator, page.guideline_version) for page in project.pages}
        ]
        return sorted(own, key=lambda project: (project.title == self._title(annotator), project.id))

    def _take_off(self, annotator: str, project: Project) -> tuple[int, set[str]]:
        """Delete what a project holds and is not open there any more; how many, and what had answers and stayed."""
        spare = {}
        for key, number in self.record.pushed(project).items():
            row = self.now.get((key, annotator))
            if row is None:
                continue
            is_elsewhere = row.is_pending and project.title != project_title(
                self.name, annotator, row.guideline_version
            )
            if row.state == "withdrawn" or is_elsewhere:
                spare[key] = number
        if not spare or self.remote.about(project.id) is None:
            return 0, set()
        self.remote.remove_unanswered(project.id, list(spare.values()))
        held = list(self.remote.held(project.id))
        kept = {one.key for one in held} & spare.keys()
        self.record.save_pushed(project, [(one.key, one.id) for one in held if one.key])
        return len(spare) - len(kept), kept

    def _save_numbers(self, annotator: str) -> None:
        """Write projects and numbers of the tasks that are, or were, open to a person into the assignments."""
        projects = {project.title: project for project in self._projects(annotator)}
        numbers = {title: self.record.pushed(project) for title, project in projects.items()}
        here = {str(project.id) for project in projects.values()}
        for place, row in enumerate(self.rows):
            if row.annotator != annotator or row.state not in ("open", "withdrawn"):
                continue
            title = project_title(self.name, annotator, row.guideline_version)
            number = numbers.get(title, {}).get(row.task_key)
            if number is not None:
                self.rows[place] = row._replace(project=str(projects[title].id), task_id=number)
            elif row.project in here:
                self.rows[place] = row._replace(project=None, task_id=None)
        store.write_table(self.folder.assignments_file, table_of(self.rows))


def _shifted(progress: Callable[[int, int], None], before: int, total: int, n: int) -> None:
    """One queue's share of the progress of all."""
    progress(before + n, total)


def _files(folder: Path, annotator: str) -> list[Path]:
    """The tasks files of a person, the first portion first."""
    found = {}
    for path in folder.glob("tasks-*.json"):
        portion = re.fullmatch(rf"tasks-{re.escape(annotator)}(?:-(\d+))?", path.stem)
        if portion:
            found[int(portion[1] or 1)] = path
    return [found[number] for number in sorted(found)]


def _told(name: str, meanwhile: Sequence[tuple[str, str]]) -> str:
    count = Counter(annotator for annotator, _ in meanwhile)
    who = ", ".join(f"{annotator} {n:,}" for annotator, n in count.items())
    return (
        f"{len(meanwhile):,} tasks that are not open there any more were answered since the last pull ({who}); the"
        f" answers stay. Next: curation label pull {name}, then assign and push again"
    )


def queues_text(found: PushedQueues) -> str:
    """The queues as a table.

    >>> one = PushedQueue("a01", "sikap a01 1.0", "http://127.0.0.1:8080/projects/4", 20, 0, 0)
    >>> print(queues_text(PushedQueues((one,), (), ())))
             sent  there  removed  project
    a01        20      0        0  sikap a01 1.0  http://127.0.0.1:8080/projects/4
    """
    head = f"{'':<6} {'sent':>6} {'there':>6} {'removed':>8}  project"
    rows = (
        f"{one.annotator:<6} {one.sent:>6,} {one.there:>6,} {one.removed:>8,}  {one.project}  {one.address}"
        for one in found.queues
    )
    return "\n".join((head, *rows))
