"""What needs a person comes first: each case raises its alert, and a corpus without any raises none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from curation import config
from curation.verbs.report.alerts import alerts
from curation.verbs.report.story import Story, gather
from curation.workspace import Workspace

AT = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(invented: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Story:
    workspace: Workspace = invented.make_workspace(tmp_path_factory.mktemp("alerts"))
    return gather(workspace, config.load(), AT)


@pytest.fixture
def quiet(made: Story) -> Story:
    """The same corpus, had nothing happened."""
    funnel = [("inputs", 100), ("rejected", 1), ("articles", 99), ("failed checks", 9)]
    funnel += [("not selected yet", 0), ("selected", 90)]
    return replace(made, funnel=funnel, rejections=[], batches=[], checks=[], drift=[], outlets=[], campaigns=[])


def told(story: Story) -> list[tuple[bool, str, str]]:
    return [(one.grave, one.section, one.command) for one in alerts(story)]


def test_nothing_needs_a_person(quiet: Story) -> None:
    assert alerts(quiet) == []


def test_what_stands_in_quarantine(made: Story) -> None:
    first = alerts(made)[0]
    assert (first.grave, first.section) == (True, "batches")
    assert "malam-2" in first.text
    assert first.command == "curation batch accept malam-2 --why '...'"


def test_what_is_not_selected_yet(made: Story) -> None:
    assert (True, "funnel", "curation run") in told(made)


def test_a_check_that_failed_and_one_that_warned(quiet: Story) -> None:
    check = {"suite": "clean", "passed": False, "met": 13, "asked": 14, "rows": 9, "failures": [{"why": "x"}]}
    assert told(replace(quiet, checks=[check])) == [(True, "checks", "curation check")]
    assert told(replace(quiet, checks=[check | {"passed": True}])) == [(False, "checks", "curation check")]
    assert told(replace(quiet, checks=[check | {"failures": []}])) == []
    assert "can't be run" in alerts(replace(quiet, checks=[check | {"asked": 0}]))[0].text


def test_an_outlet_that_fell_silent_is_graver_than_a_new_one(quiet: Story) -> None:
    rows = [
        {"batch": "malam-9", "kind": "new outlet", "outlet": "<Warta>", "text": "brings documents: 3"},
        {"batch": "malam-9", "kind": "silent", "outlet": "Kabar", "text": "brings no new document"},
    ]
    found = alerts(replace(quiet, drift=rows))
    assert [one.grave for one in found] == [True, False]
    assert "sunyi" in found[0].text
    assert "&lt;Warta&gt;" in found[1].text


def test_an_outlet_that_loses_most(quiet: Story) -> None:
    row = {"outlet": "Kabar", "others": 0, "articles": 40, "failed_checks": 30, "removed": 0.1}
    assert "75%" in alerts(replace(quiet, outlets=[row]))[0].text
    assert alerts(replace(quiet, outlets=[row | {"articles": 9, "failed_checks": 9}])) == []
    assert "60%" in alerts(replace(quiet, outlets=[row | {"failed_checks": 0, "removed": 0.6}]))[0].text


def test_many_that_fail_and_many_that_are_rejected(quiet: Story) -> None:
    funnel = [("inputs", 100), ("rejected", 20), ("articles", 80), ("failed checks", 40), ("not selected yet", 0)]
    for reason, sections in (("malformed", ["measures", "rejected"]), ("repeat", ["measures"])):
        story = replace(quiet, funnel=funnel, rejections=[{"reason": reason, "inputs": 20}])
        assert [section for _, section, _ in told(story)] == sections


def test_a_campaign_that_stands_still_and_ties(quiet: Story) -> None:
    row = {"name": "topic", "shows": "article", "idle": [], "annotations": 9, "labels": 3, "open": 2}
    assert told(replace(quiet, campaigns=[row])) == [(False, "labelling", "curation label adjudicate topic")]
    idle = row | {"open": 0, "idle": [{"annotator": "a01", "days": 9}]}
    assert told(replace(quiet, campaigns=[idle])) == [(False, "labelling", "curation label status topic")]


def test_chrome_that_nobody_uses(quiet: Story) -> None:
    chrome = quiet.chrome | {"newest": 3, "version": 2}
    assert told(replace(quiet, chrome=chrome)) == [(False, "chrome", "curation learn")]


def test_a_release_that_is_older_than_the_corpus(invented: SimpleNamespace, tmp_path: Path) -> None:
    workspace: Workspace = invented.make_workspace(tmp_path)
    folder = workspace.releases / "corpus" / "1.0.0"
    folder.mkdir(parents=True)
    for selection, behind in (("other", True), (workspace.corpus_stage("select").content(), False)):
        manifest = {"inputs": {"selection": selection}, "counts": {"articles": 3}, "content": "c" * 64}
        (folder / "MANIFEST.json").write_text(json.dumps(manifest), encoding="utf-8")
        found = told(gather(workspace, config.load(), AT))
        assert ((False, "releases", "curation publish") in found) is behind
