"""Candidates: which documents may be copies, without comparing all with all.

Three ways to meet, each a table of rows (key, id) whose equal keys an engine brings together:

- a band of five signature values is equal (LSH): finds texts alike as a whole;
- two sketch hashes and 40 % of the smaller sketch are equal: finds a text inside another;
- the address is the same: finds the versions of a page.

Exact copies are set aside before (:func:`representatives`): one stands for all, which keeps groups small. No
group is cut, since a cut loses pairs in silence; one that is very large is logged.
"""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.errors import UsageError

_log = logging.getLogger(__name__)

#: Least equal hashes of two sketches, and least share of the smaller one. Two, because a single five-word
#: phrase is no copy; 40 %, well under the containment that counts, because a sketch is a sample.
SHARED_HASHES = 2
SHARED_OF_SMALLER = 0.4

#: Members from which a group is worth a word: its pairs grow with the square.
LARGE_GROUP = 2_000

#: Pairs that are held at a time.
_BLOCK = 1 << 22

PAIR_SCHEMA = pa.schema([("id_a", pa.string()), ("id_b", pa.string())])
#: What a group says of its pairs: how many keys they share there; size of the smaller sketch (0: no sketch).
SHARED_SCHEMA = pa.schema([*PAIR_SCHEMA, ("n_shared", pa.int64()), ("n_smaller", pa.int64())])


def representatives(signatures: pa.Table) -> pa.Table:
    """Table (id, representative): the smallest id with the same text.

    A body without words stands for itself only. Equal texts must be in one table, so an engine groups by
    text_sha256.
    """
    table = signatures.select(["id", "text_sha256", "n_shingles"])
    firsts = table.group_by("text_sha256", use_threads=False).aggregate([("id", "min")])
    joined = table.join(firsts, "text_sha256", use_threads=False)
    with_words = pc.greater(joined["n_shingles"], 0)
    representative = pc.if_else(with_words, joined["id_min"], joined["id"])
    return pa.table({"id": joined["id"], "representative": representative}).sort_by("id")


def exact_pairs(representatives: pa.Table) -> pa.Table:
    """Candidate pairs of each exact copy with the document that stands for it."""
    copies = representatives.filter(pc.not_equal(representatives["id"], representatives["representative"]))
    return pa.table([copies["representative"], copies["id"]], schema=PAIR_SCHEMA)


def band_rows(signatures: pa.Table, bands: int, rows: int) -> pa.Table:
    """Table (key uint64, id): one row for each band of each signature; equal bands have equal keys.

    Raises:
        UsageError: bands times rows is more than a signature holds.
    """
    signed = signatures.filter(pc.greater(signatures["n_shingles"], 0))
    flat = pc.list_flatten(signed["signature"].combine_chunks()).to_numpy(zero_copy_only=False)
    matrix = flat.reshape(signed.num_rows, -1) if signed.num_rows else np.empty((0, bands * rows), np.uint32)
    if bands * rows > matrix.shape[1]:
        raise UsageError(
            f"{bands} bands of {rows} rows need more than the {matrix.shape[1]} values of a signature",
            where="[dedup] bands, rows",
            remedy="Lower one of them.",
        )
    cube = matrix[:, : bands * rows].reshape(-1, bands, rows).astype(np.uint64)
    key = _mix(np.broadcast_to(np.arange(bands, dtype=np.uint64), cube.shape[:2]))
    for row in range(rows):
        key = _mix(key ^ cube[:, :, row])
    ids = signed["id"].combine_chunks().take(pa.array(np.repeat(np.arange(signed.num_rows), bands)))
    return pa.table({"key": key.reshape(-1), "id": ids})


