"""The digests of many texts, from Arrow's buffers: most texts are in NFC, and that is seen without decoding them."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata

import numpy as np
import numpy.typing as npt
import pyarrow as pa

#: The bytes from here on begin code points from U+0300 on; all below are in NFC, whatever stands beside them.
_MARKS = 0xCC

#: texts that are looked at together: what that takes fits in the processor's cache
_ROWS = 500


def text_digests(texts: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    """The column `text_sha256` of texts: sha256 in hex of each in NFC and UTF-8; null for null.

    >>> text_digests(pa.array(["kafe\u0301", "kaf\u00e9", None])).to_pylist() == [
    ...     *[hashlib.sha256("kaf\u00e9".encode()).hexdigest()] * 2, None]
    True
    """
    chunk = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    chunk = chunk.cast(pa.large_string())
    _, ends, data = chunk.buffers()
    offsets = np.frombuffer(ends, np.int64, len(chunk) + 1, chunk.offset * 8) if len(chunk) else np.zeros(1, np.int64)
    whole = memoryview(data or b"")
    made = [hashlib.sha256(whole[start:end]).hexdigest() for start, end in itertools.pairwise(offsets.tolist())]
    for row in _perhaps_not_nfc(np.frombuffer(whole, np.uint8), offsets).tolist():
        normal = unicodedata.normalize("NFC", str(whole[offsets[row] : offsets[row + 1]], "utf-8"))
        made[row] = hashlib.sha256(normal.encode()).hexdigest()
    return pa.array(made, pa.string(), mask=chunk.is_null().to_numpy(zero_copy_only=False))


def _perhaps_not_nfc(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The texts with code points from U+0300 on, but for the dashes, quotes and dots of U+2010 to U+203A."""
    found = [np.empty(0, np.int64)]
    for start in range(0, len(offsets) - 1, _ROWS):
        ends = offsets[start : start + _ROWS + 1]
        part = data[ends[0] : ends[-1]]
        lead = np.flatnonzero(part >= _MARKS)
        second, third = (part[np.minimum(lead + step, len(part) - 1)] for step in (1, 2))
        usual = (part[lead] == 0xE2) & (second == 0x80) & (third >= 0x90) & (third <= 0xBA)
        found.append(start + np.unique(np.searchsorted(ends, ends[0] + lead[~usual], "right") - 1))
    return np.concatenate(found)
