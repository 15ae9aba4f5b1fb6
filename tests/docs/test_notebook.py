"""The example notebook: it runs, shows what a run gives, and stands in the site."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from typing import Any

import pytest

from tests.docs.blocks import ROOT

NOTEBOOK = ROOT / "examples" / "ten-minutes.ipynb"


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return found


@pytest.mark.slow
def test_it_runs_and_shows_what_a_run_gives() -> None:
    command = [sys.executable, str(ROOT / "docs" / "notebook.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (NOTEBOOK.parent / "corpus.parquet").exists()


def test_its_outputs_are_those_of_one_run_without_an_error(cells: list[dict[str, Any]]) -> None:
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert {output["output_type"] for output in outputs} == {"execute_result"}, "no error, nothing on stderr"
    shown = " ".join("".join(output["data"].get("text/html", "")) for output in outputs)
    for piece in ("curation-result", "curation-agreement", "dataframe"):
        assert piece in shown
    # a notebook is mailed and committed
    assert NOTEBOOK.stat().st_size < 200_000


def test_other_kinds_of_output_are_noticed(cells: list[dict[str, Any]]) -> None:
    kinds = runpy.run_path(str(ROOT / "docs" / "notebook.py"))["kinds"]
    old = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert kinds(old) == kinds({"cells": cells})
    text = NOTEBOOK.read_text(encoding="utf-8")
    for before, after, same in (
        ("133 inputs, 120 articles", "134 inputs, 121 articles", True),
        ("What the rules did", "The rules", False),
        ('"text/html"', '"text/markdown"', False),
    ):
        assert before in text
        assert (kinds(json.loads(text.replace(before, after))) == kinds(old)) is same


def test_its_links_lead_somewhere(cells: list[dict[str, Any]]) -> None:
    prose = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    targets = re.findall(r"\]\(([^)#]+)", prose)
    assert targets
    assert not [target for target in targets if not (NOTEBOOK.parent / target).exists()]
