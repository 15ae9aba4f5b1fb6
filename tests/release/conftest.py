from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from curation import schema, store
from curation.check.tables import check_released
from curation.release import assemble
from curation.release.manifest import Origin
from curation.release.papers.card import load_card
from curation.release.publish import Sources, publish
from curation.release.rights import load_rights

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RIGHTS = """
[default]
text = "withheld"

[[outlet]]
name = "Detak"
text = "full"
licence = "CC-BY-4.0"
source = "written for this test"

[[outlet]]
name = "Suluh Malam"
text = "excerpt"
excerpt = 20
licence = "CC-BY-NC-4.0"
source = "written for this test"
"""

CARD = """
title = "Korpus Pasar"
summary = "Berita \\"harga\\" pasar: untuk uji coba."
contact = "redaksi@detak.example"
collection = "Ditulis sendiri."
intended_use = "Uji coba."
limitations = "Kecil."
licence = "CC-BY-4.0"
citation_authors = ["Lestari, Dewi", "Pusat Bahasa Contoh"]
"""

OUTLETS = ("Detak", "Suluh Malam", "Warta Daerah")


def tables(n: int) -> dict[str, list[dict[str, object]]]:
    """`n` documents, of which every fifth is a copy and one is undated; answers for the first and the last."""
    documents, clusters, selection = [], [], []
    for i in range(n):
        key = f"{i * 7919 % 10_007:016x}"
        body = f"JAKARTA - Harga cabai rawit naik {i} persen di Pasar Induk, kata pedagang 😀."
        copy = i % 5 == 4
        cluster = documents[-1]["id"] if copy else key
        documents.append(
            {
                "id": key, "title": f"Harga cabai naik {i} persen", "body": body, "outlet": OUTLETS[i % 3],
                "url": f"https://detak.example/{i}", "tags": ["cabai", "pasar"] if i % 2 else [],
                "published_at": None if i == 3 else datetime(2025, 1, 31, 23, tzinfo=UTC) + timedelta(days=i % 40),
                "zone": "WIB", "language": "id", "n_words": 13,
                "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
            }
        )  # fmt: skip
        clusters.append({"id": key, "cluster_id": cluster, "size": 2 if copy else 1, "role": "member"})
        outcome = "duplicate" if copy else "selected"
        selection.append({"id": key, "selected": not copy, "outcome": outcome, "why": "", "keeper_id": cluster})
    when = datetime(2025, 6, 1, tzinfo=UTC)
    annotations = [
        {
            "campaign": "k", "round": "main", "task_key": f"t{i}", "annotation_id": str(i), "document_id": d["id"],
            "text_sha256": d["text_sha256"], "question": "frasa", "value": "tempat", "field": "body",
            "start": 0, "end": 7, "quote": "JAKARTA", "skipped": False, "annotator": "a1", "created_at": when,
            "updated_at": when, "lead_time": 7.5, "label_config_sha256": "c", "guideline_version": "1.0",
            "source": "export.json",
        }
        for i, d in enumerate(documents[:5])
    ]  # fmt: skip
    labels = [
        {"campaign": "k", "document_id": d["id"], "target": None, "question": "topik", "value": "ekonomi",
         "distribution": '{"ekonomi":1}', "method": "majority", "n_votes": 1}
        for d in documents[:5]
    ]  # fmt: skip
    rejected = [{"batch": "b1", "source_ref": f"b1:{i}", "reason": "repeat"} for i in range(3)]
    edits = [
        {"id": d["id"], "seq": 0, "start": 0, "end": 2, "removed": "x", "replacement": "", "rule": "baca_juga"}
        for d in documents
    ]
    return {
        "documents": documents, "clusters": clusters, "selection": selection, "annotations": annotations,
        "labels": labels, "rejected": rejected, "edits": edits,
    }  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workspace's tables, rights.toml and card.toml."""

    def make(n: int = 20, name: str = "workspace") -> Path:
        folder = tmp_path / name
        made = {name: schema.from_rows(name, rows) for name, rows in tables(n).items()}
        made["released"] = assemble.released(made["documents"], made["clusters"], made["selection"])
        for name, table in made.items():
            store.write_table(folder / f"{name}.parquet", table)
        (folder / "rights.toml").write_text(RIGHTS, encoding="utf-8")
        (folder / "card.toml").write_text(CARD, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def release() -> Callable[..., object]:
    """Publishes a workspace."""

    def release(folder, version="1.0.0", *, into=None, date="2025-07-01", check=check_released, rights=None):
        names = ("released", "annotations", "labels", "selection")
        batches = {name: (folder / f"{name}.parquet",) for name in ("rejected", "edits")}
        return publish(
            Sources(**{name: folder / f"{name}.parquet" for name in names}, **batches),
            into or folder / "releases",
            name="pasar",
            version=version,
            date=date,
            rights=rights or load_rights(folder / "rights.toml"),
            card=load_card(folder / "card.toml"),
            origin=Origin(inputs={"b1": "1"}, config="2", code="3"),
            check=check,
        )

    return release
