"""Ours on dirty texts goes the way of the pipeline: what each site repeats is learned, then cleaning takes it out.

What is left of it makes stop-shingles: learned lines and passages. This is not timed here: ``benchmarks/clean.py``
measures cleaning.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa

from curation import schema, store
from curation.boilerplate.learned import chrome_table
from curation.config import Dedup, Engine
from curation.dedup.sets import stop_shingles
from curation.engine.local import LocalEngine
from curation.sites import shipped_sites
from curation.stages.clean import CleanSettings, clean_articles
from curation.stages.learn import learn


def cleaned(dirty: pa.Table, settings: Dedup) -> tuple[pa.Table, frozenset[int]]:
    """The documents without their chrome, and the stop-shingles that it leaves."""
    articles = as_articles(dirty)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.parquet"
        store.write_table(file, articles)
        how = CleanSettings(sites=shipped_sites(), crawl=(file,), crawl_content="one crawl")
        engine = LocalEngine(Engine(workers=1), Path(folder) / "engine")
        chrome = learn([(file, how)], settings, engine, Path(folder) / "learn")
        how = replace(how, chrome=chrome_table(chrome))
        parts = [articles.slice(n, store.BATCH_ROWS) for n in range(0, articles.num_rows, store.BATCH_ROWS)]
        documents = pa.concat_tables(clean_articles(part, how)["documents"] for part in parts)
    return documents, stop_shingles(chrome["example"].to_pylist())


def as_articles(documents: pa.Table) -> pa.Table:
    """What a scraper would have brought: the text of each document as it is, with its address and headline."""
    rows = (
        {
            "id": row["id"],
            "url": row["url"],
            "url_key": row["url_key"],
            "site": urlsplit(row["url"]).hostname,
            "outlet": row["outlet"],
            "network": row["network"],
            "batch": "benchmark",
            "first_seen": "benchmark",
            "title": row["title"],
            "authors": [],
            "published_at": row["published_at"],
            "tags": [],
            "raw": row["body"],
            "source_ref": row["id"],
            "source_sha256": row["text_sha256"],
            "extractor": "none",
            "n_replaced": 0,
            "pages": 1,
        }
        for row in documents.to_pylist()
    )
    return schema.from_rows("articles", rows)
