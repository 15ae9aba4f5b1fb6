"""From the sample to a release: decisions are published as labels of the campaign that was divided."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation import config, store
from curation.annotation import campaign as campaigns
from curation.errors import UsageError
from curation.pipeline import Pipeline
from curation.verbs.campaign.adjudicate import adjudicate
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
BOTH = ("satu@kampus.example", "dua@kampus.example")
NAME = "topik-adjudication"


@pytest.fixture
def finished(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path / "workspace")
    make_workspace(workspace.root, SAMPLE)
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, workspace.root)))
    return workspace


def answer(workspace: Workspace, name: str, said: dict[str, str]) -> None:
    """Each of these people chooses one topic for all tasks of a campaign."""
    exported = []
    tasks = json.loads(campaigns.campaign(workspace.root, name).tasks_json.read_text(encoding="utf-8"))
    for number, task in enumerate(tasks):
        given = []
        for place, (who, topic) in enumerate(said.items()):
            choice: dict[str, Any] = {"from_name": "topic", "to_name": "text", "type": "choices"}
            given.append(
                {
                    "id": 10 * number + place,
                    "completed_by": {"email": who},
                    "result": [{**choice, "value": {"choices": [topic]}}],
                    "was_cancelled": False,
                    "created_at": "2026-03-09T08:00:00Z",
                    "updated_at": "2026-03-09T08:00:00Z",
                    "lead_time": 30.0,
                }
            )
        exported.append({"id": number, "data": task["data"], "annotations": given})
    path = workspace.root / f"{name}.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    assert pull_export(workspace, name, path).problems == ()


def released(folder: Path, table: str) -> list[dict[str, Any]]:
    files = sorted((folder / "data" / table).rglob("*.parquet"))
    return pa.concat_tables([pq.read_table(file) for file in files]).to_pylist()


@pytest.mark.slow
def test_decisions_are_labels_and_the_adjudication_is_no_campaign(finished: Workspace) -> None:
    export_tasks(finished, "topik", shipped="topic", n=6)
    answer(finished, "topik", dict(zip(BOTH, ("economy", "health"), strict=True)))
    made = adjudicate(finished, "topik")
    n = store.read_table(campaigns.campaign(finished.root, "topik").tasks).num_rows
    assert (made.open, made.questions) == (n, {"topic": n})
    with pytest.raises(UsageError, match="Make them with: curation label adjudicate topik"):
        export_tasks(finished, NAME)
    answer(finished, NAME, {"tiga@kampus.example": "education"})
    assert all(result.passed for result in check_workspace(finished))

    published = publish_workspace(finished, config.load(finished.config_file), "1.0.0", "2026-03-10")
    assert {row["campaign"] for row in released(published.folder, "annotations")} == {"topik"}
    labels = [row for row in released(published.folder, "labels") if row["method"] == "adjudicated"]
    assert {(row["campaign"], row["value"]) for row in labels} == {("topik", "education")}
    assert len({row["document_id"] for row in labels}) == n
    shutil.rmtree(finished.campaign(NAME))
    assert not publish_workspace(finished, config.load(finished.config_file), "1.0.0", "2026-03-10").is_new
