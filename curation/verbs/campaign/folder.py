"""What the verbs of a campaign read from its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation.assignment import people
from curation.annotation.page import config_sha256
from curation.annotation.tasks import tasks_json
from curation.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from curation.annotation.assignment.people import People
    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.workspace import Workspace


@dataclass(frozen=True)
class Folder:
    """A campaign's folder with all that was assigned and said so far."""

    workspace: Workspace
    campaign: Campaign

    @property
    def assignments_file(self) -> Path:
        """Who is asked what."""
        return self.campaign.folder / "assignments.parquet"

    @property
    def superseded_file(self) -> Path:
        """Answers that a change of the guideline touched, as they were."""
        return self.campaign.folder / "superseded.parquet"

    @property
    def people_file(self) -> Path:
        """Hours and days of the annotators."""
        return self.campaign.folder / "people.csv"

    @cached_property
    def book(self) -> Codebook:
        """The codebook of today."""
        return self.campaign.load_codebook()

    @cached_property
    def tasks(self) -> pa.Table:
        """The tasks of all rounds."""
        return schema.conform("tasks", schema.widen("tasks", store.read_table(self.campaign.tasks)))

    @cached_property
    def people(self) -> People:
        """The annotators."""
        return people.load(self.people_file)

    @cached_property
    def assignments(self) -> pa.Table:
        """Who is asked what; empty at first."""
        return self._table(self.assignments_file, "assignments")

    @cached_property
    def said(self) -> pa.Table:
        """All answers, those that were set aside included."""
        files = (self.campaign.annotations, self.superseded_file)
        return pa.concat_tables([self._table(file, "annotations") for file in files])

    def shown(self, tasks: pa.Table) -> dict[str, dict[str, Any]]:
        """What each of these tasks shows, by its key.

        Raises:
            DataError: a document is missing, or has another text than when the task was made.
        """
        if self.book.codebook.shows != "article":  # an audit shows more than documents; its file holds it
            keys = set(tasks["task_key"].to_pylist())
            now = {"guideline_version": self.book.version, "label_config_sha256": config_sha256(self.book)}
            return {key: data | now for key, data in drawn_so_far(self.campaign).items() if key in keys}
        made = tasks_json(tasks, self.documents(tasks), self.book)
        return {task["data"]["task_key"]: task["data"] for task in made}

    def documents(self, tasks: pa.Table) -> pa.Table:
        """The documents of tasks."""
        places = [path for path in self.workspace.tables("clean", "documents") if path.exists()]
        wanted = pc.unique(tasks["document_id"])
        return pa.concat_tables([schema.empty("documents"), *store.scan_where(places, "id", wanted)])

    @staticmethod
    def _table(file: Path, name: str) -> pa.Table:
        return store.read_table(file) if file.exists() else schema.empty(name)


def drawn_so_far(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """What the tasks of an audit show, those of earlier rounds too, by their key."""
    found: dict[str, dict[str, Any]] = {}
    for file in (shown_file(campaign), campaign.tasks_json):
        if file.exists():
            made = json.loads(file.read_text(encoding="utf-8"))
            found |= {task["data"]["task_key"]: task["data"] for task in made}
    return found


def shown_file(campaign: Campaign) -> Path:
    """What the tasks of an audit's earlier rounds show: ``tasks.json`` holds the last round alone."""
    return campaign.folder / "earlier-rounds.json"


def keep_shown(campaign: Campaign) -> None:
    """Keep what the tasks of an audit show before another round is drawn."""
    if earlier := drawn_so_far(campaign):
        text = json.dumps([{"data": data} for data in earlier.values()], ensure_ascii=False, indent=1) + "\n"
        store.write_atomically(shown_file(campaign), text.encode())


def open_folder(workspace: Workspace, name: str, *, assigned: bool = False) -> Folder:
    """The folder of a campaign that has tasks.

    Args:
        workspace: with the campaign.
        name: the campaign.
        assigned: whether its tasks must have been assigned.

    Raises:
        UsageError: there is none, or it is not so far.
    """
    folder = Folder(workspace, campaigns.campaign(workspace.root, name))
    if not folder.campaign.tasks.exists():
        known = campaigns.names(workspace.root)
        if name in known:
            raise UsageError(f"the campaign '{name}' has no tasks yet", remedy=f"Run: curation label export {name}")
        remedy = f"There are: {', '.join(known)}." if known else "Make one with: curation label export CAMPAIGN"
        raise UsageError(f"there is no campaign '{name}'", remedy=remedy)
    if assigned and not folder.assignments_file.exists():
        if of := folder.campaign.adjudicates:
            remedy = f"See how far it is with: curation label adjudicate {of.name}"
            raise UsageError(f"nothing of '{name}' is assigned", remedy=remedy)
        raise UsageError(f"nothing of '{name}' is assigned yet", remedy=f"Run: curation label assign {name} -n 3")
    return folder


def is_assigned(workspace: Workspace, name: str) -> bool:
    """Whether tasks of a campaign were given to annotators."""
    return Folder(workspace, campaigns.campaign(workspace.root, name)).assignments_file.exists()
