"""Checks of a workspace: they report while a campaign runs, and refuse a release that comes from broken tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from click.testing import CliRunner

from curation import config, schema, store
from curation.cli import cli
from curation.errors import DataError, UsageError
from curation.pipeline import Pipeline
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample, run to the selection, with the answers to a campaign."""
    root = tmp_path_factory.mktemp("checks") / "workspace"
    make_workspace(root, SAMPLE)
    workspace = Workspace(root)
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, root)))
    export_tasks(workspace, "topic", n=24)
    pull_export(workspace, "topic", SAMPLE / "labelled" / "topic.json")
    return workspace


@pytest.fixture
def workspace(labelled: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(labelled.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def publish(workspace: Workspace, **options: Any) -> Any:
    return publish_workspace(workspace, config.load(workspace.config_file), None, "2026-03-08", **options)


def change(path: Path, column: str, value: Any) -> None:
    """Put a value into the first row of a table."""
    rows = store.read_table(path).to_pylist()
    rows[0][column] = value
    store.write_table(path, schema.from_rows(path.stem, rows))


def test_a_release_tells_what_all_suites_say_by_counts_alone(workspace):
    made = publish(workspace, public=True)
    for folder in (made.folder, made.public.folder):
        told = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (folder / "checks").glob("*.json")}
        assert sorted(told) == ["annotated-topic", "clean", "raw", "released"]
        assert all(one["passed"] and one["met"] for one in told.values())
        assert [failure["column"] for failure in told["annotated-topic"]["failures"]] == ["alpha"]
        assert not any(rule["ids"] for one in told.values() for rule in one["failures"])
        manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
        assert manifest["checks"]["annotated-topic"] == {"passed": True, "failures": 1}
        page = (folder / "checks/index.html").read_text(encoding="utf-8")
        readme = (folder / "README.md").read_text(encoding="utf-8")
        for name in told:
            assert f'<h2 id="{name}">' in page
            assert f"| {name} | passed |" in readme
        assert "| topic | krippendorff alpha masi | 0.664 | 0.442 to 0.856 | 23 | 2 |" in readme
    bodies = pa.concat_tables(store.scan([made.folder / "data/default"], ["title", "body"]))
    assert not any(title and title in page for title in bodies["title"].to_pylist())


@pytest.mark.parametrize(
    ("table", "column", "value", "told"),
    [
        ("annotations", "annotator", "Sari Melati", r"annotated-topic: FAILED(.|\n)*annotator(.|\n)*rows \(.*%\): \w+"),
        ("annotations", "value", "olah raga", r"annotated-topic: FAILED(.|\n)*known_value"),
    ],
)
def test_broken_answers_refuse_a_release(workspace, table, column, value, told):
    change(workspace.root / "campaigns/topic" / f"{table}.parquet", column, value)
    with pytest.raises(DataError, match=told) as caught:
        publish(workspace)
    assert caught.value.exit_code == 1
    assert not workspace.releases.exists()


def test_a_document_that_lost_its_article_refuses_a_release(workspace):
    (place, *_) = workspace.tables("ingest", "articles")
    (file, *_) = store.parquet_files(place)
    articles = store.read_table(file)
    gone = articles["id"][0].as_py()
    store.write_table(file, articles.filter(pc.not_equal(articles["id"], gone)))
    with pytest.raises(DataError, match=r"clean: FAILED(.|\n)*has_article"):
        publish(workspace)


def test_a_running_campaign_is_reported_not_refused(workspace, monkeypatch):
    """One annotator is not done: open tasks and too few answers are warnings, and the exit is 0."""
    file = workspace.root / "campaigns/topic/annotations.parquet"
    answers = store.read_table(file)
    half = sorted(set(answers["task_key"].to_pylist()))[:10]
    store.write_table(file, answers.filter(pc.is_in(answers["task_key"], pa.array(half))))
    (result,) = check_workspace(workspace, "annotated")
    assert result.passed
    assert "is_answered" in {failure.column for failure in result.failures}
    monkeypatch.chdir(workspace.root)
    ran = CliRunner().invoke(cli, ["check", "annotated", "--html", "checks.html"])
    assert ran.exit_code == 0, ran.output
    page = Path("checks.html").read_text(encoding="utf-8")
    assert "A task that nobody answered" in page
    unanswered = next(failure for failure in result.failures if failure.column == "is_answered")
    assert unanswered.ids[0] in page  # in the workspace, rows are named


def test_who_misses_gold_tasks_is_told(workspace):
    """The second annotator's answers are the right ones, so the first, who says other things, is below the floor."""
    folder = workspace.root / "campaigns/topic"
    answers = store.read_table(folder / "annotations.parquet").to_pylist()
    topics: dict[str, dict[str, set[str]]] = {}
    for row in answers:
        if row["question"] == "topic":
            topics.setdefault(row["task_key"], {}).setdefault(row["annotator"], set()).add(row["value"])
    first, second = sorted({row["annotator"] for row in answers})
    divided = {key: said for key, said in topics.items() if len(said) == 2 and said[first] != said[second]}
    lines = [f"{key},topic,{value}" for key, said in sorted(divided.items()) for value in sorted(said[second])]
    (folder / "gold.csv").write_text("\n".join(["task_key,question,value", *lines]) + "\n", encoding="utf-8")
    (result,) = check_workspace(workspace, "annotated")
    missed = next(failure for failure in result.failures if failure.column == "gold_share")
    assert (missed.ids, result.passed) == ((first,), True)


def test_a_page_in_no_folder_is_told(workspace, monkeypatch):
    monkeypatch.chdir(workspace.root)
    with pytest.raises(UsageError, match=r"nowhere: no such folder"):
        CliRunner().invoke(cli, ["check", "raw", "--html", "nowhere/checks.html"], catch_exceptions=False)
