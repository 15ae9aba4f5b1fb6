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

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup.groups import HALF, LOW, WAITS, Groups, groups, in_crowds, joined, meetings, packed
from curation.dedup.shingle import PERMUTATIONS
from curation.dedup.signature import from_bytes
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curation.dedup.groups import Numbers, Packed

    #: gives the signatures of one batch, as often as asked: the columns, in tables of any size
    Batch = Callable[[Sequence[str]], Iterable[pa.Table]]

#: Least share of the smaller sketch: well under the containment that counts, because a sketch is a sample.
SHARED_OF_SMALLER = 0.3

#: New documents that are taken at a time.
CHUNK = 1_000_000

#: a pair that waits is measured only if the later document is not a copy of all with which it need not wait
PAIR_SCHEMA = pa.schema(
    [("id_a", pa.string()), ("id_b", pa.string()), ("b_is_later", pa.bool_()), ("waits", pa.bool_())]
)


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
    of_sketches, crowded = _of_sketches(batches, documents, chunk, backend)
    of_bands = _of_bands(batches, documents, chunk, bands, rows, backend)
    # what stands in crowds has met enough of them
    return np.concatenate([of_sketches, of_bands[~crowded[of_bands & LOW]]])


def named(batches: Sequence[Batch], documents: Documents, found: Sequence[Packed], backend: str) -> pa.Table:
    """The last step: what was found in all chunks, the copies and the versions, by their ids."""
    pairs = np.concatenate([documents.copies, _of_versions(batches, documents, backend), *found])
    numbers, place = np.unique(pairs & ~WAITS, return_inverse=True)
    waits = np.ones(len(numbers), bool)
    waits[place[pairs < WAITS]] = False  # found twice, it waits only if it does both times
    earlier, later = (documents.ids.take(pa.array(half.astype(np.int64))) for half in (numbers >> HALF, numbers & LOW))
    b_is_later = pc.less(earlier, later)
    a, b = pc.if_else(b_is_later, earlier, later), pc.if_else(b_is_later, later, earlier)
    return pa.table([a, b, b_is_later, pa.array(waits)], schema=PAIR_SCHEMA)


def _documents(batches: Sequence[Batch]) -> Documents:
    ids, texts, signed, numbers = [], [np.empty(0, np.uint64)], [np.empty(0, bool)], [np.empty(0, np.int64)]
    new = total = 0
    for batch in batches:
        columns: dict[str, list[pa.Array]] = {"id": [], "text_sha256": [], "n_shingles": []}
        for table in batch(list(columns)):
            for name, chunks in columns.items():
                chunks.extend(table[name].chunks)
        id_ = pa.chunked_array(columns["id"], pa.string())
        arrow_order = pc.sort_indices(id_)
        order = arrow_order.to_numpy()
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        numbers.append(total + rank)
        ids.extend(id_.take(arrow_order).chunks)
        texts.append(_halves(columns["text_sha256"])[order])
        signed.append(pa.chunked_array(columns["n_shingles"], pa.int32()).to_numpy()[order] > 0)
        new, total = total, total + len(order)
    distinct = np.concatenate(signed)
    has_words = np.flatnonzero(distinct)
    _, first, text = np.unique(np.concatenate(texts)[has_words], return_index=True, return_inverse=True)
    first = has_words[first[text]]
    is_copy = first < has_words
    copies, first = has_words[is_copy], first[is_copy]
    distinct[copies] = False
    fresh = copies >= new
    return Documents(
        ids=pa.chunked_array(ids, pa.string()).combine_chunks(),
        numbers=np.concatenate(numbers),
        distinct=distinct,
        new=new,
        copies=packed(first[fresh], copies[fresh]),
    )


