"""Signatures and shingle sets straight from Arrow's buffers, without a Python object a word.

The bits are those of :mod:`curation.dedup.shingle` and of datasketch. A text that holds what the table of letters
does not cover, or bytes that are no UTF-8, is left to them: the kernels mark it and go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from curation.dedup.kernels.tokens import Page, page, words
from curation.dedup.kernels.xxh64 import LANES, SIDE_BY_SIDE, SPREAD, xxh64_low32, xxh64_of_slices
from curation.kernels.compiled import compiled, inlined

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Hashes = npt.NDArray[np.uint32]
    Keys = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

_WIDTH = 5
#: Hashes that are permuted in one go: the values so far are read and written once for all of them.
_AT_ONCE = 8


@inlined
def _find(table: Keys, key: np.uint64) -> np.uint64:
    """Where a key stands in an open table whose length is a power of two, or the empty place (0) where it would."""
    mask = np.uint64(len(table) - 1)
    place = (key * SPREAD) >> np.uint64(32) & mask
    while table[place] != key and table[place] != np.uint64(0):
        place = (place + np.uint64(1)) & mask
    return place


@compiled
def open_table(keys: Keys) -> Keys:
    """An open table of keys that are not 0, at most half full."""
    size = 4
    while size < 2 * len(keys):
        size *= 2
    table = np.zeros(size, np.uint64)
    for key in keys:
        table[_find(table, key)] = key
    return table


class Scratch(NamedTuple):
    """Memory for one text at a time."""

    page: Page
    hashes: Hashes
    """Of its shingles, in order,"""
    lanes: Keys
    """... and what it takes to make them."""
    seen: Keys
    """An open table of those that came up."""


@compiled
def _scratch(offsets: Numbers) -> Scratch:
    longest = _largest(offsets)
    shingles = longest // 2 + 1
    return Scratch(
        page(longest),
        np.empty(shingles + SIDE_BY_SIDE, np.uint32),
        np.empty((LANES, SIDE_BY_SIDE), np.uint64),
        np.zeros(_places(shingles), np.uint64),
    )


@compiled
def _largest(offsets: Numbers) -> int:
    """The size of the largest of some texts or sets."""
    largest = 0
    for i in range(len(offsets) - 1):
        largest = max(largest, offsets[i + 1] - offsets[i])
    return largest


@inlined
def _places(hashes: int) -> int:
    """How large an open table of so many hashes is."""
    size = 16
    while size < 4 * hashes:
        size *= 2
    return size


@compiled
def _shingles(scratch: Scratch, found: int) -> int:
    """Hash every five of the words found in a row; fewer words make one shingle."""
    address, starts = np.uint64(scratch.page.out.ctypes.data), scratch.page.starts
    if found < _WIDTH:
        scratch.hashes[0] = xxh64_low32(address, np.uint64(starts[found] - 1))
        return 1
    count = found - _WIDTH + 1
    xxh64_of_slices(address, starts, _WIDTH, count, scratch.lanes, scratch.hashes)
    return count


@compiled
def _cut(scratch: Scratch, found: int, count: int, stops: Keys) -> int:
    """Take the words out that stand in a stop-shingle; returns how many words are left."""
    out, starts, hashes = scratch.page.out, scratch.page.starts, scratch.hashes
    left, end, stopped = 0, 0, 0
    for word in range(found):
        if word < count:
            key = np.uint64(hashes[word]) + np.uint64(1)
            if stops[_find(stops, key)] == key:
                stopped = word + _WIDTH  # the first word behind it
        first, behind = starts[word], starts[word + 1]
        if word < stopped:
            continue
        for k in range(first, behind):
            out[end + k - first] = out[k]
        starts[left] = end
        end += behind - first
        left += 1
    starts[left] = end
    return left


@compiled
def _read(data: Bytes, start: int, stop: int, table: Hashes, stops: Keys, scratch: Scratch) -> int:
    """Hash the shingles of one text; returns how many, or -1 for a text outside of the table."""
    found = words(data, start, stop, table, scratch.page)
    if found <= 0:
        return found
    count = _shingles(scratch, found)
    if len(stops) == 0:
        return count
    left = _cut(scratch, found, count, stops)
    return count if left == found else _shingles(scratch, left) if left else 0


@inlined
def _is_new(seen: Keys, hash_: np.uint32, document: int) -> bool:
    """Whether a hash comes up for the first time in this document; entries of earlier ones count as empty."""
    tag = np.uint64(document + 1) << np.uint64(32)
    key = tag | np.uint64(hash_)
    mask = np.uint64(len(seen) - 1)
    place = np.uint64(hash_) & mask
    while seen[place] >= tag:
        if seen[place] == key:
            return False
        place = (place + np.uint64(1)) & mask
    seen[place] = key
    return True


@compiled
def sets(data: Bytes, offsets: Numbers, table: Hashes, stops: Keys) -> tuple[Numbers, Hashes]:
    """The distinct shingle hashes of each text in the order in which they come up.

    Args:
        data: the bytes of the texts.
        offsets: where each begins, and where the last one ends.
        table: of letters.
        stops: open table of the hashes of stop-shingles plus 1, or nothing.

    Returns:
        how many hashes each text has, -1 where it is outside of the table; all hashes end to end.
    """
    n = len(offsets) - 1
    scratch = _scratch(offsets)
    hashes, seen = scratch.hashes, scratch.seen
    counts = np.empty(n, np.int64)
    flat = np.empty((offsets[n] - offsets[0]) // 2 + n + 1, np.uint32)
    total = 0
    for i in range(n):
        count = _read(data, offsets[i], offsets[i + 1], table, stops, scratch)
        counts[i] = min(count, 0)
        # no more of the table than this text needs: one long text beside them makes short ones no slower
        near = seen[: _places(max(count, 0))]
        for k in range(count):
            if _is_new(near, hashes[k], i):
                flat[total] = hashes[k]
                total += 1
                counts[i] += 1
    return counts, flat[:total]


@compiled
def below(hashes: Hashes, offsets: Numbers, limit: int) -> tuple[Hashes, Numbers]:
    """Of each set the hashes below a limit, and where they begin."""
    kept = np.empty(len(hashes), np.uint32)
    starts = np.zeros(len(offsets), np.int64)
    n = 0
    for i in range(len(offsets) - 1):
        for k in range(offsets[i], offsets[i + 1]):
            kept[n] = hashes[k]
            n += hashes[k] < limit
        starts[i + 1] = n
    return kept[:n], starts


@compiled
def permute(hashes: Hashes, offsets: Numbers, a: Hashes, b: Hashes, signatures: npt.NDArray[np.uint32]) -> None:
    """Fill one row of signature values for each set of hashes (datasketch's affine32); largest values for none."""
    mixed = np.empty(_largest(offsets) + _AT_ONCE, np.uint32)
    for i in range(len(offsets) - 1):
        some = hashes[offsets[i] : offsets[i + 1]]
        for k in range(len(some)):
            value = some[k]
            # numba multiplies in 64 bits; the bits above 32 are cut off
            value = np.uint32((value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
            value = np.uint32((value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
            mixed[k] = value ^ (value >> np.uint32(16))
        # what counts twice does not change the least
        mixed[len(some) : len(some) + _AT_ONCE] = mixed[0]
        row = signatures[i]
        row[:] = np.uint32(0xFFFFFFFF)
        for start in range(0, len(some), _AT_ONCE):
            # some hashes at a time over all permutations: this is what the compiler turns into vector instructions
            few = mixed[start : start + _AT_ONCE]
            for p in range(len(row)):
                least = row[p]
                for k in range(_AT_ONCE):
                    least = min(least, np.uint32(a[p] * few[k] + b[p]))
                row[p] = least


@compiled
def count_shared(hashes: Hashes, offsets: Numbers, first: Numbers, second: Numbers, only_most: bool = False) -> Numbers:
    """How many hashes each pair of sets (by number) has in common; fastest where pairs of one set follow each other.

    With `only_most` it is -1 for a pair as soon as a pair before it holds a larger share of its smaller set for sure.
    """
    most, of = 0, 1
    longest = 0
    for number in first:
        longest = max(longest, offsets[number + 1] - offsets[number])
    held = np.zeros(_places(longest), np.uint64)
    counts = np.zeros(len(first), np.int64)
    for pair in range(len(first)):
        a, b = first[pair], second[pair]
        if pair == 0 or a != first[pair - 1]:
            near = held[: _places(offsets[a + 1] - offsets[a])]
            mask = np.uint64(len(near) - 1)
            for k in range(offsets[a], offsets[a + 1]):
                _is_new(near, hashes[k], pair)
            tag = np.uint64(pair + 1) << np.uint64(32)
        n = offsets[b + 1] - offsets[b]
        smaller = min(n, offsets[a + 1] - offsets[a])
        # so many of b's may be missing in a
        spare = n - (most * smaller + of - 1) // of if only_most else n
        for k in range(offsets[b], offsets[b + 1]):
            if k - offsets[b] - counts[pair] > spare:
                counts[pair] = -1
                break
            key = tag | np.uint64(hashes[k])
            place = np.uint64(hashes[k]) & mask
            while near[place] >= tag:
                if near[place] == key:
                    counts[pair] += 1
                    break
                place = (place + np.uint64(1)) & mask
        if counts[pair] * of > most * smaller:
            most, of = counts[pair], smaller
    return counts


@compiled
def share_heads(hashes: Hashes, offsets: Numbers, first: Numbers, second: Numbers, head: int) -> npt.NDArray[np.bool_]:
    """Whether each pair of sets has one of the first so many hashes in common."""
    found = np.zeros(len(first), np.bool_)
    for pair in range(len(first)):
        a, b = first[pair], second[pair]
        for i in range(offsets[a], min(offsets[a] + head, offsets[a + 1])):
            for k in range(offsets[b], min(offsets[b] + head, offsets[b + 1])):
                found[pair] |= hashes[i] == hashes[k]
            if found[pair]:
                break
    return found
