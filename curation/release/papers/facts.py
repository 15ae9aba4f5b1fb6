"""What a release's card tells in figures, counted from the tables; narrow columns only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.release.shards import SPLITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: In the order in which a document meets them.
OUTCOMES = ("out_of_scope", "failed_checks", "duplicate", "decision", "withdrawn", "selected")
#: upper ends of the classes of lengths, in words
LENGTHS = (50, 100, 200, 300, 400, 600, 800, 1200, 2000)
COLUMNS = (
    "id", "outlet", "language", "published_at", "n_words", "cluster_size", "split", "label_status", "text_access",
)  # fmt: skip


@dataclass(frozen=True)
class Split:
    """One split of a release."""

    name: str
    rows: int
    labelled: int
    #: first and last day of publication; None where no date is known
    days: tuple[str, str] | None


@dataclass(frozen=True)
class Lengths:
    """How long the texts are, in words."""

    #: least, quartiles and most; none without documents
    quartiles: tuple[int, ...]
    #: class and documents
    classes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Facts:
    """Counts of a release; pairs of name and count, in the order in which they are printed."""

    rows: int
    words: int
    lengths: Lengths
    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    access: tuple[tuple[str, int], ...]
    #: documents by label_status
    labelled: tuple[tuple[str, int], ...]
    #: those that hold documents, in the order of :data:`curation.release.shards.SPLITS`
    splits: tuple[Split, ...]
    #: documents that stand for near-duplicates, and all documents of their clusters
    keepers: int
    copies: int
    #: documents by year, then by month from January; undated ones are in no year
    months: tuple[tuple[int, tuple[int, ...]], ...]
    undated: int
    #: documents of the release by kind of finding; empty where the table was not given
    findings: tuple[tuple[str, int], ...]
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
    released: Path,
    rejected: Sequence[Path] = (),
    selection: Path | None = None,
    edits: Sequence[Path] = (),
    findings: Sequence[Path] = (),
) -> Facts:
    """The facts of a released table and of the tables that it came from, some of them one a batch."""
    parts = [*store.scan([released], COLUMNS)]
    table = pa.concat_tables(parts or [schema.empty("released").select(COLUMNS)])
    dates = table["published_at"]
    when = _months(dates)
    years = sorted({year for year, _ in when})
    keepers = table.filter(pc.greater(table["cluster_size"], 1))
    return Facts(
        rows=table.num_rows,
        words=pc.sum(table["n_words"]).as_py() or 0,
        lengths=_lengths(table["n_words"].to_numpy()),
        outlets=_ranked(_counts(table["outlet"])),
        languages=_ranked(_counts(table["language"])),
        access=_ranked(_counts(table["text_access"])),
        labelled=_ranked(_counts(table["label_status"])),
        splits=tuple(_split(name, table.filter(pc.equal(table["split"], name))) for name in _held(table["split"])),
        keepers=keepers.num_rows,
        copies=pc.sum(keepers["cluster_size"]).as_py() or 0,
        months=tuple((year, tuple(when[year, month] for month in range(1, 13))) for year in years),
        undated=dates.null_count,
        findings=_ranked(_found(findings, table["id"].combine_chunks())),
        funnel=_funnel(rejected, selection),
        rules=_ranked(_tally(edits, "rule")),
    )


def _months(dates: pa.ChunkedArray) -> Counter[tuple[int, int]]:
    """Documents by year and month, those without a date left out."""
    number = pc.add(pc.multiply(pc.year(dates), 12), pc.subtract(pc.month(dates), 1)).drop_null()
    pairs = pc.value_counts(number).to_pylist()
    return Counter({(pair["values"] // 12, pair["values"] % 12 + 1): pair["counts"] for pair in pairs})


def _held(splits: pa.ChunkedArray) -> list[str]:
    known = set(pc.unique(splits).to_pylist())
    return [name for name in SPLITS if name in known]


def _split(name: str, table: pa.Table) -> Split:
    ends = pc.min_max(table["published_at"]).as_py()
    days = None if ends["min"] is None else (f"{ends['min']:%Y-%m-%d}", f"{ends['max']:%Y-%m-%d}")
    return Split(name, table.num_rows, _counts(table["label_status"])["labelled"], days)


def _lengths(words: np.ndarray[Any, Any]) -> Lengths:
    if not len(words):
        return Lengths((), ())
    # of words that are there: no mean of two
    quartiles = np.quantile(words, (0, 0.25, 0.5, 0.75, 1), method="lower")
    counts = np.bincount(np.searchsorted(LENGTHS, words), minlength=len(LENGTHS) + 1)
    lows = (0, *(end + 1 for end in LENGTHS))
    names = [f"{low:,} to {high:,}" for low, high in zip(lows, LENGTHS, strict=False)] + [f"{lows[-1]:,} and more"]
    return Lengths(tuple(map(int, quartiles)), tuple(zip(names, map(int, counts), strict=True)))


def _found(places: Sequence[Path], ids: pa.Array) -> Counter[str]:
    """Documents of the release by the kinds of finding that they have."""
    if not places:
        return Counter()
    parts = [part.filter(pc.is_in(part["id"], ids)) for part in store.scan(places, ["id", "kind"])]
    if not parts:
        return Counter()
    return _counts(pa.concat_tables(parts).group_by(["id", "kind"]).aggregate([])["kind"])


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
        counts.update(_counts(table[column]))
    return counts


def _counts(column: pa.ChunkedArray) -> Counter[str]:
    pairs = pc.value_counts(column).to_pylist()
    return Counter({pair["values"] or "unknown": pair["counts"] for pair in pairs})


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Largest first, equal ones by name."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
