"""XXH64 for the kernels, and the unaligned loads and stores that it and they are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from curation.kernels.compiled import compiled, inlined

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

_P1, _P2, _P3, _P4, _P5 = (
    np.uint64(prime)
    for prime in (
        0x9E3779B185EBCA87,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0x85EBCA77C2B2AE63,
        0x27D4EB2F165667C5,
    )
)

#: An odd number that spreads the bits of what it multiplies.
SPREAD = _P1


def _load(bits: int) -> Any:
    """An unaligned little-endian load of so many bits from an address, as an unsigned 64-bit number."""

    @intrinsic
    def load(_: Any, address: Any) -> Any:
        def build(__: Any, builder: Any, ___: Any, arguments: Any) -> Any:
            pointer = builder.inttoptr(arguments[0], ir.IntType(bits).as_pointer())
            value = builder.load(pointer, align=1)
            return value if bits == 64 else builder.zext(value, ir.IntType(64))

        return types.uint64(types.uint64), build

    return load


load64, _load32, _load8 = _load(64), _load(32), _load(8)


def _store(_: Any, address: Any, value: Any) -> Any:
    """An unaligned store of eight bytes."""

    def build(context: Any, builder: Any, __: Any, arguments: Any) -> Any:
        pointer = builder.inttoptr(arguments[0], ir.IntType(64).as_pointer())
        builder.store(arguments[1], pointer, align=1)
        return context.get_dummy_value()

    return types.void(types.uint64, types.uint64), build


def _count_zeros(_: Any, value: Any) -> Any:
    """How many bits below the lowest one that is set; 64 where none is."""

    def build(__: Any, builder: Any, ___: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), build


def _count_ones(_: Any, value: Any) -> Any:
    """How many bits are set."""

    def build(__: Any, builder: Any, ___: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), build


store64: Any = intrinsic(_store)
low_zeros: Any = intrinsic(_count_zeros)
ones: Any = intrinsic(_count_ones)


@inlined
def _rotate(value: np.uint64, left: int) -> np.uint64:
    return (value << np.uint64(left)) | (value >> np.uint64(64 - left))


@inlined
def _round(lane: np.uint64, word: np.uint64) -> np.uint64:
    return _rotate(lane + word * _P2, 31) * _P1


@inlined
def _merge(value: np.uint64, lane: np.uint64) -> np.uint64:
    return (value ^ _round(np.uint64(0), lane)) * _P1 + _P4


@inlined
def _eight(value: np.uint64, word: np.uint64) -> np.uint64:
    return _rotate(value ^ _round(np.uint64(0), word), 27) * _P1 + _P4


@inlined
def _four(value: np.uint64, word: np.uint64) -> np.uint64:
    return _rotate(value ^ (word * _P1), 23) * _P2 + _P3


@inlined
def _byte(value: np.uint64, byte: np.uint64) -> np.uint64:
    return _rotate(value ^ (byte * _P5), 11) * _P1


@inlined
def _low32(value: np.uint64) -> np.uint32:
    value = (value ^ (value >> np.uint64(33))) * _P2
    value = (value ^ (value >> np.uint64(29))) * _P3
    return np.uint32((value ^ (value >> np.uint64(32))) & np.uint64(0xFFFFFFFF))


@compiled
def xxh64_low32(address: np.uint64, length: np.uint64) -> np.uint32:
    """XXH64 with seed 0 of so many bytes, low 32 bits (the algorithm: xxHash specification 0.1.1).

    Reads up to eight bytes behind the last one, without a meaning.
    """
    end = address + length
    if length >= np.uint64(32):
        one, two, three, four = _P1 + _P2, _P2, np.uint64(0), np.uint64(0) - _P1
        while address + np.uint64(32) <= end:
            one = _round(one, load64(address))
            two = _round(two, load64(address + np.uint64(8)))
            three = _round(three, load64(address + np.uint64(16)))
            four = _round(four, load64(address + np.uint64(24)))
            address += np.uint64(32)
        value = _rotate(one, 1) + _rotate(two, 7) + _rotate(three, 12) + _rotate(four, 18)
        value = _merge(_merge(_merge(_merge(value, one), two), three), four)
    else:
        value = _P5
    value += length
    # the rest is of any length: doing each step and throwing some away costs less than guessing the branch wrong
    rest = length & np.uint64(31)
    for k in range(3):
        more = np.uint64(k) < rest >> np.uint64(3)
        stepped = _eight(value, load64(address))
        value = stepped if more else value
        address += np.uint64(8) if more else np.uint64(0)
    more = rest & np.uint64(4) != np.uint64(0)
    stepped = _four(value, _load32(address))
    value = stepped if more else value
    address += np.uint64(4) if more else np.uint64(0)
    for k in range(3):
        more = np.uint64(k) < rest & np.uint64(3)
        stepped = _byte(value, _load8(address))
        value = stepped if more else value
        address += np.uint64(1) if more else np.uint64(0)
    return _low32(value)


#: Slices that are hashed side by side, and the words of 64 bits that each has in `lanes`: four of the first 32 bytes,
#: three of the rest, the last bytes, the length.
SIDE_BY_SIDE, LANES = 64, 9
#: Slices of so many bytes and more are hashed one by one.
_LONG = np.uint64(64)


@compiled
def xxh64_of_slices(
    address: np.uint64, starts: Numbers, step: int, count: int, lanes: npt.NDArray[np.uint64], hashes: Any
) -> None:
    """:func:`xxh64_low32` of the bytes from starts[i] up to the one before starts[i + step], for i up to `count`.

    First what belongs to each slice is loaded; the sums are the same for all then, which makes vector instructions.
    `lanes` is memory; `hashes` has room for :data:`SIDE_BY_SIDE` more. Reads up to 64 bytes behind the last one.
    """
    for low in range(0, count, SIDE_BY_SIDE):
        longest = np.uint64(0)
        for k in range(min(SIDE_BY_SIDE, count - low)):
            first = np.uint64(starts[low + k])
            length = np.uint64(starts[low + k + step]) - first - np.uint64(1)
            longest = max(longest, length)
            at = address + first
            lanes[0, k], lanes[1, k] = load64(at), load64(at + np.uint64(8))
            lanes[2, k], lanes[3, k] = load64(at + np.uint64(16)), load64(at + np.uint64(24))
            at += length & np.uint64(32)
            lanes[4, k], lanes[5, k], lanes[6, k] = load64(at), load64(at + np.uint64(8)), load64(at + np.uint64(16))
            lanes[7, k] = load64(at + (length & np.uint64(24)))
            lanes[8, k] = length
        _side_by_side(lanes, hashes[low : low + SIDE_BY_SIDE])
        if longest >= _LONG:
            for i in range(low, min(low + SIDE_BY_SIDE, count)):
                length = np.uint64(starts[i + step]) - np.uint64(starts[i]) - np.uint64(1)
                if length >= _LONG:
                    hashes[i] = xxh64_low32(address + np.uint64(starts[i]), length)


@compiled
def _side_by_side(lanes: npt.NDArray[np.uint64], hashes: Any) -> None:
    """Fill in all hashes; where no slice was loaded, or a long one, without a meaning."""
    for k in range(SIDE_BY_SIDE):
        length = lanes[8, k]
        one, two = _round(_P1 + _P2, lanes[0, k]), _round(_P2, lanes[1, k])
        three, four = _round(np.uint64(0), lanes[2, k]), _round(np.uint64(0) - _P1, lanes[3, k])
        value = _rotate(one, 1) + _rotate(two, 7) + _rotate(three, 12) + _rotate(four, 18)
        value = _merge(_merge(_merge(_merge(value, one), two), three), four)
        value = (value if length >= np.uint64(32) else _P5) + length
        eights = length >> np.uint64(3) & np.uint64(3)
        for word in range(3):
            stepped = _eight(value, lanes[4 + word, k])
            value = stepped if np.uint64(word) < eights else value
        last = lanes[7, k]
        has_four = length & np.uint64(4) != np.uint64(0)
        stepped = _four(value, last & np.uint64(0xFFFFFFFF))
        value = stepped if has_four else value
        last = last >> np.uint64(32) if has_four else last
        for byte in range(3):
            stepped = _byte(value, last >> np.uint64(8 * byte) & np.uint64(0xFF))
            value = stepped if np.uint64(byte) < length & np.uint64(3) else value
        hashes[k] = _low32(value)
