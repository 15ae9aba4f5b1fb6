"""The campaign of everyday life on a real Label Studio: six people with an account and a project each.

One leaves when 40 % is done, one joins, there are two rounds in portions, one skips, and the guideline changes with
each effect. All that a coordinator does goes through the verbs; all that annotators do, through their own accounts.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from curation import store
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member
from curation.annotation.project.remote import Remote, connect
from curation.annotation.server import Server
from curation.verbs.agreement import campaign_agreement
from curation.verbs.campaign.assign import Assigned, assign, reassign
from curation.verbs.campaign.insight import status
from curation.verbs.project.pull import pull_campaign
from curation.verbs.project.queues import PushedQueues, push_queues
from curation.workspace import Workspace
from tests.annotation.assignment.conftest import START, change

pytestmark = pytest.mark.slow
N = 3
PORTION = 6
VALUES = ("favor", "neutral", "against")
Pair = tuple[str, str]


class Coordination:
    """A campaign, its people's accounts, and what each of them has said in which project."""

    def __init__(self, workspace: Workspace, folder: Path, remote: Remote, account: Callable[[str], Any]) -> None:
        self.workspace = workspace
        self.folder = folder
        self.remote = remote
        self.accounts = {f"a0{i}": account(f"orang{i}") for i in range(1, 8)}
        self.day = 0
        #: by project: the key and the value of each answer; None is a skip
        self.said: dict[tuple[str, str], dict[str, str | None]] = defaultdict(dict)

    # -- what the coordinator does ------------------------------------------------------------------

    def assign(self, round_: str = "main", portion: int | None = PORTION) -> Assigned:
        self.day += 1
        at = START + timedelta(days=self.day)
        return assign(self.workspace, "sikap", at=at, round_=round_, n=N, portion=portion)

    def push(self) -> PushedQueues:
        made = push_queues(self.workspace, "sikap", self.remote)
        self.nothing_is_asked_in_vain()
        return made

    def pull(self) -> None:
        assert pull_campaign(self.workspace, "sikap", self.remote).problems == ()

    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = store.read_table(self.folder / "assignments.parquet").to_pylist()
        return rows

    def standing(self) -> dict[str, dict[str, str]]:
        """Of each task, who said what."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in store.read_table(self.folder / "annotations.parquet").to_pylist():
            if row["question"] == "stance":
                assert row["annotator"] not in found[row["task_key"]]
                found[row["task_key"]][row["annotator"]] = row["value"]
        return found

    # -- what the annotators do ---------------------------------------------------------------------

    def unanswered(self) -> dict[tuple[str, str], dict[str, int]]:
        """What each sees in their projects and has not answered: numbers by key, by annotator and project."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        for row in self.remote._sdk.projects.list(page_size=100):
            if (row.description or "").startswith("curation: sikap "):
                who = row.title.split()[1]
                n_answers = (row.total_annotations_number or 0) + (row.skipped_annotations_number or 0)
                if n_answers == row.task_number:
                    continue  # of these projects there will be many
                held = list(self.remote.held(row.id))
                assert len({task.key for task in held}) == len(held)
                assert sum(task.answers for task in held) == n_answers
                found[who, row.title] = {task.key: task.id for task in held if not task.answers}
        return found

    def answer(self, most: int | None = None, skip: Pair | None = None) -> None:
        """Everybody answers what they see, or the first of it."""
        for (who, project), tasks in self.unanswered().items():
            for key, number in list(tasks.items())[:most]:
                assert key not in self.said[who, project]
                value = None if (who, key) == skip else VALUES[hashlib.sha256(f"{who}{key}".encode()).digest()[0] % 3]
                asked = {} if value is None else {"stance": value, "confidence": "sure"}
                asked |= {"whose": "outlet"} if value in ("favor", "against") else {}
                result = [
                    {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [chosen]}}
                    for name, chosen in asked.items()
                ]
                self.accounts[who].annotations.create(
                    id=number, result=result, was_cancelled=value is None, lead_time=30.0
                )
                self.said[who, project][key] = value

    def answered_before(self) -> set[Pair]:
        return {(who, key) for (who, _), said in self.said.items() for key in said}

    def finish(self) -> None:
        """Until nobody has anything left to do."""
        while any(self.unanswered().values()):
            self.answer()
            self.pull()
            self.assign(portion=None)
            self.push()

    # -- what must hold at any time -----------------------------------------------------------------

    def nothing_is_asked_in_vain(self) -> None:
        """What people see unanswered is what is open to them, once, and the table knows its number."""
        seen = {(who, key, number) for (who, _), tasks in self.unanswered().items() for key, number in tasks.items()}
        opened = [row for row in self.rows() if row["state"] == "open"]
        assert seen == {(row["annotator"], row["task_key"], row["task_id"]) for row in opened}
        assert len({(who, key) for who, key, _ in seen}) == len(seen)


