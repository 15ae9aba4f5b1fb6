"""gold.csv and --probes in a campaign of the sample: from the file to what status, agreement and meeting say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from curation import config, store
from curation.annotation.sampling.probes import originals
from curation.annotation.sampling.roles import of_the_sample
from curation.errors import InputError, UsageError
from curation.pipeline import require
from curation.verbs.agreement import campaign_agreement
from curation.verbs.audit import draw_audit, read_precision
from curation.verbs.campaign.assign import assign, reassign
from curation.verbs.campaign.folder import open_folder
from curation.verbs.campaign.insight import plan_round, status, write_meeting, write_status
from curation.workspace import Workspace
from curation.workspace.frozen import frozen_ids
from tests.annotation.assignment.conftest import ROOT, change
from tests.annotation.assignment.test_verbs import answered, pull

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
EVERYBODY = [f"a0{i}" for i in range(1, 5)]


def tasks(folder: Path) -> pa.Table:
    return store.read_table(folder / "tasks.parquet")


def of_role(folder: Path, role: str) -> dict[str, dict[str, Any]]:
    return {row["task_key"]: row for row in tasks(folder).to_pylist() if row["role"] == role}


def write_gold(folder: Path, *lines: str) -> None:
    head = "document_id,target,round,question,value"
    (folder / "gold.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


def left_out(workspace: Workspace, n: int, folder: Path) -> list[str]:
    """Documents of the corpus that are no tasks, and no copies of any."""
    selection = require(workspace, "select").read("selection")
    known = set(tasks(folder)["document_id"].to_pylist())
    outcomes = {"failed_checks", "out_of_scope"}
    return [row["id"] for row in selection.to_pylist() if row["outcome"] in outcomes and row["id"] not in known][:n]


def queues(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("tasks-*.json")):
        found.setdefault(path.stem.split("-")[1], []).extend(json.loads(path.read_text(encoding="utf-8")))
    return found


def answer_all(workspace: Workspace, folder: Path, tmp_path: Path, *values: str) -> None:
    for name, said in zip(EVERYBODY, values, strict=True):
        exported = answered(folder, name, lambda key, said=said: said, NOW)  # type: ignore[misc]
        pull(workspace, tmp_path, exported, f"{name}-{len(list((folder / 'exports').glob('*')))}")


def test_a_training_round_of_gold_alone(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    write_gold(
        folder,
        *(f"{id_},warga,training,stance,against" for id_ in left_out(workspace, 3, folder)),
        f"{left_out(workspace, 4, folder)[3]},warga,main,stance,favor",
    )
    made = assign(workspace, "sikap", at=NOW, round_="training")
    assert (made.gold, made.probes, made.short) == (3, 0, ())
    assert made.handed_out == dict.fromkeys(EVERYBODY, 3)
    # the article of the main round is there, and waits for it
    assert len(of_role(folder, "gold")) == 4
    answer_all(workspace, folder, tmp_path, "against", "against", "neutral", "favor")
    _, paths = write_meeting(workspace, "sikap", most=50)
    assert [path.name for path in paths][2:] == [f"feedback-{name}.html" for name in EVERYBODY]
    own = {path.stem: path.read_text(encoding="utf-8") for path in paths[2:]}
    assert [text.count(">jawaban Anda<") for text in own.values()] == [0, 0, 3, 3]
    found = status(workspace, "sikap", NOW + timedelta(days=1))
    assert [(q.checked.gold_right, q.checked.gold) for q in found.queues] == [(3, 3), (3, 3), (0, 3), (0, 3)]
    assert [(one.round, one.tasks, one.checks_answered, one.checks) for one in found.rounds] == [
        ("training", 0, 12, 12)
    ]
    # gold answers are no labels, and in no coefficient
    assert not store.read_table(folder / "labels.parquet").num_rows
    tables = campaign_agreement(workspace, "sikap", resamples=0)
    assert {row["n_units"] for row in tables["summary"].to_pylist()} == {0}
    right = {row["annotator"]: row["gold_accuracy"] for row in tables["annotators"].to_pylist() if row["n_gold"]}
    assert right == {"a01": 1.0, "a02": 1.0, "a03": 0.0, "a04": 0.0}
    # another file overrides the campaign's
    other = tmp_path / "other.csv"
    other.write_text(f"task_key,value\n{next(iter(of_role(folder, 'gold')))},favor\n", encoding="utf-8")
    tables = campaign_agreement(workspace, "sikap", gold=other, resamples=0)
    assert {row["n_gold"] for row in tables["annotators"].to_pylist() if row["question"] == "stance"} == {1}
    # who joins for the main round is trained, too
    assign(workspace, "sikap", at=NOW + timedelta(days=1), n=2)
    reassign(workspace, "sikap", at=NOW + timedelta(days=2), joins="a07", hours=6)
    training = {key for key, row in of_role(folder, "gold").items() if row["round"] == "training"}
    assert {task["data"]["task_key"] for task in queues(folder)["a07"][:3]} == training


def test_gold_and_probes_look_like_all_other_tasks(workspace: Workspace, folder: Path) -> None:
    frozen = frozen_ids(workspace)
    drawn = tasks(folder)
    write_gold(folder, *(f"{id_},warga,,stance,against" for id_ in left_out(workspace, 3, folder)))
    made = assign(workspace, "sikap", at=NOW, n=2, probes=2)
    assert (made.gold, made.probes) == (3, 2)
    assert of_the_sample(tasks(folder)).sort_by("task_key") == drawn.sort_by("task_key")
    given = queues(folder)
    assert len({tuple(task["data"]) for queue in given.values() for task in queue}) == 1
    assert len({frozenset(task) for queue in given.values() for task in queue}) == 1
    keys = {name: [task["data"]["task_key"] for task in queue] for name, queue in given.items()}
    assert all(set(of_role(folder, "gold")) <= set(queue) for queue in keys.values())
    for probe, original in originals(tasks(folder)).items():
        assert [probe in queue for queue in keys.values()] == [original in queue for queue in keys.values()]
        assert sum(probe in queue for queue in keys.values()) == 2
    # texts are those of copies, which stay copies: to freeze them would make them the keepers of their clusters
    assert frozen_ids(workspace) == frozen
    # every week again, without the option
    again = assign(workspace, "sikap", at=NOW + timedelta(days=7))
    assert (again.given, again.taken_back, again.gold, again.probes) == (0, 0, 3, 2)


def test_what_people_say_to_them(workspace: Workspace, folder: Path, tmp_path: Path) -> None:
    write_gold(folder, *(f"{id_},warga,,stance,against" for id_ in left_out(workspace, 2, folder)))
    made = assign(workspace, "sikap", at=NOW, n=4, probes=30)
    assert 0 < made.probes < 30
    probes, gold = of_role(folder, "probe"), of_role(folder, "gold")

    def value(name: str, key: str) -> str:
        return "neutral" if name == "a01" and key in probes else "favor" if name != "a04" else "against"

    for name in EVERYBODY[:3]:
        pull(workspace, tmp_path, answered(folder, name, lambda key, name=name: value(name, key), NOW), name)  # type: ignore[misc]
    # somebody has the gold tasks still to come: the paper of a meeting shows none, and never a probe
    before, _ = write_meeting(workspace, "sikap", most=500)
    assert before.compared == of_the_sample(tasks(folder).filter(pc.equal(tasks(folder)["round"], "main"))).num_rows
    pull(workspace, tmp_path, answered(folder, "a04", lambda key: value("a04", key), NOW), "a04")
    after, paths = write_meeting(workspace, "sikap", most=500)
    assert after.compared == before.compared + 2
    assert not {case.task_key for case in after.cases} & set(probes)
    assert {case.task_key: case.right.value for case in after.cases if case.right} == dict.fromkeys(gold, "against")
    assert len(paths) == 6

    seen = {q.annotator: q.checked for q in status(workspace, "sikap", NOW + timedelta(days=1)).queues}
    assert [(seen[name].gold_right, seen[name].gold) for name in EVERYBODY] == [(0, 2), (0, 2), (0, 2), (2, 2)]
    # three questions have an answer, and of a01 that to stance is another one
    n = made.probes
    assert seen["a01"].probes_same == seen["a01"].probes - n
    assert all(seen[name].probes_same == seen[name].probes >= n for name in EVERYBODY[1:])
    table = tmp_path / "antrean.csv"
    write_status(status(workspace, "sikap", NOW), table)
    assert table.read_text(encoding="utf-8").splitlines()[0].endswith(",gold_right,gold,probes_same,probes")

    labels = store.read_table(folder / "labels.parquet")
    documents = {row["document_id"] for row in (*probes.values(), *gold.values())}
    votes = labels.filter(pc.equal(labels["method"], "majority"))
    assert votes.num_rows
    assert not documents & set(votes["document_id"].to_pylist())
    summary = campaign_agreement(workspace, "sikap", resamples=0)["summary"].to_pylist()
    (overall,) = [
        row
        for row in summary
        if (row["question"], row["scope"], row["coefficient"]) == ("stance", "all", "krippendorff_alpha")
    ]
    assert overall["n_units"] == before.compared
    assert plan_round(workspace, "sikap", start=NOW.date(), round_="main").basis.tasks == before.compared
    # a change of the guideline asks gold and probes again, too, of the same people
    change(folder, "1.1", "all")
    again = assign(workspace, "sikap", at=NOW + timedelta(days=2))
    assert again.asked_again == 4 * (before.compared + 2 + n)


def test_a_text_that_was_cleaned_anew_is_shown_as_it_is_now(workspace: Workspace, folder: Path) -> None:
    write_gold(folder, f"{left_out(workspace, 1, folder)[0]},warga,,stance,against")
    assign(workspace, "sikap", at=NOW, n=2)
    table = tasks(folder)
    place = table.schema.get_field_index("text_sha256")
    old = pc.if_else(pc.equal(table["role"], "gold"), "0" * 64, table["text_sha256"])
    store.write_table(folder / "tasks.parquet", table.set_column(place, table.schema.field(place), old))
    reassign(workspace, "sikap", at=NOW, leaves="a04")
    assert tasks(folder) == table
    # a table of an earlier version has fewer columns, and none of them may be null
    strict = pa.schema([field.with_nullable(field.name in ("target", "prediction")) for field in table.schema])
    earlier = of_the_sample(table).cast(strict).drop_columns(["prediction"])
    store.write_table(folder / "tasks.parquet", earlier)
    assert assign(workspace, "sikap", at=NOW, n=2).gold == 1
    assert tasks(folder).sort_by("task_key") == table.sort_by("task_key")
    texts = store.read_table(folder / "ledgers.parquet").to_pylist()
    (gold,) = of_role(folder, "gold").values()
    assert (gold["document_id"], gold["text_sha256"]) in {(row["document_id"], row["text_sha256"]) for row in texts}


def test_what_was_drawn_or_given_before(workspace: Workspace, folder: Path) -> None:
    first = next(row for row in tasks(folder).to_pylist() if row["round"] == "main")
    write_gold(folder, f"{first['document_id']},{first['target']},,stance,against")
    made = assign(workspace, "sikap", at=NOW, n=2)
    assert made.left_sample == (first["task_key"],)
    assert list(of_role(folder, "gold")) == [first["task_key"]]
    other = next(row for row in tasks(folder).to_pylist() if row["round"] == "main" and row["role"] == "normal")
    write_gold(folder, f"{other['document_id']},{other['target']},,stance,against")
    made = assign(workspace, "sikap", at=NOW, n=2)
    assert (made.given_before, made.without_line) == ((other["task_key"],), (first["task_key"],))
    assert list(of_role(folder, "gold")) == [first["task_key"]]


def test_mistakes_are_told_before_anything_is_written(workspace: Workspace, folder: Path) -> None:
    before = tasks(folder)
    write_gold(folder, "tidakada,warga,,stance,against")
    with pytest.raises(InputError, match=r"gold\.csv:2: the corpus has no document 'tidakada'"):
        assign(workspace, "sikap", at=NOW, n=2)
    write_gold(folder, "tidakada,warga,latihan,stance,against")
    with pytest.raises(InputError, match="the corpus has no document"):
        assign(workspace, "sikap", at=NOW, n=2)
    write_gold(folder)
    with pytest.raises(UsageError, match=r"has no round 'latihan'\. There are: pilot, main"):
        assign(workspace, "sikap", at=NOW, round_="latihan")
    assert tasks(folder) == before
    assert not (folder / "assignments.parquet").exists()


# -- audits ---------------------------------------------------------------------------------------


def test_queues_of_an_audit_hold_all_rounds(workspace: Workspace, folder: Path) -> None:
    settings = config.load(workspace.config_file)
    audit = workspace.campaign("audit-dropped")
    first = draw_audit(workspace, settings, "dropped", n=4, round_="one")
    (audit / "people.csv").write_text("annotator,hours\na01,6\n", encoding="utf-8")
    drawn = {task["data"]["task_key"]: task for task in json.loads((audit / "tasks.json").read_text(encoding="utf-8"))}
    second = draw_audit(workspace, settings, "dropped", n=2, round_="two", seed=7)
    rounds = tasks(audit).to_pylist()
    assert {row["round"] for row in rounds} == {"one", "two"}
    assert (first.tasks, second.tasks) == (4, 2)
    assign(workspace, "audit-dropped", at=NOW, round_="one", n=1)
    assign(workspace, "audit-dropped", at=NOW, round_="two", n=1)
    given = {task["data"]["task_key"]: task for task in queues(audit)["a01"]}
    assert set(given) == {row["task_key"] for row in rounds}
    left = {row["task_key"] for row in rounds if row["round"] == "one"}
    assert left
    assert {key: given[key] for key in left} == {key: drawn[key] for key in left}
    assert {row["round"] for row in rounds} == set(tasks(audit)["round"].to_pylist())
    # after a change of the guideline they bear its version
    change(audit, "1.1", "none")
    shown = open_folder(workspace, "audit-dropped").shown(tasks(audit))
    assert {data["guideline_version"] for data in shown.values()} == {"1.1"}
    with pytest.raises(UsageError, match="show more than an article, so none is gold or a probe"):
        assign(workspace, "audit-dropped", at=NOW, round_="two", probes=3)
    found = read_precision(workspace, "dropped")
    assert found
    assert found.overall.drawn == 2


def test_the_command_line_tells_what_came_of_it(workspace: Workspace, folder: Path) -> None:
    def curation(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        command = [sys.executable, "-W", "error", "-m", "curation", "label", *arguments]
        return subprocess.run(command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False)

    write_gold(folder, f"{left_out(workspace, 1, folder)[0]},warga,,stance,against")
    done = curation("assign", "sikap", "-n", "2", "--probes", "50")
    assert done.returncode == 0, done.stderr
    assert "the round has 1 gold task, for everybody, and " in done.stderr
    assert "are not to be had: no other article of the round has" in done.stderr
    write_gold(folder, "x,warga,,sikap,against")
    wrong = curation("status", "sikap")
    assert wrong.returncode == 1
    told = "curation: campaigns/sikap/gold.csv:2: there is no question 'sikap'. Write one of: stance, "
    assert wrong.stderr.startswith(told)
