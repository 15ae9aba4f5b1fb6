from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from curation import schema, store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "JAKARTA - Harga cabai rawit di Pasar Induk turun menjadi Rp 35.000 per kilogram."
WHEN = datetime(2025, 3, 1, 5, 30, tzinfo=UTC)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


ROWS: dict[str, dict[str, Any]] = {
    "articles": {
        "id": "d1", "url": "https://detak.example/1", "outlet": "Detak", "batch": "b1", "first_seen": "b1",
        "authors": [], "published_at": WHEN, "tags": [], "raw": TEXT, "source_ref": "b1:1",
        "source_sha256": "s", "extractor": "none", "n_replaced": 0, "pages": 1,
    },
    "rejected": {"batch": "b1", "source_ref": "b1:9", "reason": "repeat"},
    "documents": {
        "id": "d1", "title": "Harga cabai turun", "body": TEXT, "outlet": "Detak", "published_at": WHEN,
        "tags": [], "language": "id", "n_words": 12, "text_sha256": sha256(TEXT),
    },
    "clusters": {"id": "d1", "cluster_id": "d1", "size": 1, "role": "single"},
    "selection": {"id": "d1", "selected": True, "outcome": "selected", "why": "", "keeper_id": "d1"},
    "tasks": {
        "campaign": "k", "round": "main", "task_key": "t1", "document_id": "d1", "cluster_id": "d1",
        "text_sha256": sha256(TEXT), "stratum": "s", "inclusion_probability": 1.0, "role": "normal",
    },
    "assignments": {
        "campaign": "k", "round": "main", "task_key": "t1", "annotator": "a1", "guideline_version": "1.0",
        "wanted": 2, "state": "open", "assigned_at": WHEN,
    },
    "annotations": {
        "campaign": "k", "round": "main", "task_key": "t1", "annotation_id": "1", "document_id": "d1",
        "text_sha256": sha256(TEXT), "question": "stance", "value": "favor", "skipped": False,
        "annotator": "a1", "created_at": WHEN, "updated_at": WHEN, "lead_time": 12.0,
        "label_config_sha256": "c", "guideline_version": "1.0", "source": "export.json",
    },
    "released": {
        "id": "d1", "title": "Harga cabai turun", "body": TEXT, "outlet": "Detak", "published_at": WHEN,
        "tags": [], "language": "id", "n_words": 12, "text_sha256": sha256(TEXT), "cluster_id": "d1",
        "cluster_size": 1, "split": "train", "topics": [], "stance": [],
        "label_status": "none", "text_access": "full", "licence": "CC-BY-4.0",
    },
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a table whose rows are a good row with changes; no changes at all means no rows."""

    def write(name: str, *changes: dict[str, Any]) -> Path:
        path = tmp_path / f"{name}.parquet"
        store.write_table(path, schema.from_rows(name, [ROWS[name] | change for change in changes]))
        return path

    write.text, write.sha256 = TEXT, sha256
    return write
