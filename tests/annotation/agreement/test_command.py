"""curation label agreement, on a campaign folder as `label pull` leaves it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curation import schema, store
from tests.annotation.agreement.conftest import annotation

ROOT = Path(__file__).parents[3]


def curation(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-W", "error", "-m", "curation", "label", "agreement", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("korpus")
    (root / "curation.toml").write_text("", encoding="utf-8")
    for name in ("sikap", "kosong"):
        (root / "campaigns" / name).mkdir(parents=True)
        shutil.copyfile(ROOT / "tests" / "annotation" / "codebook.toml", root / "campaigns" / name / "codebook.toml")
    answers = {
        "a01": ("favor", "favor", "against"),
        "a02": ("favor", "against", "against"),
        "a03": ("favor", "favor", "neutral"),
    }
    rows = [
        row
        for name, stances in answers.items()
        for n, stance in enumerate(stances)
        for row in annotation(name, f"t{n}", seconds=30.0, stance=stance)
    ]
    store.write_table(root / "campaigns" / "sikap" / "annotations.parquet", schema.from_rows("annotations", rows))
    return root


def test_it_prints_what_a_person_reads(workspace: Path) -> None:
    done = curation("sikap", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("stance: one label; 9 answers of 3 annotators, 3 units with two or more")
    # evidence was on every page, and nobody marked any
    assert "nobody marked anything" in done.stdout
    assert done.stderr == ""


def test_csv_json_and_gold(workspace: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text("task_key,question,value\nt0,stance,favor\nt1,stance,favor\n", encoding="utf-8")
    table = tmp_path / "koefisien.csv"
    done = curation("sikap", "--json", "--csv", str(table), "--gold", str(gold), cwd=workspace)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {row["annotator"]: row["gold_accuracy"] for row in told["annotators"] if row["question"] == "stance"} == {
        "a01": 1.0,
        "a02": 0.5,
        "a03": 1.0,
    }
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(told["summary"])
    assert {row["value"] for row in rows if row["note"].startswith("nobody marked")} == {""}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("lain",), "there is no campaign 'lain'. There are: kosong, sikap."),
        (("kosong",), "the campaign 'kosong' has no answers yet. Run: curation label pull kosong --file EXPORT.json"),
        (("sikap", "--gold", "tidak-ada.csv"), "tidak-ada.csv: no such file. Check the path."),
        (("sikap", "-q", "--csv", "tidak/ada.csv"), "tidak: no such folder. Make it first."),
    ],
)
def test_what_goes_wrong_is_one_sentence(workspace: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = curation(*arguments, cwd=workspace)
    assert done.returncode == 2
    assert done.stderr == f"curation: {sentence}\n"