@pytest.fixture
def remote(running: Server) -> Iterator[Remote]:
    with connect({"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}) as connected:
        for project in connected._sdk.projects.list(page_size=100):
            if (project.description or "").startswith("curation: sikap "):
                connected._sdk.projects.delete(project.id)  # of another test
        yield connected


def fewer_tasks(folder: Path) -> tuple[set[str], set[str]]:
    """The keys of the pilot and, without those, of a main round of half its size: an answer takes a moment."""
    table = store.read_table(folder / "tasks.parquet")
    pilot = {row["task_key"] for row in table.to_pylist() if row["round"] == "pilot"}
    main = set(sorted(set(table["task_key"].to_pylist()) - pilot)[:24])
    store.write_table(folder / "tasks.parquet", table.filter(pc.is_in(table["task_key"], pa.array(pilot | main))))
    return pilot, main


def test_six_annotators(workspace: Workspace, folder: Path, remote: Remote, account: Callable[[str], Any]) -> None:
    life = Coordination(workspace, folder, remote, account)
    hours = {"a01": 6, "a02": 6, "a03": 6, "a04": 6, "a05": 3, "a06": 3}
    members.save(folder / "people.csv", [Member(name, share) for name, share in hours.items()])
    pilot, main = fewer_tasks(folder)

    # the pilot
    made = life.assign("pilot", None)
    pushed = life.push()
    assert {one.annotator: one.sent for one in pushed.queues} == made.handed_out
    assert all((one.sent, one.there) == (0, made.handed_out[one.annotator]) for one in life.push().queues)
    life.answer()
    life.pull()
    assert {key: len(who) for key, who in life.standing().items()} == dict.fromkeys(pilot, N)

    # the main round, in portions; a02 skips a task, which goes to another
    life.assign()
    life.push()
    skipped = next(row["task_key"] for row in life.rows() if (row["annotator"], row["state"]) == ("a02", "open"))
    share = 0.4 * N * len(main)
    most = 3
    while sum(len(said) for said in life.standing().values()) - N * len(pilot) < share:
        life.answer(most, skip=("a02", skipped))
        life.pull()
        life.assign()
        life.push()
        most = 99

    # a03 leaves at 40 %: untouched tasks leave the server, answered ones stay
    n_open = sum((row["annotator"], row["state"]) == ("a03", "open") for row in life.rows())
    given = Counter(who for said in life.standing().values() for who in said)
    gone = reassign(workspace, "sikap", at=START + timedelta(days=life.day), leaves="a03")
    assert len(gone.to_delete) == n_open > 0
    pushed = life.push()
    assert {one.annotator: one.removed for one in pushed.queues if one.removed} == {"a03": n_open}
    assert not any(tasks for (who, _), tasks in life.unanswered().items() if who == "a03")
    assert Counter(who for said in life.standing().values() for who in said) == given
    # a07 joins
    reassign(workspace, "sikap", at=START + timedelta(days=life.day), joins="a07", hours=6)
    (joined,) = [one for one in life.push().queues if one.annotator == "a07"]
    assert joined.sent > 0

    # an example is added to the guideline: nothing is asked again, and what is open moves to the new page
    n_open = sum(row["state"] == "open" for row in life.rows())
    before = life.answered_before()
    change(folder, "1.1", "none")
    assert life.assign().asked_again == 0
    pushed = life.push()
    assert sum(one.removed for one in pushed.queues) == n_open
    assert not {(who, key) for (who, _), keys in life.unanswered().items() for key in keys} & before
    assert all(title.endswith(" 1.1") for (_, title), keys in life.unanswered().items() if keys)
    life.finish()
    assert {key: len(who) for key, who in life.standing().items()} == dict.fromkeys(pilot | main, N)
    assert not before & {(who, key) for (who, title), said in life.said.items() if " 1.1" in title for key in said}
    assert "a02" not in life.standing()[skipped]

    # 'neutral' is defined anew: exactly those answers are asked again, of a03 by others
    neutral = {(who, key) for key, said in life.standing().items() for who, value in said.items() if value == "neutral"}
    before = life.answered_before()
    change(folder, "1.2", "labels", 'labels = ["neutral"]')
    made = life.assign(portion=None)
    of_who_left = {(who, key) for who, key in neutral if who == "a03"}
    assert neutral > of_who_left
    assert of_who_left
    assert made.asked_again == len(neutral - of_who_left)
    life.push()
    asked = {(who, key) for (who, _), keys in life.unanswered().items() for key in keys}
    assert asked & before == neutral - of_who_left
    assert Counter(key for _, key in asked - before) == Counter(key for _, key in of_who_left)
    life.finish()
    assert {key: len(who) for key, who in life.standing().items()} == dict.fromkeys(pilot | main, N)

    # everything is asked again
    standing = {(who, key) for key, said in life.standing().items() for who in said}
    change(folder, "1.3", "all")
    life.assign(portion=None)
    life.push()
    asked = {(who, key) for (who, _), keys in life.unanswered().items() for key in keys}
    assert {pair for pair in standing if pair[0] != "a03"} <= asked
    assert len(asked) == N * len(pilot | main)
    life.finish()

    # in the end: as many different people as were wanted for each task, and nobody twice
    assert {key: len(who) for key, who in life.standing().items()} == dict.fromkeys(pilot | main, N)
    assert "a02" not in life.standing()[skipped] or life.said["a02", "sikap a02 1.3"].get(skipped)
    answers = store.read_table(folder / "annotations.parquet").to_pylist()
    assert {row["guideline_version"] for row in answers} == {"1.3"}
    assert {(row["round"], row["task_key"]) for row in answers} == {
        *(("pilot", key) for key in pilot),
        *(("main", key) for key in main),
    }
    found = status(workspace, "sikap", START + timedelta(days=life.day))
    assert {one.round: (one.tasks, one.finished, one.pending, one.short) for one in found.rounds} == {
        "pilot": (len(pilot), len(pilot), 0, 0),
        "main": (len(main), len(main), 0, 0),
    }
    assert (found.touched, found.strays) == (0, 0)
    # every answer that was ever given is in one of the two tables
    kept = store.read_table(folder / "superseded.parquet").to_pylist() + answers
    ever = {(row["annotator"], row["task_key"], row["guideline_version"]) for row in kept}
    assert {(who, key, title.split()[2]) for (who, title), said in life.said.items() for key in said} == ever
    # and agreement is told of each round by itself
    summary = campaign_agreement(workspace, "sikap", resamples=20)["summary"].to_pylist()
    units = {
        row["of"]: row["n_units"]
        for row in summary
        if (row["question"], row["scope"], row["coefficient"]) == ("stance", "round", "krippendorff_alpha")
    }
    assert units == {"pilot": len(pilot), "main": len(main)}
