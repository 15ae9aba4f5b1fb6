"""The split certificate: how much of a document's text was found again in another split, at most.

Found like the near-duplicates of the corpus (MinHash bands and sketches give candidates, every candidate is measured on
its full text), so anybody who holds the texts can compute it again, and ``verify --deep`` does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.config import Dedup
from curation.dedup.candidates import candidates
from curation.dedup.sets import shingle_sets
from curation.dedup.shingle import SPEC
from curation.dedup.signature import sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    #: gives id, split, body and text_sha256 of all documents, as often as asked
    Texts = Callable[[], Iterable[pa.Table]]

#: the last batch meets itself and those before it, so train never meets itself; held documents are in no split, and
#: nothing is claimed of them
BATCHES = {"train": ("train",), "others": ("validation", "test")}

#: part of the certificate: with others, other candidates are found
BANDS, ROWS = Dedup().bands, Dedup().rows


@dataclass(frozen=True)
class Certificate:
    """The largest share of the smaller text's shingles that a document of another split holds."""

    #: None: no pair across splits shares enough to be a candidate
    largest_containment: float | None
    #: the two documents, the smaller id first
    pair: tuple[str, str] | None
    #: pairs across splits that were measured
    measured: int
    shingles: str = SPEC
    bands: int = BANDS
    rows: int = ROWS

    def to_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {**vars(self), "pair": self.pair and [*self.pair]}


def certify(texts: Texts, scratch: Path, threads: int | None = None) -> Certificate:
    """Look for the two most similar documents of different splits.

    Args:
        texts: the documents.
        scratch: an empty folder for signatures.
        threads: how many at once; None for as many as there are processors.
    """
    threads = threads or os.cpu_count() or 1
    batches: dict[str, Callable[[Sequence[str]], Iterator[pa.Table]]] = {}
    home: list[pa.Table] = []
    for number, table in enumerate(texts()):
        home.append(table.select(["id", "split"]))
        for name, splits in BATCHES.items():
            part = table.filter(pc.is_in(table["split"], pa.array(splits)))
            if part.num_rows:
                folder = scratch / name
                store.write_table(folder / f"part-{number:05d}.parquet", sign(part, threads=threads))
                batches[name] = partial(_columns, folder)
    if "others" not in batches:
        return Certificate(None, None, 0)
    found = candidates([batches[name] for name in BATCHES if name in batches], BANDS, ROWS)
    return _largest(_across(found, pa.concat_tables(home)), texts, threads)


def _columns(folder: Path, columns: Sequence[str]) -> Iterator[pa.Table]:
    return store.scan([folder], columns)


def _across(pairs: pa.Table, home: pa.Table) -> pa.Table:
    """The pairs that lie across splits."""
    ids, split = home["id"].combine_chunks(), home["split"].combine_chunks()
    first, second = (split.take(pc.index_in(pairs[name].combine_chunks(), ids)) for name in ("id_a", "id_b"))
    return pairs.filter(pc.not_equal(first, second))


def _largest(pairs: pa.Table, texts: Texts, threads: int) -> Certificate:
    if not pairs.num_rows:
        return Certificate(None, None, 0)
    from curation.dedup.kernels import shingles as kernel

    wanted = pc.unique(pa.chunked_array([*pairs["id_a"].chunks, *pairs["id_b"].chunks]))
    ids: list[pa.ChunkedArray] = []
    hashes: list[np.ndarray[Any, Any]] = []
    sizes: list[np.ndarray[Any, Any]] = []
    for table in texts():
        part = table.filter(pc.is_in(table["id"], wanted))
        if part.num_rows:
            sets = shingle_sets(part["body"], threads=threads)
            ids.append(part["id"])
            hashes.append(sets.hashes)
            sizes.append(np.diff(sets.offsets))
    names = pa.chunked_array([chunk for column in ids for chunk in column.chunks]).combine_chunks()
    n = np.concatenate(sizes)
    offsets = np.concatenate([[0], np.cumsum(n)]).astype(np.int64)
    first, second = (
        pc.index_in(pairs[name].combine_chunks(), names).to_numpy().astype(np.int64) for name in ("id_a", "id_b")
    )
    order = np.argsort(first, kind="stable")
    first, second = first[order], second[order]
    shared = kernel.count_shared(np.concatenate(hashes), offsets, first, second)
    containment = shared / np.maximum(np.minimum(n[first], n[second]), 1)
    # of equally similar pairs the first by id, whatever the order of the rows
    best = min(
        np.flatnonzero(containment == containment.max()).tolist(),
        key=lambda at: (names[int(first[at])].as_py(), names[int(second[at])].as_py()),
    )
    pair = names[int(first[best])].as_py(), names[int(second[best])].as_py()
    return Certificate(round(float(containment[best]), 6), pair, pairs.num_rows)
