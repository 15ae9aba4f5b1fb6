"""From answers to labels: the plain majority vote, or Dawid and Skene's model.

Majority is the baseline that readers expect and can recompute by hand; every label keeps its votes. A tie is no
label: which of two equally frequent answers is right, the votes can't tell, and drawing lots would add
labels that nobody gave. Ties are counted and go to adjudication. The model weighs each vote by how its annotator
errs, which pays where there are three or more, and where one is careless.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from curation import schema
from curation.annotation.resolution.dawid_skene import fit
from curation.store import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    import pyarrow as pa

    from curation.annotation.codebook import Codebook, Question
    from curation.annotation.resolution.dawid_skene import Fit

#: campaign, document, target (None for a question about the article)
Unit = tuple[str, str, str | None]

USED = [
    *("campaign", "task_key", "annotation_id", "document_id", "target"),
    *("question", "value", "skipped", "annotator", "updated_at"),
]


@dataclass(frozen=True)
class Resolved:
    """The labels, and how many questions stayed open because of a tie."""

    labels: pa.Table
    ties: int
    #: what there is to say about single questions
    notes: tuple[str, ...] = ()


#: labels whose probabilities differ by less are a tie
SAME = 1e-6


@dataclass
class Ballot:
    """All answers of one annotation."""

    campaign: str
    document_id: str
    annotator: str
    when: tuple[datetime, str]
    target: str | None = None
    answers: dict[str, set[str]] = field(default_factory=dict)


def majority(annotations: pa.Table, codebook: Codebook) -> Resolved:
    """Labels by majority: one vote an annotator, skips don't vote.

    A question with one answer takes the most frequent value; one with several takes every value that more
    than half of those who were asked gave. Where somebody answered a question about one article more than
    once (it stands on the page of each target), the last answer counts. Spans are not resolved.

    Args:
        annotations: the rounds that shall count.
        codebook: the questions.
    """
    ballots = list(_ballots(annotations))
    rows: list[dict[str, Any]] = []
    ties = 0
    for question in codebook.question:
        if question.kind == "spans":
            continue
        for unit, votes in _votes(question, ballots):
            counts = Counter(value for values in votes.values() for value in values)
            n_votes = len(votes)
            values, tied = _winners(counts, n_votes, several=question.kind == "choices")
            ties += tied
            rows += [_row(unit, question.name, value, counts, "majority", n_votes) for value in values]
    return Resolved(_labels(rows), ties)


def dawid_skene(annotations: pa.Table, codebook: Codebook) -> Resolved:
    """Labels by Dawid and Skene's model, one for each question: see :mod:`curation.annotation.resolution.dawid_skene`.

    Who votes is as in :func:`majority`. A question with one answer takes the most probable value; one with several
    is taken as a yes or no to each value. The distribution holds probabilities. Values that are equally
    probable are a tie. Spans are not resolved.

    Args:
        annotations: the rounds that shall count.
        codebook: the questions.
    """
    ballots = list(_ballots(annotations))
    rows: list[dict[str, Any]] = []
    ties = 0
    notes = []
    for question in codebook.question:
        votes = _votes(question, ballots)
        if question.kind == "spans" or not votes:
            continue
        several = question.kind == "choices"
        if several:
            fits = [
                _fitted([{name: value in given for name, given in by.items()} for _, by in votes], (False, True))
                for value in question.values
            ]
            chances = np.stack([found.posterior[:, 1] for found in fits], axis=1)
        else:
            fits = [_fitted([{name: min(given) for name, given in by.items()} for _, by in votes], question.values)]
            chances = fits[0].posterior
        for (unit, by), chance in zip(votes, chances, strict=True):
            values, tied = _likeliest(dict(zip(question.values, chance.tolist(), strict=True)), several=several)
            ties += tied
            told = {v: round(p, 4) for v, p in zip(question.values, chance.tolist(), strict=True) if p >= 0.00005}
            rows += [_row(unit, question.name, value, told, "dawid_skene", len(by)) for value in values]
        steps = max(found.steps for found in fits)
        said = "converged" if all(found.converged for found in fits) else "NOT converged"
        notes.append(f"{question.name}: {said} after {steps} steps")
    return Resolved(_labels(rows), ties, tuple(notes))


def _fitted(votes: Sequence[Mapping[str, Any]], values: Sequence[Any]) -> Fit:
    """The model of votes: of each unit, the value that each annotator gave."""
    people = sorted({name for by in votes for name in by})
    places = {name: i for i, name in enumerate(people)}, {value: i for i, value in enumerate(values)}
    rows = [(unit, places[0][name], places[1][value]) for unit, by in enumerate(votes) for name, value in by.items()]
    unit, annotator, label = np.array(sorted(rows), np.int64).reshape(-1, 3).T
    return fit(unit, annotator, label, len(values))


def _likeliest(chances: Mapping[str, float], *, several: bool) -> tuple[list[str], int]:
    """The values that the model takes for true, and the number of ties.

    >>> _likeliest({"favor": 0.9, "against": 0.1}, several=False), _likeliest({"cut": 0.5, "short": 0.7}, several=True)
    ((['favor'], 0), (['short'], 1))
    """
    if several:
        won = [value for value, chance in chances.items() if chance > 0.5 + SAME]
        return won, sum(abs(chance - 0.5) <= SAME for chance in chances.values())
    most = max(chances.values())
    won = [value for value, chance in chances.items() if chance >= most - SAME]
    return (won, 0) if len(won) == 1 else ([], 1)


def _labels(rows: list[dict[str, Any]]) -> pa.Table:
    keys = [(key, "ascending") for key in schema.table_schema("labels").key]
    return schema.from_rows("labels", rows).sort_by(keys)


def _ballots(annotations: pa.Table) -> Iterable[Ballot]:
    found: dict[tuple[str, str, str], Ballot] = {}
    for row in annotations.select(USED).to_pylist():
        if row["skipped"]:
            continue
        key = (row["campaign"], row["task_key"], row["annotator"])
        when = (row["updated_at"], row["annotation_id"])
        ballot = found.setdefault(key, Ballot(row["campaign"], row["document_id"], row["annotator"], when))
        ballot.target = row["target"] or ballot.target
        ballot.answers.setdefault(row["question"], set()).add(row["value"])
    return found.values()


def _votes(question: Question, ballots: Iterable[Ballot]) -> list[tuple[Unit, dict[str, set[str]]]]:
    """What each annotator's last ballot says to a question; a set may be empty where several answers may."""
    last: dict[Unit, dict[str, Ballot]] = defaultdict(dict)
    for ballot in sorted(ballots, key=lambda ballot: ballot.when):
        target = ballot.target if question.per == "target" else None
        last[ballot.campaign, ballot.document_id, target][ballot.annotator] = ballot
    cast = ((unit, dict(_cast(question, last[unit].values()))) for unit in sorted(last, key=str))
    return [(unit, votes) for unit, votes in cast if votes]


