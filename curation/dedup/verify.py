"""Verification: exact Jaccard and containment on the full shingle sets of the candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.dedup.kind import Similarity, judge, survives
from curation.dedup.shingle import Hashes, flatten, shingle_hashes

if TYPE_CHECKING:
    from curation.config import Dedup

#: What :func:`verify` reads of the documents.
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


def verify(candidates: pa.Table, documents: pa.Table, settings: Dedup) -> pa.Table:
    """The pairs table of the candidates (id_a < id_b) that are similar enough.

    `documents` holds :data:`COLUMNS` of at least the documents that occur. The figures rest on the frozen
    spec: J and C say "0.82" only if exactly that share of the shingles is common.
    """
    ids = pc.unique(pa.concat_arrays([candidates[c].combine_chunks() for c in ("id_a", "id_b")]))
    rows = documents.select(COLUMNS).filter(pc.is_in(documents["id"], ids)).to_pylist()
    number = {row["id"]: i for i, row in enumerate(rows)}
    first = [number[i] for i in candidates["id_a"].to_pylist()]
    second = [number[i] for i in candidates["id_b"].to_pylist()]
    sets = [shingle_hashes(row["body"]) for row in rows]
    shared = count_shared(sets, np.array(first, np.int64), np.array(second, np.int64))
    pairs = []
    for i, j, common in zip(first, second, shared.tolist(), strict=True):
        a, b = rows[i], rows[j]
        union = len(sets[i]) + len(sets[j]) - common
        similarity = Similarity(_share(common, union), _share(common, len(sets[i])), _share(common, len(sets[j])))
        same_page = a["url_key"] is not None and a["url_key"] == b["url_key"]
        if survives(similarity, same_page, settings):
            judgement = judge(a, b, similarity, settings)
            pairs.append(
                {
                    "id_a": a["id"],
                    "id_b": b["id"],
                    "jaccard": similarity.jaccard,
                    "containment_a": similarity.containment_a,
                    "containment_b": similarity.containment_b,
                    "kind": judgement.kind,
                    "direction": judgement.direction,
                    "evidence": judgement.evidence,
                }
            )
    return schema.from_rows("pairs", pairs)


def count_shared(
    sets: list[Hashes], first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """How many hashes each pair of sets (by position) has in common."""
    hashes, offsets = flatten(sets)
    left, right = (_tagged(hashes, offsets, side) for side in (first, second))
    common = np.intersect1d(left, right, assume_unique=True)
    return np.bincount((common >> np.uint64(32)).astype(np.int64), minlength=len(first))


def _tagged(hashes: Hashes, offsets: npt.NDArray[np.int64], side: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """The sets of one side laid end to end, each hash with the number of its pair above its 32 bits."""
    sizes = offsets[side + 1] - offsets[side]
    pair = np.repeat(np.arange(len(side)), sizes)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + offsets[side][pair]
    tagged: npt.NDArray[np.uint64] = (pair.astype(np.uint64) << np.uint64(32)) | hashes[place]
    return tagged


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
