"""Pairs for people: where they are, their texts side by side, and what other limits would make of them.

Everything here rests on what was measured once; no text is read but those that are shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.dedup import kind
from curation.dedup.cluster import clusters as make_clusters
from curation.errors import UsageError
from curation.explain.compare import Comparison
from curation.explain.places import Places, find_article, nearest
from curation.workspace.decisions import named, read_decisions, told_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from curation.config import Dedup
    from curation.explain.places import Row
    from curation.workspace import Workspace

#: the kinds in the order in which they are listed; exact copies need no look
KINDS = ("near", "contained", "contains", "update", "template", "rewrite", "exact")

_HEAD = ["id", "title", "outlet", "published_at", "zone", "url"]


# -- where they are -------------------------------------------------------------------------------


@dataclass(frozen=True)
class PairTables:
    """The pairs and clusters, and where the documents are, if they are anywhere."""

    found: Places
    texts: Places | None

    def pairs(self) -> pa.Table:
        """All pairs."""
        return _whole(self.found, "pairs")

    def clusters(self) -> pa.Table:
        """All clusters."""
        return _whole(self.found, "clusters")

    def document(self, key: str) -> str:
        """The id of the document that an id, the beginning of one, a URL or a source_ref means.

        Raises:
            UsageError: nothing is known by this key, or more than one page is.
        """
        texts = self._texts()
        if article := find_article(texts, key):
            return str(article["id"])
        near = nearest(texts, key)
        remedy = f"Did you mean {' or '.join(near)}?" if near else "Give an id, a URL or a source_ref."
        raise UsageError(f"no document is known by '{key}'", where=str(texts.root), remedy=remedy)

    def heads(self, ids: Collection[str]) -> dict[str, Row]:
        """Title, outlet and date of documents by their id; none where there are no documents."""
        rows = self.texts.rows("documents", "id", ids, columns=_HEAD) if self.texts else []
        return {row["id"]: row for row in rows}

    def compare(self, pairs: Sequence[Row]) -> list[Comparison]:
        """The texts of pairs side by side.

        Args:
            pairs: rows of the table `pairs`; of two documents that are no pair, id_a and id_b alone.
        """
        ids = {pair[name] for pair in pairs for name in ("id_a", "id_b")}
        rows = {row["id"]: row for row in self._texts().rows("documents", "id", ids)}
        if gone := ids - rows.keys():
            remedy = "Clean the same input that the pairs were made of."
            raise UsageError(f"no text of {min(gone)} is here", where=str(self._texts().root), remedy=remedy)
        return [Comparison(rows[p["id_a"]], rows[p["id_b"]], p if "kind" in p else None) for p in pairs]

    def told_apart(self) -> set[tuple[str, str]]:
        """Pairs that a person of this workspace said are different."""
        workspace = self.found.workspace
        decisions = read_decisions(workspace.root / "decisions.csv") if workspace else []
        apart = [decision for decision in decisions if decision.decision == "not_duplicate"]
        return told_apart(apart, named(apart, store.scan(self.found.of("documents"), ["id", "url"])))

    def _texts(self) -> Places:
        if self.texts is None or not self.texts.has("articles"):
            remedy = "Name also the folder that `curation clean` wrote: --in DIR --in DIR"
            raise UsageError("no texts are here", where=str(self.found.root), remedy=remedy)
        return self.texts


def pair_tables(workspace: Workspace | None, folders: Sequence[Path] = ()) -> PairTables:
    """The tables of a workspace, or of the folders that ``curation dedup`` and ``curation clean`` wrote.

    Raises:
        UsageError: there are no pairs.
    """
    if workspace and not folders:
        place = Places(workspace.root, workspace)
        if not place.has("pairs"):
            raise UsageError("no pairs are here yet", where=str(workspace.root.resolve()), remedy="Run: curation run")
        return PairTables(place, place)
    places = [Places(folder) for folder in folders]
    found = next((place for place in places if place.has("pairs")), None)
    if found is None:
        where = ", ".join(map(str, folders))
        raise UsageError("no table of pairs is here", where=where, remedy="Make it with: curation dedup IN -o DIR")
    return PairTables(found, next((place for place in places if place.has("documents")), None))


def _whole(places: Places, table: str) -> pa.Table:
    return pa.concat_tables(schema.conform(table, store.read_table(place)) for place in places.of(table))


# -- other limits ---------------------------------------------------------------------------------


def with_limits(settings: Dedup, jaccard: float | None = None, containment: float | None = None) -> Dedup:
    """The settings with other limits.

    Raises:
        UsageError: a limit is below what is measured, or above 1.
    """
    least = {"jaccard": kind.COMPARED_JACCARD, "containment": kind.COMPARED_CONTAINMENT}
    given = {"jaccard": jaccard, "containment": containment}
    for name, value in given.items():
        if value is not None and not least[name] <= value <= 1:
            raise UsageError(
                f"dedup.{name} can't be {value:g}: below {least[name]:g} not every pair is measured",
                remedy=f"Give a limit between {least[name]:g} and 1.",
            )
    return msgspec.structs.replace(settings, **{name: value for name, value in given.items() if value is not None})


@dataclass(frozen=True)
class Recount:
    """What other limits change, from measured pairs alone."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    #: pairs whose kind or merging is another one: as it is then, with kind_before and merges_before
    flips: pa.Table


