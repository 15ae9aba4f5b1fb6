"""Each measure with its limit: how the corpus lies to it, and the documents nearest to it on both sides."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.quality import MEASURES
from curation.report.excerpt import plain

if TYPE_CHECKING:
    import numpy.typing as npt

    from curation.config import Config, Limit
    from curation.workspace import Workspace

    Values = npt.NDArray[np.float64]

Rows = list[dict[str, Any]]

BINS = 48
#: documents on each side of a limit
NEAREST = 3
QUANTILES = (0.01, 0.5, 0.99)


def measure_rows(workspace: Workspace, settings: Config) -> Rows:
    """Every measure that has a limit, those that drop most first.

    Returns:
        measure, unit, summary, min, max, told (documents that could be measured), quantiles, documents (that break it),
        alone (that break nothing else), edges and counts (the histogram), near (ids and values).
    """
    broken, alone = _reasons(workspace)
    ids = _column(workspace, "id").combine_chunks()
    rows = []
    for one in MEASURES:
        limit = settings.quality.limits.get(one.name)
        if limit is None or (limit.min is None and limit.max is None):
            continue
        values = _column(workspace, one.name).to_numpy(zero_copy_only=False).astype(np.float64)
        told = np.flatnonzero(~np.isnan(values))
        rows.append(
            {
                "measure": one.name,
                "unit": one.unit,
                "summary": plain(one.summary),
                "min": limit.min,
                "max": limit.max,
                "told": len(told),
                "quantiles": np.quantile(values[told], QUANTILES).tolist() if len(told) else [],
                "documents": broken[one.name],
                "alone": alone[one.name],
                **histogram_of(values[told], limit),
                "near": nearest_of(ids, values, told, limit),
            }
        )
    return sorted(rows, key=lambda row: -row["documents"])


def _column(workspace: Workspace, name: str) -> pa.ChunkedArray:
    """One column of all measures; never more than one is held."""
    empty = schema.empty("measures").select([name])
    tables = store.scan(workspace.tables("judge", "measures"), [name], rows=50_000)
    return pa.concat_tables([empty, *tables])[name]


def _reasons(workspace: Workspace) -> tuple[Counter[str], Counter[str]]:
    """How many documents break each limit: at all, and as the only one."""
    reasons = workspace.corpus_stage("select").read("verdicts", ["reasons"])["reasons"]
    single = reasons.filter(pc.equal(pc.list_value_length(reasons), 1))
    every, only = (pc.value_counts(pc.list_flatten(some)).to_pylist() for some in (reasons, single))
    return Counter({row["values"]: row["counts"] for row in every}), Counter(
        {row["values"]: row["counts"] for row in only}
    )


def histogram_of(values: Values, limit: Limit) -> dict[str, Any]:
    """Counts in equal bins around what is usual and the limit; what lies beyond stands in the last bins."""
    if not len(values):
        return {"edges": [], "counts": []}
    bounds = [bound for bound in (limit.min, limit.max) if bound is not None]
    ends = [float(end) for end in np.quantile(values, (0.005, 0.995))]
    low, high = min(ends[0], *bounds), max(ends[1], *bounds)
    width = (high - low) or 1.0
    low, high = (max(0.0, low - 0.04 * width) if low >= 0 else low - 0.04 * width), high + 0.04 * width
    counts, edges = np.histogram(np.clip(values, low, high), BINS, (low, high))
    return {"edges": edges.tolist(), "counts": counts.tolist()}


def nearest_of(ids: pa.Array, values: Values, told: npt.NDArray[np.int64], limit: Limit) -> Rows:
    """The documents nearest to each bound, on both sides; those that break it first."""
    found: dict[str, dict[str, Any]] = {}
    usual = np.median(values[told]) if len(told) else 0.0
    for bound in (limit.min, limit.max):
        if bound is None:
            continue
        breaks = values[told] < bound if bound == limit.min else values[told] > bound
        # what is like most others is not near the limit, and shows nothing
        inside = told[~breaks & (values[told] != usual)]
        for is_broken, side in ((True, told[breaks]), (False, inside)):
            for row in side[_first(np.abs(values[side] - bound))]:
                key = ids[int(row)].as_py()
                found.setdefault(key, {"id": key, "value": float(values[row]), "breaks": is_broken})
    return sorted(found.values(), key=lambda row: (not row["breaks"], row["value"], row["id"]))


def _first(distance: Values) -> npt.NDArray[np.int64]:
    """Where the few smallest are, without sorting all; of equal ones the first."""
    if len(distance) <= NEAREST:
        return np.arange(len(distance))
    farthest = np.partition(distance, NEAREST - 1)[NEAREST - 1]
    near = np.flatnonzero(distance <= farthest)
    return near[np.argsort(distance[near], kind="stable")][:NEAREST]
