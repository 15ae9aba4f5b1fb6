"""The split certificate: how much of a document's text was found again in another split, at most.

Found like the near-duplicates of the corpus (MinHash bands and sketches give candidates, every candidate is measured on
its full text), so anybody who holds the texts can compute it again, and ``verify --deep`` does.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.config import Dedup
from curation.dedup.candidates import candidates
from curation.dedup.sets import shingle_sets
from curation.dedup.shingle import SPEC
from curation.release.splits import signed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curation.release.splits.signed import Texts

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

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


def certify(texts: Texts, scratch: Path, known: Sequence[Path] = (), threads: int | None = None) -> Certificate:
    """Look for the two most similar documents of different splits.

    Args:
        texts: the documents.
        scratch: an empty folder for signatures.
        known: signatures that are not made again (see :func:`curation.release.splits.signed.batches`).
        threads: how many at once; None for as many as there are processors.
    """
    pairs = Crossing.find(texts, scratch, known, threads)
    if pairs.are_any:
        for table in texts(["body"]):
            pairs.add(table["body"])
    return pairs.certificate()


class Crossing:
    """The candidate pairs that lie across splits; once it was given all texts, it knows how similar they are."""

    def __init__(self, ids: pa.StringArray, first: Numbers, second: Numbers, threads: int) -> None:
        """Pairs of documents by their place in `ids`."""
        self._ids, self._first, self._second, self._threads = ids, first, second, threads
        self._wanted = np.zeros(len(ids), bool)
        self._wanted[first] = self._wanted[second] = True
        self._hashes: list[np.ndarray[Any, Any]] = [np.empty(0, np.uint32)]
        self._sizes: list[Numbers] = [np.empty(0, np.int64)]
        self._seen = 0

    @classmethod
    def find(cls, texts: Texts, scratch: Path, known: Sequence[Path] = (), threads: int | None = None) -> Crossing:
        """Search for the candidates (see :func:`certify`)."""
        threads = threads or os.cpu_count() or 1
        home = signed.home(texts)
        ids, split = home["id"].combine_chunks(), home["split"].combine_chunks()
        if not pc.any(pc.is_in(split, pa.array(signed.BATCHES["others"]))).as_py():
            return cls(ids, np.empty(0, np.int64), np.empty(0, np.int64), threads)
        found = candidates(signed.batches(texts, home, known, scratch, threads), BANDS, ROWS)
        ends = pa.chunked_array([*found["id_a"].chunks, *found["id_b"].chunks], pa.string())
        first, second = pc.index_in(ends, value_set=ids).to_numpy().astype(np.int64).reshape(2, -1)
        name = split.dictionary_encode().indices.to_numpy()
        across = name[first] != name[second]
        return cls(ids, first[across], second[across], threads)

    def in_order(self, ids: pa.StringArray) -> Crossing:
        """The same pairs, for texts that will be given in another order."""
        place = pc.index_in(self._ids, value_set=ids).to_numpy().astype(np.int64)
        return Crossing(ids, place[self._first], place[self._second], self._threads)

    @property
    def are_any(self) -> bool:
        """Whether a text needs to be looked at."""
        return bool(len(self._first))

    def add(self, bodies: pa.ChunkedArray) -> None:
        """Take in the next texts, in the order of the documents."""
        here = self._wanted[self._seen : self._seen + len(bodies)]
        self._seen += len(bodies)
        if here.any():
            sets = shingle_sets(bodies.filter(pa.array(here)), threads=self._threads)
            self._hashes.append(sets.hashes)
            self._sizes.append(np.diff(sets.offsets))

    def certificate(self) -> Certificate:
        """The largest containment; all texts must have been given."""
        if not self.are_any:
            return Certificate(None, None, 0)
        from curation.dedup.kernels import shingles as kernel

        order = np.argsort(self._first, kind="stable")
        first, second = self._first[order], self._second[order]
        place = np.cumsum(self._wanted) - 1
        n = np.concatenate(self._sizes)
        offsets = np.concatenate([[0], np.cumsum(n)]).astype(np.int64)
        a, b = place[first], place[second]
        shared = kernel.count_shared(np.concatenate(self._hashes), offsets, a, b, only_most=True)
        containment = shared / np.maximum(np.minimum(n[a], n[b]), 1)
        # of equally similar pairs the first by id, whatever the order of the rows
        best = np.flatnonzero(containment == containment.max())
        pair = min((self._ids[i].as_py(), self._ids[j].as_py()) for i, j in zip(first[best], second[best], strict=True))
        return Certificate(round(float(containment.max()), 6), pair, len(first))
