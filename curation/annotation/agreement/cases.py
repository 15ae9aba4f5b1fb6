"""What is measured of a question: its votes, and the coefficients that suit its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from curation.annotation.agreement.estimate import Coefficient
from curation.annotation.agreement.majority import against_others
from curation.annotation.agreement.nominal import AC1, ALPHA, PERCENT, cohen, common, fleiss, usual_size
from curation.annotation.agreement.sets import Sets, labelled, masi_alpha, masi_similarity, sets_of
from curation.annotation.agreement.spans import f1, only, stretches
from curation.annotation.agreement.votes import Ints, Votes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.annotation.agreement.ballots import Ballots


#: labels that are told one by one
MOST_LABELS = 100
#: pairs of annotators that are told one by one
MOST_PAIRS = 500


class Case(NamedTuple):
    """Votes, and what is computed of them."""

    of: str
    votes: Votes
    coefficients: list[Coefficient]


class Answers(NamedTuple):
    """A question's votes; their values are sets of labels, where several may be given."""

    ballots: Ballots
    votes: Votes
    sets: Sets | None

    def overall(self) -> Case:
        """All answers."""
        if self.sets is None:
            return Case("", self.votes, _nominal(self.votes))
        if self.ballots.kind == "choices":
            return Case("", self.votes, [PERCENT, masi_alpha(self.sets)])
        return Case("", self.votes, [PERCENT, ALPHA, f1(self.sets)])

    def labels(self) -> Iterator[Case]:
        """Each label against all others; of very many the most frequent."""
        counts = np.bincount(self.ballots.label, minlength=len(self.ballots.labels))
        for label in np.sort(np.argsort(-counts, kind="stable")[:MOST_LABELS]).tolist():
            name = self.ballots.labels[label]
            if self.sets is None:
                votes = self.votes.against_rest(label)
                yield Case(name, votes, _nominal(votes))
            elif self.ballots.kind == "choices":
                votes = labelled(self.votes, self.sets, label, name)
                yield Case(name, votes, _nominal(votes))
            else:
                votes, sets = only(self.votes, self.sets, label, name)
                yield Case(name, votes, [PERCENT, ALPHA, f1(sets)])

    def pairs(self) -> Iterator[Case]:
        """Every two annotators, where there are more than two, and not so many pairs that nobody would read them."""
        pairs = common(self.votes)
        for a, b in pairs if 1 < len(pairs) <= MOST_PAIRS else ():
            votes = self.votes.where(np.isin(self.votes.annotator, (a, b)))
            votes = votes.where((votes.sizes == 2)[votes.unit])
            names = self.votes.annotators
            yield Case(f"{names[a]}, {names[b]}", votes, [self._of_two(votes)])

    def _of_two(self, votes: Votes) -> Coefficient:
        if self.sets is None:
            return cohen(len(votes.values))
        return masi_alpha(self.sets) if self.ballots.kind == "choices" else f1(self.sets)

    def annotators(self) -> Iterator[Case]:
        """Each annotator against the others: their majority, where one answer is given, else each of them."""
        if self.sets is None:
            for annotator, votes in against_others(self.votes).items():
                yield Case(self.votes.annotators[annotator], votes, [PERCENT, cohen(len(votes.values))])
            return
        near = masi_similarity if self.ballots.kind == "choices" else f1
        for annotator in np.unique(self.votes.annotator):
            yield Case(self.votes.annotators[annotator], self.votes, [near(self.sets, int(annotator))])


def answers(ballots: Ballots, length: Ints) -> Answers:
    """A question's votes.

    Args:
        ballots: who answered what.
        length: code points of each unit's text; only spans need it.
    """
    order = np.lexsort((ballots.annotator, ballots.unit))
    if ballots.kind == "spans":
        votes, sets = stretches(ballots, length)
        return Answers(ballots, votes, sets)
    if ballots.kind == "choice":
        value = np.empty(len(order), np.int64)
        value[ballots.answer] = ballots.label
        votes = Votes(*_sorted(ballots, order, value), ballots.labels, ballots.annotators, ballots.n_units)
        return Answers(ballots, votes.distinct(), None)
    sets = sets_of(ballots.answer, ballots.label, len(order), max(len(ballots.labels), 1))
    names = sets.names(ballots.labels)
    votes = Votes(*_sorted(ballots, order, sets.kind), names, ballots.annotators, ballots.n_units)
    return Answers(ballots, votes.distinct(), sets)


def _sorted(ballots: Ballots, order: Ints, value: Ints) -> tuple[Ints, Ints, Ints]:
    return ballots.unit[order], ballots.annotator[order], value[order]


def _nominal(votes: Votes) -> list[Coefficient]:
    return [PERCENT, ALPHA, fleiss(usual_size(votes)), cohen(len(votes.values)), AC1]
