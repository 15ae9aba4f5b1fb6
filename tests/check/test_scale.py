"""Suites over more text than they may hold in memory: joins and windows take narrow rows only."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema, store
from curation.check import frame
from curation.check.frame import Bounds
from curation.config import Engine

ROWS, PART = 60_000, 2_000
#: less than the texts take, more than threads need to read
TIGHT = Engine(memory="96MB", workers=2)


def text(n: int) -> str:
    """An invented text of some 2,500 characters, unlike the others."""
    return " ".join(hashlib.sha256(f"{n} {i}".encode()).hexdigest() for i in range(38))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    for first in range(0, ROWS, PART):
        bodies = [text(n) for n in range(first, first + PART)]
        ids = [f"{n:016x}" for n in range(first, first + PART)]
        same = {"outlet": "Detak", "tags": [], "source_ref": "b1:1", "source_sha256": "s", "extractor": "none"}
        articles = [
            {**same, "id": id_, "url_key": id_, "batch": "b1", "first_seen": "b1", "authors": [], "raw": body + " lagi",
             "n_replaced": 0, "pages": 1}
            for id_, body in zip(ids, bodies, strict=True)
        ]  # fmt: skip
        documents = [
            {"id": id_, "outlet": f"o{n % 30}", "tags": [], "body": body, "n_words": 38, "language": "id",
             "text_sha256": hashlib.sha256(body.encode()).hexdigest()}
            for n, (id_, body) in enumerate(zip(ids, bodies, strict=True))
        ]  # fmt: skip
        for name, rows in (("articles", articles), ("documents", documents)):
            store.write_table(folder / name / f"part-{first:06d}.parquet", schema.from_rows(name, rows))
    store.write_table(folder / "rejected.parquet", schema.empty("rejected"))
    return folder


@pytest.mark.slow
def test_memory_is_not_that_of_the_texts(tables: Path, tmp_path: Path) -> None:
    """With joins and windows over whole rows, neither suite got through."""
    bounds = Bounds(TIGHT, tmp_path / "spill")
    raw = frame.raw(tables / "articles", tables / "rejected.parquet", bounds)
    clean = frame.clean(tables / "documents", tables / "articles", bounds=bounds)
    assert len(raw) == len(clean) == ROWS
    assert bool(raw["new_page"].all())
    assert bool(clean["sha256_matches"].all())
    assert clean["outlet_removed_share"].notna().all()
    assert list((tmp_path / "spill").iterdir()) == []


def test_what_it_may_take_changes_nothing(write, tmp_path):
    changes = [{"id": f"d{n}", "outlet": f"o{n % 2}"} for n in range(50)]
    documents, articles = write("documents", *changes), write("articles", *changes)
    plain = frame.clean(documents, articles)
    tight = frame.clean(documents, articles, bounds=Bounds(Engine(memory="48MB", workers=1), tmp_path))
    order = [one.sort_values("id").reset_index(drop=True) for one in (plain, tight)]
    assert pa.Table.from_pandas(order[0]).equals(pa.Table.from_pandas(order[1]))
