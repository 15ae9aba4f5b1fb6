"""Verdicts: what the limits say of the measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Limit


def verdicts(measures: pa.Table, limits: Mapping[str, Limit]) -> pa.Table:
    """The verdicts table: every measure whose limit a document breaks, in the order of the measures.

    A measure that can't be told breaks nothing.

    >>> from curation.config import Limit
    >>> table = schema.from_rows("measures", [{"id": "a", "word_count": 12.0, "gambling": 7.5}])
    >>> verdicts(table, {"gambling": Limit(max=1), "word_count": Limit(min=60)})["reasons"].to_pylist()
    [['word_count', 'gambling']]
    """
    names = [name for name in measures.column_names if name in limits]
    broken = np.array([_breaks(measures[name], limits[name]) for name in names], bool)
    broken = broken.reshape(len(names), measures.num_rows)
    document, reason = np.nonzero(broken.T)
    offsets = np.searchsorted(document, np.arange(measures.num_rows + 1)).astype(np.int32)
    reasons = pa.array(names, pa.string()).take(pa.array(reason))
    table = {
        "id": measures["id"],
        "keep": ~broken.any(axis=0),
        "reasons": pa.ListArray.from_arrays(pa.array(offsets), reasons),
    }
    return schema.conform("verdicts", pa.table(table))


def _breaks(values: pa.ChunkedArray, limit: Limit) -> np.typing.NDArray[np.bool_]:
    outside = np.zeros(len(values), bool)
    if limit.min is not None:
        outside |= pc.fill_null(pc.less(values, limit.min), False).to_numpy()
    if limit.max is not None:
        outside |= pc.fill_null(pc.greater(values, limit.max), False).to_numpy()
    return outside
