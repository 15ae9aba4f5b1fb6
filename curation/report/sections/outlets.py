"""The outlets: what became of their articles, and what each of the last batches brought of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

from curation.report.excerpt import clipped, visible

if TYPE_CHECKING:
    import numpy.typing as npt
    import pyarrow as pa

    Counts = npt.NDArray[np.int64]

Rows = list[dict[str, Any]]

MOST_OUTLETS = 60
#: batches that are drawn beside an outlet
NIGHTS = 14
_NAMED = ("selected", "duplicate", "failed_checks", "out_of_scope")


def outlet_rows(documents: pa.Table) -> Rows:
    """Documents by outlet and outcome, largest outlet first; the small ones in one row at the end.

    Each outlet has its articles in each of the last batches, too (`nights`).
    """
    nights = _nights(documents)
    counts = documents.group_by(["outlet", "outcome"]).aggregate([("removed", "count"), ("removed", "sum")])
    found: dict[str, Counter[str]] = {}
    removed: Counter[str] = Counter()
    for row in counts.to_pylist():
        found.setdefault(row["outlet"], Counter())[row["outcome"] or "not_selected_yet"] += row["removed_count"]
        removed[row["outlet"]] += row["removed_sum"]
    order = sorted(found, key=lambda outlet: (-found[outlet].total(), outlet))
    rows = [
        _row(clipped(visible(outlet), 60), found[outlet], removed[outlet], nights[outlet][-NIGHTS:].tolist())
        for outlet in order[:MOST_OUTLETS]
    ]
    if rest := order[MOST_OUTLETS:]:
        together = sum((found[outlet] for outlet in rest), Counter[str]())
        rows.append(_row("", together, sum(removed[outlet] for outlet in rest), []) | {"others": len(rest)})
    return rows


def _row(outlet: str, outcomes: Counter[str], removed: float, nights: list[int]) -> dict[str, Any]:
    articles = outcomes.total()
    return {
        "outlet": outlet,
        "others": 0,
        "articles": articles,
        **{name: outcomes[name] for name in _NAMED},
        "other": articles - sum(outcomes[name] for name in _NAMED),
        "removed": removed / articles,
        "nights": nights,
    }


def _nights(documents: pa.Table) -> dict[str, Counts]:
    """How many articles of each outlet each batch brought, oldest batch first."""
    batches = (pc.max(documents["arrival"]).as_py() or 0) + 1
    found: dict[str, Counts] = {}
    for row in documents.group_by(["outlet", "arrival"]).aggregate([("id", "count")]).to_pylist():
        found.setdefault(row["outlet"], np.zeros(batches, np.int64))[row["arrival"]] = row["id_count"]
    return found
