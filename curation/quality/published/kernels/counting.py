"""Counting what occurs more than once, by 63-bit hashes in an open table.

The hash of a stretch of characters is a difference of two sums, so that every n-gram of a text costs the same. Two
different stretches with one hash would be counted as equal; among a million of them the odds are 1 to 18 million.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled
from curation.quality.published.kernels.characters import Codes, Numbers

Hashes = npt.NDArray[np.uint64]

BASE = 0x9E3779B97F4A7C15
SPREAD = np.uint64(0xD6E8FEB86659FD93)
_NONE, _ONE, _HALF, _TURN = np.uint64(0), np.uint64(1), np.uint64(32), np.uint64(29)


@lru_cache(maxsize=1)
def weights(size: int) -> tuple[Hashes, Hashes]:
    """The weight of each place of a text, and its inverse, which moves a stretch to the front.

    >>> there, back = weights(3)
    >>> (there * back).tolist()
    [1, 1, 1]
    """
    steps = np.ones((2, size), np.uint64)
    steps[0, 1:] = BASE
    steps[1, 1:] = pow(BASE, -1, 2**64)
    there, back = np.cumprod(steps, axis=1)
    return there, back


@compiled
def add_up(codes: Codes, start: int, stop: int, there: Hashes, sums: Hashes) -> None:
    """The weighted sum of a text up to each of its characters."""
    total = np.uint64(0)
    for i in range(stop - start):
        sums[i] = total
        total += there[i] * (np.uint64(codes[start + i]) + _ONE)
    sums[stop - start] = total


@compiled
def stretch(sums: Hashes, back: Hashes, start: int, stop: int) -> Any:
    """The hash of a stretch; odd."""
    return (((sums[stop] - sums[start]) * back[start]) << _ONE) | _ONE


@compiled
def mixed(key: Any) -> Any:
    """A hash with its bits stirred, so that a sum of several tells their order and number."""
    return (key ^ (key >> _TURN)) * SPREAD


@compiled
def places(size: int) -> int:
    """Of a table for so many keys, which is at most half full; a power of two."""
    length = 2
    while length < 2 * size:
        length *= 2
    return length


@compiled
def emptied(table: Hashes, size: int) -> int:
    """Makes room for so many keys; gives the mask that keeps a place inside."""
    length = places(size)
    table[:length] = 0
    return length - 1


@compiled
def place_of(table: Hashes, mask: int, key: Any) -> Any:
    """Where a key stands, or would: 0 is no key, since keys are odd."""
    inside = np.uint64(mask)
    place = ((key * SPREAD) >> _HALF) & inside
    while table[place] != key and table[place] != _NONE:
        place = (place + _ONE) & inside
    return place


@compiled
def duplicates(
    sums: Hashes, back: Hashes, starts: Numbers, stops: Numbers, size: int, table: Hashes
) -> tuple[int, int]:
    """How many of some stretches have occurred before, and their characters."""
    found, length = 0, 0
    mask = emptied(table, size)
    for i in range(size):
        key = stretch(sums, back, starts[i], stops[i])
        place = place_of(table, mask, key)
        if table[place] == key:
            found += 1
            length += stops[i] - starts[i]
        table[place] = key
    return found, length


@compiled
def repeated(sums: Hashes, front: Hashes, at: Numbers, size: int, width: int, table: Hashes) -> int:
    """Characters of the n-grams that have occurred before; after one the reading goes on behind it.

    Of each token, and of the end: the sum up to it, what moves it to the front, and its place in the joined text.
    """
    length, i = 0, 0
    mask = emptied(table, size)
    while i + width <= size:
        key = (((sums[i + width] - sums[i]) * front[i]) << _ONE) | _ONE
        place = place_of(table, mask, key)
        if table[place] == key:
            length += at[i + width] - at[i]
            i += width
        else:
            table[place] = key
            i += 1
    return length


@compiled
def most_frequent(grams: Hashes, size: int, table: Hashes, counts: Numbers, firsts: Numbers) -> tuple[int, int]:
    """The most frequent key, as where it occurs first, and how often; of several the one that comes first."""
    best, most = 0, 0
    mask = emptied(table, size)
    for i in range(size):
        key = (grams[i] << _ONE) | _ONE
        place = place_of(table, mask, key)
        if table[place] != key:
            table[place] = key
            counts[place], firsts[place] = 0, i
        counts[place] += 1
        if counts[place] > most or (counts[place] == most and firsts[place] < best):
            best, most = firsts[place], counts[place]
    return best, most


@compiled
def frequencies(grams: Hashes, size: int, table: Hashes, counts: Numbers, out: Numbers) -> int:
    """How many different keys there are; how often each of them occurs goes to `out`."""
    different = 0
    mask = emptied(table, size)
    for i in range(size):
        key = (grams[i] << _ONE) | _ONE
        place = place_of(table, mask, key)
        if table[place] != key:
            table[place] = key
            counts[place] = 0
            out[different] = np.int64(place)
            different += 1
        counts[place] += 1
    for i in range(different):
        out[i] = counts[out[i]]
    return different
