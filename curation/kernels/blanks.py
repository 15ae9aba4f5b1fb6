"""Machine code for blank space, which is what ``str.isspace`` calls so."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from curation.kernels.compiled import compiled
from curation.kernels.strings import Bytes, Strings

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_SPACE, _LINE_END = 32, 10


def untidy(texts: Strings) -> Integers:
    r"""The blank space at both ends of texts, and all inside that isn't one space, one line break or two.

    Returns:
        A row each: text, first code point, the one after the last.

    >>> import pyarrow as pa
    >>> from curation.kernels.strings import strings
    >>> untidy(strings(pa.array(["é  \n b c\n\nd ", ""]))).tolist()
    [[0, 1, 5], [0, 11, 12]]
    """
    return _untidy(texts, np.flatnonzero(_suspects(texts.letters)))


@compiled
def blank(letters: Bytes, at: int, end: int) -> int:
    """How many bytes the character has that begins here if it is blank space, as str.isspace tells, else 0."""
    byte = letters[at]
    if byte < 128:
        return 1 if byte == 32 or 9 <= byte <= 13 or 28 <= byte <= 31 else 0
    if byte == 0xC2 and at + 2 <= end:
        return 2 if letters[at + 1] in (0x85, 0xA0) else 0
    if at + 3 > end:
        return 0
    middle, last = letters[at + 1], letters[at + 2]
    if byte == 0xE2 and middle == 0x80:  # U+2000 to U+200A, U+2028, U+2029, U+202F
        return 3 if last <= 0x8A or last in (0xA8, 0xA9, 0xAF) else 0
    blank = (
        (byte == 0xE1 and middle == 0x9A and last == 0x80)  # U+1680
        or (byte == 0xE2 and middle == 0x81 and last == 0x9F)  # U+205F
        or (byte == 0xE3 and middle == 0x80 and last == 0x80)  # U+3000
    )
    return 3 if blank else 0


@compiled
def after_blanks(letters: Bytes, at: int, end: int) -> int:
    """The first byte of a stretch that is not blank, or its end."""
    while at < end:
        step = blank(letters, at, end)
        if step == 0:
            break
        at += step
    return at


@compiled
def before_blanks(letters: Bytes, at: int, end: int) -> int:
    """The byte after the last of a stretch that is not blank, or its beginning."""
    step = 1
    while step <= min(3, end - at):
        if blank(letters, end - step, end) == step:
            end -= step
            step = 1
        else:
            step += 1
    return end


@compiled
def points(letters: Bytes) -> int:
    """Code points: bytes that continue none."""
    count = 0
    for byte in letters:
        count += (byte & 0xC0) != 0x80
    return count


@compiled
def _suspects(letters: Bytes) -> Mask:
    """The bytes where a blank that isn't alone may begin, or one that is neither a space nor a line break."""
    found = np.ones(len(letters), np.bool_)  # the last two are looked at in any case
    second, third = letters[1:], letters[2:]
    for at in range(len(third)):
        byte, after = letters[at], second[at]
        found[at] = (
            (((byte == _SPACE) | (byte == _LINE_END)) & ((after == _SPACE) | (after == _LINE_END)))
            | ((byte < _SPACE) & (byte != _LINE_END))
            | (byte == 0xC2)
            | (byte == 0xE1)
            | (byte == 0xE3)
            # but for dashes, curly quotes and the ellipsis
            | ((byte == 0xE2) & ((third[at] <= 0x8A) | (third[at] == 0x9F) | (third[at] >= 0xA8)))
        )
    return found


@compiled
def _untidy(texts: Strings, suspects: Integers) -> Integers:
    letters = texts.letters
    found = np.empty((1_000, 3), np.int64)
    count = suspect = 0
    for text in range(len(texts.start) - 1):
        begin, stop = int(texts.start[text]), int(texts.start[text + 1])
        most = count + (stop - begin) // 2 + 2
        if most > len(found):
            longer = np.empty((2 * most, 3), np.int64)
            longer[:count] = found[:count]
            found = longer
        row = count  # of the first in this text
        first = after_blanks(letters, begin, stop)
        last = before_blanks(letters, first, stop)
        if begin < first:
            found[count, 1], found[count, 2] = begin, first
            count += 1
        end = first
        while suspect < len(suspects) and suspects[suspect] < stop:
            place = suspects[suspect]
            suspect += 1
            if end <= place < last and after_blanks(letters, place, last) > place:
                at, end = before_blanks(letters, end, place), after_blanks(letters, place, last)
                if not _is_tidy(letters, at, end):
                    found[count, 1], found[count, 2] = at, end
                    count += 1
        if last < stop:
            found[count, 1], found[count, 2] = last, stop
            count += 1
        # from bytes to code points
        here, passed = begin, 0
        while row < count:
            at, end = found[row, 1], found[row, 2]
            found[row, 0] = text
            found[row, 1] = passed + points(letters[here:at])
            found[row, 2] = passed = found[row, 1] + points(letters[at:end])
            here = end
            row += 1
    return found[:count]


@compiled
def _is_tidy(letters: Bytes, at: int, end: int) -> bool:
    """Whether a blank space is one space, one line break or two."""
    if end - at == 1:
        return letters[at] in (_SPACE, _LINE_END)
    return end - at == 2 and letters[at] == letters[at + 1] == _LINE_END
