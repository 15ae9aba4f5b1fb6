"""Articles to measure on: any JSON lines with `text`, `title`, `url`; near 400 words each, as many as asked for."""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

GOLD = Path(__file__).parents[1] / "tests" / "evaluation" / "gold"
#: words of an article; the mean of the real ones between these is 400
SHORTEST, LONGEST = 320, 520


class Article(NamedTuple):
    """What a cleaner is given, as the stage `ingest` gives it."""

    text: str
    title: str | None
    url: str
    host: str


def read(path: Path | None) -> list[Article]:
    """The articles of a file near 400 words; without a file, those of the shipped gold set, three to a text."""
    if path is not None:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        articles = [_article(row, row["text"] or "") for row in rows]
        return [article for article in articles if SHORTEST <= len(article.text.split()) <= LONGEST]
    rows = [json.loads(line) for file in sorted(GOLD.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    texts = ["\n".join(line["text"] for line in row["lines"]) for row in rows]
    return [_article(row, "\n".join(itertools.islice(itertools.cycle(texts), n, n + 3))) for n, row in enumerate(rows)]


def _article(row: dict[str, str | None], text: str) -> Article:
    title, url = " ".join((row.get("title") or "").split()), row.get("url") or ""
    return Article(text, title or None, url, (urlsplit(url).hostname or "").removeprefix("www."))


def repeated(articles: list[Article], count: int) -> Iterator[Article]:
    """So many articles, the same ones over and over, each with a last sentence of its own."""
    for number, article in enumerate(itertools.islice(itertools.cycle(articles), count)):
        yield article._replace(
            text=f"{article.text}\nNomor perkara dalam berkas itu ialah {number}.",
            url=f"{article.url}?nomor={number}",
        )
