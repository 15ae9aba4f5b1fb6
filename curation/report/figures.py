"""The figures of the report, from the tables of a workspace; every list has an end, however large the corpus."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.config import Config, Scope
from curation.quality import MEASURES
from curation.report.excerpt import around, clipped, plain, visible
from curation.report.rulebook import Example, Hits, rule_hits, rule_rows
from curation.report.standing import batch_rows
from curation.stages.select import survey
from curation.workspace.decisions import read_decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curation.workspace import Workspace

Rows = list[dict[str, Any]]

MOST_OUTLETS = 100
MOST_BATCHES = 60
MOST_DECISIONS = 100
MOST_CLUSTERS = 10
EXAMPLES = 3


def outcomes_of(workspace: Workspace) -> pa.Table:
    """One narrow row a document with its outcome and cluster; null where it is not selected yet."""
    narrow = survey(workspace.tables("clean", "documents"), Scope()).select(
        ["id", "url", "outlet", "published_at", "removed"]
    )
    outcomes = workspace.corpus_stage("select").read("selection", ["id", "outcome", "keeper_id"])
    clusters = workspace.corpus_stage("dedup").read("clusters", ["id", "cluster_id"])
    return narrow.join(outcomes, "id").join(clusters, "id").sort_by("id")


def outlet_rows(documents: pa.Table) -> Rows:
    """Documents by outlet and outcome, largest outlet first; the small ones in one row at the end."""
    counts = documents.group_by(["outlet", "outcome"]).aggregate([("removed", "count"), ("removed", "sum")])
    found: dict[str, Counter[str]] = {}
    removed: Counter[str] = Counter()
    for row in counts.to_pylist():
        found.setdefault(row["outlet"], Counter())[row["outcome"] or "not_selected_yet"] += row["removed_count"]
        removed[row["outlet"]] += row["removed_sum"]
    order = sorted(found, key=lambda outlet: (-found[outlet].total(), outlet))
    rows = [_outlet_row(outlet, found[outlet], removed[outlet]) for outlet in order[:MOST_OUTLETS]]
    if rest := order[MOST_OUTLETS:]:
        together = sum((found[outlet] for outlet in rest), Counter[str]())
        rows.append(_outlet_row(f"{len(rest)} others", together, sum(removed[outlet] for outlet in rest)))
    return rows


def _outlet_row(outlet: str, outcomes: Counter[str], removed: float) -> dict[str, Any]:
    articles = outcomes.total()
    named = ("selected", "duplicate", "failed_checks", "out_of_scope")
    return {
        "outlet": clipped(outlet, 80),
        "articles": articles,
        **{name: outcomes[name] for name in named},
        "other": articles - sum(outcomes[name] for name in named),
        "removed": removed / articles,
    }


def rejection_rows(workspace: Workspace) -> Rows:
    """Why inputs are no articles, and an example of what was said of one."""
    found: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for table in store.scan(workspace.tables("ingest", "rejected"), ["reason", "detail"]):
        for reason, detail in zip(table["reason"].to_pylist(), table["detail"].to_pylist(), strict=True):
            found[reason] += 1
            examples.setdefault(reason, clipped(visible(detail or ""), 160))
    return [{"reason": reason, "inputs": n, "example": examples[reason]} for reason, n in found.most_common()]


def check_rows(workspace: Workspace, settings: Config) -> Rows:
    """Each measure with its limit, and how many documents break it: at all, and as the only one."""
    reasons = workspace.corpus_stage("select").read("verdicts", ["reasons"])["reasons"].to_pylist()
    broken = Counter(reason for some in reasons for reason in some)
    alone = Counter(some[0] for some in reasons if len(some) == 1)
    rows = []
    for measure in MEASURES:
        limit = settings.quality.limits.get(measure.name)
        bounds = [] if limit is None else [("at least", limit.min), ("at most", limit.max)]
        rows.append(
            {
                "measure": measure.name,
                "summary": plain(measure.summary),
                "limit": ", ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None),
                "documents": broken[measure.name],
                "alone": alone[measure.name],
            }
        )
    return rows


def hit_rows(workspace: Workspace, documents: int) -> Rows:
    """The rules with what each did here: edits, documents, their share, and examples; busiest first."""
    hits = rule_hits(
        *(workspace.tables("clean", name) for name in ("edits", "metadata", "findings")), examples=EXAMPLES
    )
    raws = _raws(workspace, (example for hit in hits.values() for example in hit.examples))
    rows = rule_rows(hits)
    for row in rows:
        row["share"] = row["documents"] / max(documents, 1)
        row["examples"] = [_shown(example, raws) for example in hits.get(row["name"], Hits()).examples]
    return sorted(rows, key=lambda row: (-row["documents"], -row["edits"]))


def _is_repair(example: Example) -> bool:
    """Whether an edit says nothing without the words around it."""
    return bool(example.replacement.strip()) or not example.removed.strip()


def _raws(workspace: Workspace, examples: Iterable[Example]) -> dict[str, str]:
    ids = {example.id for example in examples if _is_repair(example)}
    rows = store.rows_where(workspace.tables("ingest", "articles"), "id", ids, ["id", "raw"])
    return {row["id"]: row["raw"] for row in rows}


def _shown(example: Example, raws: Mapping[str, str]) -> tuple[str, str]:
    """What stood there and what stands there now, short enough for a table."""
    if not _is_repair(example):
        return clipped(visible(example.removed), 90), ""
    before, after = around(raws[example.id], example.start, example.end, example.replacement, 16)
    return clipped(before, 90), clipped(after, 90)


def cluster_figures(workspace: Workspace, documents: pa.Table) -> dict[str, Any]:
    """How many clusters there are of each size, and the largest with their outlets and keepers."""
    clustered = documents.filter(pc.is_valid(documents["cluster_id"]))
    counted = clustered.group_by("cluster_id").aggregate([("id", "count")]).filter(pc.field("id_count") > 1)
    by_size = Counter(counted["id_count"].to_pylist())
    largest = counted.sort_by([("id_count", "descending"), ("cluster_id", "ascending")])[:MOST_CLUSTERS]
    return {
        "clusters": counted.num_rows,
        "documents": pc.sum(counted["id_count"]).as_py() or 0,
        "sizes": _grouped(by_size),
        "largest": [_cluster_row(workspace, documents, key) for key in largest["cluster_id"].to_pylist()],
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


def _cluster_row(workspace: Workspace, documents: pa.Table, cluster: str) -> dict[str, Any]:
    members = documents.filter(pc.equal(documents["cluster_id"], cluster))
    outlets = Counter(members["outlet"].to_pylist())
    keeper = members["keeper_id"][0].as_py() or cluster
    rows = store.rows_where(workspace.tables("clean", "documents"), "id", [keeper], ["id", "title", "outlet"])
    named = [f"{clipped(outlet, 40)} ({n})" if n > 1 else clipped(outlet, 40) for outlet, n in outlets.most_common(5)]
    return {
        "cluster": cluster,
        "size": members.num_rows,
        "outlets": ", ".join(named) + (f" and {len(outlets) - 5} more" if len(outlets) > 5 else ""),
        "keeper": keeper,
        "title": clipped(rows[0]["title"] or "(no title)", 140) if rows else "",
        "keeper_outlet": clipped(rows[0]["outlet"], 40) if rows else "",
    }


def decision_rows(workspace: Workspace) -> tuple[Rows, int]:
    """The last decisions, and how many there are."""
    decisions = read_decisions(workspace.root / "decisions.csv")
    shown = [{name: clipped(text, 120) for name, text in vars(d).items()} for d in decisions[-MOST_DECISIONS:]]
    return shown, len(decisions)


def newest_batches(workspace: Workspace) -> tuple[Rows, int]:
    """The batches that came last, and how many there are."""
    rows = batch_rows(workspace)
    return [{**row, "reason": clipped(row["reason"], 160)} for row in rows[-MOST_BATCHES:]], len(rows)


def setting_rows(settings: Config) -> Rows:
    """Every setting in force, limits aside; `changed` where it is not the default."""
    usual = dict(_flat(msgspec.to_builtins(Config()), ()))
    return [
        {"key": ".".join(path), "value": clipped(_written(value), 300), "changed": value != usual.get(path)}
        for path, value in _flat(msgspec.to_builtins(settings), ())
        if path[:2] != ("quality", "limits")
    ]


def _flat(value: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        return [row for name, inner in value.items() for row in _flat(inner, (*path, name))]
    return [(path, value)]


def _written(value: Any) -> str:
    return "" if value in (None, {}, [], ()) else json.dumps(value, ensure_ascii=False)
