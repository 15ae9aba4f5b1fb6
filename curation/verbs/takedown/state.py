"""Taking articles out of what a workspace carries over: batches, frozen texts, learned chrome."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.stages.ingest import set_aside_withdrawn
from curation.workspace.frozen import TABLES, frozen_folder
from curation.workspace.withdrawn import sha256

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from curation.workspace import Workspace
    from curation.workspace.withdrawn import Withdrawn

#: made from a batch's articles; those of accepted batches are made again by a run
_DOWNSTREAM = ("clean", "judge", "sign", "match")


def purge(workspace: Workspace, withdrawn: Withdrawn, ids: Sequence[str], examples: Collection[str]) -> None:
    """Take articles out of ``state/``, and delete ``work/``; a run makes the stages behind them again.

    Args:
        workspace: held by a lock.
        withdrawn: the ledger, with these articles.
        ids: the articles.
        examples: sha256 of examples of learned chrome that stand in these articles alone.
    """
    gone = pa.array(ids, pa.string())
    for unfinished in workspace.state.rglob(".*"):  # files of a killed run, which nobody reads
        unfinished.unlink()
    for batch in workspace.batches():
        folder = workspace.state / "batches" / batch.name
        for leftover in (*folder.glob("*.partial"), *folder.glob("*.old")):
            shutil.rmtree(leftover)
        stage = workspace.batch_stage(batch.name, "ingest")
        if stage.manifest() is not None and _holds([stage.table("articles")], gone):
            set_aside_withdrawn(stage, batch.name, withdrawn)
        if batch.state != "accepted":  # no run makes these again
            for name in _DOWNSTREAM:
                shutil.rmtree(folder / name, ignore_errors=True)
        for name in TABLES:
            _without_rows(frozen_folder(workspace, batch.name) / f"{name}.parquet", gone)
    _without_rows(workspace.state / "frozen.parquet", gone)
    _without_rows(workspace.state / "clusters.parquet", gone)
    for version in workspace.chrome_versions():
        _without_examples(workspace.chrome_file(version), examples)
    shutil.rmtree(workspace.work, ignore_errors=True)


def examples_of(workspace: Workspace, texts: Iterable[str | None], staying: Iterable[pa.ChunkedArray]) -> list[str]:
    """sha256 of the examples of learned chrome that these texts have and no other.

    Args:
        workspace: any.
        texts: what must go.
        staying: texts that stay.
    """
    files = [workspace.chrome_file(version) for version in workspace.chrome_versions()]
    every = {row["example"] for file in files for row in store.read_table(file, ["example"]).to_pylist()}
    going = "\n".join(text for text in texts if text)
    only = {example for example in every if example and example in going}
    for column in staying if only else ():
        only -= {example for example in only if pc.any(pc.match_substring(column, example)).as_py()}
    return sorted(filter(None, map(sha256, only)))


def _holds(places: Iterable[Path], gone: pa.Array) -> bool:
    return any(pc.any(pc.is_in(table["id"], value_set=gone)).as_py() for table in store.scan(places, ["id"]))


def _without_rows(path: Path, gone: pa.Array) -> None:
    if path.exists():
        table = store.read_table(path)
        kept = table.filter(pc.invert(pc.is_in(table["id"], value_set=gone)))
        if kept.num_rows < table.num_rows:
            store.write_table(path, kept)


def _without_examples(file: Path, examples: Collection[str]) -> None:
    table = store.read_table(file)
    kept = ["" if sha256(example) in examples else example for example in table["example"].to_pylist()]
    if kept != table["example"].to_pylist():
        column = pa.array(kept, table.schema.field("example").type)
        place = table.schema.get_field_index("example")
        store.write_table(file, table.set_column(place, table.schema.field(place), column))
        beside = file.with_suffix(".json")
        if beside.exists():
            store.write_json(beside, {**json.loads(beside.read_text("utf-8")), "sha256": store.file_digest(file)})
