"""Copies: how many clusters of each size, the largest of them, and which outlet copied which."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.report.excerpt import clipped, visible
from curation.report.sections.corpus import values_of

Rows = list[dict[str, Any]]

if TYPE_CHECKING:
    from curation.workspace import Workspace

MOST_CLUSTERS = 10
MOST_ROUTES = 15


def cluster_figures(documents: pa.Table) -> dict[str, Any]:
    """How many clusters there are of each size, and the largest with their outlets and keepers.

    Returns:
        clusters, documents (in them), sizes: size, clusters; largest: cluster, size, outlets, keeper (an id).
    """
    clustered = documents.filter(pc.is_valid(documents["cluster_id"]))
    counted = clustered.group_by("cluster_id").aggregate([("id", "count")]).filter(pc.field("id_count") > 1)
    by_size = Counter(counted["id_count"].to_pylist())
    largest = counted.sort_by([("id_count", "descending"), ("cluster_id", "ascending")])[:MOST_CLUSTERS]
    return {
        "clusters": counted.num_rows,
        "documents": pc.sum(counted["id_count"]).as_py() or 0,
        "sizes": _grouped(by_size),
        "largest": [_cluster_row(documents, key) for key in largest["cluster_id"].to_pylist()],
    }


def _grouped(by_size: Counter[int]) -> Rows:
    """Clusters by size: single sizes up to five, then doubling ranges."""
    rows: Rows = []
    low, high = 2, 2
    while by_size and low <= max(by_size):
        count = sum(number for size, number in by_size.items() if low <= size <= high)
        rows.append({"size": f"{low}" if low == high else f"{low}–{high}", "clusters": count})
        low, high = high + 1, high + 1 if high < 5 else 2 * high
    return rows


def _cluster_row(documents: pa.Table, cluster: str) -> dict[str, Any]:
    members = documents.filter(pc.equal(documents["cluster_id"], cluster))
    outlets = Counter(members["outlet"].to_pylist())
    named = [
        f"{clipped(visible(outlet), 40)} ({n})" if n > 1 else clipped(visible(outlet), 40)
        for outlet, n in outlets.most_common(5)
    ]
    keeper = members["keeper_id"][0].as_py() or cluster
    others = [key for key in members["id"][:2].to_pylist() if key != keeper]
    return {
        "cluster": cluster,
        "size": members.num_rows,
        "outlets": named,
        "more": max(0, len(outlets) - 5),
        "keeper": keeper,
        "other": others[0] if others else keeper,
    }


def pair_figures(workspace: Workspace, documents: pa.Table) -> dict[str, Any]:
    """Pairs by kind, and who took most from whom.

    Returns:
        pairs, kinds: kind, merges, pairs; routes: taker, source, pairs; undirected (copies of which nobody can tell
        which came first).
    """
    pairs = workspace.corpus_stage("dedup").read("pairs", ["id_a", "id_b", "kind", "merges", "direction"])
    kinds = pairs.group_by(["kind", "merges"]).aggregate([("id_a", "count")]).to_pylist()
    copies = pairs.filter(pc.and_(pairs["merges"], pc.not_equal(pairs["kind"], "update")))
    directed = copies.filter(pc.is_valid(copies["direction"]))
    a, b = (values_of(documents, directed[side], "outlet") for side in ("id_a", "id_b"))
    taken = pc.equal(directed["direction"].combine_chunks(), "a_from_b")
    routes = pa.table({"taker": pc.if_else(taken, a, b), "source": pc.if_else(taken, b, a)})
    counted = routes.group_by(["taker", "source"]).aggregate([([], "count_all")]).to_pylist()
    counted.sort(key=lambda row: (-row["count_all"], row["taker"] or "", row["source"] or ""))
    return {
        "pairs": pairs.num_rows,
        "kinds": sorted(
            ({"kind": row["kind"], "merges": row["merges"], "pairs": row["id_a_count"]} for row in kinds),
            key=lambda row: (not row["merges"], -row["pairs"], row["kind"]),
        ),
        "routes": [
            {name: clipped(visible(row[name] or "?"), 50) for name in ("taker", "source")} | {"pairs": row["count_all"]}
            for row in counted[:MOST_ROUTES]
        ],
        "undirected": copies.num_rows - directed.num_rows,
    }
