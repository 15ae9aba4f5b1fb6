"""The invented newsroom keeps its promises: what it calls a copy is one, and a seed says all."""

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation import schema
from curation.dedup.shingle import shingles
from curation.quality.text import n_words

COUNT = 6_000
BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def newsroom() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        import newsroom

        yield newsroom


@pytest.fixture(scope="module")
def corpus(newsroom: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("newsroom")
    newsroom.write(folder, COUNT, 5, with_chrome=True)
    return folder


@pytest.fixture(scope="module")
def documents(corpus: Path) -> pa.Table:
    return pq.read_table(corpus / "documents")


@pytest.fixture(scope="module")
def rows(corpus: Path, documents: pa.Table) -> Rows:
    truth = pq.read_table(corpus / "truth.parquet")
    assert truth["id"].equals(documents["id"])
    return [{**a, **b} for a, b in zip(documents.to_pylist(), truth.to_pylist(), strict=True)]


@pytest.fixture(scope="module")
def originals(rows: Rows) -> dict[int, dict[str, Any]]:
    return {row["story"]: row for row in rows if row["relation"] == "original"}


def of(rows: Rows, relation: str) -> Rows:
    found = [row for row in rows if row["relation"] == relation]
    assert found
    return found


def shared(a: str, b: str) -> float:
    """Share of a's shingles that b holds."""
    one, other = set(shingles(a)), set(shingles(b))
    return len(one & other) / len(one)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def test_documents_fit_their_schema(documents: pa.Table) -> None:
    assert schema.conform("documents", documents).equals(documents)
    assert len(set(documents["id"].to_pylist())) == COUNT
    assert documents["n_words"].equals(n_words(documents["body"]))
    digests = [hashlib.sha256(body.encode()).hexdigest() for body in documents["body"].to_pylist()]
    assert documents["text_sha256"].to_pylist() == digests


def test_row_groups_are_small(corpus: Path) -> None:
    file = pq.ParquetFile(corpus / "documents" / "part-00000.parquet")
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [2000, 2000, 2000]


def test_the_mix(rows: Rows) -> None:
    found = Counter(row["relation"] for row in rows)
    for relation, percent in (("aggregator", 1), ("update", 1), ("rewrite", 1), ("template", 5)):
        assert found[relation] == COUNT * percent // 100
    copies = sum(found[relation] for relation in ("exact", "edited", "lead_only", "truncated"))
    assert 0.18 < copies / COUNT < 0.26
    assert min(found.values()) >= 60


def test_lengths_are_those_of_news(rows: Rows) -> None:
    lengths = [row["n_words"] for row in of(rows, "original")]
    assert 380 < sum(lengths) / len(lengths) < 430
    assert min(lengths) >= 60
    assert max(lengths) > 1_200


def test_texts_look_like_news(documents: pa.Table) -> None:
    text = "\n".join(documents["body"].to_pylist())
    frequent = [word for word, _ in words(text).most_common(4)]
    assert frequent[:3] == ["yang", "di", "dan"]
    for sign in "“”–🙏":
        assert sign in text
    assert 0.0005 < sum(ord(sign) > 127 for sign in text) / len(text) < 0.02
    assert not re.search(r"  |^ | $|\n\n|[#@&%]", text, re.MULTILINE)


def test_copies_are_made_from_their_originals(rows: Rows, originals: dict[int, dict[str, Any]]) -> None:
    for row in of(rows, "exact"):
        assert row["body"] == originals[row["story"]]["body"]
    for relation in ("lead_only", "truncated"):
        for row in of(rows, relation):
            assert originals[row["story"]]["body"].startswith(row["body"][:-1])
    held = [shared(row["body"], originals[row["story"]]["body"]) for row in of(rows, "edited")]
    assert min(held) < 0.5 < 0.9 < max(held)
    assert min(held) > 0.1


def test_facts_of_edited_copies_stay(rows: Rows, originals: dict[int, dict[str, Any]]) -> None:
    strange = 0.0
    for row in of(rows, "edited"):
        numbers = set(re.findall(r"\d[\d.,]*", row["body"]))
        strange += len(numbers - set(re.findall(r"\d[\d.,]*", originals[row["story"]]["body"]))) / len(numbers or "1")
    # those of added sentences
    assert strange / len(of(rows, "edited")) < 0.15


def test_an_aggregator_holds_whole_stories(rows: Rows, originals: dict[int, dict[str, Any]]) -> None:
    for row in of(rows, "aggregator"):
        assert 2 <= len(row["holds"]) <= 3
        for story in row["holds"]:
            assert originals[story]["body"][:-1] in row["body"]


def test_an_update_stands_on_the_page_of_its_original(rows: Rows, originals: dict[int, dict[str, Any]]) -> None:
    for row in of(rows, "update"):
        original = originals[row["story"]]
        assert row["url_key"] == original["url_key"]
        assert row["title"] == f"UPDATE: {original['title']}"
        assert row["published_at"] > original["published_at"]
        assert row["body"] != original["body"]


def test_a_rewrite_shares_passages(rows: Rows, originals: dict[int, dict[str, Any]]) -> None:
    held = [shared(row["body"], originals[row["story"]]["body"]) for row in of(rows, "rewrite")]
    assert 0.2 < sum(held) / len(held) < 0.5
    assert max(held) < 0.8


def test_pages_of_a_frame_share_words_and_differ_in_facts(rows: Rows) -> None:
    frames: dict[int, Rows] = {}
    for row in of(rows, "template"):
        assert row["story"] is None
        frames.setdefault(row["template"], []).append(row)
    assert len(frames) >= 2
    for pages in frames.values():
        for a, b in itertools.pairwise(pages[:20]):
            one, other = words(a["body"]), words(b["body"])
            assert 0.55 < (one & other).total() / max(one.total(), other.total()) < 0.97
            assert set(re.findall(r"\d+", a["body"])) != set(re.findall(r"\d+", b["body"]))


def test_copies_lie_far_from_their_originals(rows: Rows) -> None:
    place = {row["story"]: i for i, row in enumerate(rows) if row["relation"] == "original"}
    copies = [(i, row) for i, row in enumerate(rows) if row["relation"] in {"exact", "edited"}]
    distance = [abs(i - place[row["story"]]) for i, row in copies]
    assert COUNT / 4 < sum(distance) / len(distance) < COUNT / 2.4  # a third, by chance


def test_chrome_is_added_to_the_same_documents(corpus: Path, documents: pa.Table) -> None:
    dirty = pq.read_table(corpus / "dirty")
    assert dirty["id"].equals(documents["id"])
    added = [a - b for a, b in zip(dirty["n_words"].to_pylist(), documents["n_words"].to_pylist(), strict=True)]
    assert 100 < sum(added) / COUNT < 150
    assert min(added) > 60
    assert max(added) < 160
    held = [shared(a.as_py(), b.as_py()) for a, b in zip(documents["body"][:300], dirty["body"][:300], strict=True)]
    assert min(held) > 0.5
    assert sum(held) / 300 > 0.9
    # some of it on lines of its own, some within a line of the text
    lines = [body.split("\n") for body in dirty["body"].to_pylist()]
    assert sum("Baca Juga:" in found for found in lines) > COUNT / 20
    assert sum(any("Baca juga: " in line and len(line) > 200 for line in found) for found in lines) > COUNT / 20


def test_a_seed_gives_the_same_bytes_whatever_the_processes(newsroom: ModuleType, tmp_path: Path) -> None:
    for name, processes in (("one", 1), ("two", 2)):
        newsroom.write(tmp_path / name, newsroom.PART_ROWS + 100, 3, processes=processes)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.parquet"))
    assert len(files) == 3
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_another_seed_gives_another_corpus(newsroom: ModuleType) -> None:
    one, again, other = (newsroom.news(50, seed) for seed in (1, 1, 2))
    assert one.equals(again)
    assert not set(one["text_sha256"].to_pylist()) & set(other["text_sha256"].to_pylist())
    assert not set(one["id"].to_pylist()) & set(other["id"].to_pylist())


@pytest.mark.parametrize("count", [1, 2, 7, 99, 101])
def test_a_corpus_of_any_size(newsroom: ModuleType, count: int) -> None:
    assert newsroom.news(count, 1).num_rows == count
