"""When the articles were published, by what became of them: in days, months or years, whatever fits a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.compute as pc

if TYPE_CHECKING:
    import pyarrow as pa

#: the parts of a column, from below
SERIES = ("selected", "duplicate", "other")
MOST_BINS = 72
_UNITS = (("day", "D"), ("month", "M"), ("year", "Y"))


def timeline(documents: pa.Table) -> dict[str, Any]:
    """Articles by day, month or year of publication and outcome: the finest that needs at most 72 columns.

    Returns:
        unit; bins, each with its name and a count for each of :data:`SERIES`; earlier (articles before the first bin,
        where there are more than fit) and later (few, of odd dates); undated.
    """
    dated = documents.filter(pc.is_valid(documents["published_at"]))
    undated = documents.num_rows - dated.num_rows
    if not dated.num_rows:
        return {"unit": "day", "bins": [], "earlier": 0, "later": 0, "undated": undated}
    # days as clocks in Jakarta show them
    times = dated["published_at"].to_numpy().astype("datetime64[s]") + np.timedelta64(7, "h")
    # a few wrong dates must not press all the others into one column
    ends = np.sort(times)[[len(times) // 200, -1 - len(times) // 200]]
    unit, code = next(
        (one for one in _UNITS if _span(ends, one[1]) <= MOST_BINS),
        _UNITS[-1],
    )
    # numpy counts units from 1970; the columns end with the last of them that is not odd
    place = times.astype(f"datetime64[{code}]").astype(np.int64)
    last = int(ends[1].astype(f"datetime64[{code}]").astype(np.int64))
    first = max(int(ends[0].astype(f"datetime64[{code}]").astype(np.int64)), last - MOST_BINS + 1)
    outcome = pc.fill_null(dated["outcome"], "").to_numpy(zero_copy_only=False)
    series = np.where(outcome == "selected", 0, np.where(outcome == "duplicate", 1, 2))
    inside = (place >= first) & (place <= last)
    counts = np.zeros((last - first + 1, len(SERIES)), np.int64)
    np.add.at(counts, (place[inside] - first, series[inside]), 1)
    names = (np.arange(first, last + 1)).astype(f"datetime64[{code}]").astype(str)
    bins = [
        dict(zip(SERIES, row, strict=True)) | {"name": name} for name, row in zip(names, counts.tolist(), strict=True)
    ]
    return {
        "unit": unit,
        "bins": bins,
        "earlier": int((place < first).sum()),
        "later": int((place > last).sum()),
        "undated": undated,
    }


def _span(ends: Any, code: str) -> int:
    first, last = (int(end.astype(f"datetime64[{code}]").astype(np.int64)) for end in ends)
    return last - first + 1
