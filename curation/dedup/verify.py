"""Verification: every candidate pair measured on its full texts, so that nothing rests on a sample.

Exact Jaccard and containment on the shingle sets, then, for what overlaps at all, the facts (:mod:`.facts`) and what
tells the direction. Sets and bodies of the candidates are spilled to files; a block of pairs is worked on at a time.
"""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.dedup.direction import direction
from curation.dedup.facts import Counts, compare_pairs, is_template
from curation.dedup.kind import COMPARED_CONTAINMENT, COMPARED_JACCARD, LEAST_CONTAINMENT, LEAST_JACCARD, is_copied
from curation.dedup.sets import Sets, shingle_sets
from curation.dedup.spill import Spill

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

#: What :func:`measure` reads of the documents.
COLUMNS = (
    "id",
    "url_key",
    "title",
    "body",
    "outlet",
    "publisher",
    "dateline",
    "syndicated_from",
    "published_at",
    "text_sha256",
)
_KEPT = tuple(name for name in COLUMNS if name not in ("title", "body"))

#: Two texts start alike when one of so many first shingles is shared; datelines and chrome move them a bit.
HEAD = 30
#: an update or a correction says so in its headline or at its start
_UPDATE = r"(?i)^\W*(?:update|diperbarui)\b|\bralat\b"


def measure(
    candidates: pa.Table,
    documents: Iterable[pa.Table],
    spill: Path | None = None,
    stops: Collection[int] = (),
    backend: str = "numba",
    threads: int = 1,
) -> pa.Table:
    """The table `overlaps`: the candidate pairs that share enough to be told about, or an address, sorted.

    Args:
        candidates: pairs of ids (id_a < id_b); where there are columns `b_is_later` and `waits`, pairs that wait are
            left out if their later document is a copy of all that need not wait.
        documents: :data:`COLUMNS` of the documents that occur, each once; more cost time.
        spill: folder for temporary files; None keeps everything in memory.
        stops: hashes of stop-shingles, as for the signatures.
        backend: numba, or datasketch for Python alone.
        threads: how many at once.
    """
    if not candidates.num_rows:
        return schema.empty("overlaps")
    sets_of = partial(shingle_sets, stops=stops, backend=backend, threads=threads)
    texts = _Texts.read(documents, spill, sets_of)
    try:
        return _measured(texts, candidates, backend, threads)
    finally:
        texts.close()


class _Pairs(NamedTuple):
    """Pairs of numbers of documents."""

    first: Numbers
    second: Numbers
    #: which of them came later
    later: Numbers
    #: see :data:`curation.dedup.candidates.PAIR_SCHEMA`
    waits: Flags

    @classmethod
    def read(cls, candidates: pa.Table, texts: _Texts) -> _Pairs:
        first, second = (texts.numbers(candidates[name]) for name in ("id_a", "id_b"))
        if "waits" not in candidates.column_names:
            return cls(first, second, second, np.zeros(len(first), bool))
        later = np.where(candidates["b_is_later"].to_numpy(), second, first)
        return cls(first, second, later, candidates["waits"].to_numpy())

    def take(self, rows: Numbers) -> _Pairs:
        return _Pairs(self.first[rows], self.second[rows], self.later[rows], self.waits[rows])


