"""Answers that are sets of labels: Krippendorff's alpha with the MASI distance.

Two answers {health} and {health, economy} agree in part. MASI (Passonneau 2006, Measuring agreement on set-valued
items for semantic and pragmatic annotation, LREC) says how far: 1 - J · M, with J the Jaccard index and M 1 for equal
sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they don't.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from curation.annotation.agreement.estimate import Coefficient
from curation.annotation.agreement.nominal import ALONE, answered_twice, columns, divide, scaled, shared_with
from curation.annotation.agreement.votes import Bools, Floats, Ints, Votes, patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

#: distances that are held at once
BLOCK = 4_000_000


@dataclass(frozen=True)
class Sets:
    """The different sets among answers, and which of them each answer is."""

    #: sets × labels, 1 where the set holds the label
    members: Any
    #: the set of each answer
    kind: Ints

    @property
    def sizes(self) -> Ints:
        """Labels of each set."""
        made: Ints = np.diff(self.members.indptr).astype(np.int64)
        return made

    def names(self, labels: Sequence[str]) -> tuple[str, ...]:
        """Each set in words."""
        split = np.split(self.members.indices, self.members.indptr[1:-1])
        return tuple(" + ".join(sorted(labels[i] for i in held)) or "none" for held in split)

    def distance(self, a: Ints, b: Ints) -> Floats:
        """MASI between sets, pair by pair."""
        shared = np.asarray(self.members[a].multiply(self.members[b]).sum(axis=1)).ravel()
        return masi(shared, self.sizes[a], self.sizes[b])

    def table(self, rows: slice) -> Floats:
        """MASI between some of the sets and all of them."""
        shared = (self.members[rows] @ self.members.T).toarray()
        return masi(shared, self.sizes[rows][:, None], self.sizes[None])


def sets_of(answer: Ints, label: Ints, n_answers: int, n_labels: int) -> Sets:
    """The sets that answers are made of.

    Args:
        answer: the answer that a label belongs to; none may come twice with the same label.
        label: the label.
        n_answers: answers, those without a label among them.
        n_labels: labels that may be given.

    >>> found = sets_of(np.array([0, 1, 1, 3]), np.array([2, 0, 2, 2]), 4, 3)
    >>> found.kind, found.names(["economy", "sport", "health"])
    (array([1, 2, 0, 1]), ('none', 'health', 'economy + health'))
    """
    from scipy.sparse import csr_array

    n_sets, kind = patterns(answer, label, n_answers)
    first = np.full(n_sets, -1)
    found, place = np.unique(kind, return_index=True)
    first[found] = place
    held = first[kind[answer]] == answer
    members = csr_array((np.ones(held.sum()), (kind[answer[held]], label[held])), shape=(n_sets, n_labels))
    return Sets(members, kind)


def masi(shared: Floats, size_a: Ints, size_b: Ints) -> Floats:
    """The distance of two sets from the number of labels that they share and have.

    >>> masi(np.array([1.0, 1, 0, 0]), np.array([1, 2, 1, 0]), np.array([2, 2, 1, 0])).round(3)
    array([0.667, 0.889, 1.   , 0.   ])
    """
    union = size_a + size_b - shared
    same = (shared == size_a) & (shared == size_b)
    within = (shared == size_a) | (shared == size_b)
    monotony = np.where(same, 1.0, np.where(within, 2 / 3, 1 / 3))
    near: Floats = np.where(same, 1.0, divide(shared * 1.0, np.maximum(union, 1) * 1.0) * monotony)
    return 1 - near


def masi_alpha(sets: Sets) -> Coefficient:
    """Krippendorff's alpha for votes whose values are these sets.

    1 - D_o / D_e: D_o is the mean distance within units, each unit's pairs weighted by 1 / (m - 1), D_e that of all
    votes that can be paired, whatever their unit.
    """

    def terms(votes: Votes, used: Bools) -> Any:
        first, second = votes.pairs()
        far = 2 * sets.distance(votes.value[first], votes.value[second])
        within = np.bincount(votes.unit[first], far, votes.n_units) / np.maximum(votes.sizes - 1, 1)
        counting = votes.weights * used
        return columns(counting * votes.sizes, counting * within, scaled(votes.counts, counting))

    def value(sums: Floats) -> Floats:
        n, within, each = sums[:, 0], sums[:, 1], sums[:, 2:]
        overall = np.zeros(len(sums))
        step = max(1, BLOCK // each.shape[1])
        for start in range(0, each.shape[1], step):
            rows = slice(start, start + step)
            overall += ((each @ sets.table(rows).T) * each[:, rows]).sum(axis=1)
        return 1 - divide((n - 1) * within, overall)

    def undefined(votes: Votes) -> str:
        given = votes.values[votes.value[(votes.sizes >= 2)[votes.unit]][0]]
        return f"everybody gave the same set ({given}): chance agreement is 1, which leaves nothing to measure"

    return Coefficient("krippendorff_alpha_masi", answered_twice, terms, value, undefined)


def masi_similarity(sets: Sets, annotator: int) -> Coefficient:
    """How near an annotator's sets are to those of others: 1 - MASI, the mean over all pairs."""

    def terms(votes: Votes, used: Bools) -> Any:
        first, second = votes.pairs_with(annotator)
        near = 1 - sets.distance(votes.value[first], votes.value[second])
        unit = votes.unit[first]
        return columns(np.bincount(unit, near, votes.n_units), np.bincount(unit, minlength=votes.n_units))

    def value(sums: Floats) -> Floats:
        return divide(sums[:, 0], sums[:, 1])

    return Coefficient("masi", shared_with(annotator), terms, value, lambda votes: ALONE)


def labelled(votes: Votes, sets: Sets, label: int, name: str) -> Votes:
    """Whether each answer holds a label, as votes of their own."""
    holds = sets.members[:, [label]].toarray().ravel().astype(np.int64)
    return replace(votes, value=holds[votes.value], values=("other", name))
