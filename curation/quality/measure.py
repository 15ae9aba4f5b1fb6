"""What a measure is: one number for each document, and nothing about which number is good.

Limits live in ``curation.toml`` and in the profiles, so a new limit recomputes no measure.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from curation.quality.text import n_words

Function = Callable[[pa.Table], pa.Array]


@dataclass(frozen=True)
class Measure:
    """One measure: `function` takes documents (title, body, language, n_words) and gives float64."""

    name: str
    unit: str
    function: Function

    @property
    def doc(self) -> str:
        """What it measures, why, and an example."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its docstring."""
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def __call__(self, documents: pa.Table) -> pa.Array:
        """The measure of every document; null where it can't be told."""
        column = self.function(documents)
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        return whole.cast(pa.float64())


def measure(*, unit: str) -> Callable[[Function], Measure]:
    """Declare the function of this name as a measure."""

    def declare(function: Function) -> Measure:
        made = Measure(function.__name__, unit, function)
        # as functools.wraps does, so that doctest and help() find the measure's docstring
        made.__dict__.update(
            __doc__=function.__doc__,
            __module__=function.__module__,
            __name__=function.__name__,
            __wrapped__=function,
        )
        return made

    return declare


def try_measure(made: Measure, body: str, title: str = "", language: str | None = "id") -> float | None:
    """The measure of one text: for doctests and for trying things out."""
    table = pa.table(
        {
            "title": pa.array([title]),
            "body": pa.array([body]),
            "language": pa.array([language], pa.string()),
            "n_words": n_words(pa.array([body])),
        }
    )
    value: float | None = made(table)[0].as_py()
    return value
