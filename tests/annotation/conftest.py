"""Three invented articles, one of them a copy; the codebook with every kind of question; a real Label Studio."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation import server
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


# -- a server with an administrator and two annotators ----------------------------------------------

PROGRAM = HERE.parents[1] / ".cache" / f"label-studio-{server.VERSION}"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    server.install(PROGRAM)
    data = tmp_path_factory.mktemp("label-studio") / "data"
    server.first_data(PROGRAM, data)
    with server.start(PROGRAM, data=data) as started:
        yield started
    assert started.process.poll() is not None


@pytest.fixture(scope="session")
def http() -> Iterator[Any]:
    import httpx  # what the SDK itself uses; ours is closed in the end

    with httpx.Client(timeout=60) as opened:
        yield opened


@pytest.fixture(scope="session")
def admin(running: server.Server, http: Any) -> Any:
    return client(running, http, running.token)


@pytest.fixture(scope="session")
def annotators(running: server.Server, http: Any, admin: Any) -> list[Any]:
    invite = admin.organizations.invites.get_invite_link().invite_url
    return [client(running, http, sign_up(running, invite, f"{name}@kampus.example")) for name in ("sari", "bayu")]


def client(running: server.Server, http: Any, token: str) -> Any:
    from label_studio_sdk import LabelStudio

    return LabelStudio(base_url=running.url, api_key=token, httpx_client=http)


def sign_up(running: server.Server, invite: str, email: str) -> str:
    """What a person does with the invitation, and the token of the new account."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    address = running.url + urllib.parse.urlsplit(invite)._replace(scheme="", netloc="").geturl()
    with opener.open(address) as response:
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', response.read().decode())
    assert csrf
    form = {"csrfmiddlewaretoken": csrf[1], "email": email, "password": "sandi-contoh-123", "how_find_us": ""}
    request = urllib.request.Request(address, urllib.parse.urlencode(form).encode(), {"Referer": address})
    with opener.open(request):
        pass
    with opener.open(f"{running.url}/api/current-user/token") as response:
        return str(json.load(response)["token"])
