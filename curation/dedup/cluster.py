"""Clusters: documents that are one article.

Connected components over the merging kinds, made safe against chains: in a cluster, everybody is directly tied
to one document in the middle, the one with most and strongest ties. What is only tied to somebody at the rim
makes a cluster of its own. A chain of templates, or of stories that drift, so falls apart instead of growing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.dedup.kind import MERGING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Ties = dict[str, dict[str, float]]


def clusters(
    ids: pa.Array,
    pairs: pa.Table,
    not_duplicate: Collection[tuple[str, str]] = (),
    earlier: pa.Table | None = None,
) -> pa.Table:
    """The clusters table, one row for each id, sorted.

    Args:
        ids: all documents, in the order in which they came: the first one names a cluster.
        pairs: verified pairs.
        not_duplicate: pairs that a person told apart; the two never share a cluster.
        earlier: (id, cluster_id) of the run before, whose names are carried over.
    """
    apart = {frozenset(pair) for pair in not_duplicate}
    merging = pairs.filter(pc.is_in(pairs["kind"], pa.array(sorted(MERGING))))
    edges = [edge for edge in sorted(_edges(merging)) if frozenset(edge[:2]) not in apart]
    # exact copies act as one, the smallest id for all: what ties one of them ties them all
    copies: dict[str, set[str]] = defaultdict(set)
    stands_for: dict[str, str] = {}
    for a, b, _, kind in edges:
        if kind != "exact" or a in stands_for or b in stands_for:
            continue
        if all(frozenset((b, one)) not in apart for one in copies[a]):
            copies[a].add(b)
            stands_for[b] = a
    ties: Ties = defaultdict(dict)
    for a, b, strength, kind in edges:
        one, two = stands_for.get(a, a), stands_for.get(b, b)
        if one != two and kind != "exact" and frozenset((one, two)) not in apart:
            strongest = max(strength, ties[one].get(two, 0.0))
            ties[one][two] = ties[two][one] = strongest
    enemies: dict[str, set[str]] = defaultdict(set)
    for a, b in not_duplicate:
        one, two = stands_for.get(a, a), stands_for.get(b, b)
        enemies[one].add(two)
        enemies[two].add(one)
    groups = [star for component in _components(ties) for star in _stars(component, ties, enemies)]
    tied = {member for group in groups for member in group}
    groups += [{original} for original in copies if original not in tied]
    members = [sorted(m for one in group for m in (one, *copies.get(one, ()))) for group in groups]
    return _table(ids, [group for group in members if len(group) > 1], earlier)


def _edges(pairs: pa.Table) -> Iterable[tuple[str, str, float, str]]:
    strength = pc.max_element_wise(pairs["jaccard"], pairs["containment_a"], pairs["containment_b"])
    columns = (pairs["id_a"], pairs["id_b"], strength, pairs["kind"])
    return zip(*(column.to_pylist() for column in columns), strict=True)


def _components(ties: Ties) -> list[list[str]]:
    """Connected components of the ties, each sorted."""
    if not ties:
        return []
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    names = sorted(ties)
    number = {name: i for i, name in enumerate(names)}
    rows = [number[a] for a in names for _ in ties[a]]
    columns = [number[b] for a in names for b in ties[a]]
    graph = coo_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(len(names), len(names)))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[str]] = defaultdict(list)
    for name, label in zip(names, labels.tolist(), strict=True):
        groups[label].append(name)
    return list(groups.values())


def _stars(component: list[str], ties: Ties, enemies: dict[str, set[str]]) -> list[set[str]]:
    """The component in parts, each around a middle to which all of its members are tied."""
    left = set(component)
    stars = []
    while left:
        middle = min(left, key=lambda name: (-sum(ties[name][n] for n in ties[name] if n in left), name))
        star = {middle}
        # strongest first: of two that a person told apart, the one that is more alike stays
        for name in sorted(left & ties[middle].keys(), key=lambda n: (-ties[middle][n], n)):
            if enemies.get(name, set()).isdisjoint(star):
                star.add(name)
        stars.append(star)
        left -= star
    return stars


def _table(ids: pa.Array, groups: list[list[str]], earlier: pa.Table | None) -> pa.Table:
    """One row for each document; a document without a twin is a cluster of one."""
    everybody = sorted(set(ids.to_pylist()))
    of = {member: group for group in groups for member in group}
    alone = [[name] for name in everybody if name not in of]
    arrival = {name: i for i, name in reversed(list(enumerate(ids.to_pylist())))}
    named = _names(groups + alone, arrival, earlier)
    group_of = of | {group[0]: group for group in alone}
    rows = {
        "id": everybody,
        "cluster_id": [named[group_of[name][0]] for name in everybody],
        "size": [len(group_of[name]) for name in everybody],
        "role": ["member" if len(group_of[name]) > 1 else "single" for name in everybody],
    }
    return schema.conform("clusters", pa.table(rows))


def _names(groups: list[list[str]], arrival: dict[str, int], earlier: pa.Table | None) -> dict[str, str]:
    """The name of each group, by its first member.

    A new group is called by the document that came first. A name of the run before goes to the group that holds the
    document of that name, or, where it is gone, most of the documents that bore it; where several names meet in one
    group, the oldest wins. So no two groups ever get one name, and nights name clusters as one run would.
    """
    names = {group[0]: min(group, key=arrival.__getitem__) for group in groups}
    if earlier is None:
        return names
    first = {member: group[0] for group in groups for member in group}
    bore = dict(zip(earlier["id"].to_pylist(), earlier["cluster_id"].to_pylist(), strict=True))
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for member, name in bore.items():
        if member in first:
            heirs[name][first[member]] += 1
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, counted in heirs.items():
        heir = first.get(name) or min(counted, key=lambda group: (-counted[group], group))
        claims[heir].append((arrival.get(name, -1), name))
    return names | {group: min(claim)[1] for group, claim in claims.items()}
