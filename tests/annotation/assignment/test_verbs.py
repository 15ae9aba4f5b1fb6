"""A campaign with files alone, from the sample: tasks and answers go through the exporters and readers of daily use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from curation import store
from curation.annotation.assignment import people as members
from curation.annotation.assignment.people import Member
from curation.errors import DataError, InputError, UsageError
from curation.verbs.campaign.assign import assign, reassign
from curation.verbs.campaign.insight import plan_round, restore, status, write_meeting, write_status
from curation.verbs.labelling import pull_export
from curation.workspace import Workspace
from tests.annotation.assignment.conftest import ROOT, change

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def answered(
    folder: Path, name: str, value: Callable[[str], str | None], at: datetime, only: int | None = None
) -> list[dict[str, Any]]:
    """What Label Studio exports of an annotator's own project when all of the tasks files is answered."""
    files = sorted(folder.glob(f"tasks-{name}*.json"))
    tasks = [task for file in files for task in json.loads(file.read_text(encoding="utf-8"))][:only]
    exported = []
    for number, task in enumerate(tasks):
        said = value(task["data"]["task_key"])
        picked = {"stance": said, "confidence": "sure"} | ({"why_not": "unclear"} if said == "cannot_judge" else {})
        picked |= {"whose": "outlet"} if said in ("favor", "against") else {}
        result = [
            {"from_name": question, "to_name": "text", "type": "choices", "value": {"choices": [chosen]}}
            for question, chosen in picked.items()
        ]
        when = (at + timedelta(minutes=number)).isoformat()
        annotation = {
            "id": number + 1,
            "completed_by": {"email": f"orang{name[2:]}@kampus.example"},
            "result": [] if said is None else result,
            "was_cancelled": said is None,
            "created_at": when,
            "updated_at": when,
            "lead_time": 40.0 + number % 3,
        }
        exported.append({**task, "project": int(name[1:]), "annotations": [annotation]})
    return exported


def pull(workspace: Workspace, tmp_path: Path, exported: list[dict[str, Any]], name: str) -> None:
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    assert pull_export(workspace, "sikap", path).problems == ()


