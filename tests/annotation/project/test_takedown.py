"""A withdrawn document leaves Label Studio, too; what can't be reached is told."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation.annotation.campaign import Campaign
from curation.annotation.project.record import Record
from curation.annotation.project.remote import Remote
from curation.verbs.project.push import push_campaign
from curation.verbs.takedown import labelling
from curation.verbs.takedown.traces import Traces
from curation.workspace import Workspace
from tests.annotation.project.conftest import TEXT, Make

pytestmark = pytest.mark.slow
ID = f"{0:016x}"
TRACES = Traces.of([f"{TEXT} Laporan 0."], [pa.chunked_array([[f"{TEXT} Laporan 1.", f"{TEXT} Laporan 2."]])])


def test_its_tasks_are_deleted_on_the_server(
    workspace: Workspace,
    make: Make,
    remote: Remote,
    keys: Callable[[Campaign], list[str]],
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    campaign = make(3)
    project = push_campaign(workspace, campaign.name, remote).project
    others = keys(campaign)
    gone = labelling.task_keys(workspace, [ID])
    assert labelling.unreached(workspace, gone) == []
    done = labelling.purge(workspace, [ID], gone, TRACES)
    assert (done.remote, done.left) == (1, {})
    others.remove(gone[campaign.name][0])
    assert [task.key for task in remote.held(project)] == others == keys(campaign)
    assert set(Record(campaign.folder).pushed(Record(campaign.folder).projects[0])) == set(others)
    assert labelling.purge(workspace, [ID], gone, TRACES).remote == 0  # finished after a kill
    again = push_campaign(workspace, campaign.name, remote)
    assert (again.pushed.sent, again.pushed.known) == (0, 2)


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_a_server_that_is_not_reached_is_told(
    workspace: Workspace, make: Make, remote: Remote, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = make(3, name=f"jauh-{len(url)}")
    push_campaign(workspace, campaign.name, remote)
    gone = labelling.task_keys(workspace, [ID])
    if url:  # it names itself, and nothing answers there
        text = (campaign.folder / "projects.json").read_text().replace(remote.url, url)
        (campaign.folder / "projects.json").write_text(text)
        monkeypatch.setenv("LABEL_STUDIO_URL", url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", "t0ken")
    else:
        monkeypatch.delenv("LABEL_STUDIO_URL", raising=False)
        assert labelling.unreached(workspace, gone) == [remote.url]
    done = labelling.purge(workspace, [ID], gone, TRACES)
    ((place, what),) = done.left.items()
    assert place.startswith("project ")
    assert gone[campaign.name][0] in what
    assert ID not in json.dumps(pq.read_table(campaign.tasks)["document_id"].to_pylist())
