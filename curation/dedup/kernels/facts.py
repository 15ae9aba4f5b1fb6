"""The facts of many pairs, as :func:`curation.dedup.facts.compare` counts them, without a Python object a word.

A pair loses its common beginning and end, then every word that only one side holds: it can't be part of an alignment.
What remains is aligned (:mod:`curation.dedup.kernels.alignment`), and what stands between the equal runs is judged.
Pairs that come one after another with the same first text share its vocabulary.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from curation.dedup import facts
from curation.dedup.kernels.alignment import Grid, add, advance, align, fill, unset
from curation.dedup.kernels.words import COVERED, NAME, NUMBER, chunks_of, read
from curation.kernels.compiled import compiled, inlined

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from curation.dedup.facts import Counts, Numbers, Rows
    from curation.dedup.kernels.alignment import Bits
    from curation.dedup.kernels.words import Bytes, Texts

#: Bytes of the texts that a thread reads in one go, each once: the words of news take three times as many.
SLICE = 24_000_000
#: ... and the pairs that it compares then.
PAIRS = 20_000

_ONE, _ALL = np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)


class Limits(NamedTuple):
    """The settings of :mod:`curation.dedup.facts`: handed over, since compiled code would keep their old values."""

    local: int
    local_names: int
    aligned: int
    longest: int
    letters: int
    alike: int


class Vocabulary(NamedTuple):
    """The distinct words of the first text of a pair, each with a number: its entry."""

    keys: Bits
    """An open hash table of their hashes,"""
    places: Numbers
    """... and their entries; `nowhere` in an empty place."""
    entry_a: Numbers
    """The entry of each word of the first text."""
    entry_b: Numbers
    """... of each word of the second one; `nowhere` for a word that the first one does not hold."""
    in_b: Numbers
    """Of each entry: the last pair whose second text held it,"""
    in_a: Numbers
    """... the last pair whose first text held it where that pair is aligned,"""
    kind: Numbers
    """... its number among the words that are aligned,"""
    tally: Numbers
    """... how often it is a number that the other side has not matched yet."""


class Letters(NamedTuple):
    """Memory for the comparison of two names."""

    kind: Numbers
    """Of each code point: its number in the name at hand, or -1."""
    masks: Bits
    rows: Bits


class Scratch(NamedTuple):
    """Memory of a thread for one pair at a time."""

    vocabulary: Vocabulary
    grid: Grid
    names: Letters


def compare_pairs(bodies: pa.Array | pa.ChunkedArray, first: Rows, second: Rows, threads: int = 1) -> Counts:
    """See :func:`curation.dedup.facts.compare_pairs`."""
    chunks = list(chunks_of(bodies))
    limits = Limits(facts.LOCAL, facts.LOCAL_NAMES, facts.ALIGNED, facts.LONGEST, facts.LETTERS, facts.ALIKE)
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
    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(compare, _slices(sizes, first, second, threads)))
    if (left := np.flatnonzero(np.concatenate([np.zeros(0, np.bool_), *parts]))).size:
        found[:, left] = facts.plainly(bodies, first[left], second[left])
    return facts.Counts(*found)


def _slices(sizes: Rows, first: Rows, second: Rows, threads: int) -> Iterator[slice]:
    """Cut the pairs where their distinct texts reach :data:`SLICE`."""
    most = min(PAIRS, len(first) // threads + 1)
    start = 0
    while start < len(first):
        pairs = np.stack([first[start : start + most], second[start : start + most]], axis=1)
        rows, at = np.unique(pairs, return_index=True)
        new = np.zeros(pairs.size, np.int64)
        new[at] = sizes[rows]
        stop = start + max(1, int(np.searchsorted(np.cumsum(new), SLICE, "right")) // 2)
        yield slice(start, stop)
        start = stop


def _scratch(words: Rows, one: Rows, two: Rows, limits: Limits) -> Scratch:
    """Enough for the largest pair; what a small pair does not touch costs nothing."""
    a, b = int(words[one].max(initial=0)), int(words[two].max(initial=0))
    wide, high = np.minimum(words[one], limits.longest), np.minimum(words[two], limits.longest)
    columns = (wide + 63) // 64
    most_wide, most_high = int(wide.max(initial=0)), int(high.max(initial=0))
    names = (limits.letters + 63) // 64

    def numbers(size: int) -> Numbers:
        return np.empty(size, np.int32)

    return Scratch(
        Vocabulary(
            keys=np.empty(_places(a), np.uint64),
            places=numbers(_places(a)),
            entry_a=numbers(a),
            entry_b=numbers(b),
            in_b=np.full(a + 1, -1, np.int32),
            in_a=np.full(a + 1, -1, np.int32),
            kind=numbers(a + 1),
            tally=numbers(a + 1),
        ),
        Grid(
            kept_a=numbers(most_wide + 1),
            kept_b=numbers(most_high + 1),
            kind_a=numbers(most_wide + 1),
            kind_b=numbers(most_high + 1),
            masks=np.empty(int((wide * columns).max(initial=0)), np.uint64),
            rows=np.empty(int(((high + 1) * columns).max(initial=0)), np.uint64),
            run_a=numbers(most_wide + 2),
            run_b=numbers(most_wide + 2),
            run_words=numbers(most_wide + 2),
        ),
        Letters(
            kind=np.full(COVERED, -1, np.int32),
            masks=np.empty(limits.letters * names, np.uint64),
            rows=np.empty(2 * names, np.uint64),
        ),
    )


def _places(words: int) -> int:
    """How large a hash table of so many words is."""
    return 1 << max(3, (2 * words).bit_length())


@compiled
def _enter(hashes: Bits, a: int, a_end: int, vocabulary: Vocabulary, nowhere: int) -> np.uint64:
    """Give each distinct word of a text an entry; returns the last place of their table."""
    keys, places, entry_a = vocabulary.keys, vocabulary.places, vocabulary.entry_a
    size = 8
    while size <= 2 * (a_end - a):
        size *= 2
    for at in range(size):
        places[at] = nowhere
    last = np.uint64(size - 1)
    entries = 0
    for i in range(a, a_end):
        place = _find(keys, places, hashes[i], last, nowhere)
        if places[place] == nowhere:
            keys[place] = hashes[i]
            places[place] = entries
            entries += 1
        entry_a[i - a] = places[place]
    return last


@compiled
def _find(keys: Bits, places: Numbers, key: np.uint64, last: np.uint64, nowhere: int) -> np.uint64:
    """Where a key is, or would be, in the first last + 1 places of the table."""
    place = key & last
    while places[place] != nowhere and keys[place] != key:
        place = (place + _ONE) & last
    return place


@compiled
def _compare(texts: Texts, first: Rows, second: Rows, limits: Limits, scratch: Scratch, found: Numbers) -> None:
    """Fill a column of `found` for each pair of texts."""
    hashes, vocabulary = texts.hashes, scratch.vocabulary
    nowhere = len(vocabulary.kind) - 1
    entered, last = -1, np.uint64(0)
    for pair in range(len(first)):
        one, two = first[pair], second[pair]
        if texts.outside[one] or texts.outside[two]:
            continue
        start, end, b, b_end = texts.starts[one], texts.starts[one + 1], texts.starts[two], texts.starts[two + 1]
        a, a_end, words = start, end, min(end - start, b_end - b)
        while a < a_end and b < b_end and hashes[a] == hashes[b]:
            a += 1
            b += 1
        a_end, b_end = _without_end(hashes, a, a_end, b, b_end)
        aligned = a - start + end - a_end
        equal = min(texts.numbers[one], texts.numbers[two])
        if a < a_end and b < b_end:
            if entered != one:
                entered, last = one, _enter(hashes, start, end, vocabulary, nowhere)
            equal = texts.numbers[one] - _match(texts, vocabulary, last, pair, start, a, a_end, b, b_end)
            a_end, b_end = min(a_end, a + limits.longest), min(b_end, b + limits.longest)
            runs = _lay(hashes, vocabulary, scratch.grid, pair, start, a, a_end, b, b_end)
            aligned += _tell(texts, limits, scratch, runs, a, a_end, b, b_end, found[3:6, pair])
        found[0, pair], found[1, pair] = words, texts.numbers[one] + texts.numbers[two] - equal
        found[2, pair], found[6, pair] = equal, aligned


@compiled
def _without_end(hashes: Bits, a: int, a_end: int, b: int, b_end: int) -> tuple[int, int]:
    """Where the stretches end when their common end is off."""
    while a < a_end and b < b_end and hashes[a_end - 1] == hashes[b_end - 1]:
        a_end -= 1
        b_end -= 1
    return a_end, b_end


@compiled
def _match(
    texts: Texts, vocabulary: Vocabulary, last: np.uint64, pair: int, start: int, a: int, a_end: int, b: int, b_end: int
) -> int:
    """Find a stretch of b among the words of a; returns how many numbers of a's stretch it lacks."""
    hashes, flags = texts.hashes, texts.flags
    keys, places, entry_a, entry_b = vocabulary.keys, vocabulary.places, vocabulary.entry_a, vocabulary.entry_b
    in_b, tally = vocabulary.in_b, vocabulary.tally
    nowhere = len(tally) - 1
    for j in range(b, b_end):
        entry = places[_find(keys, places, hashes[j], last, nowhere)]
        entry_b[j - b] = entry
        in_b[entry] = pair
        tally[entry] = 0
    for j in range(b, b_end):
        if flags[j] == NUMBER:
            tally[entry_b[j - b]] += 1
    lacking = 0
    for i in range(a, a_end):
        if flags[i] == NUMBER:
            entry = entry_a[i - start]
            if in_b[entry] == pair and tally[entry] > 0:
                tally[entry] -= 1
            else:
                lacking += 1
    return lacking


