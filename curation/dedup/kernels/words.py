"""The words of many texts straight from Arrow's buffers, as :func:`curation.dedup.facts.compare` reads them.

A word becomes a 64-bit hash, and is a number, a name or neither; only names keep their letters. Two of the words of a
pair would share a hash once in some 10^13 pairs of 1,000 words, and short ones (up to eight ASCII letters) never do.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation.kernels.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    Bits = npt.NDArray[np.uint64]
    Bytes = npt.NDArray[np.uint8]
    Codes = npt.NDArray[np.uint32]
    Rows = npt.NDArray[np.int64]
    Chunk = tuple[int, Bytes, Rows]

#: What a word is.
NUMBER, NAME = 1, 2

#: Code points that the table covers: the basic plane and the one with the emoji.
COVERED = 0x20000
#: What it says of a code point, above its lower-case form.
_CODE = np.uint32(0xFFFFFF)
_WORD, _DECIMAL, _STOP, _RAISED, _UPPER, _UNDERSCORE, _OUTSIDE = (np.uint32(1 << bit) for bit in range(24, 31))

_FULL_STOP, _COMMA, _SLASH, _COLON, _NOUGHT = (ord(mark) for mark in ".,/:0")
_SEED, _FACTOR = np.uint64(0x2545F4914F6CDD1D), np.uint64(0x9FB21C651E98DF25)
_BYTE, _CLASSES = np.uint32(0xFF), _WORD | _DECIMAL | _STOP
_ZERO, _ONE, _EIGHT, _HALF, _LAST_BIT = (np.uint64(number) for number in (0, 1, 8, 32, 63))
_ABOVE = np.uint32(24)
_ALL, _TOP_BIT, _TOP_BITS = (np.uint64(bits) for bits in (0xFFFFFFFFFFFFFFFF, 1 << 63, 0x8080808080808080))


class Texts(NamedTuple):
    """The words of some texts, laid end to end."""

    starts: Rows
    """First word of each text; one more than there are texts."""
    outside: npt.NDArray[np.bool_]
    """Texts that the table does not cover, or no UTF-8: left to the reference, without words."""
    numbers: Rows
    """Numbers in each text."""
    hashes: Bits
    flags: Bytes
    """Of each word: number or name."""
    spelt: Rows
    """Where a name's letters begin. Other words have none, so the names of a stretch of words lie together."""
    letters: Codes


class Page(NamedTuple):
    """Memory of a thread for one text at a time."""

    pieces: Bits
    """The text in lower case, eight bytes in each; 0x80 stands for every byte of what is not ASCII."""
    lower: Bytes
    """... its bytes."""
    cuts: Rows
    """Of each run of letters, digits, ends of sentences or anything else: its first byte, and in the low eight bits
    what the table says of it; behind the last one, the end."""


def chunks_of(bodies: pa.Array | pa.ChunkedArray) -> Iterator[Chunk]:
    """Of each chunk: the row at which it ends, its bytes, and the offsets of its texts."""
    end = 0
    for chunk in bodies.chunks if isinstance(bodies, pa.ChunkedArray) else [bodies]:
        filled = pc.fill_null(chunk, "") if chunk.null_count else chunk
        _, offsets, data = filled.buffers()
        end += len(filled)
        width = np.int64 if pa.types.is_large_string(filled.type) else np.int32
        bounds = np.frombuffer(offsets, width)[filled.offset :][: len(filled) + 1] if len(filled) else np.zeros(1)
        content = np.frombuffer(data or b"", np.uint8)
        content.flags.writeable = False  # or a kernel is compiled for either kind
        yield end, content, bounds.astype(np.int64)


