from __future__ import annotations

import importlib
import random
import time
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import Any
from unittest import mock

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.dedup.cluster import ROLES, clusters

module = importlib.import_module("curation.dedup.cluster")

Edge = tuple[str, str, float, str]

IDS = pa.array(list("abcdef"))
MERGING = {"exact", "near", "contained", "contains", "update"}


def pairs(*edges: Edge) -> pa.Table:
    columns = dict(zip(("id_a", "id_b", "strength", "kind"), zip(*edges, strict=True), strict=True)) if edges else {}
    strength = pa.array(columns.get("strength", []), pa.float64())
    kind = pa.array(columns.get("kind", []), pa.string())
    return pa.table(
        {
            "id_a": pa.array(columns.get("id_a", []), pa.string()),
            "id_b": pa.array(columns.get("id_b", []), pa.string()),
            # the largest of the three counts
            "jaccard": pc.multiply(strength, 0.5),
            "containment_a": strength,
            "containment_b": pc.multiply(strength, 0.9),
            "kind": kind,
            "merges": pc.is_in(kind, pa.array(sorted(MERGING))),
        }
    )


def groups(table: pa.Table) -> dict[str, str]:
    """cluster name → its members, as one string."""
    found: dict[str, str] = {}
    for row in table.to_pylist():
        found[row["cluster_id"]] = found.get(row["cluster_id"], "") + row["id"]
    return found


def roles(table: pa.Table) -> dict[str, str]:
    return dict(zip(table["id"].to_pylist(), table["role"].to_pylist(), strict=True))


def near(*names: str) -> pa.Table:
    return pairs(*((name[0], name[1], 0.9, "near") for name in names))


def earlier(**names: str) -> pa.Table:
    return pa.table({"id": pa.array(names, pa.string()), "cluster_id": pa.array(names.values(), pa.string())})


def test_singles_are_clusters_of_one() -> None:
    table = clusters(IDS, near())
    assert table.schema == schema.arrow_schema("clusters")
    assert groups(table) == {name: name for name in "abcdef"}
    assert set(table["role"].to_pylist()) == {"single"}


def test_no_documents() -> None:
    table = clusters(IDS[:0], near(), [("a", "b")], earlier(a="a", b="a"))
    assert table.num_rows == 0
    assert table.schema == schema.arrow_schema("clusters")


def test_only_merging_pairs_merge() -> None:
    edges = [("a", "b", 0.9, "template"), ("a", "c", 0.9, "rewrite"), ("d", "e", 0.9, "contained")]
    table = clusters(IDS, pairs(*edges))
    assert groups(table) == {"a": "a", "b": "b", "c": "c", "d": "de", "f": "f"}
    assert table["size"].to_pylist() == [1, 1, 1, 2, 2, 1]


def test_pairs_of_documents_that_are_gone_do_not_count() -> None:
    assert groups(clusters(IDS, near("ax", "bx", "xy", "cd"))) == {"a": "a", "b": "b", "c": "cd", "e": "e", "f": "f"}


def test_safeguard_a_chain_of_templates_falls_apart() -> None:
    """Each edition resembles the one before and the one after; were they one cluster, a year of them would be one."""
    days = [f"{day:03d}" for day in range(365)]
    table = clusters(pa.array(days), pairs(*((a, b, 0.9, "near") for a, b in pairwise(days))))
    assert Counter(table["size"].to_pylist()) == {3: 363, 2: 2}
    assert_common_middle(table, list(pairwise(days)))


def test_safeguard_a_drifting_story_falls_apart() -> None:
    """Each text is near to the next three; those further off have too little in common."""
    words = [f"kata{number}" for number in range(600)]
    texts = {f"d{i:02d}": shingles(words[i * 20 : i * 20 + 200]) for i in range(20)}
    edges = []
    for (a, one), (b, other) in combinations(texts.items(), 2):
        jaccard = len(one & other) / len(one | other)
        if jaccard >= 0.5:
            edges.append((a, b, jaccard, "near"))
    assert len(edges) > 40
    table = clusters(pa.array(texts), pairs(*edges))
    assert_common_middle(table, [edge[:2] for edge in edges])
    for members in groups(table).values():
        numbers = [int(name) for name in members.split("d")[1:]]
        assert max(numbers) - min(numbers) <= 6  # three to each side of the one in the middle


