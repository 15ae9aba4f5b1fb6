"""Learned chrome of a workspace: a new version of the table when somebody asks for it, and a look at any version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema, store
from curation.errors import UsageError
from curation.pipeline import Pipeline
from curation.stages import learn

if TYPE_CHECKING:
    from pathlib import Path

    from curation.config import Config
    from curation.workspace import Workspace

    Row = dict[str, Any]


@dataclass(frozen=True)
class Learned:
    """A version of the chrome table, held against the pinned one."""

    version: int
    #: false where the newest version says the same already
    is_new: bool
    file: Path
    pinned: int
    #: for cleaning
    lines: int
    #: for near-duplicates
    passages: int
    new: tuple[Row, ...]
    gone: tuple[Row, ...]


def learn_chrome(workspace: Workspace, config: Config) -> Learned:
    """Learn what sites repeat and write it as the next version; cleaning goes on with the version that is pinned.

    Raises:
        UsageError: there is no article yet, or the pinned version is missing.
    """
    pinned = read_chrome(workspace, config.chrome.version)
    batches = {batch: workspace.batch_stage(batch, "ingest") for batch in workspace.accepted()}
    articles = sum((stage.manifest() or {}).get("rows", {}).get("articles", 0) for stage in batches.values())
    if not articles:
        raise UsageError("there is no article to learn from", where=str(workspace.root), remedy="Run: curation run")
    with workspace.lock():
        table = Pipeline(workspace, config).learn()
        newest = max(workspace.chrome_versions(), default=0)
        is_new = not _same(table, read_chrome(workspace, newest))
        version = newest + is_new
        file = workspace.chrome_file(version)
        if is_new:
            place = table.column_names.index("version")
            table = table.set_column(place, "version", pa.repeat(pa.scalar(version, pa.int32()), table.num_rows))
            store.write_table(file, schema.conform("chrome", table))
            manifest = {
                "version": version,
                "rows": table.num_rows,
                "sha256": store.file_digest(file),
                "articles": articles,
                "input": {batch: stage.content() for batch, stage in batches.items()},
                "disable": sorted(config.rules.disable),
                "code": store.code_digest(*learn.CODE),
            }
            store.write_json(file.with_suffix(".json"), manifest)
    before, after = _by_line(pinned), _by_line(table)
    passages = table["position"].to_pylist().count("passage")
    return Learned(
        version,
        is_new,
        file,
        config.chrome.version,
        table.num_rows - passages,
        passages,
        new=tuple(row for line, row in after.items() if line not in before),
        gone=tuple(row for line, row in before.items() if line not in after),
    )


def read_chrome(workspace: Workspace, version: int) -> pa.Table:
    """A version of the chrome table; version 0 is the empty one.

    Raises:
        UsageError: there is no such version.
    """
    if not version:
        return schema.empty("chrome")
    file = workspace.chrome_file(version)
    if not file.exists():
        known = ", ".join(map(str, workspace.chrome_versions()))
        remedy = f"Versions: {known}." if known else "Make one with: curation learn"
        raise UsageError(f"there is no version {version} of the chrome table", where=str(file), remedy=remedy)
    return store.read_table(file)


def chrome_text(rows: tuple[Row, ...] | list[Row], mark: str = "") -> str:
    """Learned lines and passages for a terminal, one row each, under the site or network that prints them."""
    lines = []
    owner = None
    for row in rows:
        here = row["site"] or f"all of {row['network']}"
        if here != owner:
            owner = here
            lines.append(here)
        example = " ".join(row["example"].split())
        lines.append(f"{mark}  {row['position']:<7} {row['n_documents']:>7,}  {example}")
    return "\n".join(lines)


def _by_line(table: pa.Table) -> dict[tuple[str, str, str], Row]:
    rows = table.to_pylist()
    return {(row["site"] or row["network"], row["line_key"], row["position"]): row for row in rows}


def _same(one: pa.Table, other: pa.Table) -> bool:
    return bool(one.drop_columns(["version"]).equals(other.drop_columns(["version"])))
