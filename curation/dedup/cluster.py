"""Clusters: documents that are one article.

Not connected components, since chains would grow: in a cluster, everybody is directly tied to one document in the
middle. Middles are picked one after another, always the document with most and strongest ties to those that are
left; whoever of these is tied to it joins it. What is only tied to somebody at the rim makes a cluster of its own,
so that a chain of templates, or of stories that drift, falls apart.

Documents are numbered in the order of their ids, and all steps run on arrays of these numbers.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    Numbers = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Enemies = dict[int, set[int]]

#: How a document may stand to the middle of its cluster; on arrays, a role is its place in this list.
ROLES = ("single", "middle", "exact", "near", "contained", "contains", "update")
_SINGLE, _MIDDLE, _EXACT = range(3)
#: The kind of a pair is the role of its first document, if the second is the middle; this is the role of the second.
_TURNED = np.array([0, 1, 2, 3, 5, 4, 6])

#: Strengths are whole millionths: such sums are the same whatever is added first.
_UNIT = 1_000_000

#: A round goes over all ties that are left. It pays while it settles this share of them.
_WORTH = 0.1


def clusters(
    ids: pa.Array,
    pairs: pa.Table,
    not_duplicate: Collection[tuple[str, str]] = (),
    earlier: pa.Table | None = None,
) -> pa.Table:
    """The clusters table, one row for each id, sorted.

    Args:
        ids: all documents, in the order in which they came: the first one names a cluster.
        pairs: id_a, id_b, jaccard, containment_a, containment_b, kind and merges of verified pairs. Those that don't
            merge, or name a document that is not in `ids`, don't count.
        not_duplicate: pairs that a person told apart; the two never share a cluster.
        earlier: (id, cluster_id) of the run before, whose names are carried over.
    """
    ids = pc.unique(ids)
    arrival = pc.sort_indices(ids).to_numpy().astype(np.int64)
    ids = ids.take(pa.array(arrival))
    apart = _told_apart(not_duplicate, ids)
    a, b, strength, kind = _merging(pairs, ids)
    exact = kind == _EXACT
    original = _originals(a[exact], b[exact], apart, len(ids))
    apart = original[apart]
    ties = _ties(original[a[~exact]], original[b[~exact]], strength[~exact], kind[~exact], apart, len(ids))
    middle, role = _stars(ties, apart, len(ids))
    # exact copies go where the one goes that stands for them
    role = np.where((original != np.arange(len(ids))) & (role[original] == _MIDDLE), _EXACT, role[original])
    return _table(ids, _smallest(middle[original]), role, arrival, earlier)


def _numbers(ids: pa.Array, *columns: pa.ChunkedArray) -> Numbers:
    """Where each name stands in `ids`, one row for each column; -1: nowhere."""
    names = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
    found: Numbers = pc.fill_null(pc.index_in(names, ids), -1).to_numpy().astype(np.int64)
    return found.reshape(len(columns), -1)


def _smallest(label: Numbers) -> Numbers:
    """For each document, the first one with the same label; labels are smaller than the number of documents."""
    backwards = np.arange(len(label))[::-1]
    first = np.empty(len(label), np.int64)
    first[label[backwards]] = backwards  # of several that are written to one place, the last stays
    smallest: Numbers = first[label]
    return smallest


def _told_apart(not_duplicate: Collection[tuple[str, str]], ids: pa.Array) -> Numbers:
    """Rows of two documents that a person told apart."""
    names = pa.chunked_array([[name for pair in not_duplicate for name in pair]], pa.string())
    apart = _numbers(ids, names).reshape(-1, 2)
    known: Mask = (apart >= 0).all(axis=1) & (apart[:, 0] != apart[:, 1])
    return apart[known]


def _enemies(apart: Numbers) -> Enemies:
    enemies: Enemies = defaultdict(set)
    for one, other in apart.tolist():
        enemies[one].add(other)
        enemies[other].add(one)
    return dict(enemies)


def _merging(pairs: pa.Table, ids: pa.Array) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Both documents of each merging pair, how strong it is, and its kind as the number of a role."""
    needed = ["id_a", "id_b", "jaccard", "containment_a", "containment_b", "kind"]
    merging = pairs.select(needed).filter(pairs["merges"])
    a, b = _numbers(ids, merging["id_a"], merging["id_b"])
    similarity = pc.max_element_wise(*(merging[name] for name in needed[2:5])).to_numpy()
    strength = np.rint(similarity * _UNIT).astype(np.int64)
    kinds = merging["kind"].combine_chunks().dictionary_encode()
    roles = np.array([ROLES.index(kind) for kind in kinds.dictionary.to_pylist()], np.int64)
    known = (a >= 0) & (b >= 0)
    return a[known], b[known], strength[known], roles[kinds.indices.to_numpy()][known]


