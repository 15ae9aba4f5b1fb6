"""The verb: what goes to an adjudicator, once and again, and what comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from curation import store
from curation.annotation.campaign import Campaign
from curation.annotation.codebook import load
from curation.annotation.page import page as labelling_page
from curation.cli import cli
from curation.errors import UsageError
from curation.verbs.agreement import campaign_agreement
from curation.verbs.campaign.adjudicate import adjudicate, decided
from curation.verbs.campaign.insight import status
from curation.verbs.labelling import pull_export
from curation.workspace import Workspace
from tests.annotation.adjudication.conftest import PEOPLE, START, annotations, change, fill, page, tasks, votes

NAME = "sikap-adjudication"


def shown(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """What the tasks file shows, by the last figure of the document."""
    made = json.loads(campaign.adjudication.tasks_json.read_text(encoding="utf-8"))
    return {task["data"]["document_id"][-1]: task["data"] for task in made}


def decide(
    workspace: Workspace, campaign: Campaign, stances: dict[str, str | None], who: str = "ketut@kampus.example"
) -> None:
    """What Label Studio exports when these tasks are answered."""
    exported = []
    for number, (document, value) in enumerate(stances.items(), 1):
        result = [
            {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [chosen]}}
            for question, chosen in (("stance", value), ("confidence", "sure"))
        ]
        annotation = {
            "id": number + 100 * len(list(campaign.adjudication.exports.glob("*"))),
            "completed_by": {"email": who},
            "result": [] if value is None else result,
            "was_cancelled": value is None,
            "created_at": f"2031-08-0{number}T08:00:00Z",
            "updated_at": f"2031-08-0{number}T08:00:00Z",
            "lead_time": 20.0,
        }
        exported.append({"id": number, "data": shown(campaign)[document], "annotations": [annotation]})
    path = workspace.root / f"ekspor-{len(list(workspace.root.glob('ekspor*')))}.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    assert pull_export(workspace, NAME, path).problems == ()


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "lock"}


def test_a_campaign_of_its_own_with_the_questions_of_the_other(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(4), votes(tasks(4), "fff", "fan", "ffa", "f"))
    made = adjudicate(workspace, "sikap")
    assert (made.campaign, made.open, made.new, made.done, made.unfinished) == (NAME, 1, 1, 0, 1)
    assert (made.questions, made.asked_again, made.skipped, made.moved) == ({"stance": 1}, 0, 0, 0)
    own = campaign.adjudication
    assert made.files == (own.tasks_json, own.page, own.instruction_html)
    ours, theirs = own.load_codebook(), campaign.load_codebook()
    assert ours.codebook.shows == "adjudication"
    assert (ours.question, ours.target, ours.changelog, ours.name) == (
        theirs.question,
        theirs.target,
        theirs.changelog,
        theirs.name,
    )
    assert "# A small codebook with every kind of question" in own.codebook.read_text(encoding="utf-8")
    (task,) = store.read_table(own.tasks).to_pylist()
    expected = next(row for row in store.read_table(campaign.tasks).to_pylist() if row["document_id"][-1] == "1")
    assert task == {**expected, "campaign": NAME, "round": "1.1"}
    assert shown(campaign)["1"]["answers_stance"].count(":") == 3
    assert shown(campaign)["1"]["answers_evidence"] == ""


def test_nothing_in_the_tasks_tells_who_or_when(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(9), votes(tasks(9), *["fan"] * 9))
    adjudicate(workspace, "sikap")
    folder = content(campaign.adjudication.folder)
    for name in ("tasks.json", "page.xml", "instruction.html", "instruction.md", "codebook.toml"):
        told = folder[name].decode()
        for secret in (*PEOPLE.values(), *(f'"{who}"' for who in PEOPLE), "kampus.example", str(START.year), "04:56"):
            assert secret not in told
    fields = set(next(iter(shown(campaign).values())))
    assert not fields & {"annotator", "annotators", "completed_by", "created_at", "updated_at", "lead_time", "source"}
    orders = {data["answers_stance"] for data in shown(campaign).values()}
    assert len(orders) > 3


def test_once_more_writes_the_same(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(3), votes(tasks(3), "fan", "fan", "fff"))
    adjudicate(workspace, "sikap")
    before = content(campaign.adjudication.folder)
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.new) == (2, 0)
    assert content(campaign.adjudication.folder) == before


def test_next_week_only_what_came_up_is_added(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(3), votes(tasks(3), "fan", "fan", "f"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "neutral", "1": None})
    answers = store.read_table(campaign.adjudication.annotations)
    fill(campaign, tasks(4), votes(tasks(4), "fan", "fan", "fan", "fff"))
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.new, made.done, made.skipped) == (2, 1, 1, 1)
    assert set(shown(campaign)) == {"1", "2"}  # a skip decides nothing
    assert store.read_table(campaign.adjudication.tasks).num_rows == 3
    assert store.read_table(campaign.adjudication.annotations) == answers
    decide(workspace, campaign, {"1": "favor", "2": "favor"}, who="wayan@kampus.example")
    before = content(campaign.adjudication.folder)
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.done, made.files) == (0, 3, ())
    assert content(campaign.adjudication.folder) == before


def test_answers_that_agree_in_the_end_are_taken_off(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(2), votes(tasks(2), "fan", "fan"))
    adjudicate(workspace, "sikap")
    fill(campaign, tasks(2), votes(tasks(2), "fan", "fff"))
    assert adjudicate(workspace, "sikap").open == 1
    assert set(shown(campaign)) == {"0"}
    # it may have been answered meanwhile: it stays known
    assert store.read_table(campaign.adjudication.tasks).num_rows == 2


def test_a_touched_decision_is_asked_again_in_another_project(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(3), votes(tasks(3), "fa", "fa", "fa"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "neutral", "1": "favor"})
    assert (adjudicate(workspace, "sikap").open, adjudicate(workspace, "sikap").done) == (1, 2)
    change(campaign, "1.2", labels="neutral")
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.new, made.done, made.asked_again, made.moved) == (2, 0, 1, 1, 1)
    assert set(shown(campaign)) == {"0", "2"}
    rounds = {row["document_id"][-1]: row["round"] for row in store.read_table(campaign.adjudication.tasks).to_pylist()}
    assert rounds == {"0": "1.2", "1": "1.1", "2": "1.2"}
    assert {data["guideline_version"] for data in shown(campaign).values()} == {"1.2"}
    decide(workspace, campaign, {"0": "against", "2": "against"})
    assert (adjudicate(workspace, "sikap").open, adjudicate(workspace, "sikap").done) == (0, 3)
    # a change that touches no decision asks nothing
    change(campaign, "1.3", effect="none")
    assert (adjudicate(workspace, "sikap").open, adjudicate(workspace, "sikap").done) == (0, 3)


def test_annotators_answers_that_a_change_touches_are_no_case_until_given_again(
    workspace: Workspace, campaign: Campaign
) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "fn"))
    assert adjudicate(workspace, "sikap").open == 1
    change(campaign, "1.2", labels="neutral")
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.unfinished) == (0, 1)
    (task,) = tasks(1).to_pylist()
    again = page(task, "a02", {"stance": "against", "confidence": "sure"}, hours=9, version="1.2")
    fill(campaign, tasks(1), annotations([page(task, "a01", {"stance": "favor", "confidence": "sure"}), again]))
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.moved) == (1, 1)
    assert "Netral" not in shown(campaign)["0"]["answers_stance"]


def test_what_is_divided_by_question_and_number(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(2), votes(tasks(2), "ffa", "f"))
    assert adjudicate(workspace, "sikap").open == 0
    assert not campaign.adjudication.folder.exists()
    assert adjudicate(workspace, "sikap", divided=True).open == 1
    assert adjudicate(workspace, "sikap", divided=True, n=4).unfinished == 2
    assert adjudicate(workspace, "sikap", divided=True, question="confidence").open == 0


def test_renamed_values_are_shown_and_decided_under_their_new_names(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(2), votes(tasks(2), "fan", "fan"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "favor"})
    change(campaign, "1.2", effect="none")
    text = campaign.codebook.read_text(encoding="utf-8")
    text = text.replace('value = "favor"', 'value = "pro"').replace(
        'effect = "none"\nnote = "Lain."', 'effect = "none"\nrename = { favor = "pro" }\nnote = "Lain."'
    )
    campaign.codebook.write_text(text, encoding="utf-8")
    made = adjudicate(workspace, "sikap")
    assert (made.open, made.done, made.moved) == (1, 1, 1)
    assert "Mendukung" in shown(campaign)["1"]["answers_stance"]
    decide(workspace, campaign, {"1": "pro"})
    labels = store.read_table(campaign.labels).to_pylist()
    decisions = [row["value"] for row in labels if (row["question"], row["method"]) == ("stance", "adjudicated")]
    assert decisions == ["pro", "pro"]


def test_a_page_of_ones_own_is_left_to_the_campaign(workspace: Workspace, campaign: Campaign) -> None:
    own = labelling_page(campaign.load_codebook())
    (campaign.folder / "halaman.xml").write_text(own, encoding="utf-8")
    text = campaign.codebook.read_text(encoding="utf-8")
    campaign.codebook.write_text(text.replace("[codebook]", '[codebook]\npage = "halaman.xml"', 1), encoding="utf-8")
    assert campaign.load_codebook().own_page
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    adjudicate(workspace, "sikap")
    made = campaign.adjudication.page.read_text(encoding="utf-8")
    assert "$answers_stance" in made
    assert "$answers_stance" not in own
    decide(workspace, campaign, {"0": "favor"})


def test_a_codebook_may_say_itself_what_it_shows(workspace: Workspace, campaign: Campaign) -> None:
    text = campaign.codebook.read_text(encoding="utf-8")
    text = text.replace("[codebook]\n", '[ codebook ] # kepala\nshows = "article"\n', 1)
    campaign.codebook.write_text(text, encoding="utf-8")
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    adjudicate(workspace, "sikap")
    assert load(campaign.adjudication.codebook).codebook.shows == "adjudication"


def test_a_codebook_that_can_not_be_continued_is_told(workspace: Workspace, campaign: Campaign) -> None:
    text = campaign.codebook.read_text(encoding="utf-8")
    head = text.partition("[codebook]")[2].partition("[[changelog]]")[0]
    keys = ", ".join(line for line in head.splitlines() if line)
    campaign.codebook.write_text(text.replace(f"[codebook]{head}", f"codebook = {{ {keys} }}\n"), encoding="utf-8")
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    with pytest.raises(UsageError, match=r"the table \[codebook\] was not found"):
        adjudicate(workspace, "sikap")
    assert not campaign.adjudication.folder.exists()


def test_only_a_campaign_that_labels_articles_is_adjudicated(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    adjudicate(workspace, "sikap")
    with pytest.raises(UsageError, match="'sikap-adjudication' is an adjudication itself"):
        adjudicate(workspace, NAME)
    with pytest.raises(UsageError, match="there is no campaign 'topik'"):
        adjudicate(workspace, "topik")
    campaign.adjudication.codebook.write_bytes(campaign.codebook.read_bytes())
    with pytest.raises(UsageError, match="'sikap-adjudication' is a campaign of its own"):
        adjudicate(workspace, "sikap")


def test_other_verbs_do_not_take_it_for_a_campaign(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "favor"})
    with pytest.raises(UsageError, match=r"is an adjudication: one person decides.*label agreement sikap"):
        campaign_agreement(workspace, NAME)
    with pytest.raises(UsageError, match=r"nothing of 'sikap-adjudication' is assigned.*label adjudicate sikap"):
        status(workspace, NAME, START)


def test_how_far_an_adjudication_is(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(3), votes(tasks(3), "fa", "fa", "fa"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "favor"})
    decide(workspace, campaign, {"1": "favor"}, who=PEOPLE["a02"])
    found = decided(workspace, NAME)
    assert found
    key = next(row["task_key"] for row in tasks(3).to_pylist() if row["document_id"][-1] == "1")
    assert (found.campaign, found.done, found.open, found.own_answers) == ("sikap", 2, 1, ((key, "a02"),))
    assert decided(workspace, "sikap") is None


# -- the command ------------------------------------------------------------------------------------


def curation(workspace: Workspace, *arguments: str) -> Result:
    given = ["label", *arguments, "-c", str(workspace.config_file)]
    return CliRunner().invoke(cli, given, catch_exceptions=False)


def test_the_command_says_what_is_next(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(3), votes(tasks(3), "fan", "fff", "f"))
    done = curation(workspace, "adjudicate", "sikap")
    assert done.exit_code == 0
    assert "1 tasks to adjudicate, 1 of them new; 0 are decided\n  stance: 1\n" in done.stderr
    assert "1 tasks that lack an answer" in done.stderr
    assert "Next: curation label push sikap-adjudication" in done.stderr
    assert done.stdout.splitlines()[0].endswith("sikap-adjudication/tasks.json")
    told = json.loads(curation(workspace, "adjudicate", "sikap", "--json").stdout)
    assert (told["campaign"], told["open"], told["questions"]) == (NAME, 1, {"stance": 1})
    assert len(told["files"]) == 3
    decide(workspace, campaign, {"0": "favor"})
    done = curation(workspace, "adjudicate", "sikap")
    assert "0 tasks to adjudicate, 0 of them new; 1 are decided" in done.stderr
    assert "Next: curation label resolve sikap" in done.stderr


def test_a_pull_tells_who_decided_on_their_own_answers(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    adjudicate(workspace, "sikap")
    decide(workspace, campaign, {"0": "favor"}, who=PEOPLE["a01"])
    (export,) = workspace.root.glob("ekspor-*.json")
    done = curation(workspace, "pull", NAME, "--file", str(export))
    assert done.exit_code == 0
    key = tasks(1)["task_key"][0].as_py()
    assert "1 tasks are decided, 0 are open" in done.stderr
    assert f"1 decided by one of the task's own annotators: {key} by a01" in done.stderr
    assert "Next: curation label resolve sikap\n" in done.stderr


def test_where_nothing_is_tied_it_says_so(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "ffa"))
    done = curation(workspace, "adjudicate", "sikap")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "Nothing is tied. What has a majority and is not unanimous: --divided" in done.stderr
    assert "1 tasks to adjudicate" in curation(workspace, "adjudicate", "sikap", "--divided").stderr


def test_errors_are_told_in_words(workspace: Workspace, campaign: Campaign) -> None:
    fill(campaign, tasks(1), votes(tasks(1), "fa"))
    with pytest.raises(UsageError, match=r"'sikapnya' is no question\. Write one of: stance"):
        curation(workspace, "adjudicate", "sikap", "--question", "sikapnya")
    assert curation(workspace, "adjudicate", "sikap", "-n", "1").exit_code == 2