def _measured(texts: _Texts, candidates: pa.Table, backend: str, threads: int) -> pa.Table:
    pairs = _Pairs.read(candidates, texts)
    # what belongs together side by side, so that each text is read about once: by the first partner, then by document
    partner = np.arange(len(texts.ranks))
    np.minimum.at(partner, pairs.second, pairs.first)
    pairs = pairs.take(_order(partner[pairs.first], pairs.first))
    first, second = pairs[:2]
    common = _sliced(_count_shared, backend, threads, texts.sets, first, second)
    sizes = np.diff(texts.sets.offsets)
    in_b, in_a = common / np.maximum(sizes[first], 1), common / np.maximum(sizes[second], 1)
    jaccard, either = common / np.maximum(sizes[first] + sizes[second] - common, 1), np.maximum(in_a, in_b)
    rows = texts.table
    same_page = _equal(rows["url_key"], first, second)
    close = same_page | (jaccard >= COMPARED_JACCARD) | (either >= COMPARED_CONTAINMENT)
    compared, facts, is_left_out = _side_by_side(texts, pairs, close, backend, threads)
    told = same_page | (jaccard >= LEAST_JACCARD) | (either >= LEAST_CONTAINMENT)
    kept = np.flatnonzero(told & ~is_left_out)
    # from here on in the order of ids
    order = kept[_order(texts.ranks[first[kept]], texts.ranks[second[kept]])]
    place = np.empty(len(first), np.int64)
    place[order] = np.arange(len(order))
    compared = place[compared]
    first, second = first[order], second[order]
    corrects = rows["corrects"].to_numpy()
    which, why = direction(rows, first[compared], second[compared])
    aside = _rows(compared, len(order))
    columns: dict[str, Any] = {
        "id_a": rows["id"].take(pa.array(first)),
        "id_b": rows["id"].take(pa.array(second)),
        "jaccard": jaccard[order],
        "containment_a": in_b[order],
        "containment_b": in_a[order],
        "same_text": _equal(rows["text_sha256"], first, second) & (sizes[first] > 0),
        "same_page": same_page[order],
        "one_corrects": corrects[first] != corrects[second],
        "starts_alike": _sliced(_start_alike, backend, threads, texts.sets, first, second),
        **{name: _scattered(values, compared, len(order)) for name, values in facts._asdict().items()},
        "direction": which.take(aside),
        "direction_why": why.take(aside),
    }
    return schema.conform("overlaps", pa.table(columns))


def _side_by_side(
    texts: _Texts, pairs: _Pairs, close: Flags, backend: str, threads: int
) -> tuple[Numbers, Counts, Flags]:
    """Lay the texts of close pairs side by side; those that wait only where their later document is not settled by now.

    Returns:
        the rows of the pairs that were compared, their facts, and for each pair whether it is left out.
    """

    def compare(rows: Numbers) -> Counts:
        return compare_pairs(texts.bodies, pairs.first[rows], pairs.second[rows], backend, threads)

    at_once = np.flatnonzero(close & ~pairs.waits)
    facts = compare(at_once)
    if not pairs.waits.any():
        return at_once, facts, pairs.waits
    is_copy = is_copied(facts.words, facts.replaced, facts.aligned)
    is_copy &= ~is_template(facts.words, facts.swapped_numbers, facts.swapped_names)
    copies, before = (
        np.bincount(pairs.later[rows], minlength=len(texts.ranks)) for rows in (at_once[is_copy], ~pairs.waits)
    )
    settled = copies == before  # a copy of all with which it need not wait
    is_left_out = pairs.waits & settled[pairs.later]
    then = np.flatnonzero(close & pairs.waits & ~is_left_out)
    more = compare(then)
    return np.concatenate([at_once, then]), Counts(*map(np.concatenate, zip(facts, more, strict=True))), is_left_out


