"""The split of every document: near-duplicates together, the newest for the test, and nobody ever moves.

A model is used on tomorrow's news, so it is tested on the newest: units (clusters of near-duplicates, or what the
settings tie together beside them) are cut by the time at which they first appeared. The first version fixes the two
days; later versions keep them, and each document that was published keeps its split. A new document that ties units of
two splits is near to both and goes to neither: it is held.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curation.config import Splits

HELD = "held"


@dataclass(frozen=True)
class Cuts:
    """When validation and test begin, as the manifest tells; None where nothing is cut."""

    validation_from: datetime | None = None
    test_from: datetime | None = None

    def split(self, when: datetime | None) -> str:
        """Where a unit that first appeared then belongs; what has no date is for training.

        >>> cuts = Cuts(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
        >>> cuts.split(datetime(2026, 3, 9, tzinfo=UTC)), cuts.split(None)
        ('validation', 'train')
        """
        for name, start in (("test", self.test_from), ("validation", self.validation_from)):
            if when and start and when >= start:
                return name
        return "train"

    def to_dict(self) -> dict[str, str | None]:
        """For the manifest."""
        return {name: value and value.isoformat() for name, value in vars(self).items()}

    @classmethod
    def from_dict(cls, told: Mapping[str, str | None]) -> Cuts:
        """From the manifest."""
        found = {name: told.get(name) for name in ("validation_from", "test_from")}
        return cls(**{name: datetime.fromisoformat(value) if value else None for name, value in found.items()})


@dataclass(frozen=True)
class Assigned:
    """The split of each document, and the days on which it rests."""

    #: id, split
    table: pa.Table
    cuts: Cuts


def assign(
    documents: pa.Table,
    settings: Splits,
    *,
    before: Mapping[str, str] | None = None,
    cuts: Cuts | None = None,
    ties: Iterable[tuple[str, str]] = (),
) -> Assigned:
    """The split of each document.

    Args:
        documents: id, cluster_id, outlet, published_at.
        settings: what lies together, and the shares.
        before: splits of documents that a version has published.
        cuts: of that version; None computes them.
        ties: pairs of a document and a name of anything that keeps documents together: an event, a target.
    """
    before = before or {}
    ids = documents["id"].to_pylist()
    unit = _units(documents, settings, ties)
    when: dict[int, datetime] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for row, (number, time) in enumerate(zip(unit.tolist(), documents["published_at"].to_pylist(), strict=True)):
        members[number].append(row)
        if time and (number not in when or time < when[number]):
            when[number] = time
    by_time = settings.by in ("cluster", "event")
    if cuts is None:
        cuts = _cuts([when[number] for number in sorted(when)], settings) if by_time else Cuts()
    outlets, homes = documents["outlet"].to_pylist(), _homes(ids, ties)
    splits = [""] * len(ids)
    for number, rows in members.items():
        known = {before[ids[row]] for row in rows if ids[row] in before}
        if known:
            new = known.pop() if len(known) == 1 else HELD
        elif by_time:
            new = cuts.split(when.get(number))
        elif settings.by == "outlet":
            new = _by_lot(min(outlets[row] for row in rows), settings)
        else:
            names = [name for row in rows for name in homes.get(ids[row], ())]
            new = _by_lot(min(names), settings) if names else "train"
        for row in rows:
            splits[row] = before.get(ids[row], new)
    return Assigned(pa.table({"id": documents["id"], "split": pa.array(splits, pa.string())}), cuts)


def _units(documents: pa.Table, settings: Splits, ties: Iterable[tuple[str, str]]) -> np.ndarray[Any, Any]:
    """The number of each document's unit: what is tied, directly or through others, lies together."""
    numbers: dict[tuple[str, str], int] = {}
    first, second = [], []

    def tie(row: int, kind: str, name: str) -> None:
        first.append(row)
        second.append(len(rows) + numbers.setdefault((kind, name), len(numbers)))

    rows = {id_: row for row, id_ in enumerate(documents["id"].to_pylist())}
    for row, cluster in enumerate(documents["cluster_id"].to_pylist()):
        tie(row, "cluster", cluster)
    if settings.by == "outlet":
        for row, outlet in enumerate(documents["outlet"].to_pylist()):
            tie(row, "outlet", outlet)
    for id_, name in ties:
        if id_ in rows:
            tie(rows[id_], "tie", name)
    size = len(rows) + len(numbers)
    graph = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(size, size))
    unit: np.ndarray[Any, Any] = connected_components(graph, directed=False)[1][: len(rows)]
    return unit


def _cuts(times: list[datetime], settings: Splits) -> Cuts:
    """The times from which on the newest shares of the units begin, unless the settings name days.

    >>> from curation.config import Splits
    >>> days = [datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 11)]
    >>> cuts = _cuts(days, Splits(validation=0.2, test=0.1))
    >>> cuts.validation_from.day, cuts.test_from.day
    (8, 10)
    """
    times = sorted(times)

    def newest(share: float) -> datetime | None:
        count = round(share * len(times))
        return times[-count] if count else None

    def day(given: Any) -> datetime:
        return datetime(given.year, given.month, given.day, tzinfo=UTC)

    test = day(settings.test_from) if settings.test_from else newest(settings.test)
    if settings.validation_from:
        return Cuts(day(settings.validation_from), test)
    older = [time for time in times if test is None or time < test]
    count = round(settings.validation * len(times))
    return Cuts(older[-count] if 0 < count <= len(older) else None, test)


def _homes(ids: list[str], ties: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    known = set(ids)
    homes: dict[str, list[str]] = defaultdict(list)
    for id_, name in ties:
        if id_ in known:
            homes[id_].append(name)
    return homes


def _by_lot(name: str, settings: Splits) -> str:
    """A split by shares; a hash stands for chance, so a name always draws the same."""
    lot = int.from_bytes(hashlib.sha256(f"split\0{name}".encode()).digest()[:8]) / 2**64
    return "test" if lot < settings.test else "validation" if lot < settings.test + settings.validation else "train"
