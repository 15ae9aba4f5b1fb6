"""Machine code of this room: runs of letters become rows of a table, and texts are cut into pieces.

Import inside functions: ``import numba`` costs 0.2 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    Bits = npt.NDArray[np.uint64]
    Bytes = npt.NDArray[np.uint8]
    Rows = npt.NDArray[np.int64]

#: The last 3, 4 and 5 letters are a run each, and name a row of the table by the upper bits of a product.
_RUNS = tuple(np.uint64((1 << 8 * letters) - 1) for letters in (3, 4, 5))
_FACTOR, _ABOVE = np.uint64(0x9FB21C651E98DF25), np.uint64(48)
ROWS = 1 << 16

#: A row is 16 bytes in two words; every other byte of a word has room to be added up in 16 bits ...
_LANES, _LANE, _BYTE, _TWO_BYTES = np.uint64(0x00FF00FF00FF00FF), np.uint64(0xFFFF), np.uint64(8), 16
#: ... of so many rows: 255 · 255 < 2¹⁶.
_ROOM = 255 // len(_RUNS)

_SPACE, _LINE_END, _BEYOND_ASCII = 32, 10, 128
#: Bytes as letters: capitals of ASCII are small, bytes beyond ASCII stay, all else is a space.
FOLD = np.full(256, _SPACE, np.uint8)
FOLD[97:123] = np.arange(97, 123)
FOLD[65:91] = np.arange(97, 123)
FOLD[128:] = np.arange(128, 256)
FOLD.flags.writeable = False


@compiled
def rows_of(data: Bytes, fold: Bytes) -> Rows:
    """The rows of a text, those of each letter together; one space stands for all between two words."""
    rows = np.empty((len(data), len(_RUNS)), np.int64)
    size, letters, blank = 0, np.uint64(_SPACE), True
    for byte in data:
        letter = fold[byte]
        if letter == _SPACE and blank:
            continue
        blank = letter == _SPACE
        letters = (letters << _BYTE) | np.uint64(letter)
        for run in range(len(_RUNS)):
            rows[size, run] = ((letters & _RUNS[run]) * _FACTOR) >> _ABOVE
        size += 1
    return rows[:size]


@compiled
def _pour(even: np.uint64, odd: np.uint64, totals: Rows, first: int) -> None:
    """Add the eight sums of 16 bits that two words hold."""
    for lane in range(4):
        shift = np.uint64(_TWO_BYTES * lane)
        totals[first + 2 * lane] += np.int64((even >> shift) & _LANE)
        totals[first + 2 * lane + 1] += np.int64((odd >> shift) & _LANE)


@compiled
def add_up(data: Bytes, starts: Rows, ends: Rows, fold: Bytes, table: Bits, totals: Rows, sizes: Rows) -> None:
    """Of each stretch of bytes: the sum of its rows (16 numbers), and how many letters and spaces it has.

    The same rows as :func:`rows_of`, without writing them down.
    """
    for text in range(len(starts)):
        letters, blank, size, room = np.uint64(_SPACE), True, 0, _ROOM
        even_1 = odd_1 = even_2 = odd_2 = np.uint64(0)
        for at in range(starts[text], ends[text]):
            letter = fold[data[at]]
            if letter == _SPACE and blank:
                continue
            blank = letter == _SPACE
            letters = (letters << _BYTE) | np.uint64(letter)
            for run in _RUNS:
                row = ((letters & run) * _FACTOR) >> _ABOVE
                one, two = table[row, 0], table[row, 1]
                even_1 += one & _LANES
                odd_1 += (one >> _BYTE) & _LANES
                even_2 += two & _LANES
                odd_2 += (two >> _BYTE) & _LANES
            size += 1
            room -= 1
            if not room:
                _pour(even_1, odd_1, totals[text], 0)
                _pour(even_2, odd_2, totals[text], 8)
                even_1 = odd_1 = even_2 = odd_2 = np.uint64(0)
                room = _ROOM
        _pour(even_1, odd_1, totals[text], 0)
        _pour(even_2, odd_2, totals[text], 8)
        sizes[text] = size


@compiled
def cut(data: Bytes, offsets: Rows, fold: Bytes, fewest: int, pieces: Rows) -> int:
    """Cut texts into pieces of so many words at least: lines, and long lines at the ends of sentences.

    What is left of a line after its last piece belongs to that piece; a line of fewer words is no piece.

    Args:
        data: the texts, UTF-8.
        offsets: where each begins, and the end.
        fold: bytes as letters.
        fewest: words of a piece.
        pieces: is filled: text, line, first byte, byte after the last, bytes beyond ASCII.

    Returns:
        How many pieces there are.
    """
    count = line = 0
    for text in range(len(offsets) - 1):
        first_of_line, start, end, words, beyond = count, -1, 0, 0, 0
        blank, stop = True, False
        for at in range(offsets[text], offsets[text + 1] + 1):
            byte = data[at] if at < offsets[text + 1] else np.uint8(_LINE_END)
            if byte > _SPACE:
                start, end = at if start < 0 else start, at + 1
                if fold[byte] == _SPACE:
                    blank = True
                else:
                    words += 1 if blank else 0
                    blank = False
                beyond += 1 if byte >= _BEYOND_ASCII else 0
                # a full stop, a mark of exclamation or question, and quotes or brackets behind it
                if byte in (33, 46, 63):
                    stop = True
                elif byte not in (34, 39, 41) and byte < _BEYOND_ASCII:
                    stop = False
                continue
            blank = True
            if words >= fewest and (byte == _LINE_END or (stop and byte == _SPACE)):
                pieces[count, 0], pieces[count, 1], pieces[count, 4] = text, line, beyond
                pieces[count, 2], pieces[count, 3] = start, end
                count += 1
                start, words, beyond = -1, 0, 0
            if byte == _LINE_END:
                if start >= 0 and count > first_of_line:
                    pieces[count - 1, 3] = end
                    pieces[count - 1, 4] += beyond
                first_of_line, start, words, beyond, stop = count, -1, 0, 0, False
                line += 1
    return count
