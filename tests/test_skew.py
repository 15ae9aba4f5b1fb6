"""Skew: one story with thousands of copies, one article of megabytes; what it costs, and that nothing else changes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pytest

from curation import ingest
from curation.boilerplate import names
from curation.config import Dedup
from curation.dedup import groups
from curation.dedup.candidates import candidates
from curation.dedup.cluster import clusters
from curation.dedup.kind import judge
from curation.dedup.verify import measure
from curation.quality import documents
from curation.sites import load_sites
from curation.stages import clean
from curation.stages.dedup import sign_batch
from curation.stages.judge import measure_documents

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
SITES = load_sites(Path("none"), names.in_site)


@pytest.fixture(scope="module")
def skew() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        import skew

        yield skew


def corpus(skew: ModuleType, shape: str, count: int) -> pa.Table:
    room = skew.newsroom(shape, count, 11)
    room.chrome = None
    return pa.concat_tables([batch.documents for batch in room.batches(0, count)]).combine_chunks()


def clustered(news: pa.Table) -> tuple[int, pa.Table]:
    """The overlaps that were verified, and the clusters."""
    signed = sign_batch(news)["signatures"]
    overlaps = measure(candidates([lambda columns: [signed.select(columns)]], 25, 5), [news])
    return overlaps.num_rows, clusters(news["id"].combine_chunks().sort(), judge(overlaps, Dedup()))


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["exact", "near", "edited"])
def test_thousands_of_copies_cost_pairs_in_proportion(skew: ModuleType, shape: str) -> None:
    overlaps, found = clustered(corpus(skew, shape, 10_000))
    assert overlaps < {"exact": 8, "near": 100, "edited": 100}[shape] * 5_000  # those of the other half included
    size = max(found["size"].to_pylist())
    assert size >= {"exact": 4_990, "near": 4_900, "edited": 2_250}[shape]


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "fewer"), [("even", 1.0), ("near", 1.0), ("edited", 0.95)])
def test_fewer_pairs_make_nearly_the_same_clusters(
    skew: ModuleType, shape: str, fewer: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = corpus(skew, shape, 5_000)
    few, found = clustered(news)
    monkeypatch.setattr(groups, "EARLIEST", 10**6)
    many, expected = clustered(news)
    assert few <= fewer * many
    largest, whole = (max(table["size"].to_pylist()) for table in (found, expected))
    assert 0.95 * whole <= largest <= whole
    if shape == "even":
        assert found.equals(expected)


def articles(skew: ModuleType, shape: str, size: int) -> pa.Table:
    text = skew.long_text(shape, size, 3)
    page = (text.encode(),) if shape == "html" else ()
    record = ingest.Record(
        source_ref="a:1", url="https://kabarnusa.example/panjang", title="Kapal Tiba", text=None if page else text
    )
    if page:
        record = ingest.Record(source_ref="a:1", url="https://kabarnusa.example/panjang", pages=page)
    made: pa.Table = ingest.convert(ingest.record_table([record]), batch="b", site_record=SITES.find)["articles"]
    return made


def seconds(skew: ModuleType, shape: str, size: int) -> tuple[float, dict[str, Any]]:
    """CPU seconds from an article to its measures and its signature."""
    raw = articles(skew, shape, size)
    started = time.process_time()
    made = clean.clean_articles(raw, clean.CleanSettings(sites=SITES))
    made |= {"measures": measure_documents(made["documents"])["measures"]}
    made |= sign_batch(made["documents"])
    return time.process_time() - started, made


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["line", "lines", "chrome", "word", "html"])
def test_an_article_of_megabytes_costs_what_its_characters_cost(skew: ModuleType, shape: str) -> None:
    seconds(skew, shape, 20_000)  # compiles what is compiled
    small, _ = seconds(skew, shape, 1_000_000)
    large, made = seconds(skew, shape, 5_000_000)
    assert large < 5 * 2 * small + 0.5
    assert made["documents"].num_rows == made["measures"].num_rows == 1
    assert made["measures"]["word_count"].to_pylist() == made["documents"]["n_words"].to_pylist()


def test_of_a_long_body_the_beginning_is_measured() -> None:
    body = "Air surut di desa itu. " * 30_000
    table = pa.table({"id": ["a", "b"], "body": [body, "Air surut."], "n_words": pa.array([150_000, 2], pa.int32())})
    found = documents.Documents(table)
    assert found["body"].to_pylist() == [body[: documents.LENGTH], "Air surut."]
    assert found["n_words"].to_pylist()[0] < 150_000
    assert found["n_words"].to_pylist()[1] == 2
    assert found.whole.equals(table)
