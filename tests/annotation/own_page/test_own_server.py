"""A page of one's own on a real server: pushed as it is, answered, and renamed under way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import store
from curation.annotation import campaign as campaigns
from curation.annotation.project.remote import connect
from curation.annotation.server import Server
from curation.annotation.tasks import draw_tasks, tasks_json
from curation.verbs.campaign.own_page import begin_with_page
from curation.verbs.labelling import write_round
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import push_campaign
from curation.workspace import Workspace
from tests.annotation.own_page.test_own_page import XML

pytestmark = pytest.mark.slow

RENAMED = """
[[changelog]]
version = "1.1"
date = "2099-01-01"
effect = "none"
rename = { calm = "quiet" }
note = "Nama lain."
"""


def choice(value: str) -> list[dict[str, Any]]:
    rating = {"from_name": "quality", "to_name": "text", "type": "rating", "value": {"rating": 4}}
    return [{"from_name": "tone", "to_name": "text", "type": "choices", "value": {"choices": [value]}}, rating]


def test_pushed_as_it_is_answered_and_renamed_under_way(
    running: Server,
    account: Callable[[str], Any],
    tmp_path: Path,
    documents: pa.Table,
    clusters: pa.Table,
    selection: pa.Table,
) -> None:
    (tmp_path / "curation.toml").touch()
    (tmp_path / "my.xml").write_text(XML, encoding="utf-8")
    workspace = Workspace(tmp_path)
    assert begin_with_page(workspace, "mutu", tmp_path / "my.xml") == ("quality", "comment")
    campaign = campaigns.campaign(tmp_path, "mutu")

    def exported() -> int:
        book = campaign.load_codebook()
        tasks = draw_tasks(documents, clusters, selection, book, campaign="mutu", round_="pilot").tasks
        write_round(campaign, book, tasks, tasks_json(tasks, documents, book))
        return tasks.num_rows

    def tones() -> dict[str, list[str]]:
        table = store.read_table(campaign.annotations).to_pylist()
        labels = store.read_table(campaign.labels).to_pylist()
        return {
            "given": sorted(row["value"] for row in table if row["question"] == "tone"),
            "labels": sorted(row["value"] for row in labels if row["question"] == "tone"),
        }

    with connect({"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}) as remote:
        n = exported()
        made = push_campaign(workspace, "mutu", remote)
        sari = account("sari")
        assert made.pushed.sent == n
        assert push_campaign(workspace, "mutu", remote).notes == ()  # the page there is ours
        numbers = [task.id for task in sari.tasks.list(project=made.project)]
        sari.annotations.create(id=numbers[0], result=choice("calm"), lead_time=9.0)
        assert pull_campaign(workspace, "mutu", remote).problems == ()
        assert tones() == {"given": ["calm"], "labels": ["calm"]}

        page, book = campaign.folder / "own.xml", campaign.codebook
        page.write_text(page.read_text(encoding="utf-8").replace('alias="calm"', 'alias="quiet"'), encoding="utf-8")
        text = book.read_text(encoding="utf-8").replace('value = "calm"', 'value = "quiet"')
        book.write_text(text.replace('guideline_version = "1.0"', 'guideline_version = "1.1"') + RENAMED)
        exported()
        assert push_campaign(workspace, "mutu", remote).notes == (
            "the project has the page and instruction of guideline 1.1 now",
        )
        sari.annotations.create(id=numbers[1], result=choice("quiet"), lead_time=9.0)
        sari.annotations.create(id=numbers[2], result=choice("calm"), lead_time=9.0)  # it was open since before
        assert pull_campaign(workspace, "mutu", remote).problems == ()
    assert tones() == {"given": ["calm", "calm", "quiet"], "labels": ["quiet"] * 3}