def shingles(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def assert_common_middle(table: pa.Table, ties: list[tuple[str, str]]) -> None:
    """No cluster holds two documents that have not both a tie to its middle (or are it)."""
    tied = {frozenset(tie) for tie in ties}
    members = defaultdict(list)
    for row in table.to_pylist():
        members[row["cluster_id"]].append(row)
    for rows in members.values():
        if len(rows) > 1:
            (middle,) = [row["id"] for row in rows if row["role"] == "middle"]
            assert all(frozenset((middle, row["id"])) in tied for row in rows if row["id"] != middle)


def test_exact_copies_follow_the_one_that_stands_for_them() -> None:
    edges = [("a", "b", 1.0, "exact"), ("a", "c", 1.0, "exact"), ("b", "c", 1.0, "exact"), ("a", "d", 0.8, "near")]
    assert groups(clusters(IDS, pairs(*edges)))["a"] == "abcd"
    edges += [("d", "e", 0.9, "near"), ("d", "f", 0.9, "near")]  # now d is the middle
    table = clusters(IDS, pairs(*edges))
    assert groups(table)["a"] == "abcdef"
    assert roles(table) == {"d": "middle", **dict.fromkeys("abcef", "near")}


def test_exact_copies_that_were_found_on_several_nights() -> None:
    assert groups(clusters(IDS, pairs(("c", "d", 1.0, "exact"), ("a", "c", 1.0, "exact"))))["a"] == "acd"


def test_roles() -> None:
    edges = [
        ("a", "c", 0.9, "contained"),  # a in c
        ("b", "c", 0.9, "contains"),  # c in b
        ("c", "d", 0.9, "contained"),  # c in d
        ("c", "e", 0.9, "contains"),  # e in c
        ("c", "f", 0.9, "update"),
        ("c", "g", 1.0, "exact"),
        ("c", "h", 0.9, "near"),
    ]
    table = clusters(pa.array(list("abcdefghi")), pairs(*edges))
    assert roles(table) == {
        "a": "contained",
        "b": "contains",
        "c": "middle",
        "d": "contains",
        "e": "contained",
        "f": "update",
        "g": "exact",
        "h": "near",
        "i": "single",
    }


def test_the_schema_names_all_roles() -> None:
    column = next(column for column in schema.table_schema("clusters").columns if column.name == "role")
    assert all(role in column.description for role in ROLES)


def test_the_strongest_of_two_pairs_gives_the_role() -> None:
    copies = [("a", "b", 1.0, "exact"), ("c", "d", 1.0, "exact")]
    table = clusters(IDS, pairs(*copies, ("a", "c", 0.7, "update"), ("b", "d", 0.8, "contains")))
    assert roles(table) == {
        "a": "middle",
        "b": "exact",
        "c": "contained",
        "d": "contained",
        "e": "single",
        "f": "single",
    }


def test_a_person_told_two_apart() -> None:
    triangle = pairs(("a", "b", 0.9, "near"), ("b", "c", 0.8, "near"), ("a", "c", 0.9, "near"))
    assert groups(clusters(IDS, triangle))["a"] == "abc"
    assert groups(clusters(IDS, triangle, not_duplicate=[("c", "a")])) == {
        "a": "ab",  # the stronger tie of the two stays
        "c": "c",
        **{name: name for name in "def"},
    }


def test_a_person_told_exact_copies_apart() -> None:
    edges = pairs(("a", "b", 1.0, "exact"), ("a", "c", 1.0, "exact"), ("b", "c", 1.0, "exact"))
    assert groups(clusters(IDS, edges, not_duplicate=[("a", "c")]))["a"] == "ab"
    named = groups(clusters(IDS, pairs(("a", "b", 1.0, "exact"), ("a", "d", 0.9, "near")), [("b", "d")]))
    assert named["a"] == "ab"
    assert named["d"] == "d"


def test_names_are_carried_over() -> None:
    before = earlier(b="b", c="b")
    table = clusters(IDS, near("ab", "ac", "bc"), earlier=before)
    assert groups(table)["b"] == "abc"  # a is smaller, but came later


def test_the_first_to_come_names_a_cluster() -> None:
    assert groups(clusters(pa.array(list("fcabde")), near("ac", "bc"))) == {"c": "abc", "d": "d", "e": "e", "f": "f"}


def test_two_clusters_grow_together() -> None:
    before = earlier(a="a", b="a", c="c", d="c", e="c")
    table = clusters(IDS, near("ab", "ac", "ad", "ae"), earlier=before)
    assert groups(table) == {"a": "abcde", "f": "f"}  # the older name wins, not the larger cluster


def test_a_cluster_is_split() -> None:
    before = earlier(a="a", b="a", c="a", d="a")
    assert groups(clusters(IDS, near("bc", "bd", "cd"), earlier=before)) == {
        "a": "a",
        "b": "bcd",
        "e": "e",
        "f": "f",
    }


def test_the_document_of_the_name_is_gone() -> None:
    before = earlier(a="0", b="0", c="0")
    assert groups(clusters(IDS, near("bc"), earlier=before))["0"] == "bc"


@pytest.mark.parametrize("strengths", ["equal", "rising"])
def test_a_long_chain_costs_no_more_than_its_length(strengths: str) -> None:
    """In rounds alone, each pick of this chain would wait for the one before: minutes."""
    n = 50_000
    names = [f"{i:06d}" for i in range(n)]
    weights = [0.9 if strengths == "equal" else 0.7 + i / (4 * n) for i in range(n)]
    edges = pairs(*zip(names, names[1:], weights, ["near"] * (n - 1), strict=False))
    start = time.process_time()
    table = clusters(pa.array(names), edges)
    assert time.process_time() - start < 20
    assert Counter(table["size"].to_pylist())[3] >= n - 3


@pytest.mark.parametrize("kind", ["exact", "near"])
def test_a_star_of_many_is_one_cluster(kind: str) -> None:
    names = [f"{i:06d}" for i in range(20_000)]
    told_apart = [(names[7], names[9]), (names[9], names[11])]
    table = clusters(pa.array(names), pairs(*((names[0], name, 0.9, kind) for name in names[1:])), told_apart)
    assert Counter(table["cluster_id"].to_pylist()) == {names[0]: 19_999, names[9]: 1}


# what all this means, without arrays


def reference(
    ids: list[str], edges: list[Edge], not_duplicate: list[tuple[str, str]], before: dict[str, str]
) -> list[dict[str, Any]]:
    """The clusters table, one pick after the other over dictionaries."""
    edges = [edge for edge in edges if edge[0] in ids and edge[1] in ids and edge[3] in MERGING]
    apart = {frozenset(pair) for pair in not_duplicate if len(set(pair)) == 2}
    original = originals(ids, edges, apart)
    enemies = {frozenset(original[name] for name in pair) for pair in apart if pair <= set(ids)}
    ties: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for a, b, strength, kind in edges:
        one, other = sorted((original[a], original[b]))
        if one != other and kind != "exact" and {one, other} not in enemies:
            kind = kind if one == original[a] else turned(kind)
            best = min((-round(strength * 1_000_000), ROLES.index(kind)), ties[one].get(other, (1, 0)))
            ties[one][other] = best
            ties[other][one] = best[0], ROLES.index(turned(ROLES[best[1]]))
    middle: dict[str, str] = {}
    left = set(ties)
    while left:
        picked = min(left, key=lambda name: (sum(ties[name][n][0] for n in ties[name] if n in left), name))
        star = {picked}
        for name in sorted(left & ties[picked].keys(), key=lambda n: (ties[picked][n][0], n)):
            if not any({name, member} in enemies for member in star):
                star.add(name)
        middle |= dict.fromkeys(star, picked)
        left -= star
    members = defaultdict(list)
    for name in sorted(ids):
        members[middle.get(original[name], original[name])].append(name)
    names = named(list(members.values()), ids, before)
    rows = []
    for center, group in members.items():
        for name in group:
            if name == center:
                role = "middle" if len(group) > 1 else "single"
            else:
                role = "exact" if original[name] == center else ROLES[ties[original[name]][center][1]]
            rows.append({"id": name, "cluster_id": names[group[0]], "size": len(group), "role": role})
    return sorted(rows, key=lambda row: row["id"])


def turned(kind: str) -> str:
    return {"contained": "contains", "contains": "contained"}.get(kind, kind)


def originals(ids: list[str], edges: list[Edge], apart: set[frozenset[str]]) -> dict[str, str]:
    copies = {name: {name} for name in ids}
    for a, b, _, kind in edges:
        if kind == "exact":
            together = copies[a] | copies[b]
            copies |= dict.fromkeys(together, together)
    original: dict[str, str] = {}
    for name in sorted(ids):
        kept = [other for other in sorted(copies[name]) if original.get(other) == other]
        for other in kept:
            if not any({name, one} in apart for one in copies[name] if original.get(one) == other):
                original[name] = other
                break
        else:
            original[name] = name
    return original


def named(members: list[list[str]], ids: list[str], before: dict[str, str]) -> dict[str, str]:
    arrival = {name: i for i, name in enumerate(ids)}
    first = {name: group[0] for group in members for name in group}
    heirs: dict[str, Counter[str]] = defaultdict(Counter)
    for name, bore in before.items():
        if name in first:
            heirs[bore][first[name]] += 1
    claims = defaultdict(list)
    for name, counted in heirs.items():
        heir = first.get(name) or min(counted, key=lambda group: (-counted[group], group))
        claims[heir].append((arrival.get(name, -1), name))
    return {group[0]: min(group, key=arrival.__getitem__) for group in members} | {
        group: min(claim)[1] for group, claim in claims.items()
    }


NAMES = "abcdefghij"
TWO = st.lists(st.sampled_from(NAMES + "z"), min_size=2, max_size=2, unique=True).map(lambda two: tuple(sorted(two)))
EDGES = st.lists(
    st.tuples(TWO, st.sampled_from([0.7, 0.8, 0.9]), st.sampled_from([*sorted(MERGING), "near", "template"])),
    max_size=24,
    unique_by=lambda edge: edge[0],
).map(lambda edges: [(*two, strength, kind) for two, strength, kind in edges])
#: always in rounds, as it comes, always one by one
WORTH = st.sampled_from([0.0, 0.1, 2.0])


@given(
    st.permutations(NAMES),
    EDGES,
    st.lists(TWO, max_size=5),
    st.dictionaries(st.sampled_from(NAMES + "z"), st.sampled_from("abcde12")),
    WORTH,
)
def test_equals_picking_one_by_one(
    ids: list[str], edges: list[Edge], apart: list[tuple[str, str]], before: dict[str, str], worth: float
) -> None:
    with mock.patch.object(module, "_WORTH", worth):
        table = clusters(pa.array(ids), pairs(*edges), apart, earlier(**before))
    assert table.to_pylist() == reference(ids, edges, apart, before)


@given(st.integers(0, 2**32), st.integers(1, 4), st.booleans(), WORTH)
def test_equals_picking_one_by_one_on_larger_graphs(seed: int, ties: int, equal: bool, worth: float) -> None:
    draw = random.Random(seed)
    ids = [f"{i:03d}" for i in range(60)]
    draw.shuffle(ids)
    two = {tuple(sorted(draw.sample(ids, 2))) for _ in range(30 * ties)}
    kinds = ["near", "near", "near", "near", "contained", "contains", "exact"]
    edges = [(a, b, 0.8 if equal else draw.choice([0.7, 0.75, 0.8, 0.9]), draw.choice(kinds)) for a, b in sorted(two)]
    # told apart, and tied to one document: these may meet in a star
    meeting = [(a, c) for (a, b), (c, d) in combinations(sorted(two), 2) if b == d]
    apart = draw.sample(meeting, min(len(meeting), draw.choice([0, 5, 40])))
    with mock.patch.object(module, "_WORTH", worth):
        table = clusters(pa.array(ids), pairs(*edges), apart)
    assert table.to_pylist() == reference(ids, edges, apart, {})


@given(EDGES, st.lists(TWO, max_size=3), st.data())
def test_invariants(edges: list[Edge], apart: list[tuple[str, str]], data: Any) -> None:
    ids = pa.array(list(NAMES))
    table = clusters(ids, pairs(*edges), apart)
    assert table["id"].to_pylist() == list(NAMES)
    of = dict(zip(table["id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True))
    assert all(of[a] != of[b] for a, b in apart if b != "z")
    for name, members in groups(table).items():
        assert name == min(members)
        assert set(table.filter(pc.equal(table["cluster_id"], name))["size"].to_pylist()) == {len(members)}
    shuffled = data.draw(st.permutations(edges))
    assert clusters(ids, pairs(*shuffled), apart).equals(table)
    # another order of arrival makes the same clusters, called by their first members
    other = groups(clusters(ids[::-1], pairs(*shuffled), apart))
    assert sorted(other.values()) == sorted(groups(table).values())
    assert all(name == max(members) for name, members in other.items())
    assert clusters(ids, pairs(*edges), apart, earlier=table).equals(table)  # a second night changes nothing
