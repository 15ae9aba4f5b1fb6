"""label problems: what annotators say of the texts, held against what the workspace knows of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import problems as complained
from curation.annotation.problems import QUESTION, Corpus, Row
from curation.errors import UsageError
from curation.explain.explanation import QUIET
from curation.verbs.campaign.folder import open_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.workspace import Workspace

FINDINGS = "findings.parquet"


@dataclass(frozen=True)
class Problems:
    """The report of a campaign."""

    campaign: str
    rows: tuple[Row, ...]
    #: what annotators read for each stored value
    shown: Mapping[str, str]
    #: documents that were read
    read: int
    #: the complaints as findings
    file: Path


def read_problems(workspace: Workspace, name: str) -> Problems:
    """What annotators of a campaign say of its texts, with what it may come from; also written as findings.

    Args:
        workspace: with the campaign.
        name: the campaign.

    Raises:
        UsageError: there is no such campaign, its codebook doesn't ask, or nothing was answered yet.
    """
    folder = open_folder(workspace, name)
    asked = next((question for question in folder.book.question if question.name == QUESTION), None)
    if asked is None:
        remedy = f'A shipped codebook shows how: a [[question]] with name = "{QUESTION}".'
        raise UsageError(f"the codebook of '{name}' has no question '{QUESTION}'", remedy=remedy)
    if not folder.campaign.annotations.exists():
        raise UsageError(f"the campaign '{name}' has no answers yet", remedy=f"Run: curation label pull {name}")
    annotations = store.read_table(folder.campaign.annotations)
    file = keep_findings(workspace, folder.campaign, annotations)
    rows = complained.report(annotations, _corpus(workspace, annotations), asked.values)
    shown = {label.value: label.shown for label in asked.label}
    return Problems(name, tuple(rows), shown, len(complained.read_documents(annotations)), file)


def keep_findings(workspace: Workspace, campaign: Campaign, annotations: pa.Table) -> Path:
    """Write what annotators say of the texts as ``findings.parquet`` of the campaign, where `explain` finds it."""
    file = campaign.folder / FINDINGS
    said = annotations.filter(pc.equal(annotations["question"], QUESTION))
    if not said.num_rows and not file.exists():
        return file
    documents = _where(workspace.tables("clean", "documents"), "documents", said["document_id"], ["id", "body"])
    lengths = dict(zip(documents["id"].to_pylist(), pc.utf8_length(documents["body"]).to_pylist(), strict=True))
    store.write_table(file, complained.findings(annotations, campaign.name, lengths))
    return file


def write_problems(rows: Sequence[Row], path: Path) -> None:
    """The report as a CSV file, a row a line.

    Raises:
        UsageError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise UsageError("no such folder", where=str(path.parent), remedy="Make it first.")
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row.to_dict(), "examples": " ".join(row.examples)} for row in rows)
    store.write_atomically(path, out.getvalue().encode())


def _corpus(workspace: Workspace, annotations: pa.Table) -> Corpus:
    """What the tables of the workspace know of the documents that were read."""
    ids = annotations["document_id"]
    articles = _where(workspace.tables("ingest", "articles"), "articles", ids, ["id", "site"])
    edits = _where(workspace.tables("clean", "edits"), "edits", ids, ["id", "rule"])
    dedup = workspace.corpus_stage("dedup")
    said = annotations.filter(pc.equal(annotations["question"], QUESTION))["document_id"]
    pairs = [_where([dedup.table("pairs")], "pairs", said, None, of) for of in ("id_a", "id_b")]
    return Corpus(
        documents=_where(
            workspace.tables("clean", "documents"), "documents", ids, ["id", "language", "outlet", "body"]
        ),
        sites={row["id"]: row["site"] or "unknown" for row in articles.to_pylist()},
        edits=edits.filter(pc.invert(pc.is_in(edits["rule"], pa.array(sorted(QUIET))))),
        pairs=pa.concat_tables(pairs),
        clusters=_where([dedup.table("clusters")], "clusters", said, ["id", "size"]),
    )


def _where(
    places: Iterable[Path], table: str, ids: pa.ChunkedArray, columns: list[str] | None, column: str = "id"
) -> pa.Table:
    """The rows of a table on some documents; none where the table is not there yet."""
    empty = schema.empty(table) if columns is None else schema.empty(table).select(columns)
    there = [place for place in places if place.exists()]
    return pa.concat_tables([empty, *store.scan_where(there, column, pc.unique(ids), columns)])
