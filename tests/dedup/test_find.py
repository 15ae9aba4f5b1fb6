from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from curation.config import Dedup
from curation.dedup.find import find_candidates, near_duplicates
from curation.dedup.verify import verify

SETTINGS = Dedup()


@pytest.fixture(scope="module")
def corpus(news: Any) -> pa.Table:
    """240 documents: 40 stories, each alone, reworded more and more, cut short, and inside a longer page."""
    texts = []
    for story in range(40):
        body = news.text(story, 150 + 10 * story)
        words = body.split()
        other = news.text(1000 + story, 400)
        texts += [body, news.reworded(body, 40), news.reworded(body, 15), news.reworded(body, 8)]
        texts += [" ".join(words[: len(words) // 3]), f"{other} {body} {other[::-1]}"]
    return news.table(*({"id": f"{i:03d}", "body": body} for i, body in enumerate(texts)))


def keys(pairs: pa.Table) -> set[tuple[str, str]]:
    return set(zip(pairs["id_a"].to_pylist(), pairs["id_b"].to_pylist(), strict=True))


def test_pairs_equal_the_brute_force(corpus: pa.Table, news: Any) -> None:
    pairs, _ = near_duplicates(corpus, SETTINGS)
    truth = news.oracle(corpus, SETTINGS)
    assert len(truth) > 200
    assert keys(pairs) <= set(truth)
    assert len(keys(pairs)) >= 0.99 * len(truth)  # LSH and sketches are samples
    for row in pairs.to_pylist():
        exact = truth[row["id_a"], row["id_b"]]
        assert row["jaccard"] == exact.jaccard
        assert (row["containment_a"], row["containment_b"]) == (exact.containment_a, exact.containment_b)


def test_few_candidates_are_in_vain(corpus: pa.Table) -> None:
    assert find_candidates(corpus, SETTINGS).num_rows < 4 * near_duplicates(corpus, SETTINGS)[0].num_rows


def test_verification_may_be_split(corpus: pa.Table) -> None:
    candidates = find_candidates(corpus, SETTINGS)
    whole = verify(candidates, corpus, SETTINGS)
    parts = [verify(candidates.slice(i, 37), corpus, SETTINGS) for i in range(0, candidates.num_rows, 37)]
    assert pa.concat_tables(parts).equals(whole)


@hypothesis_settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_order_of_documents_does_not_matter(corpus: pa.Table, random: Any) -> None:
    few = corpus.slice(0, 60)
    order = random.sample(range(few.num_rows), few.num_rows)
    for one, two in zip(near_duplicates(few, SETTINGS), near_duplicates(few.take(order), SETTINGS), strict=True):
        assert one.equals(two)


def test_each_document_has_one_cluster_and_story(corpus: pa.Table) -> None:
    _, clusters = near_duplicates(corpus, SETTINGS)
    assert clusters["id"].to_pylist() == sorted(corpus["id"].to_pylist())
    for row in clusters.to_pylist():
        assert int(row["id"]) // 6 == int(row["cluster_id"]) // 6  # never two stories in one
        assert row["size"] == pc.sum(pc.equal(clusters["cluster_id"], row["cluster_id"])).as_py()


def test_nothing_in_nothing_out(news: Any) -> None:
    pairs, clusters = near_duplicates(news.bodies(), SETTINGS)
    assert pairs.num_rows == clusters.num_rows == 0


def test_empty_bodies_are_no_copies_of_each_other(news: Any) -> None:
    pairs, clusters = near_duplicates(news.bodies("", "", " — "), SETTINGS)
    assert pairs.num_rows == 0
    assert clusters["role"].to_pylist() == ["single"] * 3


def test_exact_copies_share_the_ties_of_the_one_that_stands_for_them(news: Any) -> None:
    body = news.text(3)
    near = news.reworded(body, 60)
    pairs, clusters = near_duplicates(news.bodies(near, body, body, body), SETTINGS)
    assert {(r["id_a"], r["id_b"]): r["kind"] for r in pairs.to_pylist()} == {
        ("d00", "d01"): "near",
        ("d01", "d02"): "exact",
        ("d01", "d03"): "exact",
    }
    assert clusters["cluster_id"].to_pylist() == ["d00"] * 4
