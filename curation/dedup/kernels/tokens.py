"""The words of a text as shingles are made of them: in lower case, end to end, a space behind each.

A processor guesses where a word ends, and each wrong guess costs more than the word. So the text is gone over three
times, nearly without a branch: which bytes are part of words, where these begin and end, and the words side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from curation.dedup.kernels.xxh64 import load64, low_zeros, ones, store64
from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Codes = npt.NDArray[np.uint32]
    Bits = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

#: Bytes behind a text that may be read or written without a meaning.
SLACK = 64

_OUTSIDE = np.uint32(0xFFFFFFFF)
_SPACE = np.uint8(ord(" "))
_ZERO, _ONE, _EIGHT = np.uint64(0), np.uint64(1), np.uint64(8)
_TOP = np.uint64(0x8080808080808080)
#: The product with eight bytes of 0 or 1 has them as the bits of its highest byte.
_TO_BITS, _HIGHEST = np.uint64(0x0102040810204080), np.uint64(56)
#: Cuts that are written in one go, needed or not.
_AT_ONCE = 8


class Page(NamedTuple):
    """Memory for one text at a time."""

    small: Bytes
    """The text in lower case."""
    marks: Bytes
    """Of each byte: 1 where it is part of a word, else 0,"""
    eights: Bits
    """... the same, eight in each."""
    cuts: Numbers
    """Where the words begin and end, in turns."""
    out: Bytes
    """The words, a space behind each."""
    starts: Numbers
    """Where each begins in `out`, and where the last one's space ends."""


@compiled
def page(longest: int) -> Page:
    """Room for a text of so many bytes."""
    marks = np.empty((longest // 64 + 1) * 64, np.uint8)
    return Page(
        np.empty(longest + SLACK, np.uint8),
        marks,
        marks.view(np.uint64),
        np.empty(longest + 2 + _AT_ONCE, np.int64),
        np.empty(longest + 1 + SLACK, np.uint8),
        np.empty(longest // 2 + 2, np.int64),
    )


@compiled
def words(data: Bytes, start: int, stop: int, table: Codes, page: Page) -> int:
    """Write the words of a text; returns how many, or -1 where it is no UTF-8 or outside of the table."""
    if _mark(data[start:stop], page.small, page.marks) and not _spell(data, start, stop, table, page):
        return -1
    found = _cut(page.eights, stop - start, page.cuts)
    source, target = np.uint64(page.small.ctypes.data), np.uint64(page.out.ctypes.data)
    cuts, out, starts = page.cuts, page.out, page.starts
    end = np.int64(0)
    for word in range(found):
        first, behind = cuts[2 * word], cuts[2 * word + 1]
        starts[word] = end
        # few words are longer than sixteen bytes
        here, there = source + np.uint64(first), target + np.uint64(end)
        store64(there, load64(here))
        store64(there + _EIGHT, load64(here + _EIGHT))
        for k in range(16, behind - first, 8):
            store64(there + np.uint64(k), load64(here + np.uint64(k)))
        end += behind - first
        out[end] = _SPACE
        end += 1
    starts[found] = end
    return found


@compiled
def _mark(text: Bytes, small: Bytes, marks: Bytes) -> bool:
    """The text in lower case and what of it are words, as far as it is ASCII; tells whether there is more."""
    every = np.uint8(0)
    for k in range(len(text)):
        byte = text[k]
        low = np.uint8(byte | np.uint8(0x20))
        is_letter = (low >= np.uint8(97)) & (low <= np.uint8(122))
        is_digit = (byte >= np.uint8(48)) & (byte <= np.uint8(57))
        small[k] = low if is_letter else byte
        marks[k] = np.uint8(is_letter | is_digit | (byte == np.uint8(95)))
        every = np.uint8(every | byte)
    for k in range(len(text), len(text) // 64 * 64 + 64):
        marks[k] = 0
    return bool(every >= np.uint8(0x80))


@compiled
def _spell(data: Bytes, start: int, stop: int, table: Codes, page: Page) -> bool:
    """The letters beyond ASCII; tells whether all are in the table."""
    source = np.uint64(data.ctypes.data)
    small, marks = page.small, page.marks
    i: Any = start
    while i < stop:
        if i + 8 <= stop:
            plain = np.int64(low_zeros(load64(source + np.uint64(i)) & _TOP) >> np.uint64(3))
            i += plain
            if plain == 8:
                continue
        byte = data[i]
        if byte < 0x80:
            i += 1
            continue
        size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
        if byte < 0xC2 or byte > 0xF4 or i + size > stop:
            return False
        code = np.uint32(byte) & np.uint32(0x7F >> size)
        for k in range(1, size):
            follower = data[i + k]
            if follower & 0xC0 != 0x80:
                return False
            code = (code << np.uint32(6)) | np.uint32(follower & 0x3F)
        # overlong forms, and what the table does not cover
        if code >= len(table) or (size == 3 and code < 0x800) or (size == 4 and code < 0x10000):
            return False
        letter = table[code]
        if letter == _OUTSIDE:
            return False
        if letter:  # of as many bytes, or it were not in the table
            at = i - start
            for k in range(size - 1, 0, -1):
                small[at + k] = 0x80 | (letter & 0x3F)
                letter >>= np.uint32(6)
            small[at] = (0xF00 >> size) & 0xFF | letter
            marks[at : at + size] = 1
        i += size
    return True


@compiled
def _cut(eights: Bits, size: int, cuts: Numbers) -> int:
    """Where words begin and end; returns how many there are."""
    found = np.int64(0)
    before = _ZERO
    for block in range(size // 64 + 1):
        bits = _ZERO
        for k in range(8):
            bits |= (eights[8 * block + k] * _TO_BITS >> _HIGHEST) << np.uint64(8 * k)
        edges = bits ^ (bits << _ONE | before)
        before = bits >> np.uint64(63)
        end = found + np.int64(ones(edges))
        while found < end:
            for k in range(_AT_ONCE):
                cuts[found + k] = 64 * block + np.int64(low_zeros(edges))
                edges &= edges - _ONE
            found += _AT_ONCE
        found = end
    return int(found // 2)
