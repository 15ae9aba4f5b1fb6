"""What a measure is: one number for each document, and nothing about which number is good.

Limits live in ``curation.toml`` and in the profiles, so a new limit recomputes no measure.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.text import n_words
from curation.timings import spent_on

Function = Callable[[Documents], pa.Array]


@dataclass(frozen=True)
class Measure:
    """One measure: `function` takes documents and gives float64."""

    name: str
    unit: str
    function: Function

    @property
    def group(self) -> str:
        """The shelf it stands on: the folder of its file."""
        return self.function.__module__.split(".")[-2]

    @property
    def doc(self) -> str:
        """What it measures, why, and an example."""
        return inspect.getdoc(self.function) or ""

    @property
    def summary(self) -> str:
        """The first sentence of its docstring."""
        return self.doc.split("\n\n")[0].replace("\n", " ")

    def __call__(self, documents: Documents) -> pa.Array:
        """The measure of every document; null where it can't be told."""
        with spent_on(self.name):
            return self.function(documents).cast(pa.float64())


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


def try_measure(
    made: Measure, body: str, title: str | None = None, language: str | None = "id", n_chrome: int | None = None
) -> float | None:
    """The measure of one text: for doctests and for trying things out."""
    table = pa.table(
        {
            "id": ["0"],
            "title": pa.array([title], pa.string()),
            "body": pa.array([body], pa.string()),
            "language": pa.array([language], pa.string()),
            "n_words": n_words(pa.array([body], pa.string())),
            "n_chrome": pa.array([n_chrome], pa.int32()),
        }
    )
    value: float | None = made(Documents(table))[0].as_py()
    return value
