"""Keys by the compiler: those of bands, and which of many keys are among a few, by a table of bits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Packed = npt.NDArray[np.uint64]
    Keys = npt.NDArray[np.uint32]

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MIX_BAND = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0x9E3779B1)
#: bits of a word of the table: two to the power of this
_WORD = np.uint64(6)
_IN_WORD = np.uint64(63)
_ONE = np.uint64(1)


@compiled
def of_bands(values: Keys, bands: int, rows: int) -> Keys:
    """The key of each band (first axis) of each signature (rows of values)."""
    keys = np.empty((bands, len(values)), np.uint32)
    for i in range(len(values)):
        for band in range(bands):
            key = np.uint64(0)
            for place in range(band * rows, (band + 1) * rows):
                key = (key ^ np.uint64(values[i, place])) * _MIX_BAND
                key ^= key >> _HALF
            keys[band, i] = np.uint32(key & _LOW)
    return keys


@compiled
def mark(seen: Packed, shift: int, packed: Packed) -> None:
    """Set the bits of the keys of packed rows; a key's place are the upper bits of its product, behind the shift."""
    for row in packed:
        place = ((row >> _HALF) * _MIX & _LOW) >> np.uint64(shift)
        seen[place >> _WORD] |= _ONE << (place & _IN_WORD)


@compiled
def kept(seen: Packed, shift: int, keys: Keys, numbers: Keys) -> Packed:
    """Keys whose bit is set, packed with the numbers that stand beside them."""
    found = np.empty(len(keys), np.uint64)
    n = 0
    for i in range(len(keys)):
        key = np.uint64(keys[i])
        place = (key * _MIX & _LOW) >> np.uint64(shift)
        if seen[place >> _WORD] >> (place & _IN_WORD) & _ONE:
            found[n] = key << _HALF | np.uint64(numbers[i])
            n += 1
    return found[:n].copy()