def _originals(a: Numbers, b: Numbers, apart: Numbers, n: int) -> Numbers:
    """For each document, the one that stands for it and its exact copies: the smallest."""
    if not len(a):
        return np.arange(n)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(a), np.int8), (a, b)), shape=(n, n))
    _, label = connected_components(graph, directed=False)
    original = _smallest(label)
    # copies that a person told apart: each joins the first ones among which it has no enemy
    enemies = _enemies(apart)
    one, other = original[apart].T
    for number in np.unique(one[one == other]).tolist():
        groups: list[set[int]] = []
        for copy in np.flatnonzero(original == number).tolist():
            home = next((group for group in groups if enemies.get(copy, set()).isdisjoint(group)), None)
            if home is None:
                groups.append(home := set())
            home.add(copy)
        for group in groups:
            original[list(group)] = min(group)
    return original


@dataclass(frozen=True)
class _Ties:
    """Each tie twice, once from either end; sorted by `one`, then by `other`."""

    one: Numbers
    other: Numbers
    strength: Numbers
    #: how `one` stands to `other`
    role: Numbers

    def of(self, mask: Mask) -> _Ties:
        return _Ties(self.one[mask], self.other[mask], self.strength[mask], self.role[mask])


def _ties(a: Numbers, b: Numbers, strength: Numbers, kind: Numbers, apart: Numbers, n: int) -> _Ties:
    """The strongest tie of any two documents that stand for themselves and were not told apart."""
    one, other = np.minimum(a, b), np.maximum(a, b)
    role = np.where(a < b, kind, _TURNED[kind])
    key = one * n + other
    kept = np.flatnonzero((one != other) & ~np.isin(key, np.sort(apart, axis=1) @ [n, 1]))
    # strongest first; of equal ones with several kinds, which may be where exact copies meet, the first of ROLES
    order = kept[np.lexsort((role[kept] - len(ROLES) * strength[kept], key[kept]))]
    order = order[np.diff(key[order], prepend=-1) > 0]
    one, other, strength, role = one[order], other[order], strength[order], role[order]
    both = np.argsort(np.concatenate([key[order], other * n + one]))
    return _Ties(
        np.concatenate([one, other])[both],
        np.concatenate([other, one])[both],
        np.concatenate([strength, strength])[both],
        np.concatenate([role, _TURNED[role]])[both],
    )


def _stars(ties: _Ties, apart: Numbers, n: int) -> tuple[Numbers, Numbers]:
    """For each document, the middle of its cluster, and how it stands to it.

    A round picks at once all middles that no other pick can touch: those with no better document within two ties.
    (What is left only ever gets fewer ties, so nobody in between is picked before them.) This is what picking one by
    one gives; chains, in which each pick waits for the one before, are picked one by one.
    """
    enemies = _enemies(apart)
    middle: Numbers = np.full(n, -1)
    role = np.full(n, _MIDDLE)
    rank, best = np.empty(n, np.int64), np.empty(n, np.int64)
    while len(ties.one):
        starts = np.flatnonzero(np.diff(ties.one, prepend=-1))
        left = ties.one[starts]
        # a stable sort: of documents with equal sums, the smallest is the best
        rank[left[np.argsort(-np.add.reduceat(ties.strength, starts), kind="stable")]] = np.arange(len(left))
        best[left] = np.minimum(rank[left], np.minimum.reduceat(rank[ties.other], starts))
        picked = left[np.minimum.reduceat(best[ties.other], starts) == rank[left]]
        middle[picked] = picked
        joining = middle[ties.other] == ties.other
        middle[ties.one[joining]] = ties.other[joining]
        role[ties.one[joining]] = ties.role[joining]
        _send_enemies_away(middle, ties, apart, enemies)
        open_ = (middle[ties.one] < 0) & (middle[ties.other] < 0)
        if np.count_nonzero(open_) > (1 - _WORTH) * len(open_):
            _pick_one_by_one(ties.of(open_), middle, role, enemies)
            break
        ties = ties.of(open_)
    middle = np.where(middle < 0, np.arange(n), middle)
    return middle, np.where(middle == np.arange(n), _MIDDLE, role)


