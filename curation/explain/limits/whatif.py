"""What other limits would make of a corpus: verdicts before and after, and which documents flip.

Limits are held against what was measured once, so the answer takes a second whatever the corpus.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.explain.limits.standings import read_measures, titles
from curation.quality import MEASURES
from curation.quality.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curation.config import Quality
    from curation.explain.places import Places, Row


@dataclass(frozen=True)
class WhatIf:
    """Verdicts before and after a change."""

    #: documents that were looked at, of how many that the change may concern
    documents: int
    concerned: int
    passing: tuple[int, int]
    #: documents in the selection; none outside a workspace
    selected: tuple[int, int] | None
    #: measure → documents that break its limit, before and after
    reasons: Mapping[str, tuple[int, int]]
    #: documents whose verdict is another one: id, keep and reasons as they are then, keep_before, reasons_before
    flips: pa.Table
    #: every measure of the flips, after the change
    measures: pa.Table

    def to_dict(self) -> Row:
        """The counts as plain values."""
        pairs = {"passing": self.passing, "selected": self.selected, **self.reasons}
        before, after = ({name: pair[i] for name, pair in pairs.items() if pair} for i in (0, 1))
        counts = {"documents": self.documents, "concerned": self.concerned, "flips": self.flips.num_rows}
        return {**counts, "before": before, "after": after}

    @property
    def is_sample(self) -> bool:
        """Whether not all of the documents concerned were looked at."""
        return self.documents < self.concerned


def other_limits(places: Places, before: Quality, after: Quality) -> WhatIf:
    """Hold measures against other limits."""
    names = [one.name for one in MEASURES if one.name in before.limits or one.name in after.limits]
    measures = read_measures(places, names)
    old, new = verdicts(measures, before.limits), verdicts(measures, after.limits)
    return compare(places, measures, old, new, measures.num_rows)


def without_limits(quality: Quality, names: Sequence[str]) -> Quality:
    """The limits less those of some measures."""
    kept = {name: limit for name, limit in quality.limits.items() if name not in names}
    return msgspec.structs.replace(quality, limits=kept)


def compare(places: Places, measures: pa.Table, old: pa.Table, new: pa.Table, concerned: int) -> WhatIf:
    """What differs between two verdicts of the same documents, in the same order.

    Args:
        places: where the corpus is.
        measures: what the new verdicts were made of.
        old: verdicts.
        new: verdicts.
        concerned: documents that the change may concern, if these are a sample of them.
    """
    flips = new.append_column("keep_before", old["keep"]).append_column("reasons_before", old["reasons"])
    changed = pc.not_equal(new["keep"], old["keep"])
    counts = [Counter(pc.list_flatten(table["reasons"]).to_pylist()) for table in (old, new)]
    reasons = {
        one.name: (counts[0][one.name], counts[1][one.name])
        for one in MEASURES
        if counts[0][one.name] or counts[1][one.name]
    }
    passing = (pc.sum(old["keep"]).as_py() or 0, pc.sum(new["keep"]).as_py() or 0)
    flips, told = flips.filter(changed), measures.filter(changed)
    return WhatIf(new.num_rows, concerned, passing, _selected(places, flips), reasons, flips, told)


def _selected(places: Places, flips: pa.Table) -> tuple[int, int] | None:
    """How many documents are selected before and after: one a cluster that holds any that passes.

    What a person decided and what is out of scope stays as it is.
    """
    if not (places.workspace and places.has("selection")):
        return None
    selection = pa.concat_tables(store.read_table(place) for place in places.of("selection"))
    verdict = pa.concat_tables(store.read_table(place, ["id", "keep"]) for place in places.of("verdicts"))
    before = pc.sum(selection["selected"]).as_py() or 0
    where = pc.index_in(verdict["id"], flips["id"].combine_chunks())
    then = pc.coalesce(flips["keep"].combine_chunks().take(where), verdict["keep"])
    keep = pc.index_in(selection["id"], verdict["id"].combine_chunks())
    free = pc.is_in(selection["outcome"], pa.array(["selected", "failed_checks", "duplicate"]))
    columns = {
        "cluster": selection["keeper_id"],  # those of a cluster share their keeper
        "now": pc.and_(free, verdict["keep"].take(keep)),
        "then": pc.and_(free, then.take(keep)),
        "decided": pc.and_(selection["selected"], pc.not_equal(selection["why"], "selected")),
    }
    clusters = pa.table(columns).group_by("cluster").aggregate([(name, "any") for name in ("now", "then", "decided")])
    clusters = clusters.filter(pc.invert(clusters["decided_any"]))
    now, later = (pc.sum(clusters[f"{name}_any"]).as_py() or 0 for name in ("now", "then"))
    return before, before + later - now


def examples(places: Places, found: WhatIf, n: int) -> list[Row]:
    """Some documents whose verdict is another one: half of them go and half come, where there are both.

    Returns:
        id, keep (then), why (the measures that decide, with their values), title, outlet.
    """
    rows = found.flips.append_column("row", pa.array(range(found.flips.num_rows), pa.int64()))
    ways = [rows.filter(pc.equal(rows["keep"], way)) for way in (False, True)]
    share = [max(n // 2, n - ways[1 - way].num_rows) for way in (0, 1)]
    chosen = pa.concat_tables(way.slice(0, size) for way, size in zip(ways, share, strict=True)).slice(0, n)
    heads = titles(places, chosen["id"].to_pylist())
    values = found.measures.take(chosen["row"]).to_pylist()
    made = []
    for row, value in zip(chosen.to_pylist(), values, strict=True):
        reasons = row["reasons_before"] if row["keep"] else row["reasons"]
        why = [f"{name} {value[name]:,.4g}" if value.get(name) is not None else name for name in reasons]
        made.append({"id": row["id"], "keep": row["keep"], "why": why, **heads.get(row["id"], {})})
    return made
