"""XXH64 for the kernels, and the unaligned loads and stores that it and they are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from curation.dedup.kernels.compiled import compiled, inlined

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


store64: Any = intrinsic(_store)
low_zeros: Any = intrinsic(_count_zeros)


@inlined
def _rotate(value: np.uint64, left: int) -> np.uint64:
    return (value << np.uint64(left)) | (value >> np.uint64(64 - left))


@inlined
def _round(lane: np.uint64, word: np.uint64) -> np.uint64:
    return _rotate(lane + word * _P2, 31) * _P1


@inlined
def _merge(value: np.uint64, lane: np.uint64) -> np.uint64:
    return (value ^ _round(np.uint64(0), lane)) * _P1 + _P4


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
        stepped = _rotate(value ^ _round(np.uint64(0), load64(address)), 27) * _P1 + _P4
        value = stepped if more else value
        address += np.uint64(8) if more else np.uint64(0)
    more = rest & np.uint64(4) != np.uint64(0)
    stepped = _rotate(value ^ (_load32(address) * _P1), 23) * _P2 + _P3
    value = stepped if more else value
    address += np.uint64(4) if more else np.uint64(0)
    for k in range(3):
        more = np.uint64(k) < rest & np.uint64(3)
        stepped = _rotate(value ^ (_load8(address) * _P5), 11) * _P1
        value = stepped if more else value
        address += np.uint64(1) if more else np.uint64(0)
    value = (value ^ (value >> np.uint64(33))) * _P2
    value = (value ^ (value >> np.uint64(29))) * _P3
    return np.uint32((value ^ (value >> np.uint64(32))) & np.uint64(0xFFFFFFFF))
