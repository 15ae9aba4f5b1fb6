"""Where the tables are, in a workspace or in a folder, and which row of them a key means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import UsageError
from curation.ingest.urls import url_key
from curation.workspace import Batch, Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Row = dict[str, Any]

#: the stages that make each table of a batch
_STAGES = {
    "articles": ("ingest",),
    "rejected": ("ingest",),
    "documents": ("clean",),
    "edits": ("clean",),
    "metadata": ("clean",),
    "findings": ("clean", "judge"),
    "measures": ("judge",),
}
_CORPUS = {"pairs": "dedup", "clusters": "dedup", "verdicts": "select", "selection": "select"}

_NAMES = ("id", "url", "url_key", "source_id", "source_ref")
_SHORTEST_PREFIX = 6


@dataclass(frozen=True)
class Places:
    """The tables of a workspace, or of a folder with one Parquet file a table."""

    root: Path
    workspace: Workspace | None = None

    @cached_property
    def batches(self) -> Mapping[str, Batch]:
        """Every batch of the workspace, those in quarantine and the dropped ones too."""
        return {batch.name: batch for batch in self.workspace.batches()} if self.workspace else {}

    def of(self, table: str, batch: str | None = None) -> list[Path]:
        """Where a table is: of one batch, else of all of them."""
        if self.workspace is None:
            return [self.root / f"{table}.parquet"]
        if table in _CORPUS:
            return [self.workspace.corpus_stage(_CORPUS[table]).table(table)]
        names = [batch] if batch else list(self.batches)
        made = [self.workspace.batch_stage(name, stage).table(table) for name in names for stage in _STAGES[table]]
        # what annotators said of a text (`curation label problems`) is a finding, too
        return made + (sorted(self.root.glob("campaigns/*/findings.parquet")) if table == "findings" else [])

    def has(self, table: str) -> bool:
        """Whether any part of a table is there."""
        return any(store.parquet_files(place) for place in self.of(table))

    def rows(
        self,
        table: str,
        column: str,
        values: Collection[str],
        batch: str | None = None,
        columns: list[str] | None = None,
    ) -> list[Row]:
        """The rows of a table with one of these values; none where there is no table."""
        return store.rows_where(self.of(table, batch), column, values, columns)


def find_article(places: Places, key: str) -> Row | None:
    """Id, batch and other names of the article that a key means; of several versions of a page the newest.

    Args:
        places: the tables to look in.
        key: id, the beginning of one, URL, url_key, source_id or source_ref.

    Raises:
        UsageError: the key fits more than one page.
    """
    found = []
    for table in store.scan(places.of("articles"), [*_NAMES, "batch"], rows=50_000):
        found += matching(table, key)
    return one_page(found, key)


def one_page(found: list[Row], key: str) -> Row | None:
    """Of the articles that a key fits the newest version; None where it fits none.

    Raises:
        UsageError: it fits more than one page.
    """
    exact = [row for row in found if row["id"] == key]
    if exact or not found:
        return exact[-1] if exact else None
    pages = {row["url_key"] or row["id"] for row in found}
    if len(pages) > 1:
        some = ", ".join(row["id"] for row in found[:5])
        raise UsageError(f"'{key}' fits {len(found)} articles", remedy=f"Choose one by its id: {some}.")
    return found[-1]


def versions(places: Places, article: Row) -> list[str]:
    """The ids of the other versions of an article's page, in the order of arrival."""
    if article["url_key"] is None:
        return []
    rows = places.rows("articles", "url_key", [article["url_key"]], columns=["id"])
    return [row["id"] for row in rows if row["id"] != article["id"]]


def nearest(places: Places, key: str) -> list[str]:
    """The ids, addresses and references most like a key, the most like first."""
    from rapidfuzz import process

    column = "id" if re.fullmatch("[0-9a-f]{4,16}", key) else "url" if "/" in key else "source_ref"
    best: list[tuple[float, str]] = []
    for table in store.scan(places.of("articles"), [column], rows=50_000):
        names = table[column].drop_null().to_pylist()
        best += [(score, name) for name, score, _ in process.extract(key, names, limit=3, score_cutoff=60)]
        best = sorted(set(best), key=lambda pair: (-pair[0], pair[1]))[:3]
    return [name for _, name in best]


def matching(articles: pa.Table, key: str) -> list[Row]:
    """Id, batch and other names of the articles of a table that a key fits."""
    wanted = {"id": key, "url": key, "url_key": url_key(key) or key, "source_id": key, "source_ref": key}
    mask = _any(pc.equal(articles[name], value) for name, value in wanted.items())
    if re.fullmatch(f"[0-9a-f]{{{_SHORTEST_PREFIX},16}}", key):
        mask = pc.or_(mask, pc.starts_with(articles["id"], key))
    rows: list[Row] = articles.select([*_NAMES, "batch"]).filter(mask).to_pylist()
    return rows


def _any(masks: Any) -> pa.ChunkedArray:
    either = None
    for mask in masks:
        mask = pc.fill_null(mask, False)
        either = mask if either is None else pc.or_(either, mask)
    return either
