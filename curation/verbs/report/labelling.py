"""The campaigns for the report: how far they are, how far people agree, what they take for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation import store
from curation.annotation import campaign as campaigns
from curation.errors import CurationError
from curation.report.excerpt import clipped
from curation.report.standing import CAMPAIGN_TABLES
from curation.verbs.agreement import campaign_agreement
from curation.verbs.campaign.insight import status

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from curation.annotation.assignment.progress import Progress
    from curation.workspace import Workspace

    Row = dict[str, Any]

MOST_CAMPAIGNS = 8
MOST_LABELS = 12
MOST_PEOPLE = 30


def campaign_figures(workspace: Workspace, at: datetime) -> list[Row]:
    """Each campaign, up to eight.

    Returns:
        name, shows, counts of its tables, rounds and queues (empty where nothing is assigned), idle (annotators who
        stand still), open (documents without a label), agreement (rows of the summary), confusion (a matrix a
        question), and problem (why there is no agreement).
    """
    return [_figures(workspace, name, at) for name in campaigns.names(workspace.root)[:MOST_CAMPAIGNS]]


def _figures(workspace: Workspace, name: str, at: datetime) -> Row:
    campaign = campaigns.campaign(workspace.root, name)
    files = {table: campaign.folder / f"{table}.parquet" for table in CAMPAIGN_TABLES}
    row: Row = {table: store.count_rows(file) if file.exists() else 0 for table, file in files.items()}
    row |= {"name": clipped(name, 60), "shows": "", "problem": "", "agreement": [], "confusion": [], "open": 0}
    row |= {"rounds": [], "queues": [], "idle": [], "forecast": None}
    try:
        row["shows"] = campaign.load_codebook().codebook.shows
        row |= _progress(status(workspace, name, at))
    except CurationError:
        pass  # nothing is assigned: tasks and answers are counted all the same
    if files["tasks"].exists() and files["labels"].exists():
        labelled = pc.unique(store.read_table(files["labels"], ["document_id"])["document_id"])
        tasks = pc.unique(store.read_table(files["tasks"], ["document_id"])["document_id"])
        row["open"] = len(tasks) - (pc.sum(pc.is_in(tasks, labelled)).as_py() or 0)
    try:
        tables = campaign_agreement(workspace, name)
    except CurationError as error:
        row["problem"] = str(error)
    else:
        row["agreement"] = _summary(tables["summary"])
        row["confusion"] = _matrices(tables["confusion"])
    return row


def _progress(found: Progress) -> Row:
    queues = [queue.row for queue in found.queues[:MOST_PEOPLE]]
    idle = [{"annotator": queue.annotator, "days": queue.idle} for queue in found.queues if queue.idle]
    rounds = [vars(one) for one in found.rounds]
    return {"rounds": rounds, "queues": queues, "idle": idle, "forecast": found.forecast}


def _summary(table: pa.Table) -> list[Row]:
    """Of each question the coefficients over all, then those of each label, one coefficient each."""
    rows = [row for row in table.to_pylist() if row["scope"] == "all"]
    labels = [
        row for row in table.to_pylist() if row["scope"] == "label" and row["coefficient"] == "krippendorff_alpha"
    ]
    return [row | {"of": clipped(row["of"], 40)} for row in (*rows, *labels[: 2 * MOST_LABELS])]


def _matrices(table: pa.Table) -> list[Row]:
    """What one person says where another says something: shares of each row, the most frequent labels."""
    found = []
    for question in pc.unique(table["question"]).to_pylist():
        rows = table.filter(pc.equal(table["question"], question)).to_pylist()
        total: dict[str, int] = {}
        for row in rows:
            total[row["value"] or "–"] = total.get(row["value"] or "–", 0) + row["n"]
        labels = sorted(total, key=lambda label: (-total[label], label))[:MOST_LABELS]
        cells = {(row["value"] or "–", row["other"] or "–"): row for row in rows}
        lines = [
            {
                "label": one,
                "n": total[one],
                "cells": [cells[one, other]["share"] if (one, other) in cells else 0.0 for other in labels],
            }
            for one in labels
        ]
        found.append({"question": question, "labels": labels, "lines": lines, "left": len(total) - len(labels)})
    return found
