import random
import subprocess
import sys
from functools import cache
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.dedup.oracle import all_pairs
from curation.dedup.sets import Sets
from curation.dedup.shingle import flatten, shingle_hashes, shingles

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"

#: few words, so that short texts share shingles
bodies = st.lists(st.lists(st.sampled_from(["api", "banjir", "cuaca", "desa"]), max_size=14).map(" ".join), max_size=12)
thresholds = st.sampled_from([0.01, 0.2, 0.3, 0.5, 0.55, 0.65, 0.7, 0.8, 0.95, 1.0])


def documents(texts: list[str], *, seed: int = 0) -> pa.Table:
    """Texts whose ids are in no order."""
    ids = [f"d{number:04d}" for number in range(len(texts))]
    random.Random(seed).shuffle(ids)
    return pa.table({"id": pa.array(ids, pa.string()), "body": pa.array(texts, pa.string())})


@cache
def shingle_set(body: str) -> frozenset[str]:
    return frozenset(shingles(body))


def brute_force(table: pa.Table, jaccard: float, containment: float) -> dict[tuple[str, str], tuple[float, ...]]:
    """All pairs, each compared: on shingles, not on their hashes."""
    rows = sorted((row["id"], shingle_set(row["body"])) for row in table.to_pylist())
    found: dict[tuple[str, str], tuple[float, ...]] = {}
    for (a, one), (b, other) in combinations(rows, 2):
        shared = len(one & other)
        if not shared:
            continue
        similarity = (shared / len(one | other), shared / len(one), shared / len(other))
        if similarity[0] >= jaccard or max(similarity[1:]) >= containment:
            found[a, b] = similarity
    return found


def joined(table: pa.Table, jaccard: float, containment: float) -> dict[tuple[str, str], tuple[float, ...]]:
    rows = all_pairs(table, jaccard, containment).to_pylist()
    found = {(row.pop("id_a"), row.pop("id_b")): tuple(row.values()) for row in rows}
    assert len(found) == len(rows)
    return found


@given(bodies, thresholds, thresholds)
def test_the_oracle_finds_what_comparing_all_with_all_finds(
    texts: list[str], jaccard: float, containment: float
) -> None:
    table = documents(texts)
    assert joined(table, jaccard, containment) == brute_force(table, jaccard, containment)


@pytest.mark.parametrize(("jaccard", "containment"), [(0.7, 0.8), (0.3, 0.5), (0.05, 1.0), (1.0, 0.1), (0.8, 0.65)])
def test_the_oracle_is_right_on_news(jaccard: float, containment: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import newsroom

    table = newsroom.news(300, seed=11).select(["id", "body"])
    expected = brute_force(table, jaccard, containment)
    assert len(expected) > 25
    assert joined(table, jaccard, containment) == expected


def test_reworded_texts(news: SimpleNamespace) -> None:
    originals = [news.text(seed) for seed in range(60)]
    table = documents(originals + [news.reworded(body, 5 + n % 40) for n, body in enumerate(originals)], seed=3)
    found = joined(table, 0.2, 0.3)
    assert found == brute_force(table, 0.2, 0.3)
    assert 30 <= len(found) <= 60


def test_bodies_without_words_are_in_no_pair() -> None:
    assert joined(documents(["", "...", "", "Gempa lagi!"]), 0.01, 0.01) == {}
    assert all_pairs(documents([]), 0.5, 0.5).column_names == [
        "id_a",
        "id_b",
        "jaccard",
        "containment_a",
        "containment_b",
    ]


def test_equal_bodies_are_pairs_each_with_each() -> None:
    found = joined(documents(["Warga keluar rumah saat gempa terasa di Malang"] * 7), 1.0, 1.0)
    assert len(found) == 21
    assert set(found.values()) == {(1.0, 1.0, 1.0)}


def test_bodies_of_one_word() -> None:
    found = joined(documents(["Ralat", "ralat!", "Banjir"]), 0.5, 0.5)
    assert list(found.values()) == [(1.0, 1.0, 1.0)]


def test_the_order_of_the_documents_does_not_matter(news: SimpleNamespace) -> None:
    table = documents([news.text(0), news.reworded(news.text(0), 30), news.text(1), news.text(1, 60)])
    turned = table.take([3, 1, 0, 2])
    assert all_pairs(table, 0.5, 0.8).equals(all_pairs(turned, 0.5, 0.8))
    assert all_pairs(table, 0.5, 0.8).num_rows == 2


def test_sets_of_the_callers_own(news: SimpleNamespace) -> None:
    table = documents([news.text(0), news.reworded(news.text(0), 40), "gempa lagi", "Gempa, lagi."])
    sets = Sets(*flatten([shingle_hashes(body) for body in table["body"].to_pylist()]))
    assert all_pairs(table, 0.5, 0.5, sets).equals(all_pairs(table, 0.5, 0.5))


@pytest.mark.parametrize(("jaccard", "containment"), [(0, 0.5), (0.5, 0), (1.1, 0.5), (0.5, -1)])
def test_thresholds_out_of_range(jaccard: float, containment: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        all_pairs(documents(["Gempa"]), jaccard, containment)


def test_it_loads_with_the_compiler_only_where_it_is_used() -> None:
    code = "import sys, curation, curation.dedup; assert not {'numba', 'curation.dedup.oracle'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
