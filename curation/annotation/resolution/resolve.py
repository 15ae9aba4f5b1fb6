"""From answers to labels: the plain majority vote, or Dawid and Skene's model.

Majority is the baseline that readers expect and can recompute by hand; every label keeps its votes. A tie is no
label: which of two equally frequent answers is right, the votes can't tell, and drawing lots would add
labels that nobody gave. Ties are counted and go to adjudication. The model weighs each vote by how its annotator
errs, which pays where there are three or more, and where one is careless.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from curation import schema
from curation.annotation.resolution.dawid_skene import fit
from curation.annotation.resolution.votes import Poll, Unit, polls
from curation.store import canonical_json

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from curation.annotation.codebook import Codebook
    from curation.annotation.resolution.dawid_skene import Fit


class Tie(NamedTuple):
    """A question that the votes leave open; where several answers may be given, one of them."""

    unit: Unit
    question: str
    value: str | None


@dataclass(frozen=True)
class Resolved:
    """The labels, and what stayed open because of a tie."""

    labels: pa.Table
    tied: tuple[Tie, ...] = ()
    #: the units and questions that somebody answered
    asked: frozenset[tuple[Unit, str]] = frozenset()
    #: what there is to say about single questions
    notes: tuple[str, ...] = ()

    @property
    def ties(self) -> int:
        """How many there are."""
        return len(self.tied)


#: labels whose probabilities differ by less are a tie
SAME = 1e-6
#: annotators from whom the model can learn who errs
LEAST = 3


def majority(annotations: pa.Table, codebook: Codebook) -> Resolved:
    """Labels by majority: one vote an annotator, skips don't vote.

    A question with one answer takes the most frequent value; one with several takes every value that more
    than half of those who were asked gave. Spans are not resolved.

    Args:
        annotations: the answers that shall count.
        codebook: the questions.
    """
    rows: list[dict[str, Any]] = []
    ties: list[Tie] = []
    asked = polls(annotations, codebook)
    for poll in asked:
        counts = poll.counts
        values, tied = _winners(counts, len(poll.said), several=poll.question.kind == "choices")
        rows += [row(poll, value, counts, "majority") for value in values]
        ties += _ties(poll, tied)
    return Resolved(table(rows), tuple(ties), _asked(asked))


def dawid_skene(annotations: pa.Table, codebook: Codebook) -> Resolved:
    """Labels by Dawid and Skene's model, one for each question: see :mod:`curation.annotation.resolution.dawid_skene`.

    Who votes is as in :func:`majority`. A question with one answer takes the most probable value; one with several
    is taken as a yes or no to each value. The distribution holds probabilities. Values that are equally
    probable are a tie. Spans are not resolved.

    Args:
        annotations: the answers that shall count.
        codebook: the questions.
    """
    rows: list[dict[str, Any]] = []
    ties: list[Tie] = []
    notes = []
    asked = polls(annotations, codebook)
    for question, group in groupby(asked, key=lambda poll: poll.question):
        votes = list(group)
        several = question.kind == "choices"
        if several:
            fits = [
                _fitted([{name: value in given for name, given in poll.said.items()} for poll in votes], (False, True))
                for value in question.values
            ]
            chances = np.stack([found.posterior[:, 1] for found in fits], axis=1)
        else:
            fits = [
                _fitted([{name: min(given) for name, given in poll.said.items()} for poll in votes], question.values)
            ]
            chances = fits[0].posterior
        for poll, chance in zip(votes, chances, strict=True):
            values, tied = _likeliest(dict(zip(question.values, chance.tolist(), strict=True)), several=several)
            told = {v: round(p, 4) for v, p in zip(question.values, chance.tolist(), strict=True) if p >= 0.00005}
            rows += [row(poll, value, told, "dawid_skene") for value in values]
            ties += _ties(poll, tied)
        steps = max(found.steps for found in fits)
        said = "converged" if all(found.converged for found in fits) else "NOT converged"
        notes.append(f"{question.name}: {said} after {steps} steps")
        if (people := len({name for poll in votes for name in poll.said})) < LEAST:
            notes.append(f"{question.name}: {people} annotators tell the model too little; adjudicate, or use majority")
    return Resolved(table(rows), tuple(ties), _asked(asked), tuple(notes))


def row(poll: Poll, value: str, distribution: Mapping[str, float], method: str) -> dict[str, Any]:
    """A label as a row of the table."""
    campaign, document_id, target = poll.unit
    return {
        "campaign": campaign,
        "document_id": document_id,
        "target": target,
        "question": poll.question.name,
        "value": value,
        "distribution": canonical_json(distribution),
        "method": method,
        "n_votes": len(poll.said),
    }


def table(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """The table `labels`, sorted by its key."""
    keys = [(key, "ascending") for key in schema.table_schema("labels").key]
    return schema.from_rows("labels", rows).sort_by(keys)


def _asked(asked: Iterable[Poll]) -> frozenset[tuple[Unit, str]]:
    return frozenset((poll.unit, poll.question.name) for poll in asked)


def _ties(poll: Poll, tied: Iterable[str]) -> list[Tie]:
    """Of values that are equally frequent, or of each value that half of the votes are for."""
    if poll.question.kind == "choices":
        return [Tie(poll.unit, poll.question.name, value) for value in tied]
    return [Tie(poll.unit, poll.question.name, None)] if tied else []


def _fitted(votes: Sequence[Mapping[str, Any]], values: Sequence[Any]) -> Fit:
    """The model of votes: of each unit, the value that each annotator gave."""
    people = sorted({name for by in votes for name in by})
    places = {name: i for i, name in enumerate(people)}, {value: i for i, value in enumerate(values)}
    rows = [(unit, places[0][name], places[1][value]) for unit, by in enumerate(votes) for name, value in by.items()]
    unit, annotator, label = np.array(sorted(rows), np.int64).reshape(-1, 3).T
    return fit(unit, annotator, label, len(values))


def _likeliest(chances: Mapping[str, float], *, several: bool) -> tuple[list[str], list[str]]:
    """The values that the model takes for true, and those that are tied.

    >>> _likeliest({"favor": 0.9, "against": 0.1}, several=False), _likeliest({"cut": 0.5, "short": 0.7}, several=True)
    ((['favor'], []), (['short'], ['cut']))
    """
    if several:
        won = [value for value, chance in chances.items() if chance > 0.5 + SAME]
        return won, [value for value, chance in chances.items() if abs(chance - 0.5) <= SAME]
    most = max(chances.values())
    won = [value for value, chance in chances.items() if chance >= most - SAME]
    return (won, []) if len(won) == 1 else ([], won)


def _winners(counts: Counter[str], n_votes: int, *, several: bool) -> tuple[list[str], list[str]]:
    """The values that won, and those that are tied.

    >>> from collections import Counter
    >>> _winners(Counter(favor=2, against=1), 3, several=False), _winners(Counter(favor=1, against=1), 2, several=False)
    ((['favor'], []), ([], ['against', 'favor']))
    >>> _winners(Counter(health=3, disaster=2, politics=1), 4, several=True)
    (['health'], ['disaster'])
    """
    if several:
        won = sorted(value for value, count in counts.items() if 2 * count > n_votes)
        return won, sorted(value for value, count in counts.items() if 2 * count == n_votes)
    most = max(counts.values(), default=0)
    won = sorted(value for value, count in counts.items() if count == most)
    return (won, []) if len(won) <= 1 else ([], won)
