"""Labelling campaigns of a workspace: a tasks file for Label Studio, and its export back into tables."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import annotators, instruction, page
from curation.annotation import campaign as campaigns
from curation.annotation.export import Pulled, read_export
from curation.annotation.label_studio import validate_page, validate_tasks
from curation.annotation.project import moving
from curation.annotation.project.moving import Ledgers, Text
from curation.annotation.project.quarantine import checked
from curation.annotation.project.record import lock
from curation.annotation.sampling.roles import of_the_sample
from curation.annotation.tasks import tasks_json
from curation.config import Sample
from curation.errors import UsageError
from curation.verbs.campaign.preannotation import with_predictions
from curation.verbs.campaign.resolve import Answers, take_in
from curation.verbs.campaign.sample import sample
from curation.verbs.campaign.texts import clean_now
from curation.verbs.takedown.labelling import without_withdrawn
from curation.workspace.withdrawn import read_withdrawn

if TYPE_CHECKING:
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
    #: what is to be known of the draw
    notes: tuple[str, ...] = ()


def export_tasks(
    workspace: Workspace,
    name: str,
    *,
    shipped: str | None = None,
    round_: str = "main",
    n: int | None = None,
    seed: int | None = None,
    settings: Sample | None = None,
) -> Exported:
    """Write the tasks of a round, Label Studio's page and the instruction into ``campaigns/<name>/``.

    Draws the round first where that was not done (see :func:`sample`).

    Args:
        workspace: with a finished run.
        name: the campaign.
        shipped: the shipped codebook to start from, where the campaign has none of its own.
        round_: training, pilot, main ...
        n: articles to draw; None takes those that are drawn, or all.
        seed: another one draws another sample; None keeps it.
        settings: how articles are drawn; None takes the defaults.

    Raises:
        UsageError: nothing is selected yet, there is no codebook, or the round can't be drawn so.
        ConfigError: the codebook has mistakes.
        DataError: there is nothing to label.
    """
    drawn = sample(workspace, name, settings or Sample(), shipped=shipped, round_=round_, n=n, seed=seed)
    campaign = campaigns.campaign(workspace.root, name)
    book = campaign.load_codebook()
    every = store.read_table(campaign.tasks)
    tasks = of_the_sample(every.filter(pc.equal(every["round"], round_)))
    places = workspace.tables("clean", "documents")
    found = store.scan_where(places, "id", pc.unique(tasks["document_id"]))
    shown = tasks_json(tasks, pa.concat_tables([schema.empty("documents"), *found]), book)
    check_round(book, shown)
    every, predicted = with_predictions(campaign, book, every)
    for task in shown:
        if (key := task["data"]["task_key"]) in predicted:
            task["predictions"] = predicted[key]
    with workspace.lock():
        files = write_round(campaign, book, every, shown)
    return Exported(campaign.folder, drawn.tasks, drawn.articles, files, drawn.notes)


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


def pull_export(workspace: Workspace, name: str, file: Path, *, method: str | None = None) -> Answers:
    """Read a Label Studio export into the campaign's annotations, and make its labels.

    The export is kept as it came. What can't be used is reported, never silently used.

    Args:
        workspace: with the campaign.
        name: the campaign.
        file: the export.
        method: how labels are made; None takes the one of ``curation.toml``.

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
        without_withdrawn(_keep(file, campaign.exports), read_withdrawn(workspace.state).ids)
        older = store.read_table(campaign.annotations) if campaign.annotations.exists() else schema.empty("annotations")
        pulled = checked(pulled, older)
        said = pulled.into(older)
        answers = take_in(workspace, campaign, book, said, pulled.annotators, pulled.problems, method=method)
    return replace(answers, notes=pulled.notes)


def _keep(file: Path, exports: Path) -> Path:
    """Keep an export as it came, beside earlier ones of the same name; returns where."""
    exports.mkdir(parents=True, exist_ok=True)
    if file.resolve().parent == exports.resolve():
        return file
    kept = exports / file.name
    if kept.exists() and (digest := store.file_digest(file)) != store.file_digest(kept):
        kept = kept.with_stem(f"{kept.stem}-{digest[:8]}")
    shutil.copyfile(file, kept)
    return kept


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
    documents, edits = clean_now(workspace, changed, ["id", "text_sha256", "body"])
    made = moving.by_document(edits)
    now = {row["id"]: (row["text_sha256"], Text(row["body"], made.get(row["id"], []))) for row in documents.to_pylist()}
    return moving.moved(pulled, ledgers.of(changed), now)
