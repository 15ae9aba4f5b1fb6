"""Which texts may not be in NFC: nearly all their bytes are ASCII, and passed over eight at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curation.kernels.compiled import compiled, inlined

if TYPE_CHECKING:
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Eights = npt.NDArray[np.uint64]
    Offsets = npt.NDArray[np.int64]

#: The bytes from here on begin code points from U+0300 on; all below are in NFC, whatever stands beside them.
_MARKS = 0xCC

#: set in a byte that is not ASCII
_HIGH = np.uint64(0x8080808080808080)


@compiled
def perhaps_not_nfc(data: Bytes, eights: Eights, offsets: Offsets) -> npt.NDArray[np.bool_]:
    """Of each text whether it has code points from U+0300 on, but for the dashes, quotes and dots of U+2010 to U+203A.

    Args:
        data: texts in UTF-8, end to end, and perhaps others before and after them.
        eights: the same bytes, eight to a number, but for the last few.
        offsets: where in `data` each text begins, with the end of the last.
    """
    found = np.zeros(len(offsets) - 1, np.bool_)
    start, end, row = offsets[0], offsets[-1], 0
    first = start // 8
    here = eights[first : end // 8]
    for i in range(len(here)):
        if here[i] & _HIGH:
            eight = 8 * (first + i)
            for place in range(max(eight, start), eight + 8):
                if _is_beyond(data, place, end):
                    row = _row(offsets, place, row)
                    found[row] = True
    for place in range(max(end // 8 * 8, start), end):
        if _is_beyond(data, place, end):
            row = _row(offsets, place, row)
            found[row] = True
    return found


@inlined
def _is_beyond(data: Bytes, place: int, end: int) -> bool:
    """Whether a code point that may change or be changed begins here."""
    if data[place] < _MARKS:
        return False
    is_general = place + 2 < end and data[place] == 0xE2 and data[place + 1] == 0x80
    return not (is_general and 0x90 <= data[place + 2] <= 0xBA)


@inlined
def _row(offsets: Offsets, place: int, row: int) -> int:
    """The text that a byte belongs to, from the one on that the byte before belonged to."""
    while offsets[row + 1] <= place:
        row += 1
    return row
