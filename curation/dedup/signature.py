"""Signatures and sketches: the small stand-ins by which copies find each other."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation import schema
from curation.dedup.sets import Sets, shingle_sets
from curation.dedup.shingle import PERMUTATIONS, SEED, SPEC

if TYPE_CHECKING:
    from collections.abc import Collection

#: A sketch holds the shingle hashes below this, one in five (FracMinHash): a fixed share of every text, so a
#: short text inside a long one is found, which MinHash alone misses. At one in eight, one lead of 46 words in 200 has
#: no hash in it and all its copies are missed.
SKETCH_LIMIT = (1 << 32) // 5

#: Documents that are signed at a time: what they need fits in the processor's cache.
_SLICE = 4_000


def sign(documents: pa.Table, stops: Collection[int] = (), backend: str = "numba", threads: int = 1) -> pa.Table:
    """The signatures table of documents (needs id, body, text_sha256; url_key where it is known).

    A body without words gets an empty signature: nothing is its copy.

    Args:
        documents: what is signed.
        stops: hashes of stop-shingles, whose words count as not there.
        backend: numba, or datasketch for datasketch itself; the bits are the same.
        threads: how many at once; the kernels release the interpreter's lock.
    """
    if documents.num_rows > _SLICE:
        starts = range(0, documents.num_rows, _SLICE)
        return pa.concat_tables(sign(documents.slice(at, _SLICE), stops, backend, threads) for at in starts)
    sets = shingle_sets(documents["body"], stops, backend, threads)
    sizes = np.diff(sets.offsets)
    signed = np.concatenate([[0], np.cumsum(sizes > 0)]) * PERMUTATIONS
    table = pa.table(
        {
            "id": documents["id"],
            "text_sha256": documents["text_sha256"],
            "url_key": documents["url_key"]
            if "url_key" in documents.column_names
            else pa.nulls(len(sizes), pa.string()),
            "spec": pa.repeat(SPEC, documents.num_rows),
            "n_shingles": sizes,
            "signature": as_bytes(signatures(sets, backend).reshape(-1), signed),
            "sketch": as_bytes(*sketches(sets, backend)),
        }
    )
    return schema.conform("signatures", table)


def signatures(sets: Sets, backend: str = "numba") -> npt.NDArray[np.uint32]:
    """One row of 128 values for each set that is not empty."""
    ends = sets.offsets[np.concatenate([[True], np.diff(sets.offsets) > 0])]
    if backend != "numba":
        from curation.dedup import datasketch

        return datasketch.signatures(sets.hashes[first:last] for first, last in itertools.pairwise(ends))
    from curation.dedup.kernels import shingles as kernel

    made = np.empty((len(ends) - 1, PERMUTATIONS), np.uint32)
    kernel.permute(sets.hashes, ends, *_permutations(), made)
    return made


def sketches(sets: Sets, backend: str = "numba") -> Sets:
    """Of each set the hashes below :data:`SKETCH_LIMIT`."""
    if backend != "numba":
        small = sets.hashes < SKETCH_LIMIT
        return Sets(sets.hashes[small], np.concatenate([[0], np.cumsum(small)])[sets.offsets])
    from curation.dedup.kernels import shingles as kernel

    return Sets(*kernel.below(sets.hashes, sets.offsets, SKETCH_LIMIT))


def as_bytes(values: npt.NDArray[np.uint32], offsets: npt.NDArray[np.int64]) -> pa.BinaryArray:
    """Numbers as a table holds them: the bytes of a row's end to end, read in a third of the time of a list.

    >>> row, empty = as_bytes(np.array([1, 258], np.uint32), np.array([0, 2, 2])).to_pylist()
    >>> row.hex(), empty
    ('0100000002010000', b'')
    """
    ends = (4 * offsets).astype(np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(values.astype("<u4", copy=False))]
    return pa.BinaryArray.from_buffers(pa.binary(), len(ends) - 1, buffers)


def from_bytes(column: pa.ChunkedArray) -> Sets:
    """The numbers of all rows of a column that was made by :func:`as_bytes`.

    >>> column = pa.chunked_array([as_bytes(np.array([1, 258], np.uint32), np.array([0, 2, 2]))])
    >>> [part.tolist() for part in from_bytes(column)]
    [[1, 258], [0, 2, 2]]
    """
    values: list[npt.NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    lengths: list[npt.NDArray[np.int32]] = [np.zeros(1, np.int32)]
    for chunk in filter(len, column.chunks):
        _, ends, data = chunk.buffers()
        places = np.frombuffer(ends, np.int32, len(chunk) + 1, 4 * chunk.offset) // 4
        values.append(np.frombuffer(data or b"", "<u4")[places[0] : places[-1]])
        lengths.append(np.diff(places))
    return Sets(np.concatenate(values), np.cumsum(np.concatenate(lengths), dtype=np.int64))


def _permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Factors and summands of the permutations, drawn as datasketch draws them: odd factors, so that none collides."""
    draw = np.random.RandomState(SEED)
    half = draw.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32)
    return half * np.uint32(2) + np.uint32(1), draw.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)
