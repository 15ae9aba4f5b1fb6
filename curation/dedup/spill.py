"""A growing array that lives in a temporary file, so that memory does not grow with the corpus."""

from __future__ import annotations

import mmap
import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path


class Spill:
    """Appends arrays to a nameless file in a folder (None: memory alone), then maps them as one.

    The file is gone when it is closed or the process ends, however that comes about.

    >>> spill = Spill(None)
    >>> spill.append(np.array([1, 2], np.uint32)), spill.append(np.array([3], np.uint32))
    (None, None)
    >>> spill.array(np.uint32).tolist()
    [1, 2, 3]
    """

    def __init__(self, folder: Path | None) -> None:
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self._file = tempfile.TemporaryFile(dir=folder) if folder else None  # noqa: SIM115
        self._held: list[npt.NDArray[Any]] = []

    def append(self, values: npt.NDArray[Any]) -> None:
        """Put some values behind those that are there."""
        if self._file:
            self._file.write(np.ascontiguousarray(values).data)
        else:
            self._held.append(values)

    def array(self, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """All values end to end."""
        if not self._file:
            return np.concatenate([np.empty(0, dtype), *self._held])
        self._file.flush()
        if not self._file.tell():
            return np.empty(0, dtype)
        return np.frombuffer(mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ), dtype)

    def close(self) -> None:
        """Give the file back; arrays of it stay valid."""
        if self._file:
            self._file.close()
