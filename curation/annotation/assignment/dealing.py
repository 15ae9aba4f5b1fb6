"""The queues while they are dealt: who has a task, who may have it, giving and taking back."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curation.annotation.assignment.queue import Assignment, lots
from curation.annotation.sampling.roles import NORMAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from curation.annotation.assignment.people import Member
    from curation.annotation.assignment.queue import Queues, Unit
    from curation.annotation.assignment.revision import Page, Pair


@dataclass
class Dealing:
    """The queues while they are dealt."""

    queues: Queues
    earlier: list[Assignment]
    pages: Mapping[Pair, Page]
    there: list[Member]
    version: str
    campaign: str
    at: datetime
    seed: int
    given: int = 0
    asked_again: int = 0
    taken_back: int = 0
    #: annotators of each task
    having: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        having: dict[str, list[str]] = defaultdict(list)
        for key, annotator in sorted(self.queues):
            having[key].append(annotator)
        self.having = having

    def rows(self, key: str) -> list[Assignment]:
        """The rows of a task."""
        return [self.queues[key, annotator] for annotator in self.having.get(key, ())]

    def missing(self, key: str, wanted: int) -> int:
        """Answers that nobody is asked for; below 0 where too many are."""
        return wanted - sum(row.is_pending or row.state == "answered" for row in self.rows(key))

    def take_back(self, units: Mapping[str, Unit]) -> None:
        """What nobody is to answer any more: of those who left, of tasks that are gone, and what is too much."""
        names = {member.annotator for member in self.there}
        for row in list(self.queues.values()):
            if row.is_pending and (row.annotator not in names or row.task_key not in units):
                self.remove(row)
        for key in list(self.having):
            if key in units and units[key].role != NORMAL:
                continue  # gold tasks are for all; probes follow their originals
            pending = [row for row in self.rows(key) if row.is_pending]
            pending.sort(key=lambda row: (row.state == "open", lots(self.seed, key, row.annotator)))
            over = -self.missing(key, pending[0].wanted) if pending else 0
            for row in pending[: max(over, 0)]:
                self.remove(row)

    def remove(self, row: Assignment) -> None:
        """Take back an untouched row; that it was handed out is remembered."""
        pair = row.task_key, row.annotator
        self.taken_back += 1
        if row.state == "open":
            self.queues[pair] = row._replace(state="withdrawn")
            return
        # who was asked again and no more is, stays who answered before
        before = [old for old in self.earlier if (old.task_key, old.annotator) == pair]
        if before:
            self.queues[pair] = before[-1]
            self.earlier.remove(before[-1])
        else:
            del self.queues[pair]
            self.having[row.task_key].remove(row.annotator)

    def rank(self, key: str, annotator: str) -> int | None:
        """How soon a person comes into question for a task; None if never.

        First who is to answer it again, then who never had it, then who skipped it under an older guideline, and at
        last who had it in the queue and lost it untouched.
        """
        row = self.queues.get((key, annotator))
        if row is None:
            return 1
        if row.state == "superseded":
            return 2 if self.pages[key, annotator].skipped else 0
        return 3 if row.state == "withdrawn" else None

    def give(self, key: str, name: str, round_: str, wanted: int) -> None:
        """Put a task into somebody's queue, not handed out yet."""
        row = self.queues.get((key, name))
        new = Assignment(
            self.campaign, round_, key, name, self.version, wanted, "waiting", None, None, None, self.at
        )  # fmt: skip
        if row is None:
            insort(self.having.setdefault(key, []), name)
        elif row.state == "superseded" and row.guideline_version != self.version:
            self.earlier.append(row)
        self.asked_again += row is not None and row.state == "superseded"
        self.given += row is None
        self.queues[key, name] = new
