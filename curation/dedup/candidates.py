"""Candidate pairs: which documents may be copies, without comparing all with all.

Documents meet in groups of equal keys:

- a band of five signature values is equal (LSH): finds texts alike as a whole;
- 30 % of the smaller sketch is equal: finds a text inside another;
- the address is the same: finds the versions of a page.

Exact copies are set aside before: the first to arrive stands for all, which keeps groups small. A document only ever
meets those that came before it: batch by batch or all at once, the pairs are the same. So memory is bounded by taking
new documents a chunk at a time; all that came before is streamed past them, and what shares no key is forgotten.

No group is cut off. In one of more than :data:`curation.dedup.groups.CROWD` each later document meets the first few
only, which is enough to join their cluster, so that 50,000 copies are not a billion pairs; the log says so. Who
meets as many in small groups keeps the closest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup.groups import HALF, LOW, Groups, Numbers, Packed, groups, joined, meetings, packed
from curation.dedup.shingle import PERMUTATIONS
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    #: gives the signatures of one batch, as often as asked: the columns, in tables of any size
    Batch = Callable[[Sequence[str]], Iterable[pa.Table]]

#: Least share of the smaller sketch: well under the containment that counts, because a sketch is a sample.
SHARED_OF_SMALLER = 0.3

#: New documents that are taken at a time.
CHUNK = 1_000_000

PAIR_SCHEMA = pa.schema([("id_a", pa.string()), ("id_b", pa.string())])


class Documents(NamedTuple):
    """All documents by number, which is their order of arrival: by batch, then by id."""

    ids: pa.StringArray
    #: the number of each document, in the order of the stream
    numbers: Numbers
    #: by number: whether it is signed and the first of its text
    distinct: npt.NDArray[np.bool_]
    #: number of the first document of the last batch
    new: int
    #: the first document of a text and each new copy of it
    copies: Packed

    def chunks(self, size: int) -> list[range]:
        """The new documents, some at a time; each chunk can be looked at by itself."""
        end = len(self.ids)
        return [range(low, min(low + size, end)) for low in range(self.new, end, size)]


def candidates(batches: Sequence[Batch], bands: int, rows: int, backend: str = "numba") -> pa.Table:
    """The pairs worth a close look that hold a document of the last batch (id_a < id_b).

    Args:
        batches: signatures in the order of arrival; the last batch is the new one.
        bands: bands of a signature.
        rows: values of a band.
        backend: numba, or anything else for numpy; the pairs are the same.

    Raises:
        UsageError: bands times rows is more than a signature holds.
    """
    documents = documents_of(batches, bands, rows)
    found = [of_chunk(batches, documents, chunk, bands, rows, backend) for chunk in documents.chunks(CHUNK)]
    return named(batches, documents, found, backend)


def documents_of(batches: Sequence[Batch], bands: int, rows: int) -> Documents:
    """The first step of :func:`candidates`: all documents by number.

    Raises:
        UsageError: bands times rows is more than a signature holds.
    """
    if bands * rows > PERMUTATIONS:
        raise UsageError(
            f"{bands} bands of {rows} rows need more than the {PERMUTATIONS} values of a signature",
            where="[dedup] bands, rows",
            remedy="Lower one of them.",
        )
    return _documents(batches)


def of_chunk(
    batches: Sequence[Batch], documents: Documents, chunk: range, bands: int, rows: int, backend: str
) -> Packed:
    """The second step: what a chunk of new documents has in common with what came before them, or each other."""
    return np.concatenate(
        [
            _of_bands(batches, documents, chunk, bands, rows, backend),
            _of_sketches(batches, documents, chunk, backend),
        ]
    )


def named(batches: Sequence[Batch], documents: Documents, found: Sequence[Packed], backend: str) -> pa.Table:
    """The last step: what was found in all chunks, the copies and the versions, by their ids."""
    pairs = np.unique(np.concatenate([documents.copies, _of_versions(batches, documents, backend), *found]))
    a, b = (documents.ids.take(pa.array(half.astype(np.int64))) for half in (pairs >> HALF, pairs & LOW))
    swapped = pc.greater(a, b)
    return pa.table([pc.if_else(swapped, b, a), pc.if_else(swapped, a, b)], schema=PAIR_SCHEMA)


def _documents(batches: Sequence[Batch]) -> Documents:
    ids, texts, signed, numbers = [], [], [np.empty(0, bool)], [np.empty(0, np.int64)]
    new = total = 0
    for batch in batches:
        columns: dict[str, list[pa.Array]] = {"id": [], "text_sha256": [], "n_shingles": []}
        for table in batch(list(columns)):
            for name, chunks in columns.items():
                chunks.extend(table[name].chunks)
        id_, text, n_shingles = (
            pa.chunked_array(chunks, type_) for chunks, type_ in zip(columns.values(), _TYPES, strict=True)
        )
        order = pc.sort_indices(id_)
        rank = np.empty(len(order), np.int64)
        rank[order.to_numpy()] = np.arange(len(order))
        numbers.append(total + rank)
        ids.extend(id_.take(order).chunks)
        texts.extend(text.take(order).chunks)
        signed.append(n_shingles.take(order).to_numpy() > 0)
        new, total = total, total + len(order)
    has_words = np.concatenate(signed)
    code = pa.chunked_array(texts, pa.string()).combine_chunks().dictionary_encode().indices.to_numpy()
    code = np.where(has_words, code, -1)
    first = np.full(code.max(initial=-1) + 2, total)  # the last place is for what has no words
    np.minimum.at(first, code, np.arange(total))
    copies = np.flatnonzero(has_words & (first[code] < np.arange(total)))
    distinct = has_words.copy()
    distinct[copies] = False
    fresh = copies[copies >= new]
    return Documents(
        ids=pa.chunked_array(ids, pa.string()).combine_chunks(),
        numbers=np.concatenate(numbers),
        distinct=distinct,
        new=new,
        copies=packed(first[code[fresh]], fresh),
    )


_TYPES = (pa.string(), pa.string(), pa.int32())


def _of_versions(batches: Sequence[Batch], documents: Documents, backend: str) -> Packed:
    """The pairs whose pages have one address; of all documents, copies of another text included."""
    *earlier, last = batches
    address = _addresses(last)
    keys, chunks = pc.unique(address).drop_null(), address.chunks
    numbers = [documents.numbers[documents.new :]]
    place = 0
    for batch in earlier:
        address = _addresses(batch)
        known = pc.is_in(address, keys)
        chunks.extend(address.filter(known).chunks)
        numbers.append(documents.numbers[place : place + len(address)][known.to_numpy()])
        place += len(address)
    code = pa.chunked_array(chunks, pa.string()).combine_chunks().dictionary_encode().indices
    has_address = pc.is_valid(code).to_numpy(zero_copy_only=False)
    space = packed(pc.fill_null(code, 0).to_numpy()[has_address], np.concatenate(numbers)[has_address])
    return meetings(groups(space, backend), np.zeros(len(documents.ids), np.int64), documents.new, backend=backend)


def _addresses(batch: Batch) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for table in batch(["url_key"]) for chunk in table["url_key"].chunks], pa.string())


def _of_bands(
    batches: Sequence[Batch], documents: Documents, chunk: range, bands: int, rows: int, backend: str
) -> Packed:
    """The pairs that have an equal band."""
    spaces: list[list[Packed]] = [[np.empty(0, np.uint64)] for _ in range(bands)]
    filters: list[_Filter] = []
    for is_new, column, numbers in _read(batches, documents, chunk, "signature"):
        if not is_new and not filters:
            filters = [_Filter(space) for space in spaces]
        values = pc.list_flatten(column).to_numpy().reshape(-1, PERMUTATIONS)
        for band in range(bands):
            both = packed(_band_key(values[:, band * rows : (band + 1) * rows]), numbers)
            spaces[band].append(both if is_new else filters[band](both))
    found = []
    while spaces:
        found.append(groups(np.concatenate(spaces.pop()), backend))
    return meetings(joined(found), np.zeros(chunk.stop, np.int64), chunk.start, backend=backend)


def _of_sketches(batches: Sequence[Batch], documents: Documents, chunk: range, backend: str) -> Packed:
    """The pairs that share enough of their sketches."""
    sizes = np.zeros(chunk.stop, np.int64)
    space: list[Packed] = [np.empty(0, np.uint64)]
    kept: _Filter | None = None
    for is_new, column, numbers in _read(batches, documents, chunk, "sketch"):
        if not is_new and kept is None:
            kept = _Filter(space)
        lengths = pc.list_value_length(column).to_numpy()
        sizes[numbers] = lengths
        both = packed(pc.list_flatten(column).to_numpy(), np.repeat(numbers.astype(np.uint32), lengths))
        space.append(both if is_new or kept is None else kept(both))
    found: Groups = groups(np.concatenate(space), backend)
    return meetings(found, sizes, chunk.start, SHARED_OF_SMALLER, backend)


def _read(
    batches: Sequence[Batch], documents: Documents, chunk: range, column: str
) -> Iterator[tuple[bool, pa.ChunkedArray, Numbers]]:
    """A column of distinct documents with their numbers: first of a chunk of new ones, then of all before it."""
    *earlier, last = batches
    for is_new, low, high in ((True, chunk.start, chunk.stop), (False, 0, chunk.start)):
        place = documents.new if is_new else 0
        # what came before a later chunk is in the same batch, too
        for batch in [last] if is_new else earlier if chunk.start == documents.new else batches:
            for table in batch([column]):
                numbers = documents.numbers[place : place + table.num_rows]
                place += table.num_rows
                wanted = documents.distinct[numbers] & (numbers >= low) & (numbers < high)
                if wanted.any():
                    yield is_new, table[column].filter(pa.array(wanted)), numbers[wanted]


class _Filter:
    """Whether a key is among those of the new batch; now and then it says yes to another one."""

    def __init__(self, spaces: Sequence[Packed]) -> None:
        keys = [space >> HALF for space in spaces]
        self.bits = np.uint64(min(28, max(16, 4 + sum(map(len, keys)).bit_length())))
        self.seen = np.zeros(1 << int(self.bits), bool)
        for key in keys:
            self.seen[self._place(key)] = True

    def __call__(self, packed: Packed) -> Packed:
        kept: Packed = packed[self.seen[self._place(packed >> HALF)]]
        return kept

    def _place(self, key: Packed) -> Packed:
        place: Packed = ((key * np.uint64(0x9E3779B1)) & LOW) >> (HALF - self.bits)
        return place


def _band_key(values: npt.NDArray[np.uint32]) -> Packed:
    """32 bits for each row of values; two rows that differ rarely have the same, and verification sees those."""
    key = np.zeros(len(values), np.uint64)
    for column in values.T:
        key = (key ^ column) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> HALF
    return key & LOW
