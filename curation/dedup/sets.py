"""The shingle sets of many texts: by the kernel, or word by word in Python, with the same result."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation.dedup.shingle import WIDTH, Hashes, flatten, normal, shingle_hashes, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Numbers = npt.NDArray[np.int64]


class Sets(NamedTuple):
    """Sets laid end to end, and the offset at which each begins (one more than there are sets)."""

    hashes: Hashes
    offsets: Numbers

    def __getitem__(self, number: int) -> Hashes:  # type: ignore[override]
        """One set."""
        return self.hashes[self.offsets[number] : self.offsets[number + 1]]


def stop_shingles(lines: Iterable[str]) -> frozenset[int]:
    """The shingle hashes of lines of chrome; a line of fewer words than a shingle has none.

    >>> len(stop_shingles(["Ikuti kami", "Simak berita menarik lain di Warta"]))
    2
    """
    long_enough = (line for line in lines if len(words(line)) >= WIDTH)
    return frozenset(hash_ for line in long_enough for hash_ in shingle_hashes(line).tolist())


def shingle_sets(
    texts: pa.Array | pa.ChunkedArray, stops: Collection[int] = (), backend: str = "numba", threads: int = 1
) -> Sets:
    """The distinct shingle hashes of each text, in the order in which they come up.

    Args:
        texts: strings; null counts as empty.
        stops: hashes of stop-shingles (see :func:`curation.dedup.shingle.shingle_hashes`).
        backend: numba, or datasketch for Python alone.
        threads: how many at once; the kernel releases the interpreter's lock.

    >>> shingle_sets(pa.array(["Gempa lagi!", "", "..."])).offsets
    array([0, 1, 1, 1])
    """
    chunk = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if backend != "numba":
        stopped = frozenset(stops)
        return Sets(*flatten([shingle_hashes(text or "", stopped) for text in chunk.to_pylist()]))
    return _by_kernel(chunk.cast(pa.large_string()).fill_null(""), frozenset(stops), threads)


def _by_kernel(texts: pa.LargeStringArray, stops: frozenset[int], threads: int) -> Sets:
    from curation.dedup.kernels import shingles as kernel

    data, offsets = buffers(texts)
    letters, table = _letters(), _stop_table(stops)
    within = np.searchsorted(offsets, np.linspace(offsets[0], offsets[-1], max(threads, 1) + 1)[1:-1])
    cuts = np.unique([0, *within, len(texts)])
    slices = [offsets[first : last + 1] for first, last in itertools.pairwise(cuts.tolist())]
    if len(slices) == 1:
        return _mended(texts, *kernel.sets(data, slices[0], letters, table), stops)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        found = list(pool.map(lambda one: kernel.sets(data, one, letters, table), slices))
    counts = np.concatenate([np.empty(0, np.int64), *(one[0] for one in found)])
    hashes = np.concatenate([np.empty(0, np.uint32), *(one[1] for one in found)])
    return _mended(texts, counts, hashes, stops)


def _mended(texts: pa.LargeStringArray, counts: Numbers, hashes: Hashes, stops: frozenset[int]) -> Sets:
    """The kernel's sets, with those of the texts that it left out."""
    outside = np.flatnonzero(counts < 0)
    offsets = np.concatenate([[0], np.cumsum(np.maximum(counts, 0))])
    if len(outside):
        extra, lengths = _of_lowered([decoded(texts, int(number)) for number in outside], stops)
        hashes = np.insert(hashes, np.repeat(offsets[outside], lengths), extra)
        counts[outside] = lengths
        offsets = np.concatenate([[0], np.cumsum(counts)])
    return Sets(hashes, offsets)


def _of_lowered(texts: list[str], stops: frozenset[int]) -> tuple[Hashes, Numbers]:
    """The hashes of texts that Python brings into lower case, and how many each has; then the kernel can do the rest.

    What still has a rare letter goes through Python word by word.
    """
    from curation.dedup.kernels import shingles as kernel
    from curation.dedup.kernels.letters import lowered

    # a lone surrogate has no UTF-8, and is no letter
    data = [normal(text).encode("utf-8", "replace") for text in texts]
    offsets = np.cumsum([0, *map(len, data)])
    counts, hashes = kernel.sets(np.frombuffer(b"".join(data), np.uint8), offsets, lowered(), _stop_table(stops))
    found = np.split(hashes, np.cumsum(np.maximum(counts, 0))[:-1])
    for number in np.flatnonzero(counts < 0):
        found[number] = shingle_hashes(texts[number], stops)
    return flatten(found)[0], np.array([len(one) for one in found])


def buffers(texts: pa.LargeStringArray) -> tuple[npt.NDArray[np.uint8], Numbers]:
    """The bytes of some texts and where each begins in them, without a copy."""
    _, offsets, data = texts.buffers()
    if not len(texts):
        return np.empty(0, np.uint8), np.zeros(1, np.int64)
    places = np.frombuffer(offsets, np.int64, len(texts) + 1, texts.offset * 8)
    return np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8), places


def decoded(texts: pa.LargeStringArray, number: int) -> str:
    """One text, bytes that are no UTF-8 replaced."""
    return str(texts[number].as_buffer().to_pybytes(), "utf-8", "replace")


@cache
def _letters() -> Hashes:
    from curation.dedup.kernels.letters import letters

    return letters()


@cache
def _stop_table(stops: frozenset[int]) -> npt.NDArray[np.uint64]:
    from curation.dedup.kernels import shingles as kernel

    keys = np.array(sorted(stops), np.uint64) + np.uint64(1)
    return kernel.open_table(keys) if len(keys) else keys
