from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.config import Dedup
from curation.dedup.cluster import clusters
from curation.dedup.find import near_duplicates

IDS = pa.array(list("abcdef"))


def pairs(*edges: tuple[str, str, float, str]) -> pa.Table:
    rows = [
        {
            "id_a": a,
            "id_b": b,
            "jaccard": strength,
            "containment_a": strength,
            "containment_b": strength,
            "kind": kind,
            "evidence": "",
        }
        for a, b, strength, kind in edges
    ]
    return schema.from_rows("pairs", rows)


def groups(table: pa.Table) -> dict[str, str]:
    """cluster name → its members, as one string."""
    found: dict[str, str] = {}
    for row in table.to_pylist():
        found[row["cluster_id"]] = found.get(row["cluster_id"], "") + row["id"]
    return found


def near(*names: str) -> pa.Table:
    return pairs(*((name[0], name[1], 0.9, "near") for name in names))


def test_singles_are_clusters_of_one() -> None:
    table = clusters(IDS, near())
    assert table.schema == schema.arrow_schema("clusters")
    assert groups(table) == {name: name for name in "abcdef"}
    assert set(table["role"].to_pylist()) == {"single"}


def test_only_merging_kinds_merge() -> None:
    edges = [("a", "b", 0.9, "template"), ("a", "c", 0.9, "overlap"), ("d", "e", 0.9, "contained")]
    table = clusters(IDS, pairs(*edges))
    assert groups(table) == {"a": "a", "b": "b", "c": "c", "d": "de", "f": "f"}
    assert table["size"].to_pylist() == [1, 1, 1, 2, 2, 1]


def test_a_chain_falls_apart() -> None:
    table = clusters(IDS, near("ab", "bc", "cd", "de", "ef"))
    for members in groups(table).values():
        assert len(members) <= 3


def test_a_chain_of_drifting_texts_does_not_merge(news: Any) -> None:
    """Each text is near to the next three; those further off have too little in common."""
    words = news.text(1, 600).split()
    texts = [" ".join(words[i * 20 : i * 20 + 200]) for i in range(20)]
    pairs, table = near_duplicates(news.bodies(*texts), Dedup())
    assert pairs.num_rows > 40
    for members in groups(table).values():
        numbers = [int(name) for name in members.split("d")[1:]]
        assert max(numbers) - min(numbers) <= 6  # three to each side of the one in the middle


def test_exact_copies_follow_the_one_that_stands_for_them() -> None:
    edges = [("a", "b", 1.0, "exact"), ("a", "c", 1.0, "exact"), ("b", "c", 1.0, "exact"), ("a", "d", 0.8, "near")]
    assert groups(clusters(IDS, pairs(*edges)))["a"] == "abcd"
    edges += [("d", "e", 0.9, "near"), ("d", "f", 0.9, "near")]  # now d is the middle
    assert groups(clusters(IDS, pairs(*edges)))["a"] == "abcdef"


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


def earlier(**names: str) -> pa.Table:
    return pa.table({"id": list(names), "cluster_id": list(names.values())})


def test_names_are_carried_over() -> None:
    before = earlier(b="b", c="b")
    table = clusters(IDS, near("ab", "ac", "bc"), earlier=before)
    assert groups(table)["b"] == "abc"  # a is smaller, but came later


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


EDGES = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
        st.sampled_from([0.7, 0.8, 0.9]),
        st.sampled_from(["near", "exact", "contains", "update", "template"]),
    ).filter(lambda edge: edge[0] < edge[1]),
    max_size=14,
    unique_by=lambda edge: edge[:2],
)


@given(EDGES, st.data())
def test_invariants(edges: list[tuple[str, str, float, str]], data: Any) -> None:
    apart = data.draw(st.lists(st.sampled_from([edge[:2] for edge in edges]), max_size=3)) if edges else []
    table = clusters(IDS, pairs(*edges), apart)
    assert table["id"].to_pylist() == list("abcdef")
    of = dict(zip(table["id"].to_pylist(), table["cluster_id"].to_pylist(), strict=True))
    assert all(of[a] != of[b] for a, b in apart)
    for name, members in groups(table).items():
        assert name == min(members)
        assert set(table.filter(pa.compute.equal(table["cluster_id"], name))["size"].to_pylist()) == {len(members)}
    shuffled = data.draw(st.permutations(edges))
    assert clusters(IDS, pairs(*shuffled), apart).equals(table)
    # another order of arrival makes the same clusters, called by their first members
    other = groups(clusters(IDS[::-1], pairs(*shuffled), apart))
    assert sorted(other.values()) == sorted(groups(table).values())
    assert all(name == max(members) for name, members in other.items())
    assert clusters(IDS, pairs(*edges), apart, earlier=table).equals(table)  # a second night changes nothing
