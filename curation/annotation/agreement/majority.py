"""An annotator against the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from curation.annotation.agreement.votes import Bools, Ints, Votes, votes


def majority_of_others(given: Votes) -> tuple[Ints, Bools]:
    """For each vote, what most of the other annotators say of its unit, and whether there is such a majority.

    Two values that are equally frequent are none.

    >>> from curation.annotation.agreement.votes import votes
    >>> given = votes([0, 0, 0, 1], [0, 1, 2, 0], [0, 1, 1, 0], ("no", "yes"), ("a01", "a02", "a03"))
    >>> value, is_there = majority_of_others(given)
    >>> value[is_there], is_there
    (array([1]), array([ True, False, False, False]))
    """
    counts = given.counts
    different = np.diff(counts.indptr)[given.unit]
    ends = np.cumsum(different)
    vote = np.repeat(np.arange(len(given.unit)), different)
    place = np.repeat(counts.indptr[given.unit] - ends + different, different) + np.arange(len(vote))
    value = counts.indices[place]
    others = counts.data[place] - (value == given.value[vote])
    starts = ends - different
    most = np.maximum.reduceat(others, starts) if len(starts) else others
    is_most = others == most[vote]
    is_there = (most > 0) & (np.bincount(vote[is_most], minlength=len(given.unit)) == 1)
    found = np.full(len(given.unit), -1)
    found[vote[is_most]] = value[is_most]
    return found, is_there


def against_others(given: Votes) -> dict[int, Votes]:
    """For each annotator the own votes beside the majority of the others, as votes of two."""
    value, is_there = majority_of_others(given)
    # votes by annotator, those with a majority to compare with first
    order = np.lexsort((~is_there, given.annotator))
    people, starts = np.unique(given.annotator[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    made = {}
    for annotator, start, end in zip(people, starts, ends, strict=False):
        mine = order[start:end]
        own = mine[: np.count_nonzero(is_there[mine])]
        unit = np.tile(np.arange(len(own)), 2)
        who = np.repeat([0, 1], len(own))
        both = np.concatenate([given.value[own], value[own]])
        names = (given.annotators[annotator], "the majority of the others")
        made[int(annotator)] = replace(
            votes(unit, who, both, given.values, names), times=given.repeats[given.unit[own]]
        )
    return made
