"""explain, rules and report as people type them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from curation.cli import cli
from curation.errors import CurationError, UsageError
from curation.workspace import Workspace

URL = "https://www.kabardesa.example/banjir"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


@pytest.fixture
def inside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace as the current folder."""
    monkeypatch.chdir(workspace.root)
    return workspace.root


@pytest.mark.usefixtures("inside")
def test_explain_speaks_text_json_marks_and_html(tmp_path: Path) -> None:
    text = run("explain", URL).stdout
    assert "Edits (2, " in text
    assert "\x1b" not in text
    assert "--all lists them" in text
    assert "--all lists them" not in run("explain", URL, "--all").stdout
    assert json.loads(run("explain", URL, "--json").stdout)["outcome"] == "selected"
    assert "[-Editor: Ratri-]" in run("explain", URL, "--raw").stdout
    page = tmp_path / "halaman" / "satu.html"
    result = run("explain", URL, "--html", str(page))
    assert result.stdout == ""
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    for option in ("--html", "--html=-"):
        assert run("explain", URL, option).stdout == page.read_text(encoding="utf-8")


def test_explain_works_without_a_workspace(
    folder: Path, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "Checks" in run("explain", URL, "--in", str(folder)).stdout
    assert "Cleaned on the spot" in run("explain", str(inputs / "malam-1.jsonl")).stdout
    with pytest.raises(UsageError, match="--in DIR"):
        run("explain", URL)


@pytest.mark.usefixtures("inside")
def test_limits_can_be_tried_from_the_command_line() -> None:
    assert "at least 500    too low" in run("explain", URL, "--set", "quality.word_count.min=500").stdout


@pytest.mark.usefixtures("inside")
def test_rules_count_what_they_did_here() -> None:
    rows = {row["name"]: row for row in json.loads(run("rules", "--json").stdout)}
    assert (rows["baca_juga"]["edits"], rows["baca_juga"]["documents"]) == (1, 1)
    one = json.loads(run("rules", "baca_juga", "--json").stdout)
    assert (one["edits"], one["step"]) == (1, "chrome")
    assert "1 edit in 1 document" in run("rules", "baca_juga").stdout


def test_rules_need_no_workspace(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert "edits" not in json.loads(run("rules", "--json").stdout)[0]
    assert any(row["edits"] for row in json.loads(run("rules", "--in", str(folder), "--json").stdout))
    assert run("rules", "--markdown").stdout.startswith("# The cleaning rules\n")
    with pytest.raises(UsageError, match="Did you mean 'layout'"):
        run("rules", "layot")
    with pytest.raises(UsageError, match="no table of edits"):
        run("rules", "--in", str(tmp_path))


def test_report_writes_one_page(inside: Path, tmp_path: Path) -> None:
    out = tmp_path / "laporan.html"
    assert json.loads(run("report", "-o", str(out), "--json").stdout) == {"report": str(out)}
    assert "Banjir Muara Pandan Surut, &lt;b&gt;Warga&lt;/b&gt; Pulang" in out.read_text(encoding="utf-8")
    run("report")
    assert (inside / "report.html").read_bytes() == out.read_bytes()


def test_report_of_a_workspace_that_never_ran_says_what_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "curation.toml").write_text("", encoding="utf-8")
    with pytest.raises(CurationError, match="curation run"):
        run("report")


@pytest.mark.parametrize("verb", ["explain", "rules", "report"])
def test_every_option_is_explained(verb: str) -> None:
    command = cli.get_command(click.Context(cli), verb)
    assert command is not None
    assert command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))
