from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from curation.config import Dedup
from curation.dedup.find import find_candidates, near_duplicates
from curation.dedup.sets import stop_shingles
from curation.dedup.verify import measure

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
    truth = news.oracle(corpus)
    assert keys(pairs) <= set(truth)
    counted = {key for key, (jaccard, *c) in truth.items() if jaccard >= 0.5 or max(c) >= 0.65}
    assert len(counted) > 200
    assert len(keys(pairs) & counted) >= 0.99 * len(counted)  # LSH and sketches are samples
    for row in pairs.to_pylist():
        exact = truth[row["id_a"], row["id_b"]]
        assert (row["jaccard"], row["containment_a"], row["containment_b"]) == exact


def test_few_candidates_are_in_vain(corpus: pa.Table) -> None:
    assert find_candidates(corpus, SETTINGS).num_rows < 4 * near_duplicates(corpus, SETTINGS)[0].num_rows


def test_verification_may_be_split(corpus: pa.Table) -> None:
    candidates = find_candidates(corpus, SETTINGS)
    whole = measure(candidates, [corpus])
    parts = [measure(candidates.slice(i, 37), [corpus]) for i in range(0, candidates.num_rows, 37)]
    assert pa.concat_tables(parts).equals(whole)


def test_neither_backend_nor_threads_nor_files_matter(corpus: pa.Table, tmp_path: Path) -> None:
    documents = [corpus.slice(i, 50) for i in range(0, corpus.num_rows, 50)]
    candidates = find_candidates(corpus, SETTINGS)
    assert find_candidates(corpus, Dedup(backend="datasketch")).equals(candidates)
    whole = measure(candidates, [corpus])
    assert measure(candidates, documents, tmp_path, threads=3).equals(whole)
    assert measure(candidates, documents, backend="datasketch").equals(whole)
    assert list(tmp_path.iterdir()) == []


def test_stop_shingles_make_dirty_copies_alike_and_strangers_strangers(news: Any) -> None:
    chrome = news.text(77, 150)
    one, two, other = news.text(1), news.reworded(news.text(1), 30), news.text(2)
    dirty = news.bodies(*(f"{chrome}\n{body}" for body in (one, two, other)))
    [clean] = near_duplicates(news.bodies(one, two, other), SETTINGS)[0].to_pylist()
    [pair] = near_duplicates(dirty, SETTINGS, stops=stop_shingles([chrome]))[0].to_pylist()
    assert [pair[name] for name in ("id_a", "id_b", "jaccard")] == [clean[n] for n in ("id_a", "id_b", "jaccard")]
    assert near_duplicates(dirty, SETTINGS)[0].num_rows == 3


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
