"""The digests of many texts, from Arrow's buffers: most texts are in NFC, and that is seen without decoding them."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Texts: TypeAlias = "pa.Array | pa.ChunkedArray"


def text_digests(texts: Texts) -> pa.StringArray:
    """The column `text_sha256` of texts: sha256 in hex of each in NFC and UTF-8; null for null.

    >>> text_digests(pa.array(["kafe\u0301", "kaf\u00e9", None])).to_pylist() == [
    ...     *[hashlib.sha256("kaf\u00e9".encode()).hexdigest()] * 2, None]
    True
    """
    return in_nfc(texts, byte_digests(texts))


def byte_digests(texts: Texts) -> pa.StringArray:
    """sha256 in hex of the bytes of each text as it stands; null for null.

    >>> byte_digests(pa.array(["kafe\u0301", None])).to_pylist() == [
    ...     hashlib.sha256("kafe\u0301".encode()).hexdigest(), None]
    True
    """
    whole, offsets = _buffers(texts)
    made = b"".join([hashlib.sha256(whole[start:end]).digest() for start, end in itertools.pairwise(offsets.tolist())])
    ends = np.arange(0, 64 * len(offsets), 64, dtype=np.int32)
    digests = pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(made.hex().encode()))
    return pc.if_else(texts.is_valid(), digests, None) if texts.null_count else digests


def in_nfc(texts: Texts, digests: pa.StringArray) -> pa.StringArray:
    """The :func:`text_digests` of texts of which somebody has the :func:`byte_digests`."""
    whole, offsets = _buffers(texts)
    rows = _perhaps_not_nfc(whole, offsets)
    if not len(rows):
        return digests
    normal = [unicodedata.normalize("NFC", str(whole[offsets[r] : offsets[r + 1]], "utf-8")) for r in rows.tolist()]
    place = np.zeros(len(digests), bool)
    place[rows] = True
    made = [hashlib.sha256(text.encode()).hexdigest() for text in normal]
    return pc.replace_with_mask(digests, pa.array(place), pa.array(made, pa.string()))


def _buffers(texts: Texts) -> tuple[memoryview, npt.NDArray[np.int64]]:
    """The bytes of all texts, and where in them each begins, with the end of the last."""
    if isinstance(texts, pa.ChunkedArray):  # one chunk is not copied
        texts = texts.chunk(0) if texts.num_chunks == 1 else texts.combine_chunks()
    chunk = texts.cast(pa.large_string())
    _, ends, data = chunk.buffers()
    offsets = np.frombuffer(ends, np.int64, len(chunk) + 1, chunk.offset * 8) if len(chunk) else np.zeros(1, np.int64)
    return memoryview(data or b""), offsets


def _perhaps_not_nfc(whole: memoryview, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The texts that have to be looked at."""
    from curation.kernels import marks

    data = np.frombuffer(whole, np.uint8)
    return np.flatnonzero(marks.perhaps_not_nfc(data, data[: len(data) // 8 * 8].view(np.uint64), offsets))
