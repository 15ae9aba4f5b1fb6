"""A workspace with a campaign of as many tasks as a test wants, and the server as a campaign sees it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from curation import schema
from curation.annotation import campaign as campaigns
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import Codebook
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.annotation.tasks import task_key, tasks_json
from curation.verbs.labelling import write_round
from curation.workspace import Workspace

#: an emoji of several code points, letters beyond the first plane, two spaces in a row
TEXT = "Warga 😀 menolak  tarif parkir. 𝐊𝐞𝐩𝐚𝐥𝐚 dinas 👨‍👩‍👧 menjelaskan manfaatnya."

Make = Callable[..., Campaign]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "curation.toml").write_text("", encoding="utf-8")
    return Workspace(tmp_path)


@pytest.fixture
def make(workspace: Workspace, codebook: Codebook, request: pytest.FixtureRequest) -> Make:
    def of(n: int, name: str = "", text: str = TEXT) -> Campaign:
        """A campaign of `n` tasks; its name is the test's, for all tests share a server."""
        name = name or request.node.name.partition("[")[0].removeprefix("test_").replace("_", "-")[:40]
        articles = [_document(number, f"{text} Laporan {number}.") for number in range(n)]
        documents = schema.from_rows("documents", articles)
        rows = [
            {
                "campaign": name,
                "round": "pilot",
                "task_key": task_key(article["id"], "Tarif parkir", codebook.name),
                "document_id": article["id"],
                "cluster_id": article["id"],
                "text_sha256": article["text_sha256"],
                "target": "Tarif parkir",
                "stratum": "Detak",
                "inclusion_probability": 1.0,
                "role": "normal",
            }
            for article in articles
        ]
        tasks = schema.from_rows("tasks", rows)
        campaign = campaigns.campaign(workspace.root, name)
        campaign.folder.mkdir(parents=True, exist_ok=True)
        if not campaign.codebook.exists():
            source = Path(__file__).parents[1] / "codebook.toml"
            campaign.codebook.write_bytes(source.read_bytes())
        book = campaign.load_codebook()
        write_round(campaign, book, tasks, tasks_json(tasks, documents, book))
        return campaign

    return of


def _document(number: int, body: str) -> dict[str, Any]:
    return {
        "id": f"{number:016x}",
        "title": f"Laporan {number}",
        "body": body,
        "outlet": "Detak",
        "published_at": datetime(2026, 3, 2, 18, tzinfo=UTC),
        "zone": "WIB",
        "tags": [],
        "n_words": len(body.split()),
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
    }


@pytest.fixture
def environment(running: Server) -> dict[str, str]:
    return {"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}


@pytest.fixture
def remote(environment: dict[str, str]) -> Iterator[Remote]:
    with connect(environment) as connected:
        yield connected


@pytest.fixture
def keys() -> Callable[[Campaign], list[str]]:
    def of(campaign: Campaign) -> list[str]:
        return [task["data"]["task_key"] for task in json.loads(campaign.tasks_json.read_text(encoding="utf-8"))]

    return of
