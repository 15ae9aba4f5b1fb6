"""label agreement: how far the annotators of a campaign agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers, expected, read
from curation.annotation.guideline.changes import today
from curation.errors import UsageError
from curation.verbs.campaign.checks import right_answers

if TYPE_CHECKING:
    from pathlib import Path

    from curation.annotation.codebook import Codebook
    from curation.workspace import Workspace


def campaign_agreement(
    workspace: Workspace, name: str, *, gold: Path | None = None, resamples: int = 1000, seed: int = 1
) -> dict[str, pa.Table]:
    """The tables summary, confusion and annotators of a campaign.

    Args:
        workspace: with a campaign whose answers were pulled.
        name: the campaign.
        gold: a CSV or Parquet file of right answers: task_key or document_id, value and perhaps question; None takes
            the campaign's gold.csv, where there is one.
        resamples: bootstrap samples.
        seed: another one draws others.

    Raises:
        UsageError: there is no such campaign, it has no answers yet, or the gold answers can't be read.
        ConfigError: its codebook has mistakes.
    """
    campaign = campaigns.campaign(workspace.root, name)
    if not campaign.annotations.exists():
        known = campaigns.names(workspace.root)
        if name in known:
            remedy = f"Run: curation label pull {name} --file EXPORT.json"
            raise UsageError(f"the campaign '{name}' has no answers yet", remedy=remedy)
        remedy = f"There are: {', '.join(known)}." if known else "Make one with: curation label export CAMPAIGN"
        raise UsageError(f"there is no campaign '{name}'", remedy=remedy)
    book = campaign.load_codebook()
    if book.codebook.shows == "adjudication":
        of = campaign.adjudicates
        remedy = f"See how far annotators agree: curation label agreement {of.name}" if of else ""
        raise UsageError(f"'{name}' is an adjudication: one person decides about each task", remedy=remedy)
    annotations = today(store.read_table(campaign.annotations), book)
    tasks = store.read_table(campaign.tasks) if campaign.tasks.exists() else schema.empty("tasks")
    return measure(
        answers(annotations, {}),
        codebook=book,
        tasks=tasks,
        gold=expected(read(gold)) if gold else right_answers(campaign, book, tasks),
        lengths_of=_lengths(workspace, book, annotations),
        resamples=resamples,
        seed=seed,
    )


def write_summary(tables: dict[str, pa.Table], path: Path) -> None:
    """The coefficients as a CSV file.

    Raises:
        UsageError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise UsageError("no such folder", where=str(path.parent), remedy="Make it first.")
    csv.write_csv(tables["summary"], path)


def _lengths(workspace: Workspace, book: Codebook, annotations: pa.Table) -> dict[str, int]:
    """Code points of each text, where passages are marked in them and the texts are at hand."""
    if not any(question.kind == "spans" for question in book.question):
        return {}
    wanted = pc.unique(annotations["document_id"])
    places = [path for path in workspace.tables("clean", "documents") if path.exists()]
    lengths: dict[str, int] = {}
    for part in store.scan_where(places, "id", wanted, ["id", "body"]):
        lengths.update(zip(part["id"].to_pylist(), pc.utf8_length(part["body"]).to_pylist(), strict=True))
    return lengths
