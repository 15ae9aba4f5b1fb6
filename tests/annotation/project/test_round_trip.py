"""The short way to a real server and back, in every run of the tests; what may go wrong stands in the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from click.testing import CliRunner

from curation import store
from curation.annotation.annotators import load
from curation.annotation.campaign import Campaign
from curation.annotation.project.remote import Remote
from curation.cli import cli
from curation.workspace import Workspace
from tests.annotation.project.conftest import Make


def test_from_a_tasks_file_to_labels(
    workspace: Workspace,
    make: Make,
    environment: Mapping[str, str],
    remote: Remote,
    annotators: list[Any],
    keys: Callable[[Campaign], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pushed, answered, skipped and marked by two people, pulled: each answer once, and its label; again: no change."""
    campaign = make(5)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(workspace.root)

    def curation(*arguments: str) -> Any:
        done = CliRunner().invoke(cli, ["label", *arguments, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    made = curation("push", campaign.name, "--people", "2")
    assert (made["sent"], made["tasks"]) == (5, 5)
    assert curation("push", campaign.name)["sent"] == 0
    numbers = {task.key: task.id for task in remote.held(made["project"])}
    assert list(numbers) == keys(campaign)

    one, two, three, *_ = keys(campaign)
    text = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))[0]["data"]["text"]
    quote = "😀 menolak  tarif parkir"
    start = text.index(quote)
    held = {"start": start, "end": start + len(quote), "text": quote, "labels": ["quote"]}
    span = {"from_name": "evidence", "to_name": "text", "type": "labels", "value": held}
    sari, bayu = annotators
    sari.annotations.create(id=numbers[one], result=[_stance("against"), span], lead_time=21.0)
    bayu.annotations.create(id=numbers[one], result=[_stance("against")], lead_time=18.0)
    sari.annotations.create(id=numbers[two], result=[_stance("favor")], lead_time=12.0)
    sari.annotations.create(id=numbers[three], result=[], was_cancelled=True, lead_time=2.0)

    assert curation("pull", campaign.name)["problems"] == []
    found = store.read_table(campaign.annotations)
    emails = {row.annotator: row.email for row in load(campaign.annotators).rows}
    assert sorted(
        (r["task_key"], emails[r["annotator"]], r["value"] or "", r["skipped"]) for r in found.to_pylist()
    ) == sorted(
        [
            (one, "sari@kampus.example", "against", False),
            (one, "sari@kampus.example", "quote", False),
            (one, "bayu@kampus.example", "against", False),
            (two, "sari@kampus.example", "favor", False),
            (three, "sari@kampus.example", "", True),
        ]
    )
    (marked,) = [row for row in found.to_pylist() if row["question"] == "evidence"]
    assert (marked["quote"], text[marked["start"] : marked["end"]]) == (quote, quote)
    labels = [row for row in store.read_table(campaign.labels).to_pylist() if row["question"] == "stance"]
    assert {(row["value"], row["n_votes"]) for row in labels} == {("against", 2), ("favor", 1)}
    assert curation("pull", campaign.name)["rows"] == found.num_rows


def _stance(value: str) -> dict[str, Any]:
    return {"from_name": "stance", "to_name": "text", "type": "choices", "value": {"choices": [value]}}