@compiled
def _lay(
    hashes: Bits, vocabulary: Vocabulary, grid: Grid, pair: int, start: int, a: int, a_end: int, b: int, b_end: int
) -> int:
    """Align two stretches; returns the number of equal runs."""
    in_a, in_b, kind = vocabulary.in_a, vocabulary.in_b, vocabulary.kind
    kept_a, kept_b, kind_a, kind_b = grid.kept_a, grid.kept_b, grid.kind_a, grid.kind_b
    # where the stretches were cut they may have a common end again
    cut = a_end
    a_end, b_end = _without_end(hashes, a, a_end, b, b_end)
    grid.run_a[0], grid.run_b[0], grid.run_words[0] = a_end - a, b_end - b, cut - a_end
    wide = high = kinds = 0
    # without branches, which would often be guessed wrong
    for i in range(a_end - a):
        entry = vocabulary.entry_a[a - start + i]
        kept_a[wide], kind_a[wide] = i, entry
        wide += in_b[entry] == pair
    for at in range(wide):
        entry = kind_a[at]
        is_new = in_a[entry] != pair
        kind[entry] = kinds if is_new else kind[entry]
        in_a[entry] = pair
        kinds += is_new
        kind_a[at] = kind[entry]
    for j in range(b_end - b):
        entry = vocabulary.entry_b[j]
        kept_b[high], kind_b[high] = j, kind[entry]
        high += in_a[entry] == pair
    return align(grid, wide, high, kinds, int(cut > a_end))


