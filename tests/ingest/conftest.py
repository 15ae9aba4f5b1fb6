from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from curation.config import Input, Site
from curation.ingest import convert, read, record_tables

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(__file__).parents[2] / "../shared/data"

SITE = Site(outlet="Kabar Kita", network="Kita", hosts=("kabar.example",))


def site_record(host: str | None) -> Site | None:
    return SITE if host == "kabar.example" else None


class Ingested:
    """The rows of a batch."""

    def __init__(self, articles: list[dict[str, Any]], rejected: list[dict[str, Any]]) -> None:
        self.articles = articles
        self.rejected = rejected

    def one(self) -> dict[str, Any]:
        assert not self.rejected
        assert len(self.articles) == 1
        return self.articles[0]

    def reasons(self) -> dict[str, str]:
        return {row["source_ref"]: row["reason"] for row in self.rejected}


def ingested(path: Path, columns: dict[str, str] | None = None, find: Any = site_record) -> Ingested:
    """All rows of an input."""
    settings = Input(columns=columns or {})
    made = [convert(table, batch="malam-1", site_record=find) for table in record_tables(read(path, settings), rows=7)]
    tables = {
        name: pa.concat_tables([part[name] for part in made]).to_pylist() if made else []
        for name in ("articles", "rejected")
    }
    return Ingested(tables["articles"], tables["rejected"])


@pytest.fixture(name="ingest")
def _ingest() -> Callable[..., Ingested]:
    return ingested


@pytest.fixture
def shared() -> Path:
    """Real input, which is not part of this repository."""
    if not SHARED.is_dir():
        pytest.skip("the real input is not here: ../shared/data")
    return SHARED