def _cast(question: Question, ballots: Iterable[Ballot]) -> Iterator[tuple[str, set[str]]]:
    for ballot in ballots:
        given = ballot.answers.get(question.name, set())
        if given or (question.kind == "choices" and question.is_asked(ballot.answers)):
            yield ballot.annotator, given


def _winners(counts: Counter[str], n_votes: int, *, several: bool) -> tuple[list[str], int]:
    """The values that won, and the number of ties.

    >>> _winners(Counter(favor=2, against=1), 3, several=False), _winners(Counter(favor=1, against=1), 2, several=False)
    ((['favor'], 0), ([], 1))
    >>> _winners(Counter(health=3, disaster=2, politics=1), 4, several=True)
    (['health'], 1)
    """
    if several:
        won = sorted(value for value, count in counts.items() if 2 * count > n_votes)
        return won, sum(2 * count == n_votes for count in counts.values())
    most = max(counts.values(), default=0)
    won = [value for value, count in counts.items() if count == most]
    return (won, 0) if len(won) <= 1 else ([], 1)


def _row(
    unit: Unit, question: str, value: str, distribution: Mapping[str, float], method: str, n_votes: int
) -> dict[str, Any]:
    campaign, document_id, target = unit
    return {
        "campaign": campaign,
        "document_id": document_id,
        "target": target,
        "question": question,
        "value": value,
        "distribution": canonical_json(distribution),
        "method": method,
        "n_votes": n_votes,
    }
