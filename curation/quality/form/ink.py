"""What of a text can be seen."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


def ink(texts: pa.Array) -> pa.Array:
    r"""Characters of each text, blank space aside, as float64.

    By the bytes of the column: a pattern that stops at every blank takes ten times as long.

    >>> ink(pa.array(["Air  surut.\n", "", "Café"])).to_pylist()
    [9.0, 0.0, 4.0]
    """
    column = texts.cast(pa.large_binary())
    _, offsets, data = column.buffers()
    bounds = np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]
    last = bounds[-1] if len(bounds) else 0
    letters = np.frombuffer(data, np.uint8)[:last] if last else np.zeros(0, np.uint8)
    # tab, line feed, form feed, return
    blank = (letters == 0x20) | ((letters >= 0x09) & (letters <= 0x0D) & (letters != 0x0B))
    blanks = np.diff(np.searchsorted(np.flatnonzero(blank), bounds))
    return pc.subtract(pc.utf8_length(texts).cast(pa.float64()), pa.array(blanks.astype(np.float64)))
