"""select: which documents make the corpus, which copy of a story is kept, and why.

The keeper of a cluster is the first by: a person's choice, frozen (labelled or released before), in scope and past
its verdict, the latest version of its page, not copied from another member, of a known address, complete (90 % of the
longest), clean (least removed), early, id.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.workspace.decisions import by_id, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from curation.config import Scope
    from curation.workspace.decisions import Decision

CODE = ("schema.py", "stages/select.py", "workspace/decisions.py")

#: scope is in days as most readers' clocks show them
_JAKARTA = dt.timedelta(hours=7)
_NARROW = ("id", "url", "url_key", "outlet", "published_at", "n_words")


def survey(documents: Sequence[Path], edits: Sequence[Path], scope: Scope) -> pa.Table:
    """One narrow row a document: what selecting needs to know, streamed from the wide tables.

    Args:
        documents: the table of each batch, in the order of arrival.
        edits: the same batches' edits.
        scope: what the corpus is about.

    Returns:
        id, url, url_key, outlet, published_at, n_words, arrival (number of the batch), removed (share of raw that is
        not in the body), outside (why it is out of scope, or null).
    """
    found: list[pa.Table] = []
    for arrival, (texts, changes) in enumerate(zip(documents, edits, strict=True)):
        batch: list[pa.Table] = []
        for table in store.scan([texts], [*_NARROW, "title", "body"]):
            columns = {name: table[name] for name in _NARROW}
            columns["arrival"] = pa.array(np.full(table.num_rows, arrival))
            columns["length"] = pc.utf8_length(table["body"])
            columns["outside"] = _outside(table, scope)
            batch.append(pa.table(columns))
        if batch:
            found.append(_with_removed(pa.concat_tables(batch), changes))
    return pa.concat_tables(found) if found else _EMPTY


def _with_removed(batch: pa.Table, edits: Path) -> pa.Table:
    cuts = [
        pa.table({"id": t["id"], "cut": pc.subtract(pc.utf8_length(t["removed"]), pc.utf8_length(t["replacement"]))})
        for t in store.scan([edits], ["id", "removed", "replacement"])
    ]
    if cuts:
        total = pa.concat_tables(cuts).group_by("id").aggregate([("cut", "sum")])
        batch = batch.join(total, "id")
        cut = pc.fill_null(batch["cut_sum"], 0)
    else:
        cut = pa.array(np.zeros(batch.num_rows, np.int64))
    raw = pc.max_element_wise(pc.add(batch["length"].cast(pa.int64()), cut), 1)
    removed = pc.divide(cut.cast(pa.float64()), raw.cast(pa.float64()))
    return batch.append_column("removed", removed).select(_EMPTY.column_names)


_EMPTY = pa.table(
    {
        **{name: pa.array([], schema.arrow_schema("documents").field(name).type) for name in _NARROW},
        "arrival": pa.array([], pa.int64()),
        "removed": pa.array([], pa.float64()),
        "outside": pa.array([], pa.string()),
    }
)


def _outside(table: pa.Table, scope: Scope) -> pa.Array:
    """Why each document is out of scope: before, after, outlet or terms; null where it is inside."""
    reason = pa.nulls(table.num_rows, pa.string())
    tests: list[tuple[str, Any]] = []
    if scope.terms:
        words = "|".join(re.escape(term.lower()) for term in scope.terms)
        text = pc.binary_join_element_wise(table["title"].fill_null(""), table["body"], "\n")
        tests.append(
            ("terms", pc.invert(pc.match_substring_regex(pc.utf8_lower(text), rf"(?:^|[^\pL\pN])(?:{words})")))
        )
    if scope.outlets:
        tests.append(("outlet", pc.invert(pc.is_in(table["outlet"], pa.array(scope.outlets)))))
    day = pc.add(table["published_at"], _JAKARTA).cast(pa.timestamp("us")).cast(pa.date32(), safe=False)
    if scope.since:
        tests.append((f"before {scope.since}", pc.less(day, scope.since)))
    if scope.until:
        tests.append((f"after {scope.until}", pc.greater(day, scope.until)))
    for name, test in tests:
        reason = pc.if_else(pc.fill_null(test, False), name, reason)
    return reason


def select(
    narrow: pa.Table,
    verdicts: pa.Table,
    clusters: pa.Table,
    pairs: pa.Table,
    decisions: list[Decision],
    frozen: Iterable[str] = (),
) -> pa.Table:
    """The table `selection`, sorted by id."""
    table = narrow.join(verdicts.select(["id", "keep"]), "id").join(clusters.select(["id", "cluster_id"]), "id")
    table = table.sort_by("id")
    rows = table.to_pydict()
    reasons = dict(
        zip(verdicts["id"].to_pylist(), verdicts["reasons"].to_pylist(), strict=True)
    )  # joins carry no lists
    count = table.num_rows
    ids: list[str] = rows["id"]
    decided = by_id(decisions, names_of(ids, rows["url"]))
    copies = _copied(pairs, dict(zip(ids, rows["cluster_id"], strict=True)))
    frozen = set(frozen)
    fine = [
        (rows["outside"][i] is None and rows["keep"][i] and not _says(decided, ids[i], "drop"))
        or _says(decided, ids[i], "keep", "keeper")
        for i in range(count)
    ]
    superseded = _superseded(rows)
    longest: dict[str, int] = {}
    for cluster, words in zip(rows["cluster_id"], rows["n_words"], strict=True):
        longest[cluster] = max(longest.get(cluster, 0), words)
    never = np.iinfo(np.int64).max
    published = pc.fill_null(table["published_at"].cast(pa.int64()), never).to_pylist()

    def rank(i: int) -> tuple[Any, ...]:
        return (
            not _says(decided, ids[i], "keeper"),
            ids[i] not in frozen,
            not fine[i],
            superseded[i],
            ids[i] in copies,
            rows["url"][i] is None,
            rows["n_words"][i] < 0.9 * longest[rows["cluster_id"][i]],
            round(rows["removed"][i], 1),
            published[i],
            rows["arrival"][i],
            ids[i],
        )

    keeper: dict[str, int] = {}
    for i in range(count):
        cluster = rows["cluster_id"][i]
        if cluster not in keeper or rank(i) < rank(keeper[cluster]):
            keeper[cluster] = i
    origin = _origins(rows["cluster_id"], ids, copies)

    def outcome(i: int) -> tuple[bool, str, str]:
        decision = decided.get(ids[i])
        kept = keeper[rows["cluster_id"][i]]
        if decision and decision.decision == "drop":
            return False, "decision", str(decision)
        if decision and decision.decision in ("keep", "keeper"):
            return True, "selected", str(decision)
        if rows["outside"][i] is not None:
            return False, "out_of_scope", f"out of scope: {rows['outside'][i]}"
        if not rows["keep"][i]:
            return False, "failed_checks", ", ".join(reasons[ids[i]])
        if kept != i:
            return False, "duplicate", f"duplicate of {ids[kept]} ({rows['outlet'][kept]})"
        return True, "selected", "selected"

    outcomes = [outcome(i) for i in range(count)]
    return schema.conform(
        "selection",
        pa.table(
            {
                "id": ids,
                "selected": [selected for selected, _, _ in outcomes],
                "outcome": pa.array([name for _, name, _ in outcomes], pa.string()),
                "why": pa.array([why for _, _, why in outcomes], pa.string()),
                "keeper_id": pa.array([ids[keeper[cluster]] for cluster in rows["cluster_id"]], pa.string()),
                "origin_id": pa.array([origin.get(cluster) for cluster in rows["cluster_id"]], pa.string()),
            }
        ),
    )


def _says(decided: dict[str, Decision], document: str, *what: str) -> bool:
    decision = decided.get(document)
    return decision is not None and decision.decision in what


def _copied(pairs: pa.Table, cluster: dict[str, str]) -> set[str]:
    """The documents that are known to be copies of another member of their cluster."""
    found = set()
    columns = [pairs[name].to_pylist() for name in ("id_a", "id_b", "direction")]
    for a, b, direction in zip(*columns, strict=True):
        if direction and cluster.get(a) == cluster.get(b):
            found.add(a if direction == "a_from_b" else b)
    return found


def _superseded(rows: dict[str, list[Any]]) -> list[bool]:
    """Whether a later version of the same page stands in the same cluster."""
    latest: dict[tuple[str, str], tuple[Any, ...]] = {}
    keys = []
    for i, key in enumerate(zip(rows["cluster_id"], rows["url_key"], strict=True)):
        published = rows["published_at"][i]
        age = (rows["arrival"][i], published is not None, published or 0, rows["id"][i])
        keys.append((key, age))
        if key[1] is not None and age > latest.get(key, ()):
            latest[key] = age
    return [key[1] is not None and age < latest[key] for key, age in keys]


def _origins(clusters: list[str], ids: list[str], copies: set[str]) -> dict[str, str]:
    """The one member of a cluster that is no copy while others are, where there is just one."""
    members: dict[str, list[str]] = {}
    for cluster, document in zip(clusters, ids, strict=True):
        members.setdefault(cluster, []).append(document)
    found = {}
    for cluster, group in members.items():
        first = [document for document in group if document not in copies]
        if len(group) > 1 and len(first) == 1:
            found[cluster] = first[0]
    return found
