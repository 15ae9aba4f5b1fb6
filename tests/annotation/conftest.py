"""Three invented articles, one of them a copy, and the codebook with every kind of question."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation.codebook import Codebook
from curation.annotation.tasks import make_tasks

HERE = Path(__file__).parent

ARTICLES = [
    (
        "Tarif Parkir Pusat Kota Lembayung Naik Bulan Depan",
        "Nusakabar",
        "Pemerintah Kota Lembayung menaikkan tarif parkir. 😀 Warga menyambutnya dengan senyum, begitu pula "
        "kabar bahwa penyesuaian tarif parkir ditunda sepekan.\n\n"
        "“Tarif baru ini membuat trotoar bisa dipakai pejalan kaki,” kata Sari Wulandari.  Dua spasi "
        "mendahului kalimat ini.\n\n𝐊𝐞𝐩𝐚𝐥𝐚 dinas Bagas Pranata menjelaskan 👨‍👩‍👧 manfaat bagi keluarga.",
    ),
    (
        "Pedagang Keluhkan Kenaikan Tarif Parkir",
        "Detak",
        "Pedagang Pasar Rawajati menilai kenaikan itu terlalu cepat.\n\nWali kota membantah.",
    ),
    (
        "Jalur Sepeda Rawajati Mulai Diuji",
        "Detak",
        "Jalur sepeda sepanjang dua kilometer dibuka.\n\nKenaikan  tarif\nparkir tidak dibahas. Jalur sepedaku aman.",
    ),
    ("Pedagang Keluhkan Kenaikan Tarif Parkir (2)", "Pesisir", "Pedagang menilai kenaikan tarif parkir terlalu cepat."),
]


def document(title: str, outlet: str, body: str) -> dict[str, object]:
    return {
        "id": hashlib.sha256(title.encode()).hexdigest()[:16],
        "title": title,
        "body": body,
        "outlet": outlet,
        "published_at": datetime(2026, 3, 2, 18, tzinfo=UTC),
        "zone": "WIB",
        "tags": [],
        "n_words": len(body.split()),
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
    }


@pytest.fixture(scope="session")
def documents() -> pa.Table:
    return schema.from_rows("documents", [document(*article) for article in ARTICLES])


@pytest.fixture(scope="session")
def clusters(documents: pa.Table) -> pa.Table:
    ids = documents["id"].to_pylist()
    homes = [ids[0], ids[1], ids[2], ids[1]]
    rows = [
        {"id": id_, "cluster_id": home, "size": homes.count(home), "role": "member"}
        for id_, home in zip(ids, homes, strict=True)
    ]
    return schema.from_rows("clusters", rows)


@pytest.fixture(scope="session")
def selection(documents: pa.Table) -> pa.Table:
    ids = documents["id"].to_pylist()
    rows = [
        {"id": id_, "selected": i < 3, "outcome": "selected" if i < 3 else "duplicate", "why": "", "keeper_id": keeper}
        for i, (id_, keeper) in enumerate(zip(ids, [ids[0], ids[1], ids[2], ids[1]], strict=True))
    ]
    return schema.from_rows("selection", rows)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return codebooks.load(HERE / "codebook.toml")


@pytest.fixture(scope="session")
def tasks(documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook) -> pa.Table:
    return make_tasks(documents, clusters, selection, codebook, campaign="sikap-2026", round_="pilot")
