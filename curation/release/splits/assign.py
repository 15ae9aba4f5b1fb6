"""The split of every document: near-duplicates together, the newest for the test, and nobody ever moves.

A model is used on tomorrow's news, so it is tested on the newest: units (clusters of near-duplicates, or what the
settings tie together beside them) are cut by the time at which they first appeared. The first version fixes the two
days; later versions keep them, and each document that was published keeps its split. A new document that ties units of
two splits is near to both and goes to neither: it is held.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Splits

Numbers = npt.NDArray[np.int64]

HELD = "held"
NAMES = ("train", "validation", "test", HELD)
TRAIN, VALIDATION, TEST = range(3)
#: later than any day: a unit without a date, or a cut that is not there
_NEVER = np.iinfo(np.int64).max
_TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Cuts:
    """When validation and test begin, as the manifest tells; None where nothing is cut."""

    validation_from: datetime | None = None
    test_from: datetime | None = None

    def split(self, first: Numbers) -> Numbers:
        """Where units that first appeared then belong, as places in :data:`NAMES`; what has no date is for training.

        >>> cuts = Cuts(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
        >>> march = _microseconds(datetime(2026, 3, 9, tzinfo=UTC))
        >>> [NAMES[place] for place in cuts.split(np.array([march, _NEVER]))]
        ['validation', 'train']
        """
        test, validation = (_microseconds(when) for when in (self.test_from, self.validation_from))
        later = np.where(first >= test, TEST, np.where(first >= validation, VALIDATION, TRAIN))
        return np.where(first == _NEVER, TRAIN, later)

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
    before: pa.Table | None = None,
    cuts: Cuts | None = None,
    ties: pa.Table | None = None,
) -> Assigned:
    """The split of each document.

    Args:
        documents: id, cluster_id, outlet, published_at.
        settings: what lies together, and the shares.
        before: id and split of the documents that a version has published.
        cuts: of that version; None computes them.
        ties: id and the name of anything that keeps documents together: an event, a target.
    """
    ids = documents["id"].combine_chunks()
    ties = _of(ids, ties)
    unit, count = _units(documents, settings, ties)
    time = pc.fill_null(documents["published_at"].cast(_TIME).cast(pa.int64()), _NEVER).to_numpy()
    first = _least(time, unit, count, _NEVER)
    by_time = settings.by in ("cluster", "event")
    if cuts is None:
        cuts = _cuts(np.sort(first[first < _NEVER]), settings) if by_time else Cuts()
    if by_time:
        split = cuts.split(first)
    elif settings.by == "outlet":
        split = _by_name(documents["outlet"], unit, count, settings)
    else:
        split = _by_name(ties["name"], unit[ties["row"].to_numpy()], count, settings)
    # a unit of which something was published stays with it; one that ties two splits is held
    known = _published(ids, before)
    old, units = known[known >= 0], unit[known >= 0]
    least, most = _least(old, units, count, len(NAMES)), -_least(-old, units, count, 1)
    split = np.where(most < 0, split, np.where(least == most, least, NAMES.index(HELD)))
    found = np.where(known >= 0, known, split[unit])
    return Assigned(pa.table({"id": ids, "split": pa.array(NAMES).take(pa.array(found))}), cuts)


def _of(ids: pa.Array, ties: pa.Table | None) -> pa.Table:
    """The row of each document that is tied, and the name of what ties it."""
    if ties is None:
        return pa.table({"row": pa.array([], pa.int64()), "name": pa.array([], pa.string())})
    row = pc.index_in(ties["id"], value_set=ids).cast(pa.int64())
    return pa.table({"row": row, "name": ties["name"]}).filter(pc.is_valid(row))


def _published(ids: pa.Array, before: pa.Table | None) -> Numbers:
    """The split of each document that was published, as its place in :data:`NAMES`; -1 for the others."""
    if before is None:
        return np.full(len(ids), -1)
    split = before["split"].take(pc.index_in(ids, value_set=before["id"].combine_chunks()))
    return np.asarray(pc.fill_null(pc.index_in(split, value_set=pa.array(NAMES)), -1), np.int64)


def _units(documents: pa.Table, settings: Splits, ties: pa.Table) -> tuple[Numbers, int]:
    """The number of each document's unit, and how many there are: what is tied, directly or not, lies together."""
    every = np.arange(documents.num_rows)
    tied = [(every, documents["cluster_id"])]
    if settings.by == "outlet":
        tied.append((every, documents["outlet"]))
    tied.append((ties["row"].to_numpy(), ties["name"]))
    first, second, size = [], [], documents.num_rows
    for rows, names in tied:
        code = names.combine_chunks().dictionary_encode()
        first.append(rows)
        second.append(size + code.indices.to_numpy())
        size += len(code.dictionary)
    rows = np.concatenate(first)
    graph = coo_array((np.ones(len(rows), np.int8), (rows, np.concatenate(second))), shape=(size, size))
    count, unit = connected_components(graph, directed=False)
    return unit[: documents.num_rows].astype(np.int64), int(count)


def _least(values: Numbers, unit: Numbers, count: int, nothing: int) -> Numbers:
    """The least value of each unit; `nothing` where it has none."""
    found = np.full(count, nothing, np.int64)
    np.minimum.at(found, unit, values)
    return found


def _microseconds(when: datetime | None) -> int:
    return int(pa.scalar(when, _TIME).value) if when else _NEVER


def _cuts(times: Numbers, settings: Splits) -> Cuts:
    """The times from which on the newest shares of the units begin, unless the settings name days.

    Args:
        times: when the units first appeared, in order, in microseconds.
        settings: the shares, or the days.

    >>> from curation.config import Splits
    >>> days = np.array([_microseconds(datetime(2026, 3, day, tzinfo=UTC)) for day in range(1, 11)])
    >>> cuts = _cuts(days, Splits(validation=0.2, test=0.1))
    >>> cuts.validation_from.day, cuts.test_from.day
    (8, 10)
    """

    def newest(share: float, among: Numbers) -> datetime | None:
        count = round(share * len(times))
        if not 0 < count <= len(among):
            return None
        found: datetime = pa.scalar(int(among[-count]), _TIME).as_py()
        return found

    def start(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    test = start(settings.test_from) if settings.test_from else newest(settings.test, times)
    if settings.validation_from:
        return Cuts(start(settings.validation_from), test)
    return Cuts(newest(settings.validation, times[times < _microseconds(test)]), test)


def _by_name(names: pa.ChunkedArray, unit: Numbers, count: int, settings: Splits) -> Numbers:
    """The split of each unit by the first of its names in the alphabet; a unit without any is for training."""
    every = pc.unique(names).sort()
    lots = [_by_lot(name, settings) for name in every.to_pylist()]
    rank = pc.index_in(names, value_set=every).to_numpy().astype(np.int64)
    return np.array([*lots, TRAIN])[_least(rank, unit, count, len(lots))]


def _by_lot(name: str, settings: Splits) -> int:
    """A split by shares; a hash stands for chance, so a name always draws the same."""
    lot = int.from_bytes(hashlib.sha256(f"split\0{name}".encode()).digest()[:8]) / 2**64
    return TEST if lot < settings.test else VALIDATION if lot < settings.test + settings.validation else TRAIN
