"""Groups of equal keys by the compiler: sorting without comparing, and counting how often documents meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curation.dedup.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Packed = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

#: bits that a pass of the sort looks at
_DIGIT = 11


@compiled
def sort(packed: Packed) -> Packed:
    """Sorted values, by counting their digits from the last to the first; digits that are all 0 cost nothing."""
    bits = np.uint64(0)
    for value in packed:
        bits |= value
    source, target = packed.copy(), np.empty_like(packed)
    counts = np.empty((1 << _DIGIT) + 1, np.int64)
    mask = np.uint64((1 << _DIGIT) - 1)
    for shift in range(0, 64, _DIGIT):
        by = np.uint64(shift)
        if (bits >> by) & mask == 0:
            continue
        counts[:] = 0
        for value in source:
            counts[((value >> by) & mask) + np.uint64(1)] += 1
        for digit in range(1 << _DIGIT):
            counts[digit + 1] += counts[digit]
        for value in source:
            digit = (value >> by) & mask
            target[counts[digit]] = value
            counts[digit] += 1
        source, target = target, source
    return source


@compiled
def compress(space: Packed) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """Members and starts of the groups of two or more in a sorted space (see :class:`curation.dedup.groups.Groups`)."""
    key = np.uint64(32)
    total = 0
    for row in range(len(space)):
        before = row > 0 and space[row] >> key == space[row - 1] >> key
        after = row + 1 < len(space) and space[row] >> key == space[row + 1] >> key
        total += before or after
    members, starts = np.empty(total, np.uint32), np.empty(total, np.int64)
    place = start = 0
    for row in range(len(space)):
        before = row > 0 and space[row] >> key == space[row - 1] >> key
        after = row + 1 < len(space) and space[row] >> key == space[row + 1] >> key
        if before or after:
            start = start if before else place
            members[place] = np.uint32(space[row] & np.uint64(0xFFFFFFFF))
            starts[place] = start
            place += 1
    return members, starts


@compiled
def meetings(
    members: npt.NDArray[np.uint32],
    starts: Numbers,
    sizes: Numbers,
    new: int,
    crowd: int,
    first: int,
    share: float,
) -> Packed:
    """See :func:`curation.dedup.groups.meetings`."""
    total = len(sizes)
    ends: Numbers = np.zeros(total - new + 1, np.int64)
    for member in members:
        if member >= new:
            ends[member - new + 1] += 1
    ends = np.cumsum(ends)
    places = np.empty(ends[-1], np.int64)
    filled = ends.copy()
    for place in range(len(members)):
        if members[place] >= new:
            places[filled[members[place] - new]] = place
            filled[members[place] - new] += 1
    shared = np.zeros(total, np.int32)
    touched = np.empty(total, np.uint32)
    found: Packed = np.empty(1024, np.uint64)
    n = 0
    for later in range(new, total):
        met, crowded = 0, 0
        for k in range(ends[later - new], ends[later - new + 1]):
            place = places[k]
            start = starts[place]
            stop = place
            if place - start >= crowd:
                stop = start + first
                crowded += 1
            for other in range(start, stop):
                earlier = members[other]
                if shared[earlier] == 0:
                    touched[met] = earlier
                    met += 1
                shared[earlier] += 1
        for k in range(met):
            earlier = touched[k]
            count = shared[earlier]
            shared[earlier] = 0
            if count >= share * min(sizes[earlier], sizes[later] - crowded):
                if n == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[n] = (np.uint64(earlier) << np.uint64(32)) | np.uint64(later)
                n += 1
    return found[:n]
