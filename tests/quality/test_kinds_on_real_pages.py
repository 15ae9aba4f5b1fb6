"""The shipped limits on 400 real articles that a reader sorted into ordinary news and other things, cleaned first."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest

import curation
from curation.quality import KINDS

DATA = Path(__file__).parents[2] / "../shared/data"
#: What a reader called the page, and the reasons that say the same.
RIGHT = {
    "stub": {"word_count", "truncated", "paywall"},
    "photo_video": {"video_page", "photo_page"},
    "list_table": {"table", "answer_key"},
    "fact_check_post": {"fact_check"},
    "horoscope_zodiac_lyrics": {"horoscope", "lyrics"},
    "not_indonesian": {"indonesian"},
}


@cache
def judged() -> tuple[tuple[str, frozenset[str]], ...]:
    """What a reader called each page, and why the default profile rejects it."""
    articles, labels = DATA / "articles.jsonl.gz", DATA / "ordinary.jsonl"
    if not articles.exists():
        pytest.skip(f"{articles} is not here")
    label = {row["line"]: row for row in map(json.loads, labels.read_text(encoding="utf-8").splitlines())}
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for i, line in enumerate(lines) if i in label]
    names = [row["reason"] if row["label"] == "not" else row["label"] for _, row in sorted(label.items())]
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in ("url", "title", "text")}
    cleaned = curation.clean(pa.table(columns))
    verdicts = curation.judge(cleaned.tables["documents"], cleaned.tables["findings"]).tables["verdicts"]
    place = {row["id"]: int(row["source_ref"].rsplit(":", 1)[1]) - 1 for row in cleaned.tables["articles"].to_pylist()}
    return tuple((names[place[row["id"]]], frozenset(row["reasons"])) for row in verdicts.to_pylist())


def test_ordinary_news_are_kept() -> None:
    kept = [not reasons for label, reasons in judged() if label == "ordinary"]
    assert len(kept) > 300
    assert sum(kept) / len(kept) >= 0.985


@pytest.mark.parametrize("kind", [one.name for one in KINDS])
def test_no_kind_takes_ordinary_news(kind: str) -> None:
    assert sum(kind in reasons for label, reasons in judged() if label == "ordinary") <= 1


@pytest.mark.parametrize("label", RIGHT)
def test_other_things_are_rejected_for_what_they_are(label: str) -> None:
    found = [bool(reasons & RIGHT[label]) for name, reasons in judged() if name == label]
    # the teaser of an essay, 88 words, is one that nothing gives away
    assert sum(found) / len(found) >= 0.9