def read(chunks: list[Chunk], rows: Rows) -> Texts:
    """The words of these rows (ascending)."""
    ends = [end for end, _, _ in chunks]
    cuts = [0, *np.searchsorted(rows, ends).tolist()]
    parts = [
        (data, offsets[here], offsets[here + 1])
        for (end, data, offsets), low, high in zip(chunks, cuts, cuts[1:], strict=False)
        if high > low and (here := rows[low:high] - (end - len(offsets) + 1)).size
    ]
    size = sum(int((stop - start).sum()) for _, start, stop in parts)  # no word is shorter than a byte
    texts = Texts(
        np.zeros(len(rows) + 1, np.int64),
        np.zeros(len(rows), np.bool_),
        np.zeros(len(rows), np.int64),
        np.empty(size, np.uint64),
        np.empty(size, np.uint8),
        np.zeros(size + 1, np.int64),
        np.empty(size, np.uint32),
    )
    longest = max((int((stop - start).max()) for _, start, stop in parts), default=0)
    pieces = np.empty(longest // 8 + 2, np.uint64)
    page = Page(pieces, pieces.view(np.uint8), np.empty(longest + 1, np.int64))
    row = 0
    for data, start, stop in parts:
        _tokenise(data, start, stop, _letters(), page, texts, row)
        row += len(start)
    return texts


@cache
def _letters() -> Codes:
    """Of each covered code point the lower-case form and what it is to a word, by the running Python's Unicode."""
    table = np.arange(COVERED, dtype=np.uint32)
    is_word, is_stop = re.compile(r"\w").match, re.compile(r"[.!?…\"“”\n]").match
    for code in range(COVERED):
        letter = chr(code)
        if is_stop(letter):
            table[code] |= _STOP
        if not is_word(letter):
            continue
        # the final sigma depends on what stands before it, a dotted capital I becomes two letters, and a
        # kelvin sign ASCII, which has a hash of its own
        inside = ("a" + letter).lower()
        if len(inside) != 2 or inside[1] != letter.lower() or inside[1].isascii() > letter.isascii():
            table[code] = _OUTSIDE
            continue
        table[code] = ord(inside[1]) | _WORD
        if letter == "_":
            table[code] |= _UNDERSCORE
        elif letter.isdecimal():
            table[code] = code | _DECIMAL
        elif letter.isdigit():
            table[code] |= _RAISED
        elif letter.isupper():
            table[code] |= _UPPER
    return table


@compiled
def _decode(data: Bytes, i: int, stop: int) -> tuple[int, int]:
    """The code point at i and its bytes; -1 for what is no UTF-8 or not covered."""
    byte = int(data[i])
    if byte < 0x80:
        return byte, 1
    size = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
    if byte < 0xC2 or byte > 0xF4 or i + size > stop:
        return -1, size
    code = byte & (0x7F >> size)
    for k in range(1, size):
        follower = int(data[i + k])
        if follower & 0xC0 != 0x80:
            return -1, size
        code = code << 6 | follower & 0x3F
    overlong = (size == 3 and code < 0x800) or (size == 4 and code < 0x10000)
    if overlong or code >= COVERED or 0xD800 <= code < 0xE000:
        return -1, size
    return code, size


@compiled
def _mix(value: np.uint64, piece: np.uint64) -> np.uint64:
    mixed = (value ^ piece) * _FACTOR
    return mixed ^ (mixed >> _HALF)


@compiled
def _split(data: Bytes, start: int, stop: int, table: Codes, page: Page) -> int:
    """Cut a text into runs and write it in lower case; returns how many runs, or -1 for outside.

    Without a branch where the text is ASCII: a wrong guess at each end of a word would cost more than all the rest.
    """
    lower, cuts = page.lower, page.cuts
    i = runs = np.uint64(0)
    before = _CLASSES
    size, first = np.uint64(stop - start), np.uint64(start)
    while i < size:
        step = _ONE
        byte = data[first + i]
        if byte < 0x80:
            entry = table[byte]
            lower[i] = entry & _BYTE
        else:
            code, width = _decode(data, int(first + i), stop)
            if code < 0 or table[code] & _OUTSIDE:
                return -1
            entry = table[code]
            step = np.uint64(width)
            for k in range(i, i + step):
                lower[k] = 0x80
        # written at each letter, kept at the first one of a run
        cuts[runs] = i << _EIGHT | np.uint64(entry >> _ABOVE)
        runs += np.uint64(entry & _CLASSES != before)
        before = entry & _CLASSES
        i += step
    cuts[runs] = size << _EIGHT
    return int(runs)


@compiled
def _hash(lower: Bits, i: int, end: int) -> tuple[np.uint64, bool]:
    """Hash of a lower-case word, and whether it is plain ASCII: other words are hashed by :func:`_spell`."""
    value, every = _SEED, _ZERO
    while i < end:
        at, shift = i // 8, np.uint64(i % 8 * 8)
        piece = lower[at] >> shift | lower[at + 1] << _ONE << (_LAST_BIT - shift)
        if end - i < 8:
            piece &= _ALL >> np.uint64(64 - 8 * (end - i))
        every |= piece
        value = _mix(value, piece)
        i += 8
    return value, every & _TOP_BITS == _ZERO


@compiled
def _spell(data: Bytes, i: int, end: int, table: Codes, letters: Codes, n: int) -> tuple[np.uint64, int]:
    """Hash of a word with letters beyond ASCII; they are added to the n letters there are."""
    value = _SEED
    while i < end:
        code, size = _decode(data, i, end)
        letters[n] = table[code] & _CODE
        value = _mix(value, np.uint64(letters[n]) | _TOP_BIT)
        n += 1
        i += size
    return value, n


@compiled
def _number(data: Bytes, i: int, stop: int, table: Codes) -> tuple[int, np.uint64]:
    """End and hash of the number at i, without the marks that part thousands, and without whole thousands."""
    value = _SEED
    zeros = 0  # read, but not in the hash yet
    behind_digit = False
    while i < stop:
        code, size = _decode(data, i, stop)
        if code < 0:
            break
        is_digit = table[code] & _DECIMAL != 0
        if not is_digit:
            if code not in (_FULL_STOP, _COMMA, _COLON, _SLASH):
                break
            digits = _digits(data, i + 1, stop, table)
            if digits == 0:
                break
            if digits == 3 and code in (_FULL_STOP, _COMMA):
                i += 1
                continue
        i += size
        if code == _NOUGHT:
            zeros += 1
            continue
        value = _mix(_noughts(value, zeros), np.uint64(code) | _TOP_BIT)
        zeros = 0
        behind_digit = is_digit
    kept = zeros % 3 if behind_digit or zeros == 0 else (zeros - 1) % 3 + 1
    return i, _noughts(value, kept)


@compiled
def _noughts(value: np.uint64, zeros: int) -> np.uint64:
    for _ in range(zeros):
        value = _mix(value, np.uint64(_NOUGHT) | _TOP_BIT)
    return value


@compiled
def _digits(data: Bytes, i: int, stop: int, table: Codes) -> int:
    """How many decimal digits stand at i; four means more than three."""
    found = 0
    while i < stop and found < 4:
        code, size = _decode(data, i, stop)
        if code < 0 or not table[code] & _DECIMAL:
            break
        found += 1
        i += size
    return found


@compiled
def _tokenise(data: Bytes, bounds: Rows, stops: Rows, table: Codes, page: Page, texts: Texts, row: int) -> None:
    """Append the words of the texts that lie between bounds and stops; the first of them is text number `row`."""
    hashes, flags, spelt, letters = texts.hashes, texts.flags, texts.spelt, texts.letters
    lower, pieces, cuts = page.lower, page.pieces, page.cuts
    for text in range(len(bounds)):
        start, stop, word = bounds[text], stops[text], texts.starts[row + text]
        runs = _split(data, start, stop, table, page)
        outside = runs < 0
        n_letters = spelt[word]
        numbers = run = 0
        at_start = True
        while run < runs:
            begin, end, what = cuts[run] >> 8, cuts[run + 1] >> 8, np.uint32(cuts[run]) << _ABOVE
            run += 1
            if what & _WORD:
                if what & _RAISED:
                    # counts as a number and keeps its capitals: rare, so left out
                    outside = True
                    break
                if what & _UNDERSCORE:
                    continue
                value, is_ascii = _hash(pieces, begin, end)
                is_name = what & _UPPER != 0 and not at_start
                spelt_to = n_letters
                if not is_ascii:
                    value, spelt_to = _spell(data, start + begin, start + end, table, letters, n_letters)
                elif is_name:
                    for i in range(begin, end):
                        letters[spelt_to] = lower[i]
                        spelt_to += 1
                n_letters = spelt_to if is_name else n_letters
                hashes[word] = value
                flags[word] = NAME * is_name
            elif what & _DECIMAL:
                end, hashes[word] = _number(data, start + begin, stop, table)
                flags[word] = NUMBER
                numbers += 1
                # "1.905.000" is five runs, and its points end no sentence
                while run < runs and start + (cuts[run] >> 8) < end:
                    run += 1
            else:
                at_start |= what & _STOP != 0
                continue
            word += 1
            spelt[word] = n_letters
            at_start = False
        texts.outside[row + text] = outside
        texts.numbers[row + text] = numbers
        texts.starts[row + text + 1] = texts.starts[row + text] if outside else word
