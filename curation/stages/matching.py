"""dedup on a cluster: the same overlaps as :func:`curation.stages.dedup.match_batch` makes, its work spread over nodes.

1. Candidates: each node takes a chunk of the new documents, past which all that came before is streamed.
2. The candidate pairs are cut into blocks, components in one piece where they fit, so that a text is needed in few.
3. The texts are brought to the blocks that need them, and each block is measured by itself.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.dedup.candidates import Documents, documents_of, named, of_chunk
from curation.dedup.verify import COLUMNS, measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from curation.config import Dedup
    from curation.engine import Engine

    Numbers = npt.NDArray[np.int64]

#: Pairs that are measured together: their texts are held by one node.
BLOCK = 20_000


def match_on_cluster(
    signatures: Sequence[Path],
    documents: Sequence[Path],
    settings: Dedup,
    scratch: Path,
    stops: Collection[int],
    engine: Engine,
) -> pa.Table:
    """The table `overlaps` of the last batch, as :func:`curation.stages.dedup.match_batch` makes it.

    Args:
        signatures: the table of each batch, in the order of arrival.
        documents: of the same batches.
        settings: of near-duplicates.
        scratch: folder for temporary files, seen by all nodes.
        stops: hashes of stop-shingles, as for the signatures.
        engine: spreads the work.
    """
    folder = scratch / "match"
    shutil.rmtree(folder, ignore_errors=True)
    found = _candidates(signatures, settings, folder, engine)
    if found.num_rows:
        overlaps = _overlaps(found, documents, settings, folder, stops, engine)
    else:
        overlaps = schema.empty("overlaps")
    shutil.rmtree(folder)
    return overlaps


def _overlaps(
    found: pa.Table,
    documents: Sequence[Path],
    settings: Dedup,
    folder: Path,
    stops: Collection[int],
    engine: Engine,
) -> pa.Table:
    blocks = _Blocks.of(found)
    store.write_table(folder / "pairs.parquet", found.append_column("block", pa.array(blocks.of_pair)))
    draft = store.Stage(folder / "needed").begin("match")
    files = [file for place in documents for file in store.parquet_files(place) if blocks.need(file)]
    engine.map_batches(blocks.texts, store.pieces(files), draft)
    function = partial(_measured, stops=stops, backend=settings.backend)
    sources = [[folder / "pairs.parquet"], store.parquet_files(draft.path / "texts")]
    parts = int(blocks.of_pair.max()) + 1
    engine.map_groups(function, sources, folder / "measured", ["block"], parts, schema.arrow_schema("overlaps"))
    return store.read_table(folder / "measured").sort_by([("id_a", "ascending"), ("id_b", "ascending")])


def _candidates(signatures: Sequence[Path], settings: Dedup, folder: Path, engine: Engine) -> pa.Table:
    batches = [partial(_columns, place) for place in signatures]
    documents = documents_of(batches, settings.bands, settings.rows)
    found = []

    def collect(_: int, tables: Mapping[str, pa.Table]) -> Mapping[str, pa.Table]:
        found.append(tables["found"]["pair"].to_numpy())
        return {}

    chunks = documents.chunks(1 + (len(documents.ids) - documents.new) // engine.workers)
    numbers = documents._replace(ids=documents.ids[:0])  # nodes need no names
    engine.map_batches(
        partial(_of_chunk, signatures=signatures, documents=numbers, settings=settings),
        (pa.table({"low": [chunk.start], "high": [chunk.stop]}) for chunk in chunks),
        store.Stage(folder / "candidates").begin("match"),
        collect,
    )
    return named(batches, documents, found, settings.backend)


def _of_chunk(
    chunk: pa.Table, signatures: Sequence[Path], documents: Documents, settings: Dedup
) -> Mapping[str, pa.Table]:
    low, high = (chunk[name][0].as_py() for name in ("low", "high"))
    batches = [partial(_columns, place) for place in signatures]
    found = of_chunk(batches, documents, range(low, high), settings.bands, settings.rows, settings.backend)
    return {"found": pa.table({"pair": found})}


def _columns(place: Path, columns: Sequence[str]) -> Iterable[pa.Table]:
    return store.scan([place], columns)


class _Blocks(NamedTuple):
    """Which pairs are measured together, and which documents that takes."""

    #: the documents of the pairs
    ids: pa.Array
    #: the block of each pair
    of_pair: Numbers
    #: for each document the place of its first block in `blocks`, and the end of the last
    starts: Numbers
    blocks: Numbers

    @classmethod
    def of(cls, pairs: pa.Table) -> _Blocks:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        ids = pc.unique(pa.chunked_array([*pairs["id_a"].chunks, *pairs["id_b"].chunks], pa.string()))
        first, second = (pc.index_in(pairs[name], ids).to_numpy().astype(np.int64) for name in ("id_a", "id_b"))
        graph = coo_array((np.ones(len(first), bool), (first, second)), shape=(len(ids), len(ids)))
        _, component = connected_components(graph, directed=False)
        of_pair = np.empty(len(first), np.int64)
        b_is_later = pairs["b_is_later"].to_numpy()
        later, earlier = np.where(b_is_later, second, first), np.where(b_is_later, first, second)
        order = np.lexsort((earlier, later, component[first]))
        begins = np.flatnonzero(np.diff(later[order], prepend=-1))
        # the pairs of a later document in one piece: some of them wait for others
        of_pair[order] = np.repeat(begins // BLOCK, np.diff(begins, append=len(order)))
        many = of_pair.max() + 1
        needed = np.unique(np.concatenate([first * many + of_pair, second * many + of_pair]))
        starts = np.searchsorted(needed // many, np.arange(len(ids) + 1))
        return cls(ids, of_pair, starts, needed % many)

    def need(self, file: Path) -> bool:
        """Whether any document of a file is one of these."""
        return bool(pc.any(pc.is_in(store.read_table(file, ["id"])["id"], self.ids)).as_py())

    def texts(self, documents: pa.Table) -> Mapping[str, pa.Table]:
        """The table `texts`: each document once for each block that needs it."""
        place = pc.index_in(documents["id"], self.ids)
        documents = documents.filter(pc.is_valid(place)).select(COLUMNS)
        number = place.drop_null().to_numpy().astype(np.int64)
        times = self.starts[number + 1] - self.starts[number]
        row = np.repeat(np.arange(len(number)), times)
        # the blocks of one document follow each other
        within = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        block = self.blocks[self.starts[number][row] + within]
        return {"texts": documents.take(pa.array(row)).append_column("block", pa.array(block))}


def _measured(pairs: pa.Table, texts: pa.Table, stops: Collection[int], backend: str) -> pa.Table:
    """The overlaps of the blocks of one part."""
    return pa.concat_tables(
        measure(
            pairs.filter(pc.equal(pairs["block"], block)).drop_columns(["block"]),
            [texts.filter(pc.equal(texts["block"], block))],
            stops=stops,
            backend=backend,
        )
        for block in pc.unique(pairs["block"]).sort().to_pylist()
    )
