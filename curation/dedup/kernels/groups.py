"""Groups of equal keys by the compiler: sorting without comparing, and counting how often documents meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Packed = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

#: bits that a pass of the sort looks at
_DIGIT = 11
#: Rows that are sorted at a time: they and their counts fit in the processor's cache.
_PART = 1 << 14
_MOST_PARTS = 1 << 12

_KEY = np.uint64(32)
_ONE = np.uint64(1)
_WAITS = np.uint64(1 << 63)
#: Two documents that meet more often count as meeting so often.
_MOST_OFTEN = (1 << 16) - 1


@compiled
def sort(packed: Packed) -> Packed:
    """Sorted values, by counting their digits from the last to the first; bits in which all agree cost nothing."""
    differ = np.uint64(0)
    for value in packed:
        differ |= value ^ packed[0]
    source, target = packed.copy(), np.empty_like(packed)
    counts = np.empty((1 << _DIGIT) + 1, np.int64)
    mask = np.uint64((1 << _DIGIT) - 1)
    by = np.uint64(0)
    while by < 64 and differ >> by:
        if not differ >> by & _ONE:
            by += _ONE
            continue
        counts[:] = 0
        for value in source:
            counts[((value >> by) & mask) + _ONE] += 1
        for digit in range(1 << _DIGIT):
            counts[digit + 1] += counts[digit]
        for value in source:
            digit = (value >> by) & mask
            target[counts[digit]] = value
            counts[digit] += 1
        source, target = target, source
        by += np.uint64(_DIGIT)
    return source


@compiled
def _part(space: Packed, parts: int) -> tuple[Packed, Numbers]:
    """The rows by the last bits of their keys, in so many parts (a power of two), and where each part begins."""
    bounds: Numbers = np.zeros(parts + 1, np.int64)
    mask = np.uint64(parts - 1)
    for row in space:
        bounds[(row >> _KEY & mask) + _ONE] += 1
    bounds = np.cumsum(bounds)
    filled = bounds.copy()
    parted = np.empty_like(space)
    for row in space:
        part = row >> _KEY & mask
        parted[filled[part]] = row
        filled[part] += 1
    return parted, bounds


@compiled
def group(space: Packed) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Members and starts of the groups of two or more (see :class:`curation.dedup.groups.Groups`), in any order."""
    parts = 1
    while parts < _MOST_PARTS and parts * _PART < len(space):
        parts *= 2
    space, bounds = _part(space, parts)
    # what is not written takes no memory
    members, starts = np.empty(len(space), np.uint32), np.empty(len(space), np.int64)
    place = start = 0
    for part in range(parts):
        rows = sort(space[bounds[part] : bounds[part + 1]])
        for row in range(len(rows)):
            before = row > 0 and rows[row] >> _KEY == rows[row - 1] >> _KEY
            after = row + 1 < len(rows) and rows[row] >> _KEY == rows[row + 1] >> _KEY
            if before or after:
                start = start if before else place
                members[place] = np.uint32(rows[row] & np.uint64(0xFFFFFFFF))
                starts[place] = start
                place += 1
    return members[:place], starts[:place]


@compiled
def meetings(
    members: npt.NDArray[np.uint32],
    starts: Numbers,
    sizes: Numbers,
    new: int,
    limits: tuple[int, int, int, int],
    share: float,
) -> Packed:
    """See :func:`curation.dedup.groups.meetings`; the limits are CROWD, FIRST, EARLIEST and CLOSEST."""
    crowd, first, earliest, closest = limits
    total = len(sizes)
    ends: Numbers = np.zeros(total - new + 1, np.int64)
    for place in range(len(members)):
        if members[place] >= new and starts[place] < place:
            ends[members[place] - new + 1] += 1
    ends = np.cumsum(ends)
    # of each group that a new one is in: its start, and how many came before, all of the crowd being one
    ranks: Packed = np.empty(ends[-1], np.uint64)
    filled = ends.copy()
    for place in range(len(members)):
        if members[place] >= new and starts[place] < place:
            rank = min(place - starts[place], crowd)
            ranks[filled[members[place] - new]] = np.uint64(starts[place]) << _KEY | np.uint64(rank)
            filled[members[place] - new] += 1
    shared, rare = np.zeros(total, np.int32), np.zeros(total, np.int32)
    touched = np.empty(total, np.uint32)
    nearest = np.empty(np.max(np.diff(ends)) if total > new else 0, np.uint32)
    found: Packed = np.empty(1024, np.uint64)
    n = 0
    for later in range(new, total):
        met, crowded = 0, 0
        groups = ranks[ends[later - new] : ends[later - new + 1]]
        for k in range(len(groups)):
            # groups lie anywhere in memory: asked for all at once, they come at once
            nearest[k] = members[groups[k] >> _KEY]
        for k in range(len(groups)):
            start, rank = np.int64(groups[k] >> _KEY), np.int64(groups[k] & np.uint64(0xFFFFFFFF))
            in_crowd = rank == crowd
            if in_crowd:
                rank = first
                crowded += 1
            for place in range(start, start + rank):
                earlier = nearest[k] if place == start else members[place]
                if shared[earlier] == 0:
                    touched[met] = earlier
                    met += 1
                shared[earlier] += 1
                rare[earlier] += not in_crowd
        enough = 0
        for k in range(met):
            earlier = touched[k]
            if shared[earlier] >= share * min(sizes[earlier], sizes[later] - crowded):
                touched[enough] = earlier
                enough += 1
            else:
                shared[earlier] = rare[earlier] = 0
        waiting = enough
        if enough > earliest and (enough > crowd or 2 * crowded > sizes[later]):
            for k in range(enough):
                # the earliest to the front
                for front in range(min(k, earliest)):
                    if touched[k] < touched[front]:
                        touched[k], touched[front] = touched[front], touched[k]
            ranked: Packed = np.empty(enough - earliest, np.uint64)
            for k in range(earliest, enough):
                other = touched[k]
                seldom = _MOST_OFTEN - min(rare[other], _MOST_OFTEN)
                often = _MOST_OFTEN - min(shared[other], _MOST_OFTEN)
                ranked[k - earliest] = np.uint64(seldom << 16 | often) << _KEY | np.uint64(other)
                shared[other] = rare[other] = 0
            ranked = sort(ranked)
            enough, waiting = min(enough, earliest + closest), earliest + 1
            for k in range(earliest, enough):
                touched[k] = np.uint32(ranked[k - earliest] & np.uint64(0xFFFFFFFF))
        while n + enough > len(found):
            found = np.concatenate((found, np.empty_like(found)))
        for k in range(enough):
            shared[touched[k]] = rare[touched[k]] = 0
            found[n] = (np.uint64(touched[k]) << _KEY) | np.uint64(later) | (_WAITS if k >= waiting else np.uint64(0))
            n += 1
    return found[:n]
