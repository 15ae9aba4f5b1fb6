"""Three annotators and an adjudicator on a real Label Studio."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from curation import store
from curation.annotation.adjudication.answers import adjudicated
from curation.annotation.annotators import load
from curation.annotation.campaign import Campaign
from curation.annotation.page import page as labelling_page
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.annotation.tasks import tasks_json
from curation.verbs.campaign.adjudicate import adjudicate, decided
from curation.verbs.labelling import write_round
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.push import push_campaign
from curation.workspace import Workspace
from tests.annotation.adjudication.conftest import change, documents, tasks

pytestmark = pytest.mark.slow
NAME = "sikap-adjudication"


@pytest.fixture
def remote(running: Server) -> Iterator[Remote]:
    with connect({"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}) as connected:
        yield connected


def say(who: Any, task: int, stance: str, quote: str = "", text: str = "") -> None:
    chosen = [("stance", stance), ("confidence", "sure")]
    result = [
        {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [value]}}
        for question, value in chosen
    ]
    if quote:
        start = text.index(quote)
        held = {"start": start, "end": start + len(quote), "text": quote, "labels": ["quote"]}
        result.append({"from_name": "evidence", "to_name": "text", "type": "labels", "value": held})
    who.annotations.create(id=task, result=result, lead_time=12.0)


def test_three_annotators_and_an_adjudicator(
    workspace: Workspace, campaign: Campaign, remote: Remote, admin: Any, account: Callable[[str], Any]
) -> None:
    sari, bayu, nengah, ketut = (account(name) for name in ("sari", "bayu", "nengah", "ketut"))
    book, tables = campaign.load_codebook(), tasks(4)
    write_round(campaign, book, tables, tasks_json(tables, documents(4), book))
    made = push_campaign(workspace, "sikap", remote, people=3)
    text = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))[0]["data"]["text"]
    numbers = dict(made.pushed.tasks)
    keys = list(numbers)
    for key, stances in zip(
        keys, ("favor against neutral", "favor favor against", "favor against", "against favor neutral"), strict=True
    ):
        for who, stance in zip((sari, bayu, nengah), stances.split(), strict=False):
            say(who, numbers[key], stance, "<b>menolak</b>" if who is bayu and key == keys[0] else "", text)
    assert pull_campaign(workspace, "sikap", remote).problems == ()
    assert adjudicated(campaign).num_rows == 0

    first = adjudicate(workspace, "sikap", n=3)
    assert (first.open, first.unfinished) == (2, 1)
    pushed = push_campaign(workspace, NAME, remote)
    assert (pushed.title, pushed.pushed.sent) == ("sikap-adjudication 1.1", 2)
    asked = dict(pushed.pushed.tasks)
    assert set(asked) == {keys[0], keys[3]}
    project = admin.projects.get(id=pushed.project)
    assert project.label_config == labelling_page(campaign.adjudication.load_codebook())
    assert "Adjudikasi: " in project.expert_instruction

    # what the adjudicator's account gets of a task names nobody and holds no answer to start from
    there = ketut.tasks.get(id=str(asked[keys[0]]))
    assert not there.annotations
    assert not there.predictions
    assert sorted(part[3:] for part in there.data["answers_stance"].split(" · ")) == ["Mendukung", "Menolak", "Netral"]
    assert "«<b>menolak</b>»" in there.data["answers_evidence"]
    told = json.dumps(there.data)
    for row in load(campaign.annotators).rows:
        assert f'"{row.annotator}"' not in told
    assert "@" not in told

    say(ketut, asked[keys[0]], "against", "<b>menolak</b>", text)
    say(sari, asked[keys[3]], "favor")  # one of the task's own annotators
    assert pull_campaign(workspace, NAME, remote).problems == ()
    found = adjudicated(campaign).to_pylist()
    assert {(row["campaign"], row["round"]) for row in found} == {("sikap", "adjudication")}
    people = {row.email: row.annotator for row in load(campaign.annotators).rows}
    assert {(row["task_key"], row["value"], row["annotator"]) for row in found if row["question"] == "stance"} == {
        (keys[0], "against", people["ketut@kampus.example"]),
        (keys[3], "favor", people["sari@kampus.example"]),
    }
    assert [row["quote"] for row in found if row["question"] == "evidence"] == ["<b>menolak</b>"]
    state = decided(workspace, NAME)
    assert state
    assert state.own_answers == ((keys[3], people["sari@kampus.example"]),)
    labels = {
        (row["document_id"], row["value"]): row["method"] for row in store.read_table(campaign.labels).to_pylist()
    }
    documents_of = dict(zip(tables["task_key"].to_pylist(), tables["document_id"].to_pylist(), strict=True))
    assert labels[documents_of[keys[0]], "against"] == "adjudicated"
    assert labels[documents_of[keys[1]], "favor"] == "majority"

    # a week later: an answer came in, and the guideline changed
    say(nengah, numbers[keys[2]], "neutral")
    pull_campaign(workspace, "sikap", remote)
    change(campaign, "1.2", labels="cannot_judge")
    again = adjudicate(workspace, "sikap", n=3)
    assert (again.open, again.new, again.done) == (1, 1, 2)
    newer = push_campaign(workspace, NAME, remote)
    assert (newer.title, [key for key, _ in newer.pushed.tasks]) == ("sikap-adjudication 1.2", [keys[2]])
    say(ketut, newer.pushed.tasks[0][1], "neutral")
    assert pull_campaign(workspace, NAME, remote).problems == ()
    assert len({row["task_key"] for row in adjudicated(campaign).to_pylist()}) == 3
    assert adjudicate(workspace, "sikap", n=3).open == 0
