"""Labelling campaigns of a workspace: a tasks file for Label Studio, and its export back into tables."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import annotators, codebook, instruction, page
from curation.annotation import campaign as campaigns
from curation.annotation.export import Problem, Pulled, read_export
from curation.annotation.label_studio import validate_page, validate_tasks
from curation.annotation.project import moving
from curation.annotation.project.moving import Ledgers, Text
from curation.annotation.project.quarantine import checked
from curation.annotation.project.record import lock
from curation.annotation.resolution.resolve import majority
from curation.annotation.tasks import make_tasks, tasks_json
from curation.errors import UsageError
from curation.pipeline import require
from curation.workspace.frozen import freeze

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.workspace import Workspace


@dataclass(frozen=True)
class Exported:
    """A tasks file and what goes with it."""

    folder: Path
    tasks: int
    documents: int
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Answers:
    """What an export brought."""

    rows: int
    annotators: int
    labels: int
    ties: int
    problems: tuple[Problem, ...]


def export_tasks(
    workspace: Workspace,
    name: str,
    *,
    shipped: str | None = None,
    round_: str = "main",
    n: int | None = None,
    seed: int = 1,
) -> Exported:
    """Write the tasks of a round, Label Studio's page and the instruction into ``campaigns/<name>/``.

    The documents are frozen: what people see stays what was cleaned now.

    Args:
        workspace: with a finished run.
        name: the campaign.
        shipped: the shipped codebook to start from, where the campaign has none of its own.
        round_: training, pilot, main ...
        n: articles to draw; None takes all.
        seed: another one draws another sample.

    Raises:
        UsageError: nothing is selected yet, or there is no codebook.
        ConfigError: the codebook has mistakes.
        DataError: there is nothing to label.
    """
    selection = require(workspace, "select").read("selection")
    clusters = require(workspace, "dedup").read("clusters")
    campaign = campaigns.campaign(workspace.root, name)
    if not campaign.codebook.exists():
        campaign.begin(shipped or (name if name in codebook.shipped_names() else ""))
    book = campaign.load_codebook()
    if book.codebook.shows != "article":
        raise UsageError(
            f"'{name}' is an audit", remedy=f"Draw it with: curation label export --audit {book.codebook.shows}"
        )
    selected = selection.filter(selection["selected"])["id"].combine_chunks()
    texts = [
        table.filter(pc.is_in(table["id"], selected)) for table in store.scan(workspace.tables("clean", "documents"))
    ]
    documents = pa.concat_tables([schema.empty("documents"), *texts])
    tasks = make_tasks(documents, clusters, selection, book, campaign=name, round_=round_, n=n, seed=seed)
    shown = tasks_json(tasks, documents, book)
    check_round(book, shown)
    if campaign.tasks.exists():
        earlier = store.read_table(campaign.tasks)
        tasks = pa.concat_tables([earlier.filter(pc.not_equal(earlier["round"], round_)), tasks])
    with workspace.lock():
        freeze(workspace, tasks["document_id"], f"campaign {name}")
        files = write_round(campaign, book, tasks, shown)
        _keep_ledgers(workspace, campaign, tasks)
    return Exported(campaign.folder, len(shown), len(pc.unique(tasks["document_id"])), files)


def _keep_ledgers(workspace: Workspace, campaign: Campaign, tasks: pa.Table) -> None:
    """Remember by which edits the texts came about that are given out now."""
    ledgers = Ledgers(campaign.ledgers)
    documents, edits = _clean(workspace, ledgers.missing(tasks), ["id", "text_sha256"])
    ledgers.add(documents, edits)


def _clean(workspace: Workspace, ids: Collection[str], columns: list[str]) -> tuple[pa.Table, pa.Table]:
    """Documents as they stand now, and their edits."""
    wanted = pa.array(sorted(ids), pa.string())
    documents = store.scan_where(workspace.tables("clean", "documents"), "id", wanted, columns)
    edits = store.scan_where(workspace.tables("clean", "edits"), "id", wanted)
    return (
        pa.concat_tables([schema.empty("documents").select(columns), *documents]),
        pa.concat_tables([schema.empty("edits"), *edits]),
    )


def check_round(book: Codebook, shown: list[dict[str, Any]]) -> None:
    """Have Label Studio's own checks look at page and tasks.

    Raises:
        DataError: the server would refuse them.
    """
    validate_page(page.page(book))
    validate_tasks(page.page(book), shown)


def write_round(campaign: Campaign, book: Codebook, tasks: pa.Table, shown: list[dict[str, Any]]) -> tuple[Path, ...]:
    """Write a campaign's tasks, page and instruction; returns what goes into Label Studio.

    Args:
        campaign: where.
        book: the codebook.
        tasks: the table, earlier rounds included.
        shown: the tasks of this round.
    """
    store.write_table(campaign.tasks, tasks)
    for path, text in (
        (campaign.page, page.page(book)),
        (campaign.instruction, instruction.markdown(book)),
        (campaign.instruction_html, instruction.html(book)),
        (campaign.tasks_json, json.dumps(shown, ensure_ascii=False, indent=1) + "\n"),
    ):
        store.write_atomically(path, text.encode())
    return campaign.tasks_json, campaign.page, campaign.instruction_html


def pull_export(workspace: Workspace, name: str, file: Path) -> Answers:
    """Read a Label Studio export into the campaign's annotations, and resolve labels by majority.

    The export is kept as it came. What can't be used is reported, never silently used.

    Raises:
        UsageError: the campaign has no tasks yet, or the file is missing.
        InputError: the file is no JSON export of Label Studio.
    """
    campaign = campaigns.campaign(workspace.root, name)
    if not campaign.tasks.exists():
        raise UsageError(f"the campaign '{name}' has no tasks yet", remedy=f"Run: curation label export {name}")
    book = campaign.load_codebook()
    known = annotators.load(campaign.annotators)
    pulled = read_answers(workspace, campaign, book, store.read_table(campaign.tasks), known, file)
    with lock(campaign.folder):
        _keep(file, campaign.exports)
        older = store.read_table(campaign.annotations) if campaign.annotations.exists() else schema.empty("annotations")
        pulled = checked(pulled, older)
        return take_in(workspace, campaign, book, pulled.into(older), pulled.annotators, pulled.problems)


def _keep(file: Path, exports: Path) -> None:
    """Keep an export as it came, beside earlier ones of the same name."""
    exports.mkdir(parents=True, exist_ok=True)
    if file.resolve().parent == exports.resolve():
        return
    kept = exports / file.name
    if kept.exists() and (digest := store.file_digest(file)) != store.file_digest(kept):
        kept = kept.with_stem(f"{kept.stem}-{digest[:8]}")
    shutil.copyfile(file, kept)


def read_answers(
    workspace: Workspace,
    campaign: Campaign,
    book: Codebook,
    tasks: pa.Table,
    people: annotators.Annotators,
    file: Path,
) -> Pulled:
    """Read and check an export; answers to a text that was another one then are moved to that of now."""
    ledgers = Ledgers(campaign.ledgers)
    pulled = read_export(file, book, tasks, people, ledgers.texts())
    changed = moving.outdated(pulled, tasks)
    if not changed:
        return pulled
    documents, edits = _clean(workspace, changed, ["id", "text_sha256", "body"])
    made = moving.by_document(edits)
    now = {row["id"]: (row["text_sha256"], Text(row["body"], made.get(row["id"], []))) for row in documents.to_pylist()}
    return moving.moved(pulled, ledgers.of(changed), now)


def take_in(
    workspace: Workspace,
    campaign: Campaign,
    book: Codebook,
    annotations: pa.Table,
    people: annotators.Annotators,
    problems: tuple[Problem, ...],
) -> Answers:
    """Write a campaign's annotations and its labels by majority."""
    with workspace.lock():
        resolved = majority(annotations, book)
        people.save(campaign.annotators)
        store.write_table(campaign.annotations, annotations)
        store.write_table(campaign.labels, resolved.labels)
    count = len(pc.unique(annotations["annotator"]))
    return Answers(annotations.num_rows, count, resolved.labels.num_rows, resolved.ties, problems)
