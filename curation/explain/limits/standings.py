"""Measures for people: how a corpus lies to each limit, which documents are nearest to one, what another would do.

All of it rests on what was measured once. Only the rule book is another matter: what a cleaning rule does to verdicts
is seen by cleaning again, without it, the documents that it edits.
"""

from __future__ import annotations

import difflib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.config import Limit
from curation.errors import UsageError
from curation.explain.places import Places
from curation.quality import MEASURES
from curation.quality.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from curation.config import Quality
    from curation.explain.places import Row
    from curation.quality.measure import Measure
    from curation.workspace import Workspace

#: quantiles that are told of each measure
QUANTILES = (0.01, 0.5, 0.99)


def measured(workspace: Workspace | None, folder: Path | None) -> Places:
    """Where measures are: a workspace, or a folder that ``curation judge`` wrote.

    Raises:
        UsageError: none are there.
    """
    places = Places(folder) if folder else Places(workspace.root, workspace) if workspace else None
    if places is None:
        remedy = "Go to one, or name a folder that `curation judge` wrote: --in DIR"
        raise UsageError("there is no workspace here", remedy=remedy)
    if not places.has("measures"):
        remedy = f"Make them with: curation judge IN -o {folder}" if folder else "Run: curation run"
        raise UsageError("no measures are here yet", where=str(places.root.resolve()), remedy=remedy)
    return places


def _accepted(places: Places) -> list[Path]:
    """The measures that count: those of accepted batches."""
    return places.workspace.tables("judge", "measures") if places.workspace else places.of("measures")


def read_measures(places: Places, names: Sequence[str]) -> pa.Table:
    """Some measures of all documents, sorted by id."""
    columns = ["id", *names]
    tables = [schema.empty("measures").select(columns), *store.scan(_accepted(places), columns, rows=50_000)]
    return pa.concat_tables(tables).combine_chunks().sort_by("id")


# -- how a corpus lies to its limits --------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One measure over a corpus."""

    name: str
    unit: str
    limit: Limit
    #: documents that could be measured
    told: int
    #: the values of QUANTILES; none where nothing could be measured
    quantiles: tuple[float, ...]
    #: documents that break the limit, and those that break no other
    broken: int = 0
    alone: int = 0

    def to_dict(self) -> Row:
        """All of it as plain values."""
        found = asdict(self) | {"limit": {"min": self.limit.min, "max": self.limit.max}}
        return found | {"quantiles": dict(zip(map(str, QUANTILES), self.quantiles, strict=False))}


def listed(quality: Quality, name: str | None = None) -> list[Standing]:
    """The measures with their limits where there is no corpus."""
    chosen = [one for one in MEASURES if name in (None, one.name)]
    return [Standing(one.name, one.unit, quality.limits.get(one.name, Limit()), 0, ()) for one in chosen]


def names() -> list[str]:
    """Every measure by name."""
    return [one.name for one in MEASURES]


def find_measure(name: str) -> Measure:
    """The measure of this name.

    Raises:
        UsageError: there is none.
    """
    known = {one.name: one for one in MEASURES}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else "See them all: curation measures"
        raise UsageError(f"there is no measure '{name}'", remedy=remedy)
    return known[name]


def standings(places: Places, quality: Quality) -> list[Standing]:
    """Every measure over the corpus, in the order of the table."""
    limited = [one.name for one in MEASURES if one.name in quality.limits]
    judged = verdicts(read_measures(places, limited), quality.limits)
    n_reasons = pc.list_value_length(judged["reasons"])
    every = pc.value_counts(pc.list_flatten(judged["reasons"]))
    alone = pc.value_counts(pc.list_flatten(judged["reasons"].filter(pc.equal(n_reasons, 1))))
    broken, only = ({row["values"]: row["counts"] for row in counts.to_pylist()} for counts in (every, alone))
    found = []
    for one in MEASURES:
        values = read_measures(places, [one.name])[one.name].drop_null()
        quantiles = tuple(pc.quantile(values, QUANTILES).to_pylist()) if len(values) else ()
        limit = quality.limits.get(one.name, Limit())
        numbers = (broken.get(one.name, 0), only.get(one.name, 0))
        found.append(Standing(one.name, one.unit, limit, len(values), quantiles, *numbers))
    return found


def borderline(places: Places, name: str, limit: Limit, n: int) -> list[Row]:
    """The documents nearest to a measure's limit, up to `n` on each side of it, in the order of their values.

    Returns:
        id, value, breaks, title, outlet.

    Raises:
        UsageError: the measure has no limit.
    """
    if limit.min is None and limit.max is None:
        remedy = f"Give one: --set quality.{name}.min=1"
        raise UsageError(f"'{name}' has no limit in this profile", remedy=remedy)
    table = read_measures(places, [name])
    table = table.filter(pc.is_valid(table[name]))
    values = table[name].to_numpy()
    chosen: set[int] = set()
    for bound in (limit.min, limit.max):
        if bound is not None:
            broken = values < bound if bound == limit.min else values > bound
            for side in (np.flatnonzero(broken), np.flatnonzero(~broken)):
                near = side[np.argsort(np.abs(values[side] - bound), kind="stable")]
                chosen.update(near[:n].tolist())
    rows = sorted(chosen, key=lambda row: (values[row], row))
    ids = table["id"].take(pa.array(rows, pa.int64())).to_pylist()
    heads = titles(places, ids)
    return [
        {"id": key, "value": value, "breaks": not _inside(value, limit), **heads.get(key, {})}
        for key, value in zip(ids, (float(values[row]) for row in rows), strict=True)
    ]


def _inside(value: float, limit: Limit) -> bool:
    return (limit.min is None or value >= limit.min) and (limit.max is None or value <= limit.max)


def titles(places: Places, ids: Collection[str]) -> dict[str, Row]:
    """Headline and outlet of documents by id; none where there are no documents."""
    rows = places.rows("documents", "id", ids, columns=["id", "title", "outlet"]) if places.has("documents") else []
    return {row.pop("id"): row for row in rows}