def standing(folder: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.read_table(folder / "annotations.parquet").to_pylist():
        if not row["skipped"]:
            found[row["task_key"]].add(row["annotator"])
    return found


def test_a_campaign_from_first_task_to_last_answer(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    pilot = assign(workspace, "sikap", at=NOW, round_="pilot", n=2)
    assert [path.name for path in pilot.files] == [f"tasks-a0{i}.json" for i in range(1, 5)]
    assert max(pilot.handed_out.values()) - min(pilot.handed_out.values()) <= 2  # an article has two targets
    n_pilot = sum(pilot.handed_out.values()) // 2
    for i in range(1, 5):
        pull(workspace, tmp_path, answered(folder, f"a0{i}", lambda key: "favor", NOW), f"pilot-a0{i}")
    assert pilot.of_other_rounds == 0  # no article is drawn for two rounds
    made = assign(workspace, "sikap", at=NOW + timedelta(days=1), n=3, portion=4)
    assert made.of_other_rounds == 0
    assert made.waiting > 0
    rounds = Counter(store.read_table(folder / "tasks.parquet")["round"].to_pylist())
    assert rounds["pilot"] == n_pilot

    values = ("favor", "neutral", "against")
    skipped = ""

    def value(key: str) -> str | None:
        return None if key == skipped else values[int(key, 16) % 3]

    # a02 skips one, then somebody leaves and somebody joins
    skipped = json.loads((folder / "tasks-a02-2.json").read_text(encoding="utf-8"))[0]["data"]["task_key"]
    day = NOW + timedelta(days=2)
    pull(workspace, tmp_path, answered(folder, "a02", value, day), "a02")
    skipped = ""
    pull(workspace, tmp_path, answered(folder, "a03", value, day, only=2), "a03")
    gone = reassign(workspace, "sikap", at=day, leaves="a03")
    assert not list(folder.glob("tasks-a03*.json"))
    assert "a03" not in gone.handed_out
    come = reassign(workspace, "sikap", at=day, joins="a07", hours=6, email="orang7@kampus.example")
    assert come.handed_out["a07"] > 0
    weeks = 0
    while list(folder.glob("tasks-*.json")):
        weeks += 1
        day += timedelta(days=7)
        for name in ("a01", "a02", "a04", "a07"):
            if exported := answered(folder, name, value, day):
                pull(workspace, tmp_path, exported, f"{name}-{weeks}")
        last = assign(workspace, "sikap", at=day + timedelta(hours=1), portion=4)
    assert weeks > 1
    assert (last.short, last.unanswerable) == ((), ())
    n = dict(
        zip(*(store.read_table(folder / "tasks.parquet")[c].to_pylist() for c in ("task_key", "round")), strict=True)
    )
    assert {key: len(names) for key, names in standing(folder).items()} == {
        key: 2 if round_ == "pilot" else 3 for key, round_ in n.items()
    }

    found = status(workspace, "sikap", day + timedelta(hours=1))
    assert [(one.round, one.finished, one.tasks) for one in found.rounds] == [
        ("main", rounds["main"], rounds["main"]),
        ("pilot", n_pilot, n_pilot),
    ]
    assert (found.touched, found.strays) == (0, 0)
    queues = {queue.annotator: queue for queue in found.queues}
    assert queues["a02"].skipped == 1
    assert all(40 <= queue.seconds <= 42 for queue in found.queues if queue.seconds)

    # changes of the guideline: nothing, the neutral ones, all
    everything = store.read_table(folder / "annotations.parquet")
    here = everything.filter(pa.array([name != "a03" for name in everything["annotator"].to_pylist()]))
    change(folder, "1.1", "none")
    assert assign(workspace, "sikap", at=day + timedelta(days=1)).asked_again == 0
    assert store.read_table(folder / "annotations.parquet") == everything
    change(folder, "1.2", "labels", 'labels = ["neutral"]')
    assert status(workspace, "sikap", day).touched == everything["value"].to_pylist().count("neutral")
    again = assign(workspace, "sikap", at=day + timedelta(days=2))
    assert again.asked_again == here["value"].to_pylist().count("neutral") > 0
    aside = store.read_table(folder / "superseded.parquet")
    assert aside["value"].to_pylist().count("neutral") == everything["value"].to_pylist().count("neutral")
    assert aside.num_rows + store.read_table(folder / "annotations.parquet").num_rows == everything.num_rows
    for name in ("a01", "a02", "a04", "a07"):
        if exported := answered(folder, name, lambda key: "favor", day + timedelta(days=3)):
            assert {task["data"]["guideline_version"] for task in exported} == {"1.2"}
            pull(workspace, tmp_path, exported, f"{name}-again")
    done = assign(workspace, "sikap", at=day + timedelta(days=4))
    assert (done.asked_again, done.given, done.files) == (0, 0, ())
    assert {key: len(names) for key, names in standing(folder).items()} == {
        key: 2 if round_ == "pilot" else 3 for key, round_ in n.items()
    }
    change(folder, "1.3", "all")
    last = assign(workspace, "sikap", at=day + timedelta(days=5))
    pairs = {
        (r["task_key"], r["annotator"]) for r in everything.to_pylist() if r["annotator"] != "a03" and not r["skipped"]
    }
    assert last.asked_again >= len(pairs)
    assert standing(folder) == {}


def test_queues_are_blind_and_in_their_own_order(workspace: Workspace, folder: Path) -> None:
    made = assign(workspace, "sikap", at=NOW, n=4)
    queues = [json.loads(path.read_text(encoding="utf-8")) for path in made.files]
    keys = [[task["data"]["task_key"] for task in queue] for queue in queues]
    assert len({tuple(sorted(of)) for of in keys}) == 1
    assert len({tuple(of) for of in keys}) == 4
    exported = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    by_key = {task["data"]["task_key"]: task for task in exported}
    assert all(task == by_key[task["data"]["task_key"]] for queue in queues for task in queue)
    documents = [task["data"]["document_id"] for task in queues[0]]
    assert len([d for d, before in zip(documents, ["", *documents], strict=False) if d != before]) == len(
        set(documents)
    )


def test_the_paper_of_a_meeting_names_nobody(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    made = assign(workspace, "sikap", at=NOW)
    assert len(made.messages) == 4
    for i, said in enumerate(("favor", "favor", "neutral", "against"), 1):
        pull(workspace, tmp_path, answered(folder, f"a0{i}", lambda key, said=said: said, NOW), f"a0{i}")  # type: ignore[misc]
    paper, paths = write_meeting(workspace, "sikap", most=5)
    assert paper.divided == paper.compared
    assert len(paper.cases) == 5
    html, markdown = (path.read_text(encoding="utf-8") for path in paths)
    for text in (html, markdown):
        assert "kampus" not in text
        assert not [name for name in ("a01", "a02", "a03", "a04") if f" {name}" in text or f">{name}" in text]
        assert "Artikel secara keseluruhan memihak sasaran" in text
        assert paper.cases[0].title in text.replace("&quot;", '"').replace("&#x27;", "'")
    assert "<script" not in html
    with pytest.raises(UsageError, match=r"nothing is answered in the round 'extra'\. There are: main"):
        write_meeting(workspace, "sikap", round_="extra")
    with pytest.raises(
        UsageError, match=r"no question 'apa' with one answer\. There are: stance, why_not, whose, confidence"
    ):
        write_meeting(workspace, "sikap", question="apa")

    gold = tmp_path / "gold.csv"
    keys = list(standing(folder))
    gold.write_text("task_key,value\n" + "".join(f"{key},against\n" for key in keys), encoding="utf-8")
    trained, (_, _, *feedback) = write_meeting(workspace, "sikap", gold=gold, most=100)
    assert {case.right.value for case in trained.cases if case.right} == {"against"}
    assert [path.name for path in feedback] == [f"feedback-a0{i}.html" for i in range(1, 5)]
    own = [path.read_text(encoding="utf-8") for path in feedback]
    assert [text.count(">jawaban Anda<") for text in own] == [text.count(">jawaban acuan<") for text in own]
    assert own[0].count(">jawaban Anda<") == made.handed_out["a01"]
    assert "Tidak ada tugas yang dijawab berbeda." in own[3]

    planned = plan_round(workspace, "sikap", start=NOW.date(), tasks=100, rate=50_000)
    assert planned.basis.tasks == len(keys)
    assert 40 <= planned.basis.seconds <= 42
    one = planned.plans[1]
    assert one.tasks == 100
    assert one.hours == pytest.approx(300 * planned.basis.seconds / 3600, abs=0.05)
    assert one.cost == pytest.approx(300 * planned.basis.seconds / 3600 * 50_000, abs=1)
    assert one.end
    assert planned.plans[0].alpha_half == pytest.approx(one.alpha_half * 2**0.5)

    table = tmp_path / "antrean.csv"
    write_status(status(workspace, "sikap", NOW + timedelta(days=30)), table)
    assert table.read_text(encoding="utf-8").splitlines()[0].startswith("annotator,hours,answered,skipped,open")


def test_what_was_deleted_comes_back_with_its_author(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    assign(workspace, "sikap", at=NOW)
    whole = {f"a0{i}": answered(folder, f"a0{i}", lambda key: "favor", NOW) for i in range(1, 5)}
    for name, exported in whole.items():
        pull(workspace, tmp_path, exported, f"{name}-1")
    nothing, files = restore(workspace, "sikap")
    assert (nothing.tasks, nothing.answers, files) == ({}, 0, {})
    # a02 loses two tasks, and a third keeps its task but not its answer
    left = [dict(task) for task in whole["a02"][2:]]
    left[0]["annotations"] = []
    path = tmp_path / "a02-now.json"
    path.write_text(json.dumps(left), encoding="utf-8")
    found, (file,) = restore(workspace, "sikap", path)
    assert file.name == "restore-2.json"
    assert found.answers == 3
    assert found.still_there == (left[0]["data"]["task_key"],)
    back = json.loads(file.read_text(encoding="utf-8"))
    assert {task["data"]["task_key"] for task in back} == {task["data"]["task_key"] for task in whole["a02"][:3]}
    for task in back:
        (annotation,) = task["annotations"]
        assert annotation["completed_by"] == {"email": "orang2@kampus.example"}
        assert annotation["ground_truth"] is False
        assert annotation["result"] == whole["a02"][0]["annotations"][0]["result"]


# -- what goes wrong ------------------------------------------------------------------------------


def test_too_few_people_and_no_such_round(workspace: Workspace, folder: Path) -> None:
    with pytest.raises(UsageError, match=r"5 annotators shall answer each task, but only 4 of people\.csv is there"):
        assign(workspace, "sikap", at=NOW, n=5)
    with pytest.raises(UsageError, match=r"has no round 'extra'\. There are: pilot, main"):
        assign(workspace, "sikap", at=NOW, round_="extra")
    with pytest.raises(UsageError, match=r"nothing of 'sikap' is assigned yet\. Run: curation label assign sikap -n 3"):
        status(workspace, "sikap", NOW)
    with pytest.raises(UsageError, match=r"there is no campaign 'lain'\. There are: sikap"):
        assign(workspace, "lain", at=NOW)
    with pytest.raises(UsageError, match=r"there is no annotator 'a09'\. There are: a01, a02, a03, a04"):
        reassign(workspace, "sikap", at=NOW, leaves="a09")
    with pytest.raises(UsageError, match="'a01' is there already"):
        reassign(workspace, "sikap", at=NOW, joins="a01")
    with pytest.raises(UsageError, match="nobody leaves or joins"):
        reassign(workspace, "sikap", at=NOW)
    with pytest.raises(UsageError, match="no exports of 'sikap' are kept"):
        restore(workspace, "sikap")
    assert not (folder / "assignments.parquet").exists()


def test_a_text_that_changed_is_not_handed_out(workspace: Workspace, folder: Path) -> None:
    tasks = store.read_table(folder / "tasks.parquet")
    other = pa.array(["0" * 64] * tasks.num_rows)
    place = tasks.schema.get_field_index("text_sha256")
    store.write_table(folder / "tasks.parquet", tasks.set_column(place, tasks.schema.field(place), other))
    with pytest.raises(DataError, match="has another text than when the task was made"):
        assign(workspace, "sikap", at=NOW)
    assert not (folder / "assignments.parquet").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("annotator\na01\n", "the column\\(s\\) hours are missing"),
        ("annotator,hours\na01,banyak\n", "people.csv:2: 'banyak' is no number of hours a week"),
        ("annotator,hours\na01,0\n", "people.csv:2: '0' is no number of hours a week"),
        ("annotator,hours\n,6\n", "people.csv:2: a line without a pseudonym"),
        ("annotator,hours\na01,6\na01,3\n", "'a01' has two lines"),
        ("annotator,hours,until\na01,6,besok\n", "people.csv:2: 'besok' is no day"),
        ("annotator,hours,language\na01,6,jv\n", "people.csv:2: no messages in 'jv'"),
    ],
)
def test_a_broken_file_of_people_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        members.load(path)


def test_people_are_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    given = (Member("a01", 6), Member("a02", 2.5, NOW.date(), NOW.date() + timedelta(days=9), "en"))
    members.save(path, given)
    assert members.load(path) == given
    assert members.load(tmp_path / "none.csv") == ()
    path.write_text('annotator,hours\na01,"2,5"\n', encoding="utf-8")
    assert members.load(path) == (Member("a01", 2.5),)


def test_the_command_line_tells_what_to_do_next(workspace: Workspace, folder: Path) -> None:
    def curation(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        command = [sys.executable, "-W", "error", "-m", "curation", "label", *arguments]
        return subprocess.run(command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False)

    done = curation("assign", "sikap", "-n", "2", "--portion", "3")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "campaigns/sikap/tasks-a01.json"
    assert "\nNext, with a server: curation label push sikap\n" in done.stderr
    left = curation("reassign", "sikap", "--from", "a01", "--json")
    assert json.loads(left.stdout)["taken_back"] >= 3
    told = curation("status", "sikap")
    assert told.stdout.startswith("round       tasks")
    assert "Next: curation label assign sikap, with the same --portion as before" in told.stderr
    planned = curation("plan", "sikap", "--tasks", "200", "--rate", "50000")
    assert "3 annotators a task; supposed: 90 s an answer, alpha 0.6." in planned.stdout
    nothing = curation("meeting", "sikap")
    assert (nothing.returncode, nothing.stderr) == (
        2,
        "curation: the campaign 'sikap' has no answers yet. Run: curation label pull sikap\n",
    )
