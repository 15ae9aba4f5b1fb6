"""label adjudicate: what annotators leave open, as a campaign of its own that shows their answers blind."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation import codebook as codebooks
from curation.annotation.adjudication.answers import adjudicated, by_own_annotators
from curation.annotation.adjudication.blind import blind
from curation.annotation.adjudication.book import adjudication_book
from curation.annotation.adjudication.cases import cases
from curation.annotation.assignment.deal import one_round_each
from curation.annotation.assignment.revision import divided as counting_and_aside
from curation.annotation.project.record import lock
from curation.annotation.resolution.labels import counted
from curation.annotation.tasks import tasks_json
from curation.errors import UsageError
from curation.verbs.campaign.folder import Folder, open_folder
from curation.verbs.campaign.texts import keep_ledgers
from curation.verbs.labelling import check_round, write_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from curation.annotation.adjudication.cases import Cases
    from curation.annotation.campaign import Campaign
    from curation.workspace import Workspace


@dataclass(frozen=True)
class Adjudication:
    """How far the adjudication of a campaign is, and what goes to an adjudicator now."""

    #: the campaign that it is done in
    campaign: str
    guideline_version: str
    #: tasks to adjudicate, and those of them that were none before
    open: int
    new: int
    #: of the open ones: decided once under a guideline that was changed since, and skipped by an adjudicator
    asked_again: int
    skipped: int
    #: open ones that an earlier version of the guideline was pushed with, and nobody decided
    moved: int
    #: how many of the open tasks each question makes one of
    questions: dict[str, int]
    #: tasks that were decided
    done: int
    #: tasks that lack an answer of an annotator, and so are not looked at yet
    unfinished: int
    files: tuple[Path, ...]


def adjudicate(
    workspace: Workspace,
    name: str,
    *,
    question: str | None = None,
    divided: bool = False,
    n: int | None = None,
) -> Adjudication:
    """Write what the annotators of a campaign leave open into ``campaigns/<name>-adjudication/``.

    Again, a week later: what came up since is added, what was decided stays. Where a change of the guideline touches a
    decision, it is asked again.

    Args:
        workspace: with the campaign.
        name: the campaign.
        question: only what is open about this one.
        divided: also what has a majority and is not unanimous.
        n: answers that a task must have; None takes what was assigned, or 2.

    Raises:
        UsageError: there is no such campaign or question, or the campaign is an audit or an adjudication.
        ConfigError: its codebook has mistakes.
        DataError: a text changed since its task was made.
    """
    folder = open_folder(workspace, name)
    own = Folder(workspace, folder.campaign.adjudication)
    _check(folder, own.campaign)
    tasks = one_round_each(folder.tasks, folder.assignments)
    counting = counted(counting_and_aside(folder.said, folder.book)[0], folder.tasks, folder.book).annotations
    done = set(adjudicated(folder.campaign)["task_key"].to_pylist())
    keys = tasks["task_key"].to_pylist()
    found = cases(
        tasks,
        counting,
        folder.book,
        wanted=dict.fromkeys(keys, n) if n else _wanted(folder.assignments),
        settled=done,
        question=question,
        divided=divided,
    )
    earlier = store.read_table(own.campaign.tasks) if own.campaign.tasks.exists() else schema.empty("tasks")
    files = _write(folder, own.campaign, tasks, counting, earlier, found) if found.questions else ()
    return _told(folder, own, earlier, found, len(done), files)


def _check(folder: Folder, own: Campaign) -> None:
    """Whether the campaign can be adjudicated there."""
    shows = folder.book.codebook.shows
    if shows != "article":
        what = "an adjudication itself" if shows == "adjudication" else "an audit, which counts what is unclear"
        raise UsageError(f"'{folder.campaign.name}' is {what}", remedy="Name a campaign that labels articles.")
    if own.codebook.exists() and codebooks.load(own.codebook).codebook.shows != "adjudication":
        remedy = "Give that campaign another name: rename its folder."
        raise UsageError(f"'{own.name}' is a campaign of its own", where=str(own.folder), remedy=remedy)


def _wanted(assignments: pa.Table) -> Mapping[str, int]:
    """How many answers each assigned task shall get."""
    most = assignments.group_by("task_key", use_threads=False).aggregate([("wanted", "max")])
    return dict(zip(most["task_key"].to_pylist(), most["wanted_max"].to_pylist(), strict=True))


def _write(
    folder: Folder, own: Campaign, tasks: pa.Table, counting: pa.Table, earlier: pa.Table, found: Cases
) -> tuple[Path, ...]:
    """Write the open cases as the tasks of a campaign; earlier tasks stay in its table."""
    text, book = adjudication_book(folder.campaign)
    keys = pa.array(list(found.questions), pa.string())
    now = tasks.filter(pc.is_in(tasks["task_key"], keys)).sort_by("task_key")
    # its project is called after the round: decisions under another guideline are asked for in another project
    for column, value in (("campaign", own.name), ("round", book.version)):
        place = now.schema.get_field_index(column)
        now = now.set_column(place, now.schema.field(place), pa.repeat(pa.scalar(value), now.num_rows))
    shown = tasks_json(now, folder.documents(now), book)
    said = blind(counting, book, found.questions)
    for task in shown:
        task["data"].update(said[task["data"]["task_key"]])
    check_round(book, shown)
    others = earlier.filter(pc.invert(pc.is_in(earlier["task_key"], keys)))
    own.folder.mkdir(parents=True, exist_ok=True)
    with folder.workspace.lock(), lock(own.folder):
        store.write_atomically(own.codebook, text.encode())
        files = write_round(own, book, pa.concat_tables([others, now]).sort_by("task_key"), shown)
        keep_ledgers(folder.workspace, own, now)
    return files


def _told(
    folder: Folder, own: Folder, earlier: pa.Table, found: Cases, done: int, files: tuple[Path, ...]
) -> Adjudication:
    before = dict(zip(earlier["task_key"].to_pylist(), earlier["round"].to_pylist(), strict=True))
    answers = {skip: set(_keys(own.said.filter(pc.equal(own.said["skipped"], skip)))) for skip in (False, True)}
    version = folder.book.version
    return Adjudication(
        campaign=own.campaign.name,
        guideline_version=version,
        open=len(found.questions),
        new=sum(key not in before for key in found.questions),
        asked_again=sum(key in answers[False] for key in found.questions),
        skipped=sum(key in answers[True] - answers[False] for key in found.questions),
        moved=sum(before.get(key, version) != version and key not in answers[False] for key in found.questions),
        questions=dict(Counter(name for of_task in found.questions.values() for name in of_task)),
        done=done,
        unfinished=found.unfinished,
        files=files,
    )


def _keys(table: pa.Table) -> Iterable[str]:
    found: list[str] = table["task_key"].to_pylist()
    return found


# -- after a pull ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """What a pull of an adjudication has brought."""

    #: the campaign that was divided
    campaign: str
    done: int
    open: int
    #: task and pseudonym, where the adjudicator is one of the task's annotators
    own_answers: tuple[tuple[str, str], ...]


def decided(workspace: Workspace, name: str) -> Decided | None:
    """How far an adjudication is; None of another campaign.

    Args:
        workspace: with the campaign.
        name: of one whose answers were pulled.
    """
    campaign = campaigns.campaign(workspace.root, name)
    of = campaign.adjudicates
    if of is None:
        return None
    found = adjudicated(of)
    done = set(_keys(found))
    asked = {task["data"]["task_key"] for task in json.loads(campaign.tasks_json.read_text(encoding="utf-8"))}
    own = by_own_annotators(found, Folder(workspace, of).said)
    return Decided(of.name, len(done), len(asked - done), tuple(own))
