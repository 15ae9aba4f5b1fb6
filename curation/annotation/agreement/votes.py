"""The answers to one question in long form: which unit, who, which value. Memory grows with the answers alone.

What is counted is the unit; what is drawn again by the bootstrap is the unit, too, but for spans: there a unit is a
stretch of a text, and whole texts are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Votes:
    """Votes sorted by unit and annotator, at most one of an annotator for a unit.

    >>> votes([0, 0, 1], [0, 1, 0], [1, 1, 0], ("no", "yes"), ("a01", "a02")).sizes
    array([2, 1])
    """

    unit: Ints
    annotator: Ints
    value: Ints
    #: names of the values: all that may be given, where a codebook says so
    values: tuple[str, ...]
    annotators: tuple[str, ...]
    n_units: int
    #: how much a unit counts, such as its code points; None: each counts once
    weight: Ints | None = None
    #: how many units each stands for; None: each for itself
    times: Ints | None = None
    #: what each unit is drawn with, such as its text; None: each by itself
    group: Ints | None = None

    @cached_property
    def sizes(self) -> Ints:
        """Votes of each unit."""
        return np.bincount(self.unit, minlength=self.n_units)

    @cached_property
    def counts(self) -> Any:
        """How often each value was given to each unit: a sparse matrix, units × values."""
        from scipy.sparse import csr_array

        shape = (self.n_units, max(len(self.values), 1))
        made = csr_array((np.ones(len(self.unit)), (self.unit, self.value)), shape=shape)
        made.sum_duplicates()
        return made

    @cached_property
    def weights(self) -> Floats:
        """How much each unit counts."""
        return np.ones(self.n_units) if self.weight is None else self.weight.astype(np.float64)

    @cached_property
    def repeats(self) -> Ints:
        """How many units each stands for."""
        return np.ones(self.n_units, np.int64) if self.times is None else self.times

    @cached_property
    def agreement(self) -> Floats:
        """Of each unit, the share of pairs of its votes that are equal; 0 where there is no pair."""
        equal = self.counts.multiply(self.counts).sum(axis=1) - self.sizes
        pairs = self.sizes * (self.sizes - 1)
        share: Floats = np.divide(equal, pairs, out=np.zeros(self.n_units), where=pairs > 0)
        return share

    @property
    def n_annotators(self) -> int:
        """Annotators who gave a vote."""
        return len(np.unique(self.annotator))

    def where(self, mask: Bools) -> Votes:
        """Only these votes; units without any are gone."""
        kept, unit = np.unique(self.unit[mask], return_inverse=True)
        weight = None if self.weight is None else self.weight[kept]
        times = None if self.times is None else self.times[kept]
        group = None if self.group is None else np.unique(self.group[kept], return_inverse=True)[1]
        return replace(
            self,
            unit=unit,
            annotator=self.annotator[mask],
            value=self.value[mask],
            n_units=len(kept),
            weight=weight,
            times=times,
            group=group,
        )

    def against_rest(self, value: int) -> Votes:
        """One value against all others."""
        return replace(self, value=(self.value == value).astype(np.int64), values=("other", self.values[value]))

    def distinct(self) -> Votes:
        """One unit for all that got the same votes from the same people; `times` says how many it stands for.

        Coefficients don't tell such units apart, and there are few kinds of them: to draw 1,000 samples of 15,000
        units with three votes means to draw how often each of eight kinds comes. Units that are drawn in groups stay.
        """
        if self.group is not None:
            return self
        code = self.annotator * max(len(self.values), 1) + self.value
        n_kinds, kinds = patterns(self.unit, code, self.n_units)
        _, first = np.unique(kinds, return_index=True)
        place = np.full(self.n_units, -1)
        place[first] = np.arange(n_kinds)
        mask = place[self.unit] >= 0
        unit = place[self.unit[mask]]
        order = np.argsort(unit, kind="stable")
        return replace(
            self,
            unit=unit[order],
            annotator=self.annotator[mask][order],
            value=self.value[mask][order],
            n_units=n_kinds,
            times=np.bincount(kinds, self.repeats, n_kinds).astype(np.int64),
        )

    def pairs(self) -> tuple[Ints, Ints]:
        """Places of every two votes on one unit, the one of the earlier annotator first."""
        return pairs_within(self.sizes)

    def pairs_with(self, annotator: int) -> tuple[Ints, Ints]:
        """Places of every two votes on one unit of which one is this annotator's."""
        first, second = self.pairs()
        own = (self.annotator[first] == annotator) | (self.annotator[second] == annotator)
        return first[own], second[own]


def votes(unit: Any, annotator: Any, value: Any, values: tuple[str, ...], annotators: tuple[str, ...]) -> Votes:
    """Votes from codes in any order; the units are 0, 1, 2 ..."""
    units, who, given = (np.asarray(codes, np.int64) for codes in (unit, annotator, value))
    order = np.lexsort((who, units))
    n_units = int(units.max()) + 1 if len(units) else 0
    return Votes(units[order], who[order], given[order], values, annotators, n_units)


def pairs_within(sizes: Ints) -> tuple[Ints, Ints]:
    """Places of every two members of a group, of groups that lie one behind the other.

    >>> pairs_within(np.array([2, 1, 3]))
    (array([0, 3, 3, 4]), array([1, 4, 5, 5]))
    """
    ends = np.repeat(np.cumsum(sizes), sizes)
    place = np.arange(len(ends))
    later = ends - place - 1
    first = np.repeat(place, later)
    step = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    return first, first + step + 1


def patterns(group: Ints, code: Ints, n_groups: int) -> tuple[int, Ints]:
    """Which groups hold the same codes: the number of kinds, and the kind of each group.

    The kinds are numbered by what they hold, whatever the order of rows; a code counts as often as it comes.

    >>> patterns(np.array([0, 0, 1, 3, 3]), np.array([5, 7, 5, 7, 5]), 4)
    (3, array([2, 1, 0, 2]))
    """
    order = np.lexsort((code, group))
    code = code[order]
    sizes = np.bincount(group, minlength=n_groups)
    starts = np.cumsum(sizes) - sizes
    width = int(code.max(initial=0)) + 1
    kind = np.zeros(n_groups, np.int64)
    used = 1
    for rank in range(int(sizes.max(initial=0))):
        longer = np.flatnonzero(sizes > rank)
        found, new = np.unique(kind[longer] * width + code[starts[longer] + rank], return_inverse=True)
        kind[longer] = used + new
        used += len(found)
    found, kinds = np.unique(kind, return_inverse=True)
    return len(found), kinds