def _halves(digests: list[pa.Array]) -> Packed:
    """A number for each text, from half of its digest: eight bytes a document; verification compares whole texts."""
    halves: list[Packed] = [np.empty(0, np.uint64)]
    for chunk in digests:
        letters = pc.utf8_rpad(pc.utf8_slice_codeunits(chunk, 0, 16), 16).buffers()[2]
        pairs = np.frombuffer(letters or b"", np.uint64, 2 * len(chunk))
        halves.append(pairs[::2] * np.uint64(0x9E3779B97F4A7C15) ^ pairs[1::2])
    return np.concatenate(halves)


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
    return meetings(groups(space, backend), np.ones(len(documents.ids), np.int64), documents.new, backend=backend)


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
            filters = [_Filter(space, backend) for space in spaces]
        values = from_bytes(column).hashes.reshape(-1, PERMUTATIONS)
        for band, keys in enumerate(_band_keys(values, bands, rows, backend)):
            spaces[band].append(packed(keys, numbers) if is_new else filters[band](keys, numbers))
    found = []
    while spaces:
        found.append(groups(np.concatenate(spaces.pop()), backend))
    return meetings(joined(found), np.full(chunk.stop, bands), chunk.start, backend=backend)


def _of_sketches(
    batches: Sequence[Batch], documents: Documents, chunk: range, backend: str
) -> tuple[Packed, npt.NDArray[np.bool_]]:
    """The pairs that share enough of their sketches, and, by number, who is late in crowds with most of it."""
    sizes = np.zeros(chunk.stop, np.int64)
    space: list[Packed] = [np.empty(0, np.uint64)]
    kept: _Filter | None = None
    for is_new, column, numbers in _read(batches, documents, chunk, "sketch"):
        if not is_new and kept is None:
            kept = _Filter(space, backend)
        hashes, offsets = from_bytes(column)
        sizes[numbers] = lengths = np.diff(offsets)
        both = hashes, np.repeat(numbers.astype(np.uint32), lengths)
        space.append(packed(*both) if is_new or kept is None else kept(*both))
    found: Groups = groups(np.concatenate(space), backend)
    return meetings(found, sizes, chunk.start, SHARED_OF_SMALLER, backend), in_crowds(found, sizes)


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

    def __init__(self, spaces: Sequence[Packed], backend: str) -> None:
        self._by_kernel = backend == "numba"
        bits = min(28, max(16, 4 + sum(map(len, spaces)).bit_length()))
        self._shift = 32 - bits
        self._seen = np.zeros(1 << bits - 6, np.uint64) if self._by_kernel else np.zeros(1 << bits, bool)
        for space in spaces:
            self._mark(space)

    def __call__(self, keys: npt.NDArray[np.uint32], numbers: npt.NDArray[np.integer[Any]]) -> Packed:
        """The keys that may be among them, packed with their numbers."""
        if self._by_kernel:
            from curation.dedup.kernels import keys as kernel

            return kernel.kept(self._seen, self._shift, keys, numbers.astype(np.uint32, copy=False))
        among = self._seen[self._place(keys.astype(np.uint64))]
        return packed(keys[among], numbers[among])

    def _mark(self, space: Packed) -> None:
        if self._by_kernel:
            from curation.dedup.kernels import keys as kernel

            kernel.mark(self._seen, self._shift, space)
        else:
            self._seen[self._place(space >> HALF)] = True

    def _place(self, keys: Packed) -> Packed:
        place: Packed = ((keys * np.uint64(0x9E3779B1)) & LOW) >> np.uint64(self._shift)
        return place


def _band_keys(values: npt.NDArray[np.uint32], bands: int, rows: int, backend: str) -> npt.NDArray[np.uint32]:
    """32 bits for each band of each signature; two bands that differ rarely have the same, and verification sees it."""
    if backend == "numba":
        from curation.dedup.kernels import keys as kernel

        return kernel.of_bands(values, bands, rows)
    parts = values[:, : bands * rows].reshape(-1, bands, rows).transpose(2, 1, 0)
    keys = np.zeros(parts.shape[1:], np.uint64)
    for part in parts:
        keys = (keys ^ part) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> HALF
    return (keys & LOW).astype(np.uint32)
