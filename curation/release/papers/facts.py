"""What a release's card tells in figures, counted from the tables; narrow columns only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from curation import store
from curation.release.shards import SPLITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: In the order in which a document meets them.
OUTCOMES = ("out_of_scope", "failed_checks", "duplicate", "decision", "withdrawn", "selected")


@dataclass(frozen=True)
class Facts:
    """Counts of a release; pairs of name and count, in the order in which they are printed."""

    rows: int
    words: int
    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    access: tuple[tuple[str, int], ...]
    #: documents by split, in the order of :data:`curation.release.shards.SPLITS`
    splits: dict[str, int]
    #: documents by year, then by month from January; undated ones are in no year
    months: tuple[tuple[int, tuple[int, ...]], ...]
    undated: int
    #: inputs by what became of them; empty where the tables were not given
    funnel: tuple[tuple[str, int], ...]
    #: edits by rule
    rules: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Audited:
    """What people found who judged a sample of what was dropped, or merged."""

    title: str
    result: str
    #: name, share that was right, its interval, judged tasks, documents behind them: of all, then by stratum
    shares: tuple[tuple[str, str, str, int, int], ...]
    notes: tuple[str, ...]


def gather(
    released: Path, rejected: Sequence[Path] = (), selection: Path | None = None, edits: Sequence[Path] = ()
) -> Facts:
    """The facts of a released table and of the tables that it came from, some of them one a batch."""
    when: Counter[tuple[int, int] | None] = Counter()
    words = 0
    for table in store.scan([released], ["published_at", "n_words"]):
        dates = table["published_at"]
        months = zip(pc.year(dates).to_pylist(), pc.month(dates).to_pylist(), strict=True)
        when.update(None if year is None else (year, month) for year, month in months)
        words += pc.sum(table["n_words"]).as_py() or 0
    years = sorted({key[0] for key in when if key})
    return Facts(
        rows=when.total(),
        words=words,
        outlets=_ranked(_tally([released], "outlet")),
        languages=_ranked(_tally([released], "language")),
        access=_ranked(_tally([released], "text_access")),
        splits=_in_order(_tally([released], "split")),
        months=tuple((year, tuple(when[year, month] for month in range(1, 13))) for year in years),
        undated=when[None],
        funnel=_funnel(rejected, selection),
        rules=_ranked(_tally(edits, "rule")),
    )


def _funnel(rejected: Sequence[Path], selection: Path | None) -> tuple[tuple[str, int], ...]:
    if not rejected or selection is None:
        return ()
    refused, outcomes = _tally(rejected, "reason"), _tally([selection], "outcome")
    order = {name: number for number, name in enumerate(OUTCOMES)}
    return (
        ("inputs", refused.total() + outcomes.total()),
        *((f"rejected: {reason}", count) for reason, count in _ranked(refused)),
        *sorted(outcomes.items(), key=lambda item: (order.get(item[0], len(order)), item[0])),
    )


def _tally(places: Sequence[Path], column: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for table in store.scan(places, [column]):
        for pair in pc.value_counts(table[column]).to_pylist():
            counts[pair["values"] or "unknown"] += pair["counts"]
    return counts


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return {split: counts[split] for split in SPLITS if counts[split]}


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Largest first, equal ones by name."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
