"""Marked passages, compared character by character.

Each code point of a text is a unit; its value is the label that somebody put on it, or none (several labels on one
place are a value of their own). On these, alpha for nominal values weighs a boundary that is off by two letters as the
small thing it is. The alternative, alpha for unitizing (Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the
reliability of unitizing textual continua, Quality & Quantity 50), compares passages as wholes; it can't be explained in
a sentence, and here passages are evidence for another answer: what they cover matters more than how they are cut.
Letters of one text are not independent: the bootstrap draws texts.

F1 needs no chance agreement and does not know how long the text is (Hripcsak and Rothschild 2005, Agreement, the
F-measure, and reliability in information retrieval, JAMIA 12).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from curation.annotation.agreement.estimate import Coefficient
from curation.annotation.agreement.nominal import answered_twice, columns, divide, shared_with
from curation.annotation.agreement.sets import Sets, sets_of
from curation.annotation.agreement.votes import Bools, Floats, Ints, Votes

if TYPE_CHECKING:
    from curation.annotation.agreement.ballots import Ballots


def stretches(ballots: Ballots, length: Ints) -> tuple[Votes, Sets]:
    """Texts cut at every boundary that anybody set: units of several letters, with the sets of labels on them.

    Args:
        ballots: who marked what; their units are texts.
        length: code points of each text, at least up to its last passage.
    """
    order = np.lexsort((ballots.annotator, ballots.unit))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    text, annotator, answer = ballots.unit[order], ballots.annotator[order], place[ballots.answer]
    start, end, labels = ballots.start, ballots.end, ballots.labels
    # all boundaries as numbers on one long line, text behind text
    base = np.cumsum(length) - length
    bounds = np.unique(np.concatenate([base, base + length, base[text[answer]] + start, base[text[answer]] + end]))
    unit_text = np.searchsorted(base, bounds[:-1], "right") - 1
    # texts of no length share their place with the next one; nothing can be marked in them
    weight = np.diff(bounds)
    answers_of = np.bincount(text, minlength=len(length))
    first_answer = np.cumsum(answers_of) - answers_of
    times = answers_of[unit_text]
    unit = np.repeat(np.arange(len(weight)), times)
    offset = np.arange(len(unit)) - np.repeat(np.cumsum(times) - times, times)
    who = first_answer[unit_text[unit]] + offset
    # which of these votes each passage covers
    first = np.searchsorted(bounds, base[text[answer]] + start)
    covered = np.searchsorted(bounds, base[text[answer]] + end) - first
    marked_unit = np.repeat(first - np.cumsum(covered) + covered, covered) + np.arange(covered.sum())
    vote_of_unit = np.cumsum(times) - times
    of_text = np.repeat(answer - first_answer[text[answer]], covered)
    vote = vote_of_unit[marked_unit] + of_text
    n_labels = max(len(labels), 1)
    marks = np.unique(vote * n_labels + np.repeat(ballots.label, covered))
    sets = sets_of(marks // n_labels, marks % n_labels, len(unit), n_labels)
    names = sets.names(labels) if labels else ("none",)
    group = np.unique(unit_text, return_inverse=True)[1]
    votes = Votes(unit, annotator[who], sets.kind, names, ballots.annotators, len(weight), weight, group=group)
    return votes, sets


def f1(sets: Sets, annotator: int | None = None) -> Coefficient:
    """Of the letters that two people marked, the share that both gave the same label: over all pairs together.

    Args:
        sets: the labels of each value.
        annotator: only pairs of this one with others.
    """

    def terms(votes: Votes, used: Bools) -> Any:
        first, second = votes.pairs() if annotator is None else votes.pairs_with(annotator)
        a, b = votes.value[first], votes.value[second]
        both = 2.0 * np.asarray(sets.members[a].multiply(sets.members[b]).sum(axis=1)).ravel()
        each = sets.sizes[a] + sets.sizes[b]
        sums = (np.bincount(votes.unit[first], amount, votes.n_units) for amount in (both, each))
        return columns(*(votes.weights * amount for amount in sums))

    def value(sums: Floats) -> Floats:
        return divide(sums[:, 0], sums[:, 1])

    used = answered_twice if annotator is None else shared_with(annotator)
    return Coefficient("f1", used, terms, value, lambda votes: "nobody marked anything")


def only(votes: Votes, sets: Sets, label: int, name: str) -> tuple[Votes, Sets]:
    """One label: each letter carries it or not."""
    from scipy.sparse import csr_array

    holds = sets.members[:, [label]].toarray().ravel().astype(np.int64)
    marked = replace(votes, value=holds[votes.value], values=("other", name))
    return marked, Sets(csr_array(np.array([[0.0], [1.0]])), marked.value)
