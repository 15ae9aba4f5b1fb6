"""The facts of many pairs, as :func:`curation.dedup.facts.compare` counts them, without a Python object a word.

A pair loses its common beginning and end, then every word that only one side holds: it can't be part of an alignment.
What remains is aligned by the bit-parallel longest common subsequence (H. Hyyrö, "Bit-parallel LCS-length computation
revisited", 2004), a bit a word. Among equally long alignments the walk back takes the one that rapidfuzz takes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from curation.dedup import facts
from curation.dedup.kernels.compiled import compiled
from curation.dedup.kernels.words import NAME, NUMBER, chunks_of, read

if TYPE_CHECKING:
    import pyarrow as pa

    from curation.dedup.facts import Counts, Numbers, Rows
    from curation.dedup.kernels.words import Bits, Bytes, Texts

#: Bytes of the pairs that a thread compares in one go: some 2,000 of ordinary articles, whose words take 40 MB.
SLICE = 12_000_000

_ZERO, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)


class Limits(NamedTuple):
    """The settings of :mod:`curation.dedup.facts`: handed over, since compiled code would keep their old values."""

    local: int
    local_names: int
    longest: int
    letters: int
    alike: int


class Scratch(NamedTuple):
    """Memory of a thread for one pair at a time."""

    keys: Bits
    places: Numbers
    tally: Numbers
    """Of each distinct word of a: how often it is a number that b has not matched yet."""
    shared: npt.NDArray[np.bool_]
    """... whether b holds it."""
    mask_of: Numbers
    """... its row in masks."""
    entry_a: Numbers
    entry_b: Numbers
    kept_a: Numbers
    kept_b: Numbers
    masks: Bits
    rows: Bits
    letter_rows: Bits


def compare_pairs(bodies: pa.Array | pa.ChunkedArray, first: Rows, second: Rows, threads: int = 1) -> Counts:
    """See :func:`curation.dedup.facts.compare_pairs`."""
    chunks = list(chunks_of(bodies))
    limits = Limits(facts.LOCAL, facts.LOCAL_NAMES, facts.LONGEST, facts.LETTERS, facts.ALIKE)
    found = np.zeros((len(facts.Counts._fields), len(first)), np.int32)

    def compare(part: slice) -> npt.NDArray[np.bool_]:
        rows, place = np.unique(np.stack([first[part], second[part]]), return_inverse=True)
        one, two = place.reshape(2, -1).astype(np.int64)
        texts = read(chunks, rows)
        counts = np.zeros((len(found), len(one)), np.int32)
        _compare(texts, one, two, limits, _scratch(np.diff(texts.starts), one, two, limits), counts)
        found[:, part] = counts
        outside: npt.NDArray[np.bool_] = texts.outside[one] | texts.outside[two]
        return outside

    sizes = np.concatenate([np.zeros(0, np.int64), *(np.diff(offsets) for _, _, offsets in chunks)])
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes[first] + sizes[second]) // SLICE)) + 1
    slices = [slice(start, end) for start, end in pairwise([0, *cuts.tolist(), len(first)])]
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(compare, slices))
    if (left := np.flatnonzero(np.concatenate(parts))).size:
        found[:, left] = facts.plainly(bodies, first[left], second[left])
    return facts.Counts(*found)


def _scratch(words: Rows, one: Rows, two: Rows, limits: Limits) -> Scratch:
    """Enough for the largest pair; what a small pair does not touch costs nothing."""
    a, b = int(words[one].max(initial=0)), int(words[two].max(initial=0))
    entries = max(a, limits.letters)
    wide, high = np.minimum(words[one], limits.longest), np.minimum(words[two], limits.longest)
    columns = (wide + 63) // 64
    names = (limits.letters + 63) // 64
    return Scratch(
        keys=np.empty(8 * entries, np.uint64),
        places=np.empty(8 * entries, np.int32),
        tally=np.empty(entries, np.int32),
        shared=np.empty(entries, np.bool_),
        mask_of=np.empty(entries, np.int32),
        entry_a=np.empty(entries, np.int32),
        entry_b=np.empty(b, np.int32),
        kept_a=np.empty(int(wide.max(initial=0)), np.int32),
        kept_b=np.empty(int(high.max(initial=0)), np.int32),
        masks=np.empty(max(int((wide * columns).max(initial=0)), limits.letters * names), np.uint64),
        rows=np.empty(int(((high + 1) * columns).max(initial=0)), np.uint64),
        letter_rows=np.empty(2 * names, np.uint64),
    )


@compiled
def _find(keys: Bits, places: Numbers, key: np.uint64, last: int) -> np.uint64:
    """Where a key is, or would be, in the open hash table of last + 1 places."""
    place = key & np.uint64(last)
    while places[place] >= 0 and keys[place] != key:
        place = (place + _ONE) & np.uint64(last)
    return place


@compiled
def _clear(places: Numbers, entries: int) -> int:
    """Empty the table for so many entries; returns its last place."""
    size = 8
    while size < 4 * entries:
        size *= 2
    for place in range(size):
        places[place] = -1
    return size - 1


@compiled
def _enter(keys: Bits, places: Numbers, key: np.uint64, last: int, entries: int) -> int:
    """The entry of a key: its own, or the next one, which it now has."""
    place = _find(keys, places, key, last)
    if places[place] < 0:
        keys[place] = key
        places[place] = entries
    return int(places[place])


@compiled
def _fill(bits: Bits, start: int, columns: int, value: np.uint64) -> None:
    for column in range(start, start + columns):
        bits[column] = value


@compiled
def _set(bits: Bits, row: int, bit: int, columns: int) -> None:
    bits[row * columns + bit // 64] |= _ONE << np.uint64(bit % 64)


@compiled
def _is_set(bits: Bits, row: int, bit: int, columns: int) -> bool:
    return bool((bits[row * columns + bit // 64] >> np.uint64(bit % 64)) & _ONE)


@compiled
def _advance(rows: Bits, above: int, below: int, masks: Bits, mask: int, columns: int) -> None:
    """One step of the bit-parallel LCS: the row below, given where its word stands in the other text.

    A bit of a row is 0 where the LCS of the texts so far grows by one with that word.
    """
    carry = _ZERO
    old_at, new_at, mask_at = np.uint64(above * columns), np.uint64(below * columns), np.uint64(mask * columns)
    for column in range(np.uint64(columns)):
        old = rows[old_at + column]
        met = old & masks[mask_at + column]
        partial = old + met
        total = partial + carry
        carry = np.uint64(partial < old) | np.uint64(total < partial)
        rows[new_at + column] = total | (old - met)


@compiled
def _compare(texts: Texts, first: Rows, second: Rows, limits: Limits, scratch: Scratch, found: Numbers) -> None:
    """Fill a column of `found` for each pair of texts."""
    hashes, flags = texts.hashes, texts.flags
    counts = np.zeros((2, 3), np.int64)
    for pair in range(len(first)):
        one, two = first[pair], second[pair]
        if texts.outside[one] or texts.outside[two]:
            continue
        a, a_end, b, b_end = texts.starts[one], texts.starts[one + 1], texts.starts[two], texts.starts[two + 1]
        found[0, pair] = min(a_end - a, b_end - b)
        while a < a_end and b < b_end and hashes[a] == hashes[b]:
            a += 1
            b += 1
        a_end, b_end = _without_end(hashes, a, a_end, b, b_end)
        counts[:] = 0
        for i in range(a, a_end):
            counts[0, flags[i]] += 1
        for j in range(b, b_end):
            counts[1, flags[j]] += 1
        equal = texts.numbers[one] - counts[0, NUMBER]
        both_number = counts[0, NUMBER] > 0 and counts[1, NUMBER] > 0
        both_name = counts[0, NAME] > 0 and counts[1, NAME] > 0
        if both_number or both_name:
            equal += _match(texts, scratch, a, a_end, b, b_end)
            # a cut can make a new common end
            a_end, b_end = _without_end(hashes, a, min(a_end, a + limits.longest), b, min(b_end, b + limits.longest))
            _align(texts, limits, scratch, a, a_end, b, b_end, found[3:, pair])
        found[1, pair] = texts.numbers[one] + texts.numbers[two] - equal
        found[2, pair] = equal


@compiled
def _without_end(hashes: Bits, a: int, a_end: int, b: int, b_end: int) -> tuple[int, int]:
    """Where the stretches end when their common end is off."""
    while a < a_end and b < b_end and hashes[a_end - 1] == hashes[b_end - 1]:
        a_end -= 1
        b_end -= 1
    return a_end, b_end


@compiled
def _match(texts: Texts, scratch: Scratch, a: int, a_end: int, b: int, b_end: int) -> int:
    """Give each distinct word of a an entry, find it in b, and count the numbers that both hold."""
    hashes, flags = texts.hashes, texts.flags
    keys, places, tally, shared, mask_of = scratch.keys, scratch.places, scratch.tally, scratch.shared, scratch.mask_of
    entry_a, entry_b = scratch.entry_a, scratch.entry_b
    last = _clear(places, a_end - a)
    entries = 0
    for i in range(a, a_end):
        entry = _enter(keys, places, hashes[i], last, entries)
        if entry == entries:
            tally[entry], shared[entry], mask_of[entry] = 0, False, -1
            entries += 1
        tally[entry] += flags[i] == NUMBER
        entry_a[i - a] = entry
    equal = 0
    for j in range(b, b_end):
        entry = places[_find(keys, places, hashes[j], last)]
        entry_b[j - b] = entry
        if entry >= 0:
            shared[entry] = True
            if flags[j] == NUMBER and tally[entry] > 0:
                tally[entry] -= 1
                equal += 1
    return equal


@compiled
def _align(
    texts: Texts, limits: Limits, scratch: Scratch, a: int, a_end: int, b: int, b_end: int, swapped: Numbers
) -> None:
    """Lay two stretches side by side and count where numbers (swapped[0]) or names (swapped[1]) differ."""
    masks, rows, mask_of, shared = scratch.masks, scratch.rows, scratch.mask_of, scratch.shared
    entry_a, entry_b, kept_a, kept_b = scratch.entry_a, scratch.entry_b, scratch.kept_a, scratch.kept_b
    wide = high = n_masks = 0
    for i in range(a_end - a):
        if shared[entry_a[i]]:
            kept_a[wide] = i
            wide += 1
    columns = (wide + 63) // 64
    for bit in range(wide):
        entry = entry_a[kept_a[bit]]
        if mask_of[entry] < 0:
            _fill(masks, n_masks * columns, columns, _ZERO)
            mask_of[entry] = n_masks
            n_masks += 1
        _set(masks, mask_of[entry], bit, columns)
    _fill(rows, 0, columns, _ALL)
    for j in range(b_end - b):
        entry = entry_b[j]
        # a word that a has only beyond the longest stretch has no mask
        if entry >= 0 and mask_of[entry] >= 0:
            _advance(rows, high, high + 1, masks, mask_of[entry], columns)
            kept_b[high] = j
            high += 1
    while wide and high:
        if _is_set(rows, high, wide - 1, columns):
            wide -= 1
        elif not _is_set(rows, high - 1, wide - 1, columns):
            high -= 1
        else:
            wide -= 1
            high -= 1
            i, j = a + kept_a[wide], b + kept_b[high]
            if i + 1 < a_end and j + 1 < b_end:
                _judge(texts, limits, scratch, i + 1, a_end, j + 1, b_end, swapped)
            a_end, b_end = i, j
    _judge(texts, limits, scratch, a, a_end, b, b_end, swapped)


@compiled
def _judge(
    texts: Texts, limits: Limits, scratch: Scratch, a: int, a_end: int, b: int, b_end: int, swapped: Numbers
) -> None:
    """Count two stretches that stand in each other's place, if they are short and tell different facts."""
    if 0 < a_end - a <= limits.local and 0 < b_end - b <= limits.local:
        both = _kinds(texts.flags, a, a_end) & _kinds(texts.flags, b, b_end)
        if both & NUMBER and _disjoint(texts, a, a_end, b, b_end, NUMBER):
            swapped[0] += 1
        elif (
            both & NAME
            and max(a_end - a, b_end - b) <= limits.local_names
            and _disjoint(texts, a, a_end, b, b_end, NAME)
            and not _alike(texts, limits, scratch, a, a_end, b, b_end)
        ):
            swapped[1] += 1


