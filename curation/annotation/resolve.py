"""From answers to labels: the plain majority vote.

It is the baseline that readers expect and can recompute by hand; every label keeps its votes. A tie is no
label: which of two equally frequent answers is right, the votes can't tell, and drawing lots would add
labels that nobody gave. Ties are counted and go to adjudication.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curation import schema
from curation.store import canonical_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    import pyarrow as pa

    from curation.annotation.codebook import Codebook, Question

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
        for unit, votes in sorted(_votes(question, ballots).items(), key=lambda item: str(item[0])):
            counts = Counter(value for values in votes for value in values)
            n_votes = len(votes)
            values, tied = _winners(counts, n_votes, several=question.kind == "choices")
            ties += tied
            rows += [_row(unit, question.name, value, counts, n_votes) for value in values]
    labels = schema.from_rows("labels", rows)
    keys = [(key, "ascending") for key in schema.table_schema("labels").key]
    return Resolved(labels.sort_by(keys), ties)


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


def _votes(question: Question, ballots: Iterable[Ballot]) -> dict[Unit, list[set[str]]]:
    """What each annotator's last ballot says to a question; a set may be empty where several answers may."""
    last: dict[Unit, dict[str, Ballot]] = defaultdict(dict)
    for ballot in sorted(ballots, key=lambda ballot: ballot.when):
        target = ballot.target if question.per == "target" else None
        last[ballot.campaign, ballot.document_id, target][ballot.annotator] = ballot
    return {unit: list(_cast(question, by.values())) for unit, by in last.items()}


def _cast(question: Question, ballots: Iterable[Ballot]) -> Iterator[set[str]]:
    for ballot in ballots:
        given = ballot.answers.get(question.name, set())
        if given or (question.kind == "choices" and question.is_asked(ballot.answers)):
            yield given


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


def _row(unit: Unit, question: str, value: str, counts: Counter[str], n_votes: int) -> dict[str, Any]:
    campaign, document_id, target = unit
    return {
        "campaign": campaign,
        "document_id": document_id,
        "target": target,
        "question": question,
        "value": value,
        "distribution": canonical_json(counts),
        "method": "majority",
        "n_votes": n_votes,
    }
