"""Chromium, people who sign in with it, and what a researcher types meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from curation import schema
from curation.annotation import campaign as campaigns
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import shipped_path
from curation.annotation.server import Server
from curation.annotation.tasks import task_key, tasks_json
from curation.cli import cli
from curation.verbs.labelling import write_round
from tests.annotation.browser.annotator import Annotator
from tests.annotation.conftest import document
from tests.chromium import installed, started

#: a workspace and what is typed in it after `curation`; with --json, as values
Typed = Callable[..., Any]
SitDown = Callable[..., Annotator]
Make = Callable[..., Campaign]

TARGET = "kenaikan tarif parkir"


@pytest.fixture(scope="session", autouse=True)
def program() -> str:
    """The installed browser; asked for before a server is started for nothing."""
    return installed("the labelling page")


@pytest.fixture(scope="module")
def chromium(program: str) -> Iterator[Browser]:
    with started("the labelling page") as browser:
        yield browser


@pytest.fixture
def sit_down(chromium: Browser, running: Server, account: Callable[[str], Any]) -> Iterator[SitDown]:
    """An annotator with a browser window of their own, signed in; when they leave, nothing has gone wrong."""
    people = []

    def of(name: str, width: int = 1440, height: int = 900, theme: str = "Light") -> Annotator:
        account(name)
        context = chromium.new_context(viewport={"width": width, "height": height})
        context.add_init_script(f"localStorage.setItem('preferred-color-scheme', '{theme}')")
        person = Annotator(context.new_page(), running.url)
        person.sign_in(f"{name}@kampus.example")
        people.append(person)
        return person

    yield of
    for person in people:
        person.page.context.close()
        assert person.outside == []
        assert person.errors == []


@pytest.fixture
def curation(running: Server, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.setenv("LABEL_STUDIO_URL", running.url)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", running.token)

    def typed(root: Path, *arguments: str) -> Any:
        monkeypatch.chdir(root)
        done = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout) if "--json" in arguments else done.stdout

    return typed


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    """A campaign with a shipped codebook and these articles, in their order; all tests share a server."""

    def of(book: str, *articles: tuple[str, str]) -> Campaign:
        name = f"{request.node.name.partition('[')[0].removeprefix('test_').replace('_', '-')[:36]}-{book}"
        (tmp_path / "curation.toml").touch()
        campaign = campaigns.campaign(tmp_path, name)
        campaign.folder.mkdir(parents=True)
        campaign.codebook.write_bytes(shipped_path(book).read_bytes())
        codebook = campaign.load_codebook()
        target = TARGET if codebook.per_target else None
        documents = [document(title, "Detak", body) for title, body in articles]
        rows = [
            {
                **{"campaign": name, "round": "main", "task_key": task_key(str(one["id"]), target, codebook.name)},
                **{"document_id": one["id"], "cluster_id": one["id"], "text_sha256": one["text_sha256"]},
                **{"target": target, "stratum": "Detak", "inclusion_probability": 1.0, "role": "normal"},
            }
            for one in documents
        ]
        tasks = schema.from_rows("tasks", rows)
        write_round(campaign, codebook, tasks, tasks_json(tasks, schema.from_rows("documents", documents), codebook))
        return campaign

    return of
