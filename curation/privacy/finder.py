"""What a finder is: one kind of private data in texts, and where it stands.

A finder declares a shape, so that one pass of RE2 over the whole column leaves the few texts that may hold it; only
those are read in Python. It finds, and never changes a text.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


class Find(NamedTuple):
    """Private data at `start:end` (code points of the text), and how sure or how private it is (0–1)."""

    start: int
    end: int
    score: float = 1.0


Function = Callable[[str], Iterable[Find]]


@dataclass(frozen=True)
class Finder:
    """One finder: `function` takes a text that `shape` (an RE2 pattern) occurs in."""

    name: str
    shape: str
    function: Function
    #: a person decides: what it finds is told and never masked
    review: bool = False

    @property
    def doc(self) -> str:
        """What it finds, how it is checked, and an example."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its docstring."""
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def select(self, texts: pa.ChunkedArray) -> npt.NDArray[np.int64]:
        """The rows that may hold what it finds."""
        return rows_with(texts, self.shape)

    def __call__(self, text: str) -> list[Find]:
        """What it finds in a text, in order and without overlaps."""
        found: list[Find] = []
        for find in sorted(self.function(text), key=lambda find: (find.start, -find.end, -find.score)):
            if not found or find.start >= found[-1].end:
                found.append(find)
        return found


def rows_with(texts: pa.ChunkedArray, shape: str) -> npt.NDArray[np.int64]:
    """The rows in which an RE2 pattern occurs.

    >>> rows_with(pa.chunked_array([["Surat", "Pukul 7", None]]), "[0-9]").tolist()
    [1]
    """
    return np.flatnonzero(pc.fill_null(pc.match_substring_regex(texts, shape), False).to_numpy()).astype(np.int64)


def finder(*, shape: str, review: bool = False) -> Callable[[Function], Finder]:
    """Declare the function of this name as a finder; its name is the kind of what it finds.

    Args:
        shape: RE2 pattern; only texts in which it occurs are shown to the finder.
        review: whether its finds are for a person to judge, and never masked.
    """

    def declare(function: Function) -> Finder:
        made = Finder(function.__name__, shape, function, review)
        # as functools.wraps does, so that doctest and help() find the finder's docstring
        made.__dict__.update(
            __doc__=function.__doc__,
            __module__=function.__module__,
            __name__=function.__name__,
            __wrapped__=function,
        )
        return made

    return declare


def try_finder(made: Finder, text: str) -> list[str]:
    """The values that one finder finds in a text: for doctests and for trying things out."""
    return [text[find.start : find.end] for find in made(text)] if len(made.select(pa.chunked_array([[text]]))) else []
