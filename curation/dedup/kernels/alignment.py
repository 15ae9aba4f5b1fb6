"""Which words of two texts stand side by side, as :func:`curation.dedup.facts.compare` lays them.

That is a longest common subsequence (LCS), found bit-parallel (H. Hyyrö, "Bit-parallel LCS-length computation
revisited", 2004): a row a word of the one text, a bit a word of the other. Two things save most of the work:

* An alignment that leaves few words out keeps near the diagonal, so rows are filled only in a band around it. The LCS
  inside a band is a lower bound of the LCS, and tells how wide a band can't change a thing.
* A common beginning needs no rows.

Among equally long alignments the walk back takes the one that rapidfuzz takes: it leaves out a word of a if it can,
else one of b. Every cell that it asks about lies on a longest alignment, or beside one, in a sufficient band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    Bits = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int32]

#: The band that is tried first: so many words of the shorter side may be left out.
_SLACK = 24

_ZERO, _ONE, _ALL = np.uint64(0), np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF)


class Grid(NamedTuple):
    """Two sequences of words and memory for their alignment."""

    kept_a: Numbers
    """Where the words of a stand in the text, and of b."""
    kept_b: Numbers
    kind_a: Numbers
    """... which words they are: equal words, equal numbers, counted from 0."""
    kind_b: Numbers
    masks: Bits
    """Of each kind: where it stands in a."""
    rows: Bits
    """Of each word of b: a bit of a row is 0 where the LCS so far grows by one with that word of a."""
    run_a: Numbers
    """The runs of equal words, from the last to the first, and one of no words before them all: where they begin, and
    how many words they have."""
    run_b: Numbers
    run_words: Numbers


@compiled
def fill(bits: Bits, start: int, size: int, value: np.uint64) -> None:
    """Set so many words of 64 bits."""
    for at in range(start, start + size):
        bits[at] = value


@compiled
def add(bits: Bits, row: int, bit: int, columns: int) -> None:
    """Set a bit of a row."""
    bits[row * columns + bit // 64] |= _ONE << np.uint64(bit % 64)


@compiled
def has(bits: Bits, row: int, bit: int, columns: int) -> bool:
    """Whether a bit of a row is set."""
    return bool((bits[row * columns + bit // 64] >> np.uint64(bit % 64)) & _ONE)


@compiled
def unset(bits: np.uint64) -> int:
    """How many bits are 0."""
    bits = ~bits
    bits -= bits >> _ONE & np.uint64(0x5555555555555555)
    bits = (bits & np.uint64(0x3333333333333333)) + (bits >> np.uint64(2) & np.uint64(0x3333333333333333))
    bits = bits + (bits >> np.uint64(4)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(bits * np.uint64(0x0101010101010101) >> np.uint64(56))


@compiled
def advance(rows: Bits, above: int, below: int, masks: Bits, mask: int, columns: int) -> None:
    """Fill so many columns of the row below, from the row above and from where its word stands in the other text."""
    carry = _ZERO
    old_at, new_at, mask_at = np.uint64(above), np.uint64(below), np.uint64(mask)
    for column in range(np.uint64(columns)):
        old = rows[old_at + column]
        met = old & masks[mask_at + column]
        partial = old + met
        total = partial + carry
        carry = np.uint64(partial < old) | np.uint64(total < partial)
        rows[new_at + column] = total | (old - met)


@compiled
def align(grid: Grid, wide: int, high: int, kinds: int, runs: int) -> int:
    """Align so many words of a and b, of so many kinds, before the runs there are; returns the number of all runs."""
    start = 0
    while start < wide and start < high and grid.kind_a[start] == grid.kind_b[start]:
        start += 1
    columns = (wide - start + 63) // 64
    if start < wide and start < high:
        fill(grid.masks, 0, kinds * columns, _ZERO)
        for bit in range(wide - start):
            add(grid.masks, grid.kind_a[start + bit], bit, columns)
        least = min(wide, high) - start
        left_out = least - _fill_band(grid, start, wide, high, columns, _SLACK)
        if left_out > _SLACK:
            _fill_band(grid, start, wide, high, columns, left_out)
    return _walk_back(grid, start, wide, high, columns, runs)


@compiled
def _fill_band(grid: Grid, start: int, wide: int, high: int, columns: int, slack: int) -> int:
    """Fill the rows near the diagonal; returns the LCS of what they hold.

    Row n has the bits from n - before to n + after. Left of them nothing changes any more, right of them nothing has.
    """
    rows, masks, kind_b = grid.rows, grid.masks, grid.kind_b
    wide, high = wide - start, high - start
    before, after = slack + max(0, high - wide) + 2, slack + max(0, wide - high) + 1
    low, end, common = 0, 0, 0
    for n in range(high):
        here = n * columns
        while low < (n - before) >> 6:
            common += unset(rows[here + low])
            low += 1
        while end * 64 < min(wide, n + 1 + after):
            rows[here + end] = _ALL
            end += 1
        advance(rows, here + low, here + columns + low, masks, kind_b[start + n] * columns + low, end - low)
    for column in range(low, end):
        common += unset(rows[high * columns + column])
    return common


@compiled
def _walk_back(grid: Grid, start: int, wide: int, high: int, columns: int, runs: int) -> int:
    rows, kept_a, kept_b = grid.rows, grid.kept_a, grid.kept_b
    run_a, run_b, run_words = grid.run_a, grid.run_b, grid.run_words
    i = j = -1  # where the last run begins
    while wide > 0 and high > 0:
        if wide > start and high > start:
            if has(rows, high - start, wide - start - 1, columns):
                wide -= 1
                continue
            if not has(rows, high - start - 1, wide - start - 1, columns):
                high -= 1
                continue
        else:
            wide = high = min(wide, high)
        wide -= 1
        high -= 1
        if kept_a[wide] + 1 != i or kept_b[high] + 1 != j:
            run_words[runs] = 0
            runs += 1
        i, j = kept_a[wide], kept_b[high]
        run_a[runs - 1], run_b[runs - 1] = i, j
        run_words[runs - 1] += 1
    run_a[runs] = run_b[runs] = run_words[runs] = 0
    return runs + 1
