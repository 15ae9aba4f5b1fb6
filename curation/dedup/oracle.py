"""The oracle: every similar pair of a corpus by an exact join of shingle sets, for tests and small corpora.

A pair is similar by its Jaccard index J, or by its containment C, the share of the smaller set that the larger one
holds. Either way the smaller set s shares at least ``ceil(t |s|)`` hashes with the larger one, ``t`` being the least of
C's threshold and ``2 J / (1 + J)``. So among any ``|s| - ceil(t |s|) + 1`` hashes of s there is a shared one (the
prefix filter of Chaudhuri, Ganti and Kaushik 2006, and of Bayardo, Ma and Srikant 2007). With its rarest hashes, each
set asks an index of all sets that are at least as large; a hash that occurs once needs no look-up. No pair is missed.

Import it inside functions: it loads the compiler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup.sets import Sets, shingle_sets
from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    Numbers = npt.NDArray[np.int64]
    Short = npt.NDArray[np.int32]

#: Keeps a product such as 0.55 * 100 from being rounded up to 56.
_EPSILON = 1e-9


def all_pairs(documents: pa.Table, jaccard: float, containment: float, sets: Sets | None = None) -> pa.Table:
    """All pairs with J >= `jaccard` or C >= `containment`.

    Args:
        documents: id and body; the order does not matter.
        jaccard: above 0, up to 1.
        containment: above 0, up to 1.
        sets: the shingle sets of the bodies, where they are known.

    Returns:
        id_a < id_b, jaccard, containment_a, containment_b (the share of a's shingles that b holds, and of b's that a
        holds), ordered by id. A body without words is in no pair. Beside texts and sets, the join takes some 30 bytes a
        shingle.

    >>> berita = pa.table({
    ...     "id": ["b", "a", "c"],
    ...     "body": ["Warga keluar rumah saat gempa terasa", "warga keluar rumah saat gempa", "Harga cabai naik lagi"],
    ... })
    >>> all_pairs(berita, jaccard=0.7, containment=0.8).to_pylist()
    [{'id_a': 'a', 'id_b': 'b', 'jaccard': 0.5, 'containment_a': 1.0, 'containment_b': 0.5}]
    """
    sets = shingle_sets(documents["body"]) if sets is None else sets
    first, second, shared = similar(sets, jaccard, containment)
    ids = documents["id"].combine_chunks() if isinstance(documents["id"], pa.ChunkedArray) else documents["id"]
    rank = np.empty(len(ids), np.int64)
    rank[pc.sort_indices(ids).to_numpy()] = np.arange(len(ids))
    swap = rank[first] > rank[second]
    a, b = np.where(swap, second, first), np.where(swap, first, second)
    order = np.lexsort((rank[b], rank[a]))
    a, b, shared = a[order], b[order], shared[order]
    sizes = np.diff(sets.offsets)
    return pa.table(
        {
            "id_a": ids.take(pa.array(a)),
            "id_b": ids.take(pa.array(b)),
            "jaccard": shared / (sizes[a] + sizes[b] - shared),
            "containment_a": shared / sizes[a],
            "containment_b": shared / sizes[b],
        }
    )


def similar(sets: Sets, jaccard: float, containment: float) -> tuple[Numbers, Numbers, Numbers]:
    """The similar pairs as positions of the sets, the smaller set first, and how many hashes they share."""
    if not (0 < jaccard <= 1 and 0 < containment <= 1):
        raise ValueError("thresholds of similarity lie above 0, up to 1")
    sizes = np.diff(sets.offsets)
    by_size = np.argsort(sizes, kind="stable")
    tokens, starts, documents, heads = _inverted(sets, sizes, by_size)
    least = min(containment, 2 * jaccard / (1 + jaccard))
    ordered = sizes[by_size]
    # of the prefix only hashes that others have, too, are looked up; the once-only ones are the rarest
    once = ordered - np.diff(starts)
    probes = ordered - np.ceil(least * ordered - _EPSILON).astype(np.int64) + 1 - once
    found = _join(tokens, starts, documents, heads, ordered, probes, (float(jaccard), float(containment)))
    return by_size[found[0]], by_size[found[1]], found[2]


def _inverted(sets: Sets, sizes: Numbers, by_size: Numbers) -> tuple[Short, Numbers, Short, Numbers]:
    """The hashes that at least two sets hold, numbered from rare to frequent, by set and by hash.

    Sets are numbered by size. Returns the numbers of each set's hashes, ascending, and where each set begins in them;
    the sets of each hash, ascending, and where each hash begins in them.
    """
    number = np.empty(len(sizes), np.uint64)
    number[by_size] = np.arange(len(sizes), dtype=np.uint64)
    # one sort of (hash, set) brings the sets of a hash together
    postings = sets.hashes.astype(np.uint64)
    postings <<= np.uint64(32)
    postings |= np.repeat(number, sizes)
    postings.sort()
    hashes = (postings >> np.uint64(32)).astype(np.uint32)
    changes = np.flatnonzero(hashes[1:] != hashes[:-1]) + 1
    begin = np.concatenate([[0], changes]) if len(hashes) else np.empty(0, np.int64)
    df = np.diff(np.append(begin, len(hashes)))
    del hashes
    shared = df > 1
    documents = (postings[np.repeat(shared, df)] & np.uint64(0xFFFFFFFF)).astype(np.int32)
    del postings
    df = df[shared]
    rank = np.empty(len(df), np.int64)
    rank[np.argsort(df, kind="stable")] = np.arange(len(df))
    # postings stay in the order of the hashes; the head of a hash is where its postings begin
    by_set = documents.astype(np.uint64)
    by_set <<= np.uint64(32)
    by_set |= np.repeat(rank.astype(np.uint64), df)
    by_set.sort()
    starts = np.searchsorted(by_set, np.arange(len(sizes) + 1, dtype=np.uint64) << np.uint64(32)).astype(np.int64)
    tokens = (by_set & np.uint64(0xFFFFFFFF)).astype(np.int32)
    heads = np.empty((len(df), 2), np.int64)
    end = np.cumsum(df)
    heads[rank, 0], heads[rank, 1] = end - df, end
    return tokens, starts, documents, heads


@compiled
def _join(
    tokens: Short,
    starts: Numbers,
    documents: Short,
    heads: Numbers,
    sizes: Numbers,
    probes: Numbers,
    thresholds: tuple[float, float],
) -> tuple[Numbers, Numbers, Numbers]:
    """Ask the index for each set, small ones first, and count what it shares with each larger set that answers.

    A hash's head moves behind each set that passes, so that only larger sets answer.
    """
    room, found = 1024, 0
    out = np.empty((3, room), np.int64)
    asked = np.full(len(sizes), -1, np.int32)
    for a in range(len(sizes)):
        a_start, a_stop = starts[a], starts[a + 1]
        for place in range(a_start, a_stop):
            heads[tokens[place], 0] += 1
        for place in range(a_start, min(a_start + probes[a], a_stop)):
            token = tokens[place]
            for posting in range(heads[token, 0], heads[token, 1]):
                b = documents[posting]
                if asked[b] == a:
                    continue
                asked[b] = a
                shared = 0
                i, j, b_stop = a_start, starts[b], starts[b + 1]
                while i < a_stop and j < b_stop:
                    left, right = tokens[i], tokens[j]
                    shared += left == right
                    i += left <= right
                    j += right <= left
                union = sizes[a] + sizes[b] - shared
                if shared / union < thresholds[0] and shared / sizes[a] < thresholds[1]:
                    continue
                if found == room:
                    bigger = np.empty((3, 2 * room), np.int64)
                    bigger[:, :room] = out
                    out, room = bigger, 2 * room
                out[0, found], out[1, found], out[2, found] = a, b, shared
                found += 1
    return out[0, :found].copy(), out[1, :found].copy(), out[2, :found].copy()
