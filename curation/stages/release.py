"""release: the selected documents in release order, out of core; and the answers that belong to them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curation import schema, store
from curation.release import assemble
from curation.release.manifest import MANIFEST
from curation.release.splits.assign import Assigned, Cuts, assign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from curation.config import Splits

#: documents that are looked up at a time: some 70 MB of text
TOGETHER = 20_000

_PAIR = ["id_a", "id_b"]

CODE = ("privacy", "release", "schema.py", "stages/release.py")


def assemble_documents(documents: Sequence[Path], clusters: Path, selection: Path, beside: pa.Table, into: Path) -> int:
    """Write the table `released`, whole bodies in release order, as one file; returns its rows.

    Texts are sorted a part at a time: the order is that of narrow columns, so it is known which part each belongs to.

    Args:
        documents: the table of each batch.
        clusters: the table of the corpus.
        selection: the table of the corpus.
        beside: split and labels of the documents.
        into: the file.
    """
    narrow = [*store.scan(documents, [name for name, _ in assemble.ORDER])]
    if not narrow:
        return store.write_stream(into, schema.arrow_schema("released"), [])
    order = pa.concat_tables(narrow)
    kept, grouped = (
        store.read_table(place, columns)
        for place, columns in ((selection, ["id", "selected"]), (clusters, ["id", "cluster_id", "size"]))
    )
    sides = assemble.sides(order["id"], grouped, kept, beside)
    rank = _rank(order.filter(sides["selected"]))
    parts = into.parent / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    first = start = 0
    for number, table in enumerate(store.together(store.scan(documents), TOGETHER)):
        made = assemble.rows(table, sides.slice(first, table.num_rows))
        part = rank[start : start + made.num_rows] // TOGETHER
        first, start = first + table.num_rows, start + made.num_rows
        for one in np.unique(part):
            folder = parts / f"{one:05d}"
            folder.mkdir(parents=True, exist_ok=True)
            # read once, in a moment: not worth a small file
            rows = made.filter(pa.array(part == one))
            pq.write_table(rows, folder / f"part-{number:05d}.parquet", compression="lz4", use_dictionary=False)
    in_order = (store.read_table(folder).sort_by(assemble.ORDER) for folder in sorted(parts.glob("*")))
    rows = store.write_stream(into, schema.arrow_schema("released"), in_order)
    shutil.rmtree(parts, ignore_errors=True)
    return rows


def _rank(selected: pa.Table) -> npt.NDArray[np.int64]:
    """The place of each selected document in release order, in the order in which they are read."""
    order = pc.sort_indices(selected, sort_keys=assemble.ORDER).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def assign_splits(
    documents: Sequence[Path],
    clusters: Path,
    selection: Path,
    settings: Splits,
    *,
    before: Path | None,
    overlaps: Sequence[Path] = (),
    tasks: pa.Table | None = None,
) -> Assigned:
    """The split of each selected document; what an earlier version published stays where it is.

    Args:
        documents: the table of each batch.
        clusters: the table of the corpus.
        selection: the table of the corpus.
        settings: of the splits.
        before: folder of the latest version.
        overlaps: the table of each batch; texts that share passages tell of one event.
        tasks: what was drawn for labelling, with its targets.
    """
    kept = store.read_table(selection, ["id", "selected"])
    ids = kept.filter(kept["selected"])["id"].combine_chunks()
    parts = [
        table.filter(pc.is_in(table["id"], ids)) for table in store.scan(documents, ["id", "outlet", "published_at"])
    ]
    if not parts:
        return Assigned(pa.table({"id": pa.array([], pa.string()), "split": pa.array([], pa.string())}), Cuts())
    chosen = pa.concat_tables(parts)
    grouped = store.read_table(clusters, ["id", "cluster_id"])
    at = pc.index_in(chosen["id"], value_set=grouped["id"].combine_chunks())
    chosen = chosen.append_column("cluster_id", grouped["cluster_id"].take(at))
    ties = _ties(settings, overlaps, tasks)
    if before is None:
        return assign(chosen, settings, ties=ties)
    known = store.read_table(before / "data" / "default", ["id", "split"])
    told = json.loads((before / MANIFEST).read_text(encoding="utf-8"))["splits"]
    return assign(chosen, settings, before=known, cuts=Cuts.from_dict(told), ties=ties)


def _ties(settings: Splits, overlaps: Sequence[Path], tasks: pa.Table | None) -> pa.Table | None:
    """What lies together beside clusters: each document (id) and the name of what it shares with others."""
    if settings.by == "event":
        pairs = pa.concat_tables([schema.empty("overlaps").select(_PAIR), *store.scan(overlaps, _PAIR)])
        name = pc.binary_join_element_wise(pairs["id_a"], pairs["id_b"], " ")
        return pa.concat_tables(pa.table({"id": pairs[side], "name": name}) for side in _PAIR)
    if settings.by == "target" and tasks is not None:
        about = tasks.filter(pc.is_valid(tasks["target"]))
        return pa.table({"id": about["document_id"], "name": about["target"]})
    return None


def gather_answers(name: str, campaigns: Sequence[Path], into: Path) -> Path | None:
    """The annotations, labels or tasks of all campaigns as one file; None where there are none."""
    places = [place for campaign in campaigns if (place := campaign / f"{name}.parquet").exists()]
    if not places:
        return None
    conformed = (schema.conform(name, schema.widen(name, table)) for table in store.scan(places))
    store.write_stream(into, schema.arrow_schema(name), conformed)
    return into
