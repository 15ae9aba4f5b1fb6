"""What a run tells: how far a stage has come while it is at work, and what became of it."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curation.timings import Memory, Spent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from curation.engine import Engine


@dataclass(frozen=True)
class Done:
    """What became of one stage of one batch (or of the corpus)."""

    stage: str
    batch: str | None
    #: made, unchanged, quarantined or empty
    outcome: str
    rows: Mapping[str, int]
    seconds: float
    detail: str = ""
    spent: Spent = field(default_factory=Spent)

    def fails(self, asked: Collection[str]) -> bool:
        """Whether the run ends with exit 1 for it: a batch is quarantined now, or was asked for and still is."""
        return self.outcome == "quarantined" or (self.outcome == "still quarantined" and self.batch in asked)


@dataclass
class Progress:
    """How far a stage has come; as text, a line for people.

    >>> print(Progress("clean", "maret", 4_000, 1_000, started=time.monotonic() - 10))
    clean maret: 1,000 of 4,000, 100 a second, 30 s left
    """

    stage: str
    batch: str | None
    #: documents at its end; None where only the end will tell
    total: int | None
    documents: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def rate(self) -> float:
        """Documents a second; 0 at the very beginning."""
        seconds = time.monotonic() - self.started
        return self.documents / seconds if seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; None where that can't be told.

        >>> Progress("clean", "maret", 100, 50, started=time.monotonic() - 10).seconds_left.__round__()
        10
        >>> Progress("ingest", "maret", None, 50).seconds_left
        """
        return (self.total - self.documents) / self.rate if self.total is not None and self.rate else None

    def __str__(self) -> str:
        """Documents, rate and time left."""
        of = "" if self.total is None else f" of {self.total:,}"
        left = "" if self.seconds_left is None else f", {_minutes(self.seconds_left)} left"
        return f"{self.stage} {self.batch or 'corpus'}: {self.documents:,}{of}, {self.rate:,.0f} a second{left}"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def metered(events: Iterator[Done], engine: Engine, memory: bool) -> Iterator[Done]:
    """The same events, each with what its stage took.

    Args:
        events: work is done while the next one is asked for.
        engine: of this run, whose workers' time counts in.
        memory: whether to watch that, too; it costs a look at every process ten times a second.
    """
    while True:
        clock, engine.spent = time.process_time(), Spent()
        with Memory() if memory else nullcontext() as watched:
            event = next(events, None)
        if event is None:
            return
        spent = Spent(time.process_time() - clock, watched.peak if watched else 0)
        spent.add(engine.spent)
        yield replace(event, spent=spent)
