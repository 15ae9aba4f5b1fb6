"""label resolve: the labels of a campaign from everything that its folder holds, made anew wherever answers change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import config, schema, store
from curation.annotation import annotators
from curation.annotation.assignment.revision import divided
from curation.annotation.guideline.once import unanswered
from curation.annotation.project.record import lock
from curation.annotation.resolution import labels, propagation
from curation.annotation.resolution.resolve import table
from curation.annotation.tasks import mentions
from curation.verbs.campaign.folder import Folder, open_folder
from curation.verbs.campaign.problems import keep_findings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.annotation.reading.problem import Problem
    from curation.annotation.resolution.resolve import Resolved, Tie
    from curation.workspace import Workspace


#: a reason for which answers don't count
ASKED_AGAIN = "touched by a change of the guideline"


@dataclass(frozen=True)
class Answers:
    """What an export brought."""

    rows: int
    annotators: int
    #: those that people gave
    labels: int
    ties: int
    problems: tuple[Problem, ...]
    #: what else is to be known of the export
    notes: tuple[str, ...] = ()
    #: answers that a change of the guideline touches, and that nobody has given anew
    asked_again: int = 0


@dataclass(frozen=True)
class Labelled:
    """The labels of a campaign, and what they lack."""

    campaign: str
    #: majority or dawid_skene
    method: str
    table: pa.Table
    #: what the votes leave open, and nobody has adjudicated
    ties: tuple[Tie, ...]
    #: answers that don't count, by why
    left_out: Mapping[str, int]
    notes: tuple[str, ...]

    @property
    def by_people(self) -> int:
        """Labels that people gave: all but those of models and what documents lend each other."""
        made = self.table["method"].to_pylist()
        return sum(method != propagation.PROPAGATED and not method.startswith("model:") for method in made)

    def open(self) -> dict[str, int]:
        """Ties by question."""
        return dict(sorted(Counter(tie.question for tie in self.ties).items()))

    def counts(self) -> dict[str, dict[str, int]]:
        """Labels by method and question."""
        found: dict[str, dict[str, int]] = {}
        pairs = zip(self.table["method"].to_pylist(), self.table["question"].to_pylist(), strict=True)
        for (method, question), n in sorted(Counter(pairs).items()):
            found.setdefault(method, {})[question] = n
        return found


def take_in(
    workspace: Workspace,
    campaign: Campaign,
    book: Codebook,
    annotations: pa.Table,
    people: annotators.Annotators,
    problems: tuple[Problem, ...],
    *,
    method: str | None = None,
) -> Answers:
    """Write a campaign's annotations and its labels; those of an adjudication go into the campaign that was divided.

    Answers that a change of the guideline touches are set aside, also where they were read again.

    Args:
        workspace: with the campaign.
        campaign: whose answers they are.
        book: its codebook.
        annotations: all of them.
        people: its annotators.
        problems: what was not used.
        method: majority or dawid_skene; None takes the one of ``curation.toml``.
    """
    superseded = Folder(workspace, campaign).superseded_file
    before = store.read_table(superseded) if superseded.exists() else schema.empty("annotations")
    counting, aside = divided(pa.concat_tables([annotations, before]), book)
    with workspace.lock():
        people.save(campaign.annotators)
        # first what would be lost by a kill between the two; an answer that is in both counts once
        if aside.num_rows or superseded.exists():
            store.write_table(superseded, aside)
        store.write_table(campaign.annotations, counting)
        labelled = write_labels(workspace, campaign.adjudicates or campaign, method)
        keep_findings(workspace, campaign, counting)
    count = len(pc.unique(counting["annotator"]))
    told = (*problems, *unanswered(counting, book))
    asked_again = len(_pages(aside) - _pages(counting))
    return Answers(counting.num_rows, count, labelled.by_people, len(labelled.ties), told, asked_again=asked_again)


def resolve(workspace: Workspace, name: str, *, method: str | None = None) -> Labelled:
    """Make the labels of a campaign anew.

    Args:
        workspace: with the campaign.
        name: the campaign; its adjudication will do, too.
        method: majority or dawid_skene; None takes the one of ``curation.toml``.

    Raises:
        UsageError: there is no such campaign, or it has no tasks yet.
    """
    campaign = open_folder(workspace, name).campaign
    campaign = campaign.adjudicates or campaign
    with lock(campaign.folder), workspace.lock():
        return write_labels(workspace, campaign, method)


def by_people(
    workspace: Workspace, campaign: Campaign, method: str | None = None
) -> tuple[Resolved, Mapping[str, int]]:
    """The labels that people gave, and the answers that don't count, by why.

    Args:
        workspace: with the campaign.
        campaign: with tasks.
        method: majority or dawid_skene; None takes the one of ``curation.toml``.
    """
    from curation.annotation.adjudication.answers import adjudicated

    folder = Folder(workspace, campaign)
    counting, aside = divided(folder.said, folder.book)
    waiting = len(_pages(aside) - _pages(counting))
    voted = labels.counted(counting, folder.tasks, folder.book)
    decided = labels.counted(adjudicated(campaign), folder.tasks, folder.book)
    left_out = dict(voted.left_out)
    if waiting:
        left_out[ASKED_AGAIN] = waiting
    method = method or _method(workspace)
    return labels.resolved(voted.annotations, decided.annotations, folder.book, method), left_out


def _pages(annotations: pa.Table) -> set[tuple[str, str]]:
    return set(zip(annotations["task_key"].to_pylist(), annotations["annotator"].to_pylist(), strict=True))


def _method(workspace: Workspace) -> str:
    return config.load(workspace.config_file).label.method


def write_labels(workspace: Workspace, campaign: Campaign, method: str | None) -> Labelled:
    """Write all labels of a campaign: of people, lent to near-duplicates, and of models, each with its method.

    Args:
        workspace: with the campaign; the caller holds its lock.
        campaign: with tasks.
        method: majority or dawid_skene; None takes the one of ``curation.toml``.
    """
    method = method or _method(workspace)
    found, left_out = by_people(workspace, campaign, method)
    lent = _lent(workspace, campaign.load_codebook(), found)
    models = [schema.conform("labels", store.read_table(file)) for file in model_files(campaign)]
    made = table(pa.concat_tables([found.labels, lent, *models]).to_pylist())
    store.write_table(campaign.labels, made)
    return Labelled(campaign.name, method, made, found.tied, left_out, found.notes)


def model_files(campaign: Campaign) -> list[Path]:
    """The labels of models that were imported, in alphabetical order."""
    return sorted((campaign.folder / "models").glob("*.parquet"))


def _lent(workspace: Workspace, book: Codebook, found: Resolved) -> pa.Table:
    """What labelled documents lend to their near-duplicates; nothing before a run, and in an audit."""
    dedup = workspace.corpus_stage("dedup")
    if book.codebook.shows != "article" or dedup.manifest() is None:
        return schema.empty("labels")
    pairs = dedup.read("pairs", ["id_a", "id_b", "containment_a", "containment_b", "merges"])
    clusters = dedup.read("clusters", ["id", "cluster_id"])
    near = propagation.twins(pairs, clusters, pc.unique(found.labels["document_id"]))
    ids = pa.array(sorted({twin for of_one in near.values() for twin in of_one}), pa.string())
    places = [path for path in workspace.tables("clean", "documents") if path.exists()]
    columns = ["id", "title", "body"]
    texts = store.scan_where(places, "id", ids, columns)
    documents = pa.concat_tables([schema.empty("documents").select(columns), *texts])
    there = set(documents["id"].to_pylist())
    near = {one: {twin: shared for twin, shared in of_one.items() if twin in there} for one, of_one in near.items()}
    named = {(id_, target) for id_, target in mentions(documents, book.target) if target}
    return propagation.lend(found, near, named)
