"""Probes: which copies come into question, and which task each repeats."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.annotation.sampling.probes import near_twins, originals, with_probes
from curation.annotation.sampling.roles import of_the_sample
from curation.annotation.tasks import task_key
from tests.annotation.assignment.conftest import ASKED, tasks


def pair(a: str, b: str, jaccard: float = 0.95, **other: Any) -> dict[str, Any]:
    return {
        **{"id_a": a, "id_b": b, "jaccard": jaccard, "containment_a": 1.0, "containment_b": 1.0, "kind": "near"},
        **{"merges": True, "evidence": "", "same_text": False, "same_page": False, "one_corrects": False},
        **{"starts_alike": True, "swapped_numbers": 0, "swapped_names": 0, **other},
    }


def test_twins_say_nearly_the_same() -> None:
    pairs = schema.from_rows(
        "pairs",
        [
            pair("a", "b"),
            pair("b", "c", swapped_numbers=None),
            pair("d", "e", 0.89),
            pair("f", "g", kind="contained"),
            pair("h", "i", merges=False),
            pair("j", "k", swapped_names=1),
            pair("l", "m", swapped_numbers=2),
            pair("n", "o"),
        ],
    )
    homes = {**dict.fromkeys("abc", "a"), **{"d": "d", "e": "d", "f": "f", "g": "f"}, "n": "n", "o": "other"}
    clusters = pa.table({"id": list(homes), "cluster_id": list(homes.values())})
    assert near_twins(pairs, clusters) == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


def twins_of(table: pa.Table, every: int = 1) -> dict[str, set[str]]:
    return {id_: {f"{id_}-x", f"{id_}-y"} for id_ in sorted(set(table["document_id"].to_pylist()))[::every]}


def probed(table: pa.Table, n: int, twins: dict[str, set[str]] | None = None, **more: Any) -> pa.Table:
    twins = twins_of(table) if twins is None else twins
    texts = {twin: "1" * 64 for of in twins.values() for twin in of}
    return with_probes(table, twins, texts, "stance", round_="main", n=n, **more)


def test_a_probe_repeats_one_target_of_an_article_and_is_not_of_the_sample() -> None:
    drawn = tasks(12, 3)
    made = probed(drawn, 5)
    assert of_the_sample(made) == schema.conform("tasks", drawn)
    rows = {row["task_key"]: row for row in made.to_pylist()}
    pairs = originals(made)
    assert len(pairs) == 5
    assert len({rows[original]["document_id"] for original in pairs.values()}) == 5
    for probe, original in pairs.items():
        one, other = rows[probe], rows[original]
        assert one["document_id"] in {f"{other['document_id']}-x", f"{other['document_id']}-y"}
        assert one["task_key"] == task_key(one["document_id"], other["target"], "stance")
        assert (one["stratum"], one["inclusion_probability"], one["role"]) == ("probe", None, "probe")
        same = ("campaign", "round", "cluster_id", "target")
        assert [one[name] for name in same] == [other[name] for name in same]
    assert len({rows[original]["target"] for original in pairs.values()} & set(ASKED)) > 1


@given(st.integers(1, 20), st.integers(1, 4), st.integers(1, 3))
def test_as_many_as_are_wanted_or_as_there_are(n: int, every: int, seed: int) -> None:
    drawn = tasks(12)
    twins = twins_of(drawn, every)
    made = probed(drawn, n, twins, seed=seed)
    assert len(originals(made)) == min(n, len(twins))
    # the row order tells nothing, and what is there stays
    assert probed(drawn.take(list(reversed(range(12)))), n, twins, seed=seed).sort_by("task_key") == made.sort_by(
        "task_key"
    )
    assert probed(made, n, twins, seed=seed) == made
    more = probed(made, n + 1, twins, seed=seed)
    assert set(made["task_key"].to_pylist()) <= set(more["task_key"].to_pylist())
    assert set(Counter(more["cluster_id"].to_pylist()).values()) <= {1, 2}


def test_a_probe_shows_no_answer_of_a_model() -> None:
    carrying = schema.from_rows("tasks", [row | {"prediction": "kata-kunci"} for row in tasks(2).to_pylist()])
    made = probed(carrying, 2).to_pylist()
    assert [row["prediction"] for row in made] == ["kata-kunci"] * 2 + [None] * 2


def test_what_somebody_may_read_as_a_task_is_no_probe() -> None:
    drawn = tasks(2)
    first, second = (row["document_id"] for row in drawn.to_pylist())
    assert probed(drawn, 2, {first: {second}, second: {first}}).num_rows == 2
    # of another round, too
    pilot = pa.concat_tables([tasks(1, round_="pilot", first=5), drawn])
    there = pilot["document_id"][0].as_py()
    assert originals(probed(pilot, 2, {first: {there}})) == {}
    # and nothing is made of a text that is gone
    assert with_probes(drawn, {first: {"z"}}, {}, "stance", round_="main", n=1).num_rows == 2


def test_a_probe_whose_original_is_gone_has_none() -> None:
    made = probed(tasks(3), 1)
    (original,) = originals(made).values()
    left = made.filter(pa.array([key != original for key in made["task_key"].to_pylist()]))
    assert originals(left) == {}