@compiled
def _kinds(flags: Bytes, start: int, end: int) -> int:
    kinds = 0
    for i in range(start, end):
        kinds |= flags[i]
    return kinds


@compiled
def _disjoint(texts: Texts, a: int, a_end: int, b: int, b_end: int, flag: int) -> bool:
    """Whether the stretches have no word of this kind in common."""
    hashes, flags = texts.hashes, texts.flags
    for i in range(a, a_end):
        if flags[i] == flag:
            for j in range(b, b_end):
                if hashes[i] == hashes[j] and flags[j] == flag:
                    return False
    return True


@compiled
def _alike(texts: Texts, limits: Limits, scratch: Scratch, a: int, a_end: int, b: int, b_end: int) -> bool:
    """Whether the names of both stretches are the same ones, spelt otherwise."""
    one, two = texts.spelt[a], texts.spelt[b]
    wide, high = min(texts.spelt[a_end] - one, limits.letters), min(texts.spelt[b_end] - two, limits.letters)
    letters, keys, places, masks, rows = texts.letters, scratch.keys, scratch.places, scratch.masks, scratch.letter_rows
    columns = (wide + 63) // 64
    last = _clear(places, wide)
    entries = 0
    for bit in range(wide):
        entry = _enter(keys, places, np.uint64(letters[one + bit]), last, entries)
        if entry == entries:
            _fill(masks, entry * columns, columns, _ZERO)
            entries += 1
        _set(masks, entry, bit, columns)
    _fill(rows, 0, columns, _ALL)
    now = 0
    for j in range(two, two + high):
        entry = places[_find(keys, places, np.uint64(letters[j]), last)]
        if entry >= 0:
            _advance(rows, now, 1 - now, masks, entry, columns)
            now = 1 - now
    common = 0
    for bit in range(wide):
        common += not _is_set(rows, now, bit, columns)
    return bool((wide + high - 2 * common) * 100 <= (100 - limits.alike) * (wide + high))
