"""label pull: the answers of a campaign from its projects on a Label Studio server."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from curation import schema, store
from curation.annotation import annotators
from curation.annotation import campaign as campaigns
from curation.annotation.assignment.recovery import dated
from curation.annotation.export import Problem, Pulled
from curation.annotation.project import quarantine
from curation.annotation.project.record import Project, Record, Spell, lock
from curation.errors import UsageError
from curation.verbs.campaign.resolve import Answers, take_in
from curation.verbs.labelling import read_answers
from curation.verbs.takedown.labelling import without_withdrawn
from curation.workspace.withdrawn import read_withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.annotation.project.remote import About, Remote
    from curation.workspace import Workspace

_END = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass
class _Reading:
    """What is known while one project after the other is read."""

    workspace: Workspace
    campaign: Campaign
    book: Codebook
    tasks: pa.Table
    annotations: pa.Table
    people: annotators.Annotators


def pull_campaign(
    workspace: Workspace,
    name: str,
    remote: Remote,
    *,
    method: str | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> Answers:
    """Read the answers of all projects of a campaign; of those where nothing has changed, nothing is asked.

    Each export is kept as it came. What can't be used is reported and stays in ``quarantine.json``; what was read
    earlier is not lost by it.

    Args:
        workspace: with the campaign.
        name: the campaign.
        remote: the server.
        method: how labels are made; None takes the one of ``curation.toml``.
        progress: is told what became of each project.

    Raises:
        UsageError: nothing was pushed to this server, or another push or pull is at work.
        DataError: the server refuses.
    """
    campaign = campaigns.campaign(workspace.root, name)
    if not campaign.folder.is_dir():
        known = ", ".join(campaigns.names(workspace.root)) or "none"
        raise UsageError(f"there is no campaign '{name}'", remedy=f"There are: {known}.")
    with lock(campaign.folder):
        record = Record(campaign.folder)
        projects = record.of(remote.url)
        if not projects:
            remedy = f"Push them: curation label push {name}; or read a file: curation label pull {name} --file EXPORT"
            raise UsageError(f"no tasks of '{name}' were pushed to this server", where=remote.url, remedy=remedy)
        now = _Reading(
            workspace,
            campaign,
            campaign.load_codebook(),
            store.read_table(campaign.tasks),
            store.read_table(campaign.annotations) if campaign.annotations.exists() else schema.empty("annotations"),
            annotators.load(campaign.annotators),
        )
        on_record = {f"{project.url} {project.id}" for project in record.projects}
        # of a project that a push made anew, nothing is to be done any more
        kept_out = {name: found for name, found in quarantine.read(campaign.quarantine).items() if name in on_record}
        for project in projects:
            kept_out[f"{project.url} {project.id}"], line = _pull(now, record, project, remote, kept_out)
            progress(line)
        problems = tuple(problem for found in kept_out.values() for problem in found)
        answers = take_in(workspace, campaign, now.book, now.annotations, now.people, problems, method=method)
        quarantine.write(campaign.quarantine, kept_out)
        store.failpoint("pull:before-record")
        record.save()  # last: what it names as read is in the tables
    return answers


def _pull(
    now: _Reading, record: Record, project: Project, remote: Remote, kept_out: dict[str, list[Problem]]
) -> tuple[list[Problem], str]:
    """Read one project; returns what is wrong with it, and a line for people."""
    name = now.campaign.name
    clock = remote.now()
    about = remote.about(project.id)
    if about is None:
        what = f"project {project.id} '{project.title}' was deleted on the server; its answers are kept as they were"
        return [Problem("", "", what, f"Make it anew with: curation label push {name}")], f"{project.title}: deleted"
    if about.state == project.state and _is_ours(about, project):
        earlier = kept_out.get(f"{project.url} {project.id}", [])
        project.seen = clock
        return earlier, f"{project.title}: unchanged"
    file = now.campaign.exports / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{project.id}.json"
    remote.export(project.id, file)
    store.failpoint("pull:after-export")
    without_withdrawn(file, read_withdrawn(now.workspace.state).ids)
    pulled = read_answers(now.workspace, now.campaign, now.book, now.tasks, now.people, file)
    pulled = replace(pulled, annotations=dated(project.signed(pulled.annotations), now.annotations))
    lost = quarantine.gone(pulled, now.annotations, project.id, f"Put it back with: curation label restore {name}")
    after = remote.about(project.id)
    page_problems: list[Problem] = []
    spells = list(project.doubtful)
    if _is_ours(about, project) and after is not None and _is_ours(after, project):
        project.seen = clock
    else:
        since = f"{project.seen:%Y-%m-%d %H:%M} UTC"
        what = f"somebody changed the labelling page of project {project.id} '{project.title}' after {since}"
        page_problems.append(Problem("", "", what, f"Put it back with: curation label push {name} --repair"))
        spells.append(Spell(project.seen, _END))
    checked: Pulled = quarantine.checked(pulled, now.annotations, spells)
    now.annotations = checked.into(now.annotations)
    now.people = checked.annotators
    deleted = _deleted_tasks(record.pushed(project), about, remote, name)
    project.state, project.export = about.state, file.name
    problems = [*page_problems, *deleted, *lost, *checked.problems]
    return problems, f"{project.title}: {len(pulled.given):,} answers, {len(problems):,} problems"


def _is_ours(about: About, project: Project) -> bool:
    """Whether the page on the server is the one that the project was given."""
    return hashlib.sha256(about.page.encode()).hexdigest() == project.page.sha256


def _deleted_tasks(pushed: dict[str, int], about: About, remote: Remote, name: str) -> list[Problem]:
    """The tasks that a push left there and that are there no more."""
    if not pushed or about.tasks == len(pushed):
        return []
    there = {held.key for held in remote.held(about.id)}
    remedy = f"Put it back with: curation label push {name}"
    return [Problem(key, "", "this task was deleted on the server", remedy) for key in pushed if key not in there]