def _send_enemies_away(middle: Numbers, ties: _Ties, apart: Numbers, enemies: Enemies) -> None:
    """Of two in one star that a person told apart, the one with the weaker tie is left for a later pick."""
    one, other = middle[apart].T
    for star in np.unique(one[(one == other) & (one >= 0)]).tolist():
        ends = slice(*np.searchsorted(ties.one, [star, star + 1]))
        members = ties.other[ends][np.argsort(-ties.strength[ends], kind="stable")].tolist()
        middle[list(set(members) - _friends(members, enemies))] = -1


def _friends(members: Iterable[int], enemies: Enemies) -> set[int]:
    """Members, strongest tie first, without those that were told apart from one before."""
    friends: set[int] = set()
    for member in members:
        if enemies.get(member, set()).isdisjoint(friends):
            friends.add(member)
    return friends


def _pick_one_by_one(ties: _Ties, middle: Numbers, role: Numbers, enemies: Enemies) -> None:
    """The same picks without rounds: a tie costs more, but is seen a few times only, whatever the shape of all."""
    starts = np.flatnonzero(np.diff(ties.one, prepend=-1))
    left = ties.one[starts].tolist()
    total = dict(zip(left, np.add.reduceat(ties.strength, starts).tolist(), strict=True))
    ends = dict(zip(left, map(range, starts.tolist(), [*starts[1:].tolist(), len(ties.one)]), strict=True))
    other, strength = ties.other.tolist(), ties.strength.tolist()
    queue = [(-weight, one) for one, weight in total.items()]
    heapq.heapify(queue)
    while queue:
        weight, picked = heapq.heappop(queue)
        if picked not in total:
            continue
        if total[picked] < -weight:  # it lost ties since it was queued
            heapq.heappush(queue, (-total[picked], picked))
            continue
        tied = sorted((i for i in ends[picked] if other[i] in total), key=lambda i: -strength[i])
        star = _friends((other[i] for i in tied), enemies) | {picked}
        middle[list(star)] = picked
        role[[other[i] for i in tied]] = _TURNED[ties.role[tied]]
        for one in star:
            del total[one]
        for one in star:
            for i in ends[one]:
                if other[i] in total:
                    total[other[i]] -= strength[i]


def _table(ids: pa.Array, cluster: Numbers, role: Numbers, arrival: Numbers, earlier: pa.Table | None) -> pa.Table:
    """One row for each document; a document without a twin is a cluster of one."""
    size = np.bincount(cluster, minlength=len(ids))[cluster]
    columns = {
        "id": ids,
        "cluster_id": _names(ids, cluster, arrival, earlier),
        "size": size,
        "role": pa.array(ROLES).take(pa.array(np.where(size == 1, _SINGLE, role))),
    }
    return schema.conform("clusters", pa.table(columns))


def _names(ids: pa.Array, cluster: Numbers, arrival: Numbers, earlier: pa.Table | None) -> pa.Array:
    """The name of each document's cluster; a cluster's number is that of its smallest document.

    A new cluster is called by the document that came first. A name of the run before goes to the cluster that holds
    the document of that name, or, where it is gone, most of the documents that bore it; where several names meet in
    one cluster, the oldest wins. So no two clusters ever get one name, and nights name clusters as one run would.
    """
    latest_first = np.argsort(arrival)[::-1]
    named_by = np.empty(len(ids), np.int64)
    named_by[cluster[latest_first]] = latest_first  # the first to come is written last, and stays
    if earlier is None:
        return ids.take(pa.array(named_by[cluster]))
    # a name's number is that of its document; those whose document is gone follow, sorted
    bearer, name = _numbers(ids, earlier["id"], earlier["cluster_id"])
    gone = pc.unique(earlier["cluster_id"].filter(pa.array(name < 0))).sort()
    name = np.where(name < 0, len(ids) + _numbers(gone, earlier["cluster_id"])[0], name)
    here = bearer >= 0
    claim, bearers = np.unique(name[here] * len(ids) + cluster[bearer[here]], return_counts=True)
    name, heir = np.divmod(claim, max(len(ids), 1))
    most = np.lexsort((heir, -bearers, name))
    most = most[np.diff(name[most], prepend=-1) > 0]
    name, heir = name[most], heir[most]
    cluster_of, age = (np.append(known, np.full(len(gone), -1))[name] for known in (cluster, arrival))
    heir = np.where(age < 0, heir, cluster_of)
    oldest = np.lexsort((name, age, heir))
    oldest = oldest[np.diff(heir[oldest], prepend=-1) > 0]
    named_by[heir[oldest]] = name[oldest]
    return pa.concat_arrays([ids, gone]).take(pa.array(named_by[cluster]))