def _mix(value: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """SplitMix64's finaliser: spreads every bit over all others, and is one-to-one."""
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


def sketch_rows(signatures: pa.Table) -> pa.Table:
    """Table (key uint32, id, size): one row for each hash of each sketch, with the sketch's size."""
    sketch = signatures["sketch"].combine_chunks()
    parents = pc.list_parent_indices(sketch)
    return pa.table(
        {
            "key": pc.list_flatten(sketch),
            "id": signatures["id"].combine_chunks().take(parents),
            "size": pc.list_value_length(sketch).cast(pa.int64()).take(parents),
        }
    )


def version_rows(documents: pa.Table) -> pa.Table:
    """Table (key, id): the address that versions of a page share."""
    rows = documents.select(["url_key", "id"]).rename_columns(["key", "id"])
    return rows.filter(pc.is_valid(rows["key"]))


def shared_keys(rows: pa.Table) -> pa.Table:
    """All pairs of documents that share a key, with the number of keys they share in this table.

    `rows` holds whole groups of equal keys, of one kind. The order of rows does not matter.
    """
    names = pc.unique(rows["id"]).sort()
    number = pc.index_in(rows["id"], names).to_numpy().astype(np.int64)
    key = rows["key"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    entry = np.unique(key * len(names) + number)  # sorted by key, then document; a repeat counts once
    key, number = np.divmod(entry, max(len(names), 1))
    ends = np.searchsorted(key, key, side="right")
    later = ends - np.arange(len(key)) - 1  # members of the group that stand after this one
    _log_large(later)
    pair, count = _count_pairs(number, later, len(names))
    first, second = np.divmod(pair, max(len(names), 1))
    size = np.zeros(len(names), np.int64)
    if "size" in rows.column_names:
        size[pc.index_in(rows["id"], names).to_numpy()] = rows["size"].to_numpy()
    return pa.table(
        [names.take(pa.array(first)), names.take(pa.array(second)), count, np.minimum(size[first], size[second])],
        schema=SHARED_SCHEMA,
    )


def _count_pairs(
    number: npt.NDArray[np.int64], later: npt.NDArray[np.int64], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The pairs (first * n + second) that the groups make, sorted, and how often each comes up."""
    pairs, counts = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    total = np.cumsum(later)
    start = 0
    while start < len(later):
        done = total[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(total, done + _BLOCK, side="right")))
        width = later[start:stop]
        left = np.repeat(np.arange(start, stop), width)
        offset = np.arange(len(left)) - np.repeat(np.cumsum(width) - width, width)
        found, count = np.unique(number[left] * n + number[left + 1 + offset], return_counts=True)
        pairs.append(found)
        counts.append(count)
        start = stop
    pair, inverse = np.unique(np.concatenate(pairs), return_inverse=True)
    count = np.zeros(len(pair), np.int64)
    np.add.at(count, inverse, np.concatenate(counts))
    return pair, count


def _log_large(later: npt.NDArray[np.int64]) -> None:
    first = np.concatenate([[True], later[:-1] == 0])[: len(later)]
    large = later[first] + 1
    for members in large[large > LARGE_GROUP]:
        _log.warning(
            "%d documents share one key and make %d pairs to compare; is a line of the site left in the bodies?",
            members,
            members * (members - 1) // 2,
        )


def candidates(whole: pa.Table, sketches: pa.Table) -> pa.Table:
    """The distinct pairs to verify, sorted.

    Args:
        whole: pairs that count as they are (id_a, id_b): exact, of a band, of an address.
        sketches: pairs with n_shared and n_smaller, all rows of a pair; kept where enough is shared.
    """
    summed = sketches.group_by(["id_a", "id_b"], use_threads=False).aggregate(
        [("n_shared", "sum"), ("n_smaller", "min")]
    )
    enough = pc.and_(
        pc.greater_equal(summed["n_shared_sum"], SHARED_HASHES),
        pc.greater_equal(
            pc.cast(summed["n_shared_sum"], pa.float64()), pc.multiply(summed["n_smaller_min"], SHARED_OF_SMALLER)
        ),
    )
    both = pa.concat_tables([whole.select(PAIR_SCHEMA.names), summed.filter(enough).select(PAIR_SCHEMA.names)])
    distinct = both.group_by(PAIR_SCHEMA.names, use_threads=False).aggregate([])
    return distinct.select(PAIR_SCHEMA.names).sort_by([("id_a", "ascending"), ("id_b", "ascending")])
