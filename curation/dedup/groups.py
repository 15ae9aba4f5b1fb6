"""Groups of equal keys, and the pairs of documents that meet in them.

A key and the number of a document are packed into 64 bits, so that a sorted space of them has its groups side by side
and each group's members in their order. With numba the kernels do the work, else numpy, with the same result.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Numbers = npt.NDArray[np.int64]
#: a key in the upper 32 bits, a document's number in the lower
Packed = npt.NDArray[np.uint64]

_log = logging.getLogger(__name__)

#: Members of a group up to which all are compared with all, and with how many of the first the later ones are.
CROWD = 256
FIRST = 8
#: Who meets a crowd in all of its groups together, or is late in crowds in most of them, keeps so many: those that
#: came first, in which whole crowds meet, and the closest. Of these all but the first wait: they matter only to what
#: is not a copy of all the others.
EARLIEST = 3
CLOSEST = 3

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
#: the bit of a pair that waits; numbers have 31 bits
WAITS = np.uint64(1 << 63)
#: pairs that numpy counts at a time
_BLOCK = 1 << 22


class Groups(NamedTuple):
    """Groups of two or more, end to end: each place has a member, and where its group starts."""

    members: npt.NDArray[np.uint32]
    starts: Numbers


def packed(key: npt.NDArray[np.integer[Any]], number: npt.NDArray[np.integer[Any]]) -> Packed:
    """Keys and numbers in one array."""
    both = np.empty(len(key), "<u8")
    halves = both.view("<u4")
    halves[1::2], halves[::2] = key, number
    return both.astype(np.uint64, copy=False)


def groups(space: Packed, backend: str = "numba") -> Groups:
    """The groups of two or more rows with equal keys, members in the order of their numbers.

    >>> found = groups(packed(np.array([7, 9, 7]), np.array([2, 0, 1])))
    >>> found.members.tolist(), found.starts.tolist()
    ([1, 2], [0, 0])
    """
    if backend == "numba":
        from curation.dedup.kernels import groups as kernel

        return Groups(*kernel.group(space))
    space = np.sort(space)
    same = (space[1:] ^ space[:-1]) <= LOW
    kept = np.zeros(len(space), bool)
    kept[1:] |= same
    kept[:-1] |= same
    begins = np.flatnonzero(np.concatenate([[True], ~same])[: len(space)][kept])
    lengths = np.diff(begins, append=np.count_nonzero(kept))
    return Groups((space[kept] & LOW).astype(np.uint32), np.repeat(begins, lengths))


def joined(parts: Sequence[Groups]) -> Groups:
    """The groups of several spaces, end to end."""
    before = np.cumsum([0, *(len(part.members) for part in parts)])
    starts = [part.starts + shift for part, shift in zip(parts, before, strict=False)]
    return Groups(
        np.concatenate([np.empty(0, np.uint32), *(part.members for part in parts)]),
        np.concatenate([np.empty(0, np.int64), *starts]),
    )


def in_crowds(found: Groups, sizes: Numbers) -> npt.NDArray[np.bool_]:
    """By number: whether a document is late in crowds, behind the first :data:`CROWD`, in most of its groups.

    Args:
        found: the groups.
        sizes: by number, in how many groups a document could be.
    """
    most: npt.NDArray[np.bool_] = 2 * _late(found, _ranks(found), len(sizes)) > sizes
    return most


def meetings(found: Groups, sizes: Numbers, new: int, share: float = 0.0, backend: str = "numba") -> Packed:
    """The pairs (earlier number, later number) of which the later is new and that meet often enough.

    In a group of more than :data:`CROWD` each later member meets the first :data:`FIRST` only. Whoever meets more than
    :data:`CROWD` others in all of its groups, or is late in crowds in most of them, keeps :data:`EARLIEST` and
    :data:`CLOSEST`. So a crowd of copies meets in the earliest, one of which is the middle of its cluster. The closest
    are those that it meets most often where there is no crowd, of equals most often at all, of equals the first: what
    few share tells more than what a crowd shares, so a crowd of chrome hides no copy. All but the first have their bit
    :data:`WAITS` set.

    Args:
        found: the groups.
        sizes: by number, in how many groups a document could be.
        new: the first number that is new.
        share: in which share of the smaller size a pair meets at least. Groups in which the later one stands in the
            crowd don't count for its size: there it does not meet all.
        backend: numba, or anything else for numpy.
    """
    rank = _ranks(found)
    if np.any(rank >= CROWD):
        _log.warning(
            "a group of %d documents is compared with its first %d only; is a line of the site left in the bodies?",
            rank.max() + 1,
            FIRST,
        )
    if backend == "numba":
        from curation.dedup.kernels import groups as kernel

        limits = (CROWD, FIRST, EARLIEST, CLOSEST)
        return kernel.meetings(found.members, found.starts, sizes, new, limits, share)
    pairs: list[Packed] = [np.empty(0, np.uint64)]
    counts: list[Numbers] = [np.empty((0, 2), np.int64)]
    for block, is_rare in _pairs(found, rank, new):
        pair, place = np.unique(block, return_inverse=True)
        pairs.append(pair)
        counts.append(np.stack([np.bincount(place), np.bincount(place, is_rare).astype(np.int64)], axis=1))
    pair, count = _summed(np.concatenate(pairs), np.concatenate(counts))
    late = _late(found, rank, len(sizes))
    earlier, later = (pair >> HALF).astype(np.int64), (pair & LOW).astype(np.int64)
    smaller = np.minimum(sizes[earlier], sizes[later] - late[later])
    enough = count[:, 0] >= share * smaller
    return _few(pair[enough], count[enough], later[enough], 2 * late > sizes)


def _few(pairs: Packed, counts: Numbers, later: Numbers, crowded: npt.NDArray[np.bool_]) -> Packed:
    """Of whoever meets a crowd, the pairs with the earliest and the closest; pairs come in their order."""
    often, seldom = counts.T
    order = np.lexsort((pairs, later))
    first = np.flatnonzero(np.diff(later[order], prepend=-1))
    size = np.diff(first, append=len(order))
    rank = np.arange(len(order)) - np.repeat(first, size)
    is_late = np.empty(len(order), bool)
    is_late[order] = rank >= EARLIEST
    order = np.lexsort((pairs, -often, -seldom, is_late, later))
    free = (np.repeat(size, size) <= CROWD) & ~crowded[later[order]]
    waits = np.where(~free & (rank > EARLIEST), WAITS, np.uint64(0))
    kept: Packed = (pairs[order] | waits)[(rank < EARLIEST + CLOSEST) | free]
    return kept


def _ranks(found: Groups) -> Numbers:
    ranks: Numbers = np.arange(len(found.members)) - found.starts
    return ranks


def _late(found: Groups, rank: Numbers, n: int) -> Numbers:
    """By number: in how many groups a document stands behind the first."""
    return np.bincount(found.members[rank >= CROWD], minlength=n)


def _pairs(found: Groups, rank: Numbers, new: int) -> Iterator[tuple[Packed, npt.NDArray[np.bool_]]]:
    """Each new member with those that it meets, and whether that is in no crowd; in blocks."""
    width = np.where(rank < CROWD, rank, FIRST)
    width[found.members < new] = 0
    later = np.flatnonzero(width)
    total = np.cumsum(width[later])
    start = 0
    while start < len(later):
        done = total[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(total, done + _BLOCK, side="right")))
        rows = later[start:stop]
        repeated = np.repeat(rows, width[rows])
        offset = np.arange(len(repeated)) - np.repeat(np.cumsum(width[rows]) - width[rows], width[rows])
        yield packed(found.members[found.starts[repeated] + offset], found.members[repeated]), rank[repeated] < CROWD
        start = stop


def _summed(pairs: Packed, counts: Numbers) -> tuple[Packed, Numbers]:
    """The distinct pairs and the sums of their counts, row by row."""
    if not len(pairs):
        return pairs, counts
    order = np.argsort(pairs, kind="stable")
    pairs, counts = pairs[order], counts[order]
    first = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    return pairs[first], np.add.reduceat(counts, first)
