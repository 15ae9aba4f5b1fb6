"""Signatures and shingle sets straight from Arrow's buffers: tokenise, hash, permute, without a Python object a word.

The bits are those of :mod:`curation.dedup.shingle` and of datasketch. A text that holds what the table of letters
does not cover, or bytes that are no UTF-8, is left to them: the kernels mark it and go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from curation.dedup.kernels.compiled import compiled, inlined
from curation.dedup.kernels.xxh64 import SPREAD, load64, low_zeros, store64, xxh64_low32

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Hashes = npt.NDArray[np.uint32]
    Keys = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

_SPACE = np.uint8(32)
_WIDTH = 5
_OUTSIDE = np.uint32(0xFFFFFFFF)
#: Bytes behind a text that may be read or written without a meaning.
SLACK = 40

# eight bytes at a time: a bound is added to every byte, and the top bit tells which side of it the byte is on
_EACH = 0x0101010101010101
_TOP, _REST, _LOWER = np.uint64(0x80 * _EACH), np.uint64(0x7F * _EACH), np.uint64(0x20 * _EACH)
_FROM_A, _BEYOND_Z = np.uint64((128 - ord("a")) * _EACH), np.uint64((127 - ord("z")) * _EACH)
_FROM_0, _BEYOND_9 = np.uint64((128 - ord("0")) * _EACH), np.uint64((127 - ord("9")) * _EACH)
_FROM_BAR, _BEYOND_BAR = np.uint64((128 - ord("_")) * _EACH), np.uint64((127 - ord("_")) * _EACH)


@inlined
def _run(eight: np.uint64) -> tuple[np.uint64, np.int64]:
    """The top bits of the ASCII letters among eight bytes, and how many of the first are ASCII letters or digits."""
    low = eight & _REST
    small = low | _LOWER
    letters = (small + _FROM_A) & ~(small + _BEYOND_Z) & ~eight & _TOP
    others = ((low + _FROM_0) & ~(low + _BEYOND_9)) | ((low + _FROM_BAR) & ~(low + _BEYOND_BAR))
    word = letters | (others & ~eight & _TOP)
    return letters, np.int64(low_zeros(~word & _TOP) >> np.uint64(3))


@compiled
def _normalise(data: Bytes, start: int, stop: int, table: Hashes, ascii_: Bytes, out: Bytes, starts: Numbers) -> int:
    """Write the lower-case words of a text, each with a space behind it, and where each begins.

    Returns the number of words, or -1 where the text is outside of the table. ``starts`` gets one entry more.
    """
    source, target = np.uint64(data.ctypes.data), np.uint64(out.ctypes.data)
    i: Any = start
    j: Any = 0
    words = 0
    inside = False
    while i < stop:
        if i + 8 <= stop:
            eight = load64(source + np.uint64(i))
            letters, run = _run(eight)
            if run:
                store64(target + np.uint64(j), eight | (letters >> np.uint64(2)))  # a capital plus 0x20 is small
                starts[words] = j
                words += not inside
                inside = True
                i += run
                j += run
                if run == 8:
                    continue
                if (eight >> np.uint64(8 * run)) & np.uint64(0x80) == np.uint64(0):
                    out[j] = _SPACE
                    inside = False
                    i += 1
                    j += 1
                    continue
        byte = data[i]
        if byte < 128:
            low = ascii_[byte]
            is_word = low != _SPACE
            starts[words] = j
            words += is_word & (not inside)
            out[j] = low
            j += is_word | inside
            inside = is_word
            i += 1
            continue
        if byte < 0xC2:
            return -1
        size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
        if i + size > stop or byte > 0xF4:
            return -1
        code = np.uint32(byte) & np.uint32(0x7F >> size)
        for k in range(1, size):
            follower = data[i + k]
            if follower & 0xC0 != 0x80:
                return -1
            code = (code << np.uint32(6)) | np.uint32(follower & 0x3F)
        # overlong forms, and what the table does not cover
        if code >= len(table) or (size == 3 and code < 0x800) or (size == 4 and code < 0x10000):
            return -1
        letter = table[code]
        if letter == _OUTSIDE:
            return -1
        i += size
        if letter == 0:
            out[j] = _SPACE
            j += inside
            inside = False
            continue
        starts[words] = j
        words += not inside
        inside = True
        if letter < 0x80:
            out[j] = letter
            j += 1
        elif letter < 0x800:
            out[j] = 0xC0 | (letter >> 6)
            out[j + 1] = 0x80 | (letter & 0x3F)
            j += 2
        elif letter < 0x10000:
            out[j] = 0xE0 | (letter >> 12)
            out[j + 1] = 0x80 | ((letter >> 6) & 0x3F)
            out[j + 2] = 0x80 | (letter & 0x3F)
            j += 3
        else:
            out[j] = 0xF0 | (letter >> 18)
            out[j + 1] = 0x80 | ((letter >> 12) & 0x3F)
            out[j + 2] = 0x80 | ((letter >> 6) & 0x3F)
            out[j + 3] = 0x80 | (letter & 0x3F)
            j += 4
    if inside:
        out[j] = _SPACE
        j += 1
    starts[words] = j
    return words


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


@compiled
def _shingles(out: Bytes, starts: Numbers, words: int, hashes: Hashes) -> int:
    """Hash every five words in a row; fewer words make one shingle."""
    address = np.uint64(out.ctypes.data)
    if words < _WIDTH:
        hashes[0] = xxh64_low32(address, np.uint64(starts[words] - 1))
        return 1
    count = words - _WIDTH + 1
    for i in range(count):
        first = starts[i]
        hashes[i] = xxh64_low32(address + np.uint64(first), np.uint64(starts[i + _WIDTH] - first - 1))
    return count


@compiled
def _cut(out: Bytes, starts: Numbers, words: int, hashes: Hashes, count: int, stops: Keys) -> int:
    """Take the words out that stand in a stop-shingle; returns how many words are left."""
    left, end, stopped = 0, 0, 0
    for word in range(words):
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
def _read(
    data: Bytes,
    start: int,
    stop: int,
    letters: tuple[Hashes, Bytes],
    stops: Keys,
    buffers: tuple[Bytes, Numbers, Hashes],
) -> int:
    """Hash the shingles of one text into the last buffer; returns how many, or -1 for a text outside of the table."""
    out, starts, hashes = buffers
    words = _normalise(data, start, stop, letters[0], letters[1], out, starts)
    if words <= 0:
        return words
    count = _shingles(out, starts, words, hashes)
    if len(stops) == 0:
        return count
    left = _cut(out, starts, words, hashes, count, stops)
    return count if left == words else _shingles(out, starts, left, hashes) if left else 0


@compiled
def _buffers(offsets: Numbers) -> tuple[Bytes, Numbers, Hashes]:
    """Room for the longest text: its words (a letter may grow by half), where they begin, their shingles."""
    longest = 0
    for i in range(len(offsets) - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    words = longest // 2 + 3
    return np.empty(longest // 2 * 3 + SLACK, np.uint8), np.empty(words, np.int64), np.empty(words, np.uint32)


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
def sets(data: Bytes, offsets: Numbers, letters: tuple[Hashes, Bytes], stops: Keys) -> tuple[Numbers, Hashes]:
    """The distinct shingle hashes of each text in the order in which they come up.

    Args:
        data: the bytes of the texts.
        offsets: where each begins, and where the last one ends.
        letters: the table, and its first 128 entries with a space for 0.
        stops: open table of the hashes of stop-shingles plus 1, or nothing.

    Returns:
        how many hashes each text has, -1 where it is outside of the table; all hashes end to end.
    """
    n = len(offsets) - 1
    buffers = _buffers(offsets)
    hashes = buffers[2]
    size = 16
    while size < 2 * len(hashes):
        size *= 2
    seen = np.zeros(size, np.uint64)
    counts = np.empty(n, np.int64)
    flat = np.empty((offsets[n] - offsets[0]) // 2 + n + 1, np.uint32)
    total = 0
    for i in range(n):
        count = _read(data, offsets[i], offsets[i + 1], letters, stops, buffers)
        counts[i] = min(count, 0)
        for k in range(count):
            if _is_new(seen, hashes[k], i):
                flat[total] = hashes[k]
                total += 1
                counts[i] += 1
    return counts, flat[:total]


@compiled
def permute(hashes: Hashes, offsets: Numbers, a: Hashes, b: Hashes, signatures: npt.NDArray[np.uint32]) -> None:
    """Fill one row of signature values for each set of hashes (datasketch's affine32); an empty set leaves its row."""
    longest = 0
    for i in range(len(offsets) - 1):
        longest = max(longest, offsets[i + 1] - offsets[i])
    mixed = np.empty(longest, np.uint32)
    for i in range(len(offsets) - 1):
        count = offsets[i + 1] - offsets[i]
        for k in range(count):
            value = hashes[offsets[i] + k]
            # numba multiplies in 64 bits; the bits above 32 are cut off
            value = np.uint32((value ^ (value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
            value = np.uint32((value ^ (value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
            mixed[k] = value ^ (value >> np.uint32(16))
        for p in range(len(a) if count else 0):
            # one permutation at a time over all hashes: this is what the compiler turns into vector instructions
            one, two, least = a[p], b[p], np.uint32(0xFFFFFFFF)
            for k in range(count):
                least = min(least, np.uint32(one * mixed[k] + two))
            signatures[i, p] = least


@compiled
def count_shared(hashes: Hashes, offsets: Numbers, first: Numbers, second: Numbers) -> Numbers:
    """How many hashes each pair of sets (by number) has in common; fastest where pairs of one set follow each other."""
    longest = 0
    for number in first:
        longest = max(longest, offsets[number + 1] - offsets[number])
    size = 16
    while size < 2 * longest:
        size *= 2
    mask = np.uint64(size - 1)
    held = np.zeros(size, np.uint64)
    counts = np.zeros(len(first), np.int64)
    for pair in range(len(first)):
        a, b = first[pair], second[pair]
        if pair == 0 or a != first[pair - 1]:
            for k in range(offsets[a], offsets[a + 1]):
                _is_new(held, hashes[k], pair)
            tag = np.uint64(pair + 1) << np.uint64(32)
        for k in range(offsets[b], offsets[b + 1]):
            key = tag | np.uint64(hashes[k])
            place = np.uint64(hashes[k]) & mask
            while held[place] >= tag:
                if held[place] == key:
                    counts[pair] += 1
                    break
                place = (place + np.uint64(1)) & mask
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