@compiled
def _tell(
    texts: Texts, limits: Limits, scratch: Scratch, runs: int, a: int, a_end: int, b: int, b_end: int, found: Numbers
) -> int:
    """Count swapped numbers, swapped names and replaced words between the runs; returns the words of long runs."""
    grid, aligned = scratch.grid, 0
    passage_a, passage_b = a_end, b_end
    for run in range(runs):
        i, j, words = a + grid.run_a[run], b + grid.run_b[run], grid.run_words[run]
        _judge(texts, limits, scratch.names, i + words, a_end, j + words, b_end, found)
        a_end, b_end = i, j
        if words >= limits.aligned:
            aligned += words
            found[2] += min(passage_a - i, passage_b - j) - words
            passage_a, passage_b = i, j
    found[2] += min(passage_a - a, passage_b - b)
    return aligned


@inlined
def _judge(
    texts: Texts, limits: Limits, names: Letters, a: int, a_end: int, b: int, b_end: int, swapped: Numbers
) -> None:
    """Count two stretches that stand in each other's place, if they are short and tell different facts."""
    if 0 < a_end - a <= limits.local and 0 < b_end - b <= limits.local:
        both = _flags(texts.flags, a, a_end) & _flags(texts.flags, b, b_end)
        if both & NUMBER and _disjoint(texts, a, a_end, b, b_end, NUMBER):
            swapped[0] += 1
        elif (
            both & NAME
            and max(a_end - a, b_end - b) <= limits.local_names
            and _disjoint(texts, a, a_end, b, b_end, NAME)
            and not _alike(texts, limits, names, a, a_end, b, b_end)
        ):
            swapped[1] += 1


@inlined
def _flags(flags: Bytes, start: int, end: int) -> int:
    found = 0
    for i in range(start, end):
        found |= flags[i]
    return found


@inlined
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
def _alike(texts: Texts, limits: Limits, names: Letters, a: int, a_end: int, b: int, b_end: int) -> bool:
    """Whether the names of both stretches are the same ones, spelt otherwise."""
    one, two = texts.spelt[a], texts.spelt[b]
    wide, high = min(texts.spelt[a_end] - one, limits.letters), min(texts.spelt[b_end] - two, limits.letters)
    most = (100 - limits.alike) * (wide + high)
    if abs(wide - high) * 100 > most:
        return False
    letters, kind, masks, rows = texts.letters, names.kind, names.masks, names.rows
    columns = (wide + 63) // 64
    kinds = 0
    for bit in range(wide):
        letter = letters[one + bit]
        if kind[letter] < 0:
            kind[letter] = kinds
            fill(masks, kinds * columns, columns, np.uint64(0))
            kinds += 1
        add(masks, kind[letter], bit, columns)
    fill(rows, 0, columns, _ALL)
    now, other = 0, columns
    for at in range(two, two + high):
        if kind[letters[at]] >= 0:
            advance(rows, now, other, masks, kind[letters[at]] * columns, columns)
            now, other = other, now
    common = 0
    for column in range(now, now + columns):
        common += unset(rows[column])
    for bit in range(wide):
        kind[letters[one + bit]] = -1
    return bool((wide + high - 2 * common) * 100 <= most)
