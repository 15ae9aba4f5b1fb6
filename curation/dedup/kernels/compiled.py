"""The compiler of this room: numba, whose kernels run on plain arrays with the interpreter's lock released.

Import what uses it inside functions: ``import numba`` costs 0.4 s. Compiled code is cached beside the source, or in the
user's cache where that can't be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import numba

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function as machine code, compiled when it is first called with a kind of arguments."""
    return cast("F", numba.njit(function, cache=True, nogil=True, error_model="numpy"))


def inlined(function: F) -> F:
    """A small function that becomes part of the kernels that call it."""
    return cast("F", numba.njit(function, cache=True, nogil=True, error_model="numpy", inline="always"))
