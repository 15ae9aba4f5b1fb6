"""The compiler: numba, whose kernels run on plain arrays with the interpreter's lock released.

Where numba is missing, the same functions run as they are, slowly. Import what uses it inside functions: ``import
numba`` costs 0.2 s. Compiled code is cached beside the source, or in the user's cache where that can't be written.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

try:
    import numba
except ImportError:
    numba = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function as machine code, compiled when it is first called with a kind of arguments."""
    if numba is None:
        return _wrapping(function)
    return cast("F", numba.njit(function, cache=True, nogil=True, error_model="numpy"))


def inlined(function: F) -> F:
    """A small function that becomes part of the kernels that call it."""
    if numba is None:
        return _wrapping(function)
    return cast("F", numba.njit(function, cache=True, nogil=True, error_model="numpy", inline="always"))


def _wrapping(function: F) -> F:
    """The function itself; hashes wrap around in silence, as they do in machine code."""

    @wraps(function)
    def run(*arguments: Any) -> Any:
        with np.errstate(over="ignore"):
            return function(*arguments)

    return cast("F", run)
