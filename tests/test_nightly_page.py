"""The nightly job that the docs show: its commands exist, and it keeps what must be kept."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from curation.cli import cli
from curation.verbs.nightly import drift

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "nightly.md"
JOB = ROOT / "docs" / "nightly.yml"


def commands() -> list[str]:
    """Every line that calls curation, of the page and of the job."""
    lines = [line.strip() for path in (PAGE, JOB) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [line.removeprefix("- ").removeprefix("run: ") for line in lines]
    found += [one for line in lines for one in re.findall(r"`(curation [^`]+)`", line)]
    return sorted({line.partition("#")[0].strip() for line in found if line.startswith("curation ")})


def test_there_is_something_to_look_at() -> None:
    assert {"curation doctor", 'curation run --input "inbox/*" --summary out'} <= set(commands())


@pytest.mark.parametrize("line", commands())
def test_every_command_exists_with_its_options(line: str) -> None:
    _, *words = shlex.split(line)
    command: click.Command | None = cli
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words.pop(0))
    assert command is not None, line
    known = {name for option in command.params for name in option.opts}
    assert {word for word in words if word.startswith("-")} <= known


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "curation" / "template" / "Makefile").read_text(encoding="utf-8")
    [line] = re.findall(r"`make ([^`]+)`", PAGE.read_text(encoding="utf-8"))
    target, *variables = line.split()
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for variable in variables:
        assert f"$({variable.partition('=')[0]})" in makefile


def steps() -> list[dict[str, Any]]:
    job = yaml.safe_load(JOB.read_text(encoding="utf-8"))
    assert job["concurrency"]["group"]
    found: list[dict[str, Any]] = job["jobs"]["night"]["steps"]
    return found


def test_the_state_comes_before_the_run_and_is_kept_whatever_happens() -> None:
    names = [step.get("name", step.get("uses")) for step in steps()]
    order = [
        "Bring the state of the night before",
        "Refuse to begin a new corpus unasked",
        "Look around",
        "Run",
        "Keep the state",
    ]
    assert [name for name in names if name in order] == order
    by_name = dict(zip(names, steps(), strict=True))
    bring, keep = by_name["Bring the state of the night before"], by_name["Keep the state"]
    assert bring["with"]["path"] == keep["with"]["path"]
    assert bring["with"]["key"] == keep["with"]["key"]
    assert keep["with"]["key"].startswith(bring["with"]["restore-keys"])
    assert "state" in keep["with"]["path"].split()
    after = names[names.index("Run") + 1 :]
    assert all(by_name[name]["if"] == "always()" for name in after)


def test_the_gitlab_job_is_yaml_and_keeps_the_same() -> None:
    [block] = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    job = yaml.safe_load(block)["night"]
    assert job["cache"]["when"] == job["artifacts"]["when"] == "always"
    assert "state" in job["cache"]["paths"]
    assert job["artifacts"]["reports"]["junit"] == "out/junit.xml"


def test_the_numbers_of_the_page_are_those_of_the_code() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert (drift.WINDOW, drift.FEWEST, drift.LIMIT, drift.FEW_DOCUMENTS, drift.USUAL) == (14, 5, 3.5, 5, 0.8)
    for words in ("(at most) 14 batches", "once there are five", "more than 3.5 robust", "five documents or more"):
        assert words in page
    least = {measure.least for measure in (*drift.MEASURES.values(), drift.REJECTED)}
    assert least == {10, 0.02, 0.01}
