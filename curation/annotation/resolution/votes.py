"""Who said what: answers as polls, one for each question about each article, or about a target in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from curation.annotation.guideline.changes import today

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


@dataclass
class Ballot:
    """All answers of one annotation."""

    campaign: str
    document_id: str
    annotator: str
    when: tuple[datetime, str]
    target: str | None = None
    answers: dict[str, set[str]] = field(default_factory=dict)


class Poll(NamedTuple):
    """What everybody who was asked says to one question about one unit."""

    unit: Unit
    question: Question
    #: by annotator; a set may be empty where several answers may be given
    said: dict[str, set[str]]

    @property
    def counts(self) -> Counter[str]:
        """Votes by value."""
        return Counter(value for values in self.said.values() for value in values)


def polls(annotations: pa.Table, codebook: Codebook) -> list[Poll]:
    """The polls of all questions but spans, in the codebook's order, then by unit.

    One vote an annotator; skips don't vote. Where somebody answered a question about one article more than once (it
    stands on the page of each target), the last answer counts; a page that leaves it empty takes no answer back.

    Args:
        annotations: the answers that shall count.
        codebook: the questions.
    """
    cast = sorted(_ballots(today(annotations, codebook)), key=lambda ballot: ballot.when)
    return [poll for question in codebook.question if question.kind != "spans" for poll in _polls(question, cast)]


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


def _polls(question: Question, ballots: Iterable[Ballot]) -> Iterator[Poll]:
    last: dict[Unit, dict[str, Ballot]] = defaultdict(dict)
    for ballot in ballots:
        target = ballot.target if question.per == "target" else None
        before = last[ballot.campaign, ballot.document_id, target]
        earlier = before.get(ballot.annotator, ballot)
        if target is not None or question.name in ballot.answers or question.name not in earlier.answers:
            before[ballot.annotator] = ballot
    for unit in sorted(last, key=str):
        if said := dict(_said(question, last[unit].values())):
            yield Poll(unit, question, said)


def _said(question: Question, ballots: Iterable[Ballot]) -> Iterator[tuple[str, set[str]]]:
    for ballot in ballots:
        given = ballot.answers.get(question.name, set())
        if given or (question.kind == "choices" and question.is_asked(ballot.answers)):
            yield ballot.annotator, given
