"""Real input, with floors that may be raised and not lowered."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from curation.ingest.dates import parse


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    path = Path(__file__).parents[2] / "../shared/data/articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the real input is not here: ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_scraped_rows(shared: Path, rows: list[dict[str, Any]], ingest: Any) -> None:
    found = ingest(shared / "articles.jsonl.gz")
    assert not found.rejected
    assert [row["raw"] for row in found.articles] == [row["text"] for row in rows]
    assert sum(row["url_key"] is None for row in found.articles) == 1  # its url column holds the text
    assert not any(row["title"] in {"No Title", ""} for row in found.articles)


def test_scraped_dates(rows: list[dict[str, Any]]) -> None:
    dated = [row["date"] for row in rows if row["date"] and re.search(r"\d", row["date"])]
    missed = [text for text in dated if parse(text) is None]
    assert len(missed) / len(dated) < 0.005
    assert all(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d", text) for text in missed)  # two ways to read it
