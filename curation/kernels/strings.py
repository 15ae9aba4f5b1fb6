"""An Arrow column of strings as kernels read it, and as they wrote it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int32]


class Strings(NamedTuple):
    """Strings end to end, as UTF-8."""

    letters: Bytes
    start: Offsets
    """Where each begins; the last number is the end."""


def strings(column: pa.StringArray) -> Strings:
    """A column without nulls, not copied.

    >>> strings(pa.array(["air", "", "é"])[1:]).start.tolist()
    [3, 3, 5]
    """
    _, offsets, data = column.buffers()
    letters = np.frombuffer(data or b"", np.uint8)
    start = (
        np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4) if len(column) else np.zeros(1, np.int32)
    )
    letters.flags.writeable = start.flags.writeable = False  # or a kernel is compiled for either kind
    return Strings(letters, start)


def column(found: Strings) -> pa.StringArray:
    """The same strings as a column of Arrow, not copied.

    >>> column(strings(pa.array(["air", "", "é"]))).to_pylist()
    ['air', '', 'é']
    """
    return pa.StringArray.from_buffers(len(found.start) - 1, pa.py_buffer(found.start), pa.py_buffer(found.letters))
