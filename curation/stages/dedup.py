"""dedup: signatures batch by batch, then pairs and clusters of the whole corpus, out of core.

The rooms' functions see whole groups of equal keys; the engine brings those together. Only bodies of candidates
are loaded, a block of related pairs at a time.
"""

from __future__ import annotations

import itertools
import shutil
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.dedup import band
from curation.dedup.cluster import clusters
from curation.dedup.signature import sign
from curation.dedup.verify import COLUMNS, verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from curation.config import Dedup
    from curation.engine import Engine

SIGN_CODE = ("dedup/datasketch.py", "dedup/shingle.py", "dedup/signature.py", "schema.py")
CODE = ("dedup", "schema.py", "stages/dedup.py")

#: documents whose bodies are held while their pairs are verified
BLOCK = 20_000
#: signatures of about so many documents are grouped at a time
_PART = 50_000

_STANDING = pa.schema([("id", pa.string()), ("representative", pa.string())])


def sign_batch(documents: pa.Table) -> dict[str, pa.Table]:
    """The table `signatures` for a batch of documents."""
    return {"signatures": sign(documents)}


def find_candidates(
    signatures: Sequence[Path], documents: Sequence[Path], settings: Dedup, engine: Engine, scratch: Path
) -> pa.Table:
    """Every pair of documents that is worth a close look (id_a, id_b), sorted."""
    shutil.rmtree(scratch, ignore_errors=True)
    files = [file for place in signatures for file in store.parquet_files(place)]
    if not files:
        return band.PAIR_SCHEMA.empty_table()
    parts = max(1, sum(store.count_rows(file) for file in files) // _PART)
    group = partial(engine.map_groups, parts=parts)
    group(band.representatives, [files], scratch / "standing", ["text_sha256"], schema=_STANDING)
    standing = store.read_table(scratch / "standing")
    copies = standing.filter(pc.not_equal(standing["id"], standing["representative"]))["id"].combine_chunks()

    rows: dict[str, list[Path]] = {"bands": [], "sketches": [], "versions": []}
    for number, table in enumerate(store.scan(files)):
        distinct = table.filter(pc.invert(pc.is_in(table["id"], copies)))
        _write(rows["bands"], scratch, "bands", number, band.band_rows(distinct, settings.bands, settings.rows))
        _write(rows["sketches"], scratch, "sketches", number, band.sketch_rows(distinct))
    for number, table in enumerate(store.scan(documents, ["id", "url_key"])):
        _write(rows["versions"], scratch, "versions", number, band.version_rows(table))
    for name, kind in rows.items():
        group(band.shared_keys, [kind], scratch / f"shared-{name}", ["key"], schema=band.SHARED_SCHEMA)

    exact = scratch / "whole" / "exact.parquet"
    store.write_table(exact, band.exact_pairs(standing))
    whole = [exact, *_files(scratch / "shared-bands"), *_files(scratch / "shared-versions")]
    plain = scratch / "whole" / "pairs"
    for number, file in enumerate(whole):
        store.write_table(plain / f"{number:05d}.parquet", store.read_table(file, band.PAIR_SCHEMA.names))
    sketches = _files(scratch / "shared-sketches")
    if not sketches:
        sketches = [scratch / "whole" / "no-sketches.parquet"]
        store.write_table(sketches[0], band.SHARED_SCHEMA.empty_table())
    group(
        band.candidates,
        [_files(plain), sketches],
        scratch / "candidates",
        band.PAIR_SCHEMA.names,
        schema=band.PAIR_SCHEMA,
    )
    found = _files(scratch / "candidates")
    table = pa.concat_tables(map(store.read_table, found)) if found else band.PAIR_SCHEMA.empty_table()
    shutil.rmtree(scratch)
    return table.sort_by([("id_a", "ascending"), ("id_b", "ascending")])


def verify_candidates(candidates: pa.Table, documents: Sequence[Path], settings: Dedup) -> pa.Table:
    """The table `pairs`: the candidates that exact Jaccard and containment confirm, sorted."""
    found = [schema.empty("pairs")]
    for block in _blocks(candidates):
        wanted = pa.chunked_array([*block["id_a"].chunks, *block["id_b"].chunks]).unique()
        texts = [table.filter(pc.is_in(table["id"], wanted)) for table in store.scan(documents, COLUMNS)]
        found.append(verify(block, pa.concat_tables(texts), settings))
    return pa.concat_tables(found).sort_by([("id_a", "ascending"), ("id_b", "ascending")])


def make_clusters(
    documents: Sequence[Path],
    pairs: pa.Table,
    told_apart: Collection[tuple[str, str]],
    earlier: pa.Table | None,
) -> pa.Table:
    """The table `clusters` of the whole corpus."""
    # batches in their order of arrival; the order within one must not matter
    ids = [
        sorted(key for table in store.scan([place], ["id"]) for key in table["id"].to_pylist()) for place in documents
    ]
    everybody = pa.array(itertools.chain.from_iterable(ids), pa.string())
    return clusters(everybody, pairs, told_apart, earlier)


def _blocks(candidates: pa.Table) -> Iterator[pa.Table]:
    """The candidates in blocks that hold few documents: pairs of one story stay together."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if candidates.num_rows == 0:
        return
    names = pa.chunked_array([*candidates["id_a"].chunks, *candidates["id_b"].chunks]).unique()
    a = pc.index_in(candidates["id_a"], names).to_numpy()
    b = pc.index_in(candidates["id_b"], names).to_numpy()
    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(len(names), len(names)))
    _, component = connected_components(graph, directed=False)
    order = np.argsort(component[a], kind="stable")
    # number of documents of all components up to each one
    before = np.cumsum(np.bincount(component))
    block = before[component[a][order]] // BLOCK
    for number in np.unique(block):
        yield candidates.take(pa.array(order[block == number]))


def _write(files: list[Path], scratch: Path, name: str, number: int, table: pa.Table) -> None:
    file = scratch / name / f"{number:05d}.parquet"
    store.write_table(file, table)
    files.append(file)


def _files(place: Path) -> list[Path]:
    return store.parquet_files(place) if place.exists() else []
