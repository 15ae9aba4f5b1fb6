"""Three invented articles, one of them a copy; the codebook with every kind of question; a real Label Studio."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation import codebook as codebooks
from curation.annotation import server
from curation.annotation.codebook import Codebook
from curation.annotation.tasks import draw_tasks
from curation.errors import DataError

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
    return draw_tasks(documents, clusters, selection, codebook, campaign="sikap-2026", round_="pilot").tasks


# -- a server with an administrator and as many annotators as a test wants ---------------------------

PROGRAM = HERE.parents[1] / ".cache" / f"label-studio-{server.VERSION}"


@pytest.fixture(scope="session")
def new_data(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Folders for servers that start for the first time; the program is installed once, for all sessions of tests."""
    PROGRAM.parent.mkdir(exist_ok=True)
    with PROGRAM.with_name(f"{PROGRAM.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another session may be at it
        try:
            server.install(PROGRAM)
        except DataError as error:
            if os.environ.get("CI"):
                raise  # where everything is tested, nothing is left out
            pytest.skip(f"NOT TESTED: {error}")
        server.first_data(PROGRAM, tmp_path_factory.mktemp("label-studio"))  # the template of all others

    def of() -> Path:
        data = tmp_path_factory.mktemp("label-studio") / "data"
        server.first_data(PROGRAM, data)
        return data

    return of


@pytest.fixture(scope="session")
def running(new_data: Callable[[], Path]) -> Iterator[server.Server]:
    """One server for all tests of a session: projects keep them apart."""
    with server.start(PROGRAM, data=new_data()) as started:
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
def account(running: server.Server, http: Any, admin: Any) -> Callable[[str], Any]:
    """The client of `name`@kampus.example, whose account is made when it is first asked for."""
    invite = admin.organizations.invites.get_invite_link().invite_url

    @cache
    def of(name: str) -> Any:
        return client(running, http, sign_up(running, invite, f"{name}@kampus.example"))

    return of


@pytest.fixture(scope="session")
def annotators(account: Callable[[str], Any]) -> list[Any]:
    return [account(name) for name in ("sari", "bayu")]


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
