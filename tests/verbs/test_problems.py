"""From a complaint in an export to the report, the findings and what `explain` says of the document."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from curation import config, store
from curation.errors import UsageError
from curation.explain.explanation import explain
from curation.explain.text import explanation_text
from curation.pipeline import Pipeline
from curation.verbs.campaign.problems import read_problems, write_problems
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
RULE = "baca_juga"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample, of which one of two annotators calls every text cut that a certain rule edited."""
    root = tmp_path_factory.mktemp("korpus") / "workspace"
    make_workspace(root, SAMPLE)
    made = Workspace(root)
    settings = config.load(made.config_file)
    list(Pipeline(made, settings).run(find_inputs(settings.input.paths, made.root)))
    export_tasks(made, "topic", n=24)
    edits = [table for place in made.tables("clean", "edits") for table in store.scan([place], ["id", "rule"])]
    edited = {row["id"] for table in edits for row in table.to_pylist() if row["rule"] == RULE}
    exported = json.loads((SAMPLE / "labelled" / "topic.json").read_text(encoding="utf-8"))
    by = exported[0]["annotations"][0]["completed_by"]
    for task in exported:
        for annotation in task["annotations"]:
            kept = [item for item in annotation["result"] if item["from_name"] != "text_problem"]
            complains = task["data"]["document_id"] in edited and annotation["completed_by"] == by
            annotation["result"] = kept + ([problem("cut", "chrome_left")] if complains and kept else [])
    path = root / "keluhan.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    assert pull_export(made, "topic", path).problems == ()
    return made


def problem(*values: str) -> dict[str, Any]:
    return {"from_name": "text_problem", "to_name": "text", "type": "choices", "value": {"choices": list(values)}}


def test_a_pull_makes_findings_of_complaints_and_explain_lists_them(workspace: Workspace) -> None:
    found = store.read_table(workspace.root / "campaigns" / "topic" / "findings.parquet").to_pylist()
    assert {row["rule"] for row in found} == {"topic/cut", "topic/chrome_left"}
    assert {row["kind"] for row in found} == {"text_problem"}
    assert all(0 < row["score"] <= 1 for row in found)
    one = explain(workspace, found[0]["id"])
    assert [row for row in one.findings if row["kind"] == "text_problem"] == found[:2]
    assert found[0]["end"] == len(one.document["body"])
    assert "topic/cut" in explanation_text(one)


def test_the_rule_behind_it_stands_first(workspace: Workspace, tmp_path: Path) -> None:
    made = read_problems(workspace, "topic")
    rules = [row for row in made.rows if (row.problem, row.about) == ("cut", "rule")]
    first = next(row for row in rules if row.name == RULE)
    assert (first.share, first.otherwise, first.lift) == (1.0, 0.0, None)
    assert all((row.share or 0) > (row.otherwise or 0) for row in rules)
    assert {row.name for row in rules}.isdisjoint({"invisible", "layout"})
    assert all(row.next for row in made.rows)
    sites = [row for row in made.rows if (row.problem, row.about) == ("cut", "site")]
    assert sum(row.documents for row in sites) == next(row.documents for row in made.rows if row.about == "all")
    path = tmp_path / "keluhan.csv"
    write_problems(made.rows, path)
    with path.open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == [row.name for row in made.rows]
    with pytest.raises(UsageError, match="no such folder"):
        write_problems(made.rows, tmp_path / "tidak" / "ada.csv")


def curation(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-W", "error", "-m", "curation", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_command_prints_saves_and_gives_what_to_type(workspace: Workspace) -> None:
    done = curation("label", "problems", "topic", "--csv", "keluhan.csv", cwd=workspace.root)
    assert (done.returncode, done.stderr) == (0, "\nAll rows: keluhan.csv\n")
    assert done.stdout.startswith("Terpotong (cut): ")
    assert f"curation whatif --disable {RULE}" in done.stdout
    told = json.loads(curation("label", "problems", "topic", "--json", cwd=workspace.root).stdout)
    with (workspace.root / "keluhan.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(told["rows"])
    typed = next(row["next"] for row in told["rows"] if (row["about"], row["name"]) == ("rule", RULE)).split("; ")[0]
    assert curation(*typed.split()[1:], cwd=workspace.root).returncode == 0
    typed = next(row["next"] for row in told["rows"] if row["about"] == "all")
    assert curation(*typed.split()[1:], cwd=workspace.root).returncode == 0


def test_what_is_missing_is_told(workspace: Workspace) -> None:
    folder = workspace.root / "campaigns" / "topic"
    answers = (folder / "annotations.parquet").rename(folder / "annotations.kept")
    try:
        with pytest.raises(UsageError, match=r"has no answers yet. Run: curation label pull topic"):
            read_problems(workspace, "topic")
    finally:
        answers.rename(folder / "annotations.parquet")
    book = folder / "codebook.toml"
    text = book.read_text(encoding="utf-8")
    try:
        book.write_text(text.replace('name = "text_problem"', 'name = "masalah"'), encoding="utf-8")
        with pytest.raises(UsageError, match=r"no question 'text_problem'"):
            read_problems(workspace, "topic")
    finally:
        book.write_text(text, encoding="utf-8")