def recount(
    pairs: pa.Table, clusters: pa.Table, settings: Dedup, not_duplicate: Collection[tuple[str, str]] = ()
) -> Recount:
    """Judge measured pairs by other limits and count what becomes of the documents."""
    judged = kind.judge(pairs, settings)
    made = make_clusters(clusters["id"], judged, not_duplicate, clusters.select(["id", "cluster_id"]))
    changed = pc.or_(pc.not_equal(pairs["kind"], judged["kind"]), pc.not_equal(pairs["merges"], judged["merges"]))
    flips = judged.append_column("kind_before", pairs["kind"]).append_column("merges_before", pairs["merges"])
    flips = flips.filter(changed)
    # what merges or no longer does comes first, then the most alike
    same = pc.equal(flips["merges"], flips["merges_before"])
    order = [("same", "ascending"), ("jaccard", "descending"), ("id_a", "ascending"), ("id_b", "ascending")]
    flips = flips.append_column("same", same).sort_by(order).drop_columns("same")
    return Recount(_counts(pairs, clusters), _counts(judged, made), flips)


def _counts(pairs: pa.Table, clusters: pa.Table) -> dict[str, int]:
    kinds = Counter(pairs["kind"].to_pylist())
    shared = clusters.filter(pc.greater(clusters["size"], 1))
    return {
        **{name: kinds[name] for name in KINDS},
        "pairs that merge": pc.sum(pairs["merges"]).as_py() or 0,
        "clusters": pc.count_distinct(shared["cluster_id"]).as_py(),
        "documents": clusters.num_rows,
        "documents kept": pc.count_distinct(clusters["cluster_id"]).as_py(),
    }


def listed(pairs: pa.Table, kinds: Collection[str] = (), holding: str | None = None) -> pa.Table:
    """Pairs of some kinds (none: of all), that hold a document; by kind, the most alike first."""
    order = pc.index_in(pairs["kind"], pa.array(KINDS))
    keep = pc.is_in(pairs["kind"], pa.array(sorted(kinds or KINDS)))
    if holding:
        keep = pc.and_(keep, pc.or_(pc.equal(pairs["id_a"], holding), pc.equal(pairs["id_b"], holding)))
    by = [("order", "ascending"), ("jaccard", "descending"), ("id_a", "ascending"), ("id_b", "ascending")]
    return pairs.append_column("order", order).filter(keep).sort_by(by).drop_columns("order")


def pair_rows(pairs: pa.Table, keys: Iterable[tuple[str, str]]) -> list[Row]:
    """Rows of the table `pairs` by both ids (smaller first), in this order; of what is no pair the ids alone."""
    wanted = list(keys)
    ids = pa.array(sorted({a for a, _ in wanted}), pa.string())
    rows = {(row["id_a"], row["id_b"]): row for row in pairs.filter(pc.is_in(pairs["id_a"], ids)).to_pylist()}
    return [rows.get(key, {"id_a": key[0], "id_b": key[1]}) for key in wanted]
