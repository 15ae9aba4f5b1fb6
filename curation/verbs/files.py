"""The verbs outside a workspace: on raw input, or on a folder that an earlier verb wrote."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curation import schema, store
from curation.boilerplate import RULES
from curation.errors import InputError, UsageError
from curation.pipeline import Pipeline
from curation.progress import Done
from curation.stages import judge
from curation.workspace import Batch, Workspace
from curation.workspace.inputs import batch_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curation.config import Config

#: what each verb writes, by the stage that makes it
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "clean": {"ingest": ("articles", "rejected"), "clean": ("documents", "edits", "metadata", "findings")},
    "judge": {"judge": ("measures", "findings")},
    "dedup": {"dedup": ("pairs", "clusters")},
}


def run_on_files(
    source: Path,
    out: Path,
    verb: str,
    config: Config,
    follow: Callable[[Iterable[Done]], list[Done]] = list,
    home: Path | None = None,
) -> dict[str, int]:
    """Run the stages up to a verb on an input, and write that verb's tables into a folder.

    Args:
        source: raw input of any readable kind, or a folder that ``curation clean`` wrote.
        out: folder for the tables, one Parquet file each.
        verb: clean, judge or dedup.
        config: the settings.
        follow: is given the stages as they are done, and returns them.
        home: the workspace of the settings, which has the chrome table that they pin.

    Returns:
        The rows of each table that was written.

    Raises:
        UsageError: nothing is there.
        InputError: nothing of it can be read.
    """
    if not source.exists():
        raise UsageError("no such file or folder", where=str(source), remedy="Check the path.")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".curation-", dir=out) as scratch:
        workspace = Workspace(Path(scratch))
        if home and (pinned := Workspace(home).chrome_file(config.chrome.version)).exists():
            workspace.chrome_file(config.chrome.version).parent.mkdir(parents=True)
            shutil.copyfile(pinned, workspace.chrome_file(config.chrome.version))
        batch = batch_name(source)
        adopted = _holds_tables(source)
        if adopted:
            _adopt(source, workspace, batch)
        done = follow(Pipeline(workspace, config).run({} if adopted else {batch: source}, until=verb))
        _refuse_nothing(source, workspace, done)
        if not adopted and done[0].outcome == "quarantined":
            # outside a workspace nobody could accept the batch: what can be read is written, and told
            workspace.set_batch(Batch(batch, "accepted", done[0].detail))
            follow(Pipeline(workspace, config).run({}, until=verb))
        return _write_tables(workspace, batch, out, verb, config)


def _holds_tables(folder: Path) -> bool:
    """Whether an earlier verb wrote this: documents, or articles alone (other Parquet files may have that name)."""
    if (folder / "documents.parquet").is_file() or not (folder / "articles.parquet").is_file():
        return (folder / "documents.parquet").is_file()
    try:
        return is_articles(pq.read_schema(folder / "articles.parquet").names)
    except pa.ArrowInvalid:
        return False


def is_articles(columns: Sequence[str]) -> bool:
    """Whether a table with these columns is the table `articles`, that only needs cleaning."""
    return set(schema.arrow_schema("articles").names) <= set(columns)


def _refuse_nothing(source: Path, workspace: Workspace, done: list[Done]) -> None:
    """An input that gives no article is an error here; in a nightly run it is an empty night."""
    for event in done:
        if event.stage != "ingest" or event.rows.get("articles"):
            continue
        if event.outcome == "empty":
            raise InputError("there is nothing in it", where=str(source), remedy="Check the scrape.")
        stage = workspace.batch_stage(str(event.batch), "ingest")
        rejected = stage.read("rejected", ["source_ref", "detail"]).to_pylist()
        if not rejected:
            raise InputError(event.detail.removeprefix(f"{source}: "), where=str(source), remedy="Check the scrape.")
        first = rejected[0]
        more = f" ({len(rejected) - 1:,} more like this)" if len(rejected) > 1 else ""
        raise InputError(
            f"no article can be read: {first['detail']}{more}", where=first["source_ref"], remedy="Check the scrape."
        )


def _write_tables(workspace: Workspace, batch: str, out: Path, verb: str, config: Config) -> dict[str, int]:
    written = {}
    for stage, tables in TABLES[verb].items():
        folder = workspace.corpus_stage(stage) if stage == "dedup" else workspace.batch_stage(batch, stage)
        for table in tables:
            place = folder.table(table)
            rows: Iterable[pa.Table] = store.scan([place]) if place.exists() else ()
            if verb == "judge" and table == "findings":
                rows = itertools.chain(_cleaning_findings(workspace, batch), rows)
            written[table] = store.write_stream(out / f"{table}.parquet", schema.arrow_schema(table), rows)
    if verb == "judge":
        verdicts = judge.judge_documents([out / "measures.parquet"], config.quality)
        store.write_table(out / "verdicts.parquet", verdicts)
        written["verdicts"] = verdicts.num_rows
    return written


def _cleaning_findings(workspace: Workspace, batch: str) -> Iterator[pa.Table]:
    """What cleaning found; not what a folder that was judged before holds beside it."""
    place = workspace.batch_stage(batch, "clean").table("findings")
    for table in store.scan([place] if place.exists() else []):
        yield table.filter(pc.is_in(table["rule"], pa.array([rule.name for rule in RULES])))


def _adopt(folder: Path, workspace: Workspace, batch: str) -> None:
    """Take tables that ``curation clean`` wrote for the stages that made them."""
    for stage, tables in TABLES["clean"].items():
        files = {table: folder / f"{table}.parquet" for table in tables}
        if not any(file.is_file() for file in files.values()):
            continue
        draft = workspace.batch_stage(batch, stage).begin("adopted")
        for table, file in files.items():
            if file.is_file():
                for part, rows in enumerate(store.scan([file])):
                    store.write_table(draft.path / table / f"part-{part:05d}.parquet", schema.conform(table, rows))
        draft.commit({"adopted": {table: store.file_digest(file) for table, file in files.items() if file.is_file()}})
    workspace.set_batch(Batch(batch, "accepted"))
