"""Which of two copies was taken from the other, where they tell, and what tells it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    Numbers = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

#: where a text names the house that it comes from: "Dilansir X dari Y", the agency's line, the dateline
_SOURCES = ("syndicated_from", "publisher", "dateline")
_NEVER = np.iinfo(np.int64).min
_HOUR = dt.timedelta(hours=1) / dt.timedelta(microseconds=1)


def direction(documents: pa.Table, first: Numbers, second: Numbers) -> tuple[pa.Array, pa.Array]:
    """For each pair (a, b) of rows a_from_b, b_from_a or null, and what tells it.

    One that names the other's outlet as its source was taken from it; else the one that is older was there first.

    Args:
        documents: outlet, syndicated_from, publisher, dateline, published_at.
        first: row of each pair's a.
        second: row of each pair's b.
    """
    outlets = documents["outlet"].combine_chunks()
    outlet = outlets.dictionary_encode().indices.to_numpy()
    a_names_b, b_names_a = _names(documents, first, second), _names(documents, second, first)
    named = (outlet[first] != outlet[second]) & (a_names_b != b_names_a)
    source = outlets.take(pa.array(np.where(a_names_b, second, first)))
    when = pc.fill_null(documents["published_at"].cast(pa.int64()), _NEVER).to_numpy()
    one, two = when[first], when[second]
    dated = (one != _NEVER) & (two != _NEVER) & (one != two)
    hours = pa.array(np.round(np.abs(np.where(dated, one, 0) - np.where(dated, two, 0)) / _HOUR, 1)).cast(pa.string())
    from_b = np.where(named, a_names_b, two < one)
    which = pc.if_else(pa.array(from_b), "a_from_b", "b_from_a")
    why = pc.if_else(
        pa.array(named),
        pc.binary_join_element_wise("one names ", source, " as its source", ""),
        pc.binary_join_element_wise("one is ", hours, " h older", ""),
    )
    known = pa.array(named | dated)
    return pc.if_else(known, which, None), pc.if_else(known, why, None)


def _names(documents: pa.Table, one: Numbers, other: Numbers) -> Mask:
    """Whether the text of one names the outlet of the other as its source."""
    said = pc.binary_join_element_wise(*(pc.fill_null(documents[name], "") for name in _SOURCES), "\n")
    said, outlet = (pc.utf8_lower(c.combine_chunks()).dictionary_encode() for c in (said, documents["outlet"]))
    # few houses and few credits: each combination is looked at once
    combined = said.indices.to_numpy()[one].astype(np.int64) * len(outlet.dictionary) + outlet.indices.to_numpy()[other]
    distinct, place = np.unique(combined, return_inverse=True)
    texts, names = said.dictionary.to_pylist(), outlet.dictionary.to_pylist()
    holds = [
        names[number % len(names)] != "unknown" and names[number % len(names)] in texts[number // len(names)]
        for number in distinct.tolist()
    ]
    return np.array(holds, bool)[place]
