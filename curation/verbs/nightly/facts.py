"""The numbers of one batch that are worth comparing with other nights, read from its tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from curation.stages.ingest import rejected_share

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyarrow as pa

    from curation.workspace import Batch, Workspace

#: in the place of an outlet: all documents of a batch
ALL = ""


@dataclass(frozen=True)
class Group:
    """The documents of one outlet in one batch, or all of the batch."""

    documents: int
    #: by the measures of :mod:`curation.verbs.nightly.drift`; none of what can't be told
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class BatchFacts:
    """What became of one batch."""

    name: str
    state: str
    #: why it is quarantined or dropped, or who accepted it
    reason: str
    #: rows or files that were read
    inputs: int
    articles: int
    #: inputs that are no articles, by reason
    rejected: Mapping[str, int]
    #: of all inputs; repeats, joined pages and withdrawals are in order, and not counted as rejected
    rejected_share: float
    #: documents by their outcome in `selection`, by the measures that they fail, and by language
    outcomes: Mapping[str, int]
    failed: Mapping[str, int]
    languages: Mapping[str, int]
    #: by outlet; under `ALL` the whole batch
    groups: Mapping[str, Group]


def batch_facts(workspace: Workspace, batch: Batch, selection: pa.Table, verdicts: pa.Table) -> BatchFacts:
    """The facts of a batch; of one that is not in the corpus only what was read.

    Args:
        workspace: with a finished run.
        batch: one of its batches.
        selection: id and outcome of all documents.
        verdicts: id, keep and reasons of all documents.
    """
    stage = workspace.batch_stage(batch.name, "ingest")
    rejected = Counter(stage.read("rejected", ["reason"])["reason"].to_pylist())
    articles = int((stage.manifest() or {}).get("rows", {}).get("articles", 0))
    bad, total = rejected_share(stage)
    outcomes: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    groups: dict[str, Group] = {}
    if batch.state == "accepted" and articles:
        documents = _documents(workspace, batch.name)
        ids = documents["id"]
        verdicts = verdicts.filter(pc.is_in(verdicts["id"], ids))
        outcomes.update(selection.filter(pc.is_in(selection["id"], ids))["outcome"].to_pylist())
        failed.update(pc.list_flatten(verdicts["reasons"]).to_pylist())
        languages.update(documents["language"].drop_null().to_pylist())
        groups = _groups(documents, verdicts.filter(pc.invert(verdicts["keep"]))["id"])
    return BatchFacts(
        name=batch.name,
        state=batch.state,
        reason=batch.reason,
        inputs=articles + rejected.total(),
        articles=articles,
        rejected=rejected,
        rejected_share=bad / total if total else 0.0,
        outcomes=outcomes,
        failed=failed,
        languages=languages,
        groups=groups,
    )


def _documents(workspace: Workspace, batch: str) -> pa.Table:
    """One narrow row a document: what it is, and what is told of an outlet by it."""
    columns = ["id", "outlet", "language", "n_words", "title", "published_at"]
    table = workspace.batch_stage(batch, "clean").read("documents", columns)
    measures = workspace.batch_stage(batch, "judge").read("measures", ["id", "chrome_share"])
    row = pc.index_in(table["id"], measures["id"].combine_chunks())
    return table.append_column("chrome", measures["chrome_share"].combine_chunks().take(row.combine_chunks()))


def _groups(documents: pa.Table, failed: pa.ChunkedArray) -> dict[str, Group]:
    flags = {
        "failed": pc.is_in(documents["id"], failed.combine_chunks()),
        "undated": pc.is_null(documents["published_at"]),
        "untitled": pc.is_null(documents["title"]),
        # too short to tell is neither
        "foreign": pc.not_equal(documents["language"], "id"),
    }
    frame: pd.DataFrame = documents.select(["outlet", "n_words", "chrome"]).to_pandas()
    for name, flag in flags.items():
        frame[name] = flag.cast("float64").to_pandas()
    groups = {ALL: _group(frame)}
    groups.update((str(outlet), _group(rows)) for outlet, rows in frame.groupby("outlet"))
    return groups


def _group(rows: pd.DataFrame) -> Group:
    values = {
        "words": rows["n_words"].median(),
        "chrome": rows["chrome"].median(),
        **{name: rows[name].mean() for name in ("failed", "foreign", "undated", "untitled")},
    }
    return Group(len(rows), {name: float(value) for name, value in values.items() if value == value})