class _Texts(NamedTuple):
    """The documents of the candidates: narrow columns, shingle sets and bodies, by number."""

    table: pa.Table
    #: place of each document in the order of ids
    ranks: Numbers
    sets: Sets
    bodies: pa.LargeStringArray
    spills: tuple[Spill, ...]

    @classmethod
    def read(cls, documents: Iterable[pa.Table], spill: Path | None, sets_of: Any) -> _Texts:
        narrow: list[pa.Table] = []
        sizes: list[Numbers] = [np.zeros(1, np.int64)]
        lengths: list[Numbers] = [np.zeros(1, np.int64)]
        sets, bodies = (Spill(spill) for _ in range(2))
        for table in documents:
            body = table["body"].cast(pa.large_string()).combine_chunks()
            corrects = pc.or_(
                pc.fill_null(pc.match_substring_regex(table["title"], _UPDATE), False),
                pc.match_substring_regex(pc.utf8_slice_codeunits(body, 0, 80), _UPDATE),
            )
            narrow.append(table.select(_KEPT).append_column("corrects", corrects))
            found = sets_of(body)
            sets.append(found.hashes)
            bodies.append(np.frombuffer(pc.cast(body, pa.large_binary()).buffers()[2] or b"", np.uint8))
            sizes.append(np.diff(found.offsets))
            lengths.append(pc.binary_length(body).to_numpy().astype(np.int64))
        ends = np.cumsum(np.concatenate(lengths))
        whole = pa.concat_tables(narrow).combine_chunks()
        ranks = np.empty(whole.num_rows, np.int64)
        ranks[pc.sort_indices(whole["id"]).to_numpy()] = np.arange(len(ranks))
        return cls(
            whole,
            ranks,
            Sets(sets.array(np.uint32), np.cumsum(np.concatenate(sizes))),
            pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(bodies.array(np.uint8))),
            (sets, bodies),
        )

    def numbers(self, ids: pa.ChunkedArray) -> Numbers:
        found: Numbers = pc.index_in(ids, self.table["id"].combine_chunks()).to_numpy().astype(np.int64)
        return found

    def close(self) -> None:
        for spill in self.spills:
            spill.close()


def _order(numbers: Numbers, then: Numbers) -> Numbers:
    """The order of pairs of numbers of documents; equal ones in any."""
    order: Numbers = np.argsort(numbers << 32 | then)
    return order


def _equal(column: pa.ChunkedArray, first: Numbers, second: Numbers) -> npt.NDArray[np.bool_]:
    """Whether both documents of each pair have the same value; unknown ones are never the same."""
    code = pc.fill_null(column.combine_chunks().dictionary_encode().indices, -1).to_numpy()
    return np.asarray((code[first] == code[second]) & (code[first] >= 0), bool)


def _rows(rows: Numbers, n: int) -> pa.Array:
    """For each of n rows its place among some rows, null for all others."""
    return _scattered(np.arange(len(rows), dtype=np.int32), rows, n)


def _scattered(values: npt.NDArray[np.int32], rows: Numbers, n: int) -> pa.Array:
    """Values of some rows, null in all others."""
    spread = np.zeros(n, np.int32)
    spread[rows] = values
    missing = np.ones(n, bool)
    missing[rows] = False
    return pa.array(spread, mask=missing)


def _sliced(function: Any, backend: str, threads: int, sets: Sets, first: Numbers, second: Numbers) -> Any:
    """Run a function over slices of the pairs, as many at once as there are threads."""
    cuts = np.linspace(0, len(first), threads + 1).astype(int)
    slices = [slice(low, high) for low, high in itertools.pairwise(cuts.tolist())]
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate([*pool.map(lambda one: function(backend, sets, first[one], second[one]), slices)])


def _count_shared(backend: str, sets: Sets, first: Numbers, second: Numbers) -> Numbers:
    if backend == "numba":
        from curation.dedup.kernels import shingles as kernel

        return kernel.count_shared(sets.hashes, sets.offsets, first, second)
    return np.array([len(np.intersect1d(sets[a], sets[b], True)) for a, b in zip(first, second, strict=True)], np.int64)


def _start_alike(backend: str, sets: Sets, first: Numbers, second: Numbers) -> npt.NDArray[np.bool_]:
    if backend == "numba":
        from curation.dedup.kernels import shingles as kernel

        return kernel.share_heads(sets.hashes, sets.offsets, first, second, HEAD)
    heads = ((sets[a][:HEAD], sets[b][:HEAD]) for a, b in zip(first, second, strict=True))
    return np.array([bool(np.isin(one, other).any()) for one, other in heads], bool)
