"""Texts side by side for the report: the largest clusters, and the pairs nearest to a decision."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.explain.compare import Comparison
from curation.explain.compare_page import pair_view
from curation.verbs.borderline import borderline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curation.config import Config
    from curation.workspace import Workspace

    Row = dict[str, Any]

CLUSTERS = 5
BORDERLINE = 6
#: rows and characters of a pair that are shown; `curation pairs A B` shows all
MOST_ROWS, MOST_TEXT = 12, 4_000


def side_by_side(workspace: Workspace, settings: Config, largest: Sequence[Row]) -> dict[str, list[Row]]:
    """Views of pairs: of the largest clusters the keeper beside its least similar copy, and borderline pairs.

    Returns:
        clusters and borderline, each a list of views with `more` (whether something was left out) and, of borderline
        pairs, `flip` (what would make it another).
    """
    stage = workspace.corpus_stage("dedup")
    # all but the sentences, which are most of the table
    columns = [name for name in schema.arrow_schema("pairs").names if name != "evidence"]
    pairs = stage.read("pairs", columns)
    shown = _of_clusters(pairs, [row["keeper"] for row in largest])[:CLUSTERS]
    near = borderline(pairs, settings.dedup, BORDERLINE).to_pylist() if pairs.num_rows else []
    keys = [(row["id_a"], row["id_b"]) for row in (*shown, *near)]
    whole = _pairs_of(workspace, keys)
    texts = _documents(workspace, {id_ for key in keys for id_ in key})
    numbers = count()
    views = [
        _view(Comparison(texts[a], texts[b], whole[a, b]), numbers) if a in texts and b in texts else None
        for a, b in keys
    ]
    flips = [view | {"flip": row["flip"]} for view, row in zip(views[len(shown) :], near, strict=True) if view]
    return {"clusters": [view for view in views[: len(shown)] if view], "borderline": flips}


def _of_clusters(pairs: pa.Table, keepers: Sequence[str]) -> list[Row]:
    """The merging pair of each keeper that shares least; of copies that share all there is nothing to see."""
    wanted = pa.array(keepers, pa.string())
    with_keeper = pc.or_(pc.is_in(pairs["id_a"], wanted), pc.is_in(pairs["id_b"], wanted))
    told = pc.and_(pairs["merges"], pc.less(pairs["jaccard"], 1.0))
    rows = (
        pairs.filter(pc.and_(with_keeper, told)).sort_by([("jaccard", "ascending"), ("id_a", "ascending")]).to_pylist()
    )
    of = (next((row for row in rows if keeper in (row["id_a"], row["id_b"])), None) for keeper in keepers)
    return [row for row in of if row]


def _pairs_of(workspace: Workspace, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]:
    """Whole rows of a few pairs."""
    wanted = pa.array(sorted({a for a, _ in keys}), pa.string())
    tables = store.scan_where([workspace.corpus_stage("dedup").table("pairs")], "id_a", wanted)
    rows = ((row["id_a"], row["id_b"], row) for table in tables for row in table.to_pylist())
    return {(a, b): row for a, b, row in rows if (a, b) in set(keys)}


def _documents(workspace: Workspace, ids: set[str]) -> dict[str, Row]:
    rows = store.rows_where(workspace.tables("clean", "documents"), "id", ids)
    return {row["id"]: row for row in rows}


def _view(c: Comparison, numbers: Iterator[int]) -> Row:
    """A pair with its first differences; of what is alike only how long it is."""
    view = pair_view(c, "", numbers)
    rows, room = [], MOST_TEXT
    for row in view["rows"]:
        if row["folded"]:
            rows.append({"words": row["folded"].split()[0]})
            continue
        room -= sum(len(piece["text"]) for side in ("left", "right") for piece in row[side])
        if rows and (room < 0 or len(rows) >= MOST_ROWS):
            return view | {"rows": rows, "more": True, "ids": (c.a["id"], c.b["id"])}
        rows.append(row)
    return view | {"rows": rows, "more": False, "ids": (c.a["id"], c.b["id"])}
