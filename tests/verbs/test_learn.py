"""Learned chrome in a workspace: versions, pins, a look before the leap; what was labelled or released never moves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from curation import config, store
from curation.dedup import passages
from curation.errors import UsageError
from curation.pipeline import Pipeline
from curation.release.verify import verify
from curation.verbs.files import run_on_files
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.learn import chrome_text, learn_chrome, read_chrome
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.rehearsal import rehearse
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.frozen import frozen_ids
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FIRST = "2026-03-01-harian.jsonl"
SITE, OTHER = "liputansenja.example", "nusakabar.example"
#: slogans, which no rule of the book knows
PROMO = "Dari hulu sampai hilir, Liputan Senja menemani pagi di beranda rumah"
LATER = "Nusakabar, jendela kecil di tepi laut Nusantara yang luas"


def with_line(path: Path, host: str, line: str) -> None:
    """Print a line below every article of a host."""
    rows = []
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(text)
        except ValueError:
            continue
        if host in (row.get("url") or "") and row["text"]:
            row["text"] += f"\n{line}"
        rows.append(json.dumps(row, ensure_ascii=False) + "\n")
    path.write_text("".join(rows), encoding="utf-8")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample with a promo below the articles of one site, run to the selection without learned chrome."""
    root = tmp_path_factory.mktemp("learn") / "workspace"
    make_workspace(root, SAMPLE)
    with_line(root / "raw" / FIRST, SITE, PROMO)
    run(Workspace(root))
    return Workspace(root)


@pytest.fixture
def workspace(finished: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(finished.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def settings_of(workspace: Workspace, *overrides: str) -> config.Config:
    return config.load(workspace.config_file, overrides)


def run(workspace: Workspace, *overrides: str) -> list[Any]:
    settings = settings_of(workspace, *overrides)
    return list(Pipeline(workspace, settings).run(find_inputs(settings.input.paths, workspace.root)))


def dry_run(workspace: Workspace, *overrides: str) -> dict[str, int]:
    settings = settings_of(workspace, *overrides)
    return rehearse(workspace, settings, find_inputs(settings.input.paths, workspace.root), "select", None)


def pin(workspace: Workspace, version: int) -> None:
    text = workspace.config_file.read_text(encoding="utf-8").split("\n[chrome]")[0]
    workspace.config_file.write_text(f"{text}\n[chrome]\nversion = {version}\n", encoding="utf-8")


def bodies(workspace: Workspace) -> dict[str, str]:
    rows = store.scan(workspace.tables("clean", "documents"), ["id", "body"])
    return {row["id"]: row["body"] for table in rows for row in table.to_pylist()}


def holders(workspace: Workspace, line: str = PROMO) -> set[str]:
    return {key for key, body in bodies(workspace).items() if line in body}


def snapshot(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "lock")
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


def answers(workspace: Workspace, tasks: Path) -> Path:
    """An export of Label Studio in which every task of a campaign is answered as the sample's are."""
    exported = json.loads((SAMPLE / "labelled" / "topic.json").read_text(encoding="utf-8"))
    shown = json.loads(tasks.read_text(encoding="utf-8"))
    path = workspace.root / "export.json"
    rows = [one | {"data": task["data"]} for one, task in zip(exported, shown, strict=False)]
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def test_learning_writes_a_version_and_changes_nothing_else(workspace: Workspace) -> None:
    before, told = bodies(workspace), settings_of(workspace)
    assert len(holders(workspace)) >= 5
    made = learn_chrome(workspace, told)
    assert (made.version, made.is_new, made.pinned) == (1, True, 0)
    assert {row["example"] for row in made.new if row["site"] == SITE} == {PROMO}
    assert made.gone == ()
    table = read_chrome(workspace, 1)
    assert set(table["version"].to_pylist()) == {1}
    manifest = json.loads(made.file.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["sha256"] == store.file_digest(made.file)
    assert manifest["rows"] == table.num_rows == made.lines
    assert set(manifest["input"]) == set(workspace.accepted())
    # a run never learns, nor takes up what was learned
    assert {event.outcome for event in run(workspace)} == {"unchanged"}
    assert bodies(workspace) == before


@pytest.mark.slow
def test_the_same_lines_make_no_new_version(workspace: Workspace) -> None:
    learn_chrome(workspace, settings_of(workspace))
    before = snapshot(workspace.state)
    again = learn_chrome(workspace, settings_of(workspace))
    assert (again.version, again.is_new) == (1, False)
    assert again.new  # still against the pinned one, the empty one
    assert snapshot(workspace.state) == before
    pin(workspace, 1)
    assert learn_chrome(workspace, settings_of(workspace)).new == ()


def test_what_is_pinned_is_cleaned_and_what_is_kept_stays(workspace: Workspace) -> None:
    before = holders(workspace)
    learn_chrome(workspace, settings_of(workspace))
    pin(workspace, 1)
    assert dry_run(workspace)["texts changed"] == len(before)
    made = [event.stage for event in run(workspace) if event.outcome == "made"]
    assert "clean" in made
    assert holders(workspace) == set()
    run(workspace, f"chrome.keep=['{PROMO.upper()}']")
    assert holders(workspace) == before


@pytest.mark.slow
def test_what_was_labelled_or_released_never_moves(workspace: Workspace) -> None:
    """A version that changes after labelling, and another one after the release."""
    made = export_tasks(workspace, "topic", n=24)
    pulled = pull_export(workspace, "topic", answers(workspace, made.folder / "tasks.json"))
    assert pulled.problems == ()
    labelled, before = frozen_ids(workspace), bodies(workspace)
    held = holders(workspace)
    assert labelled & held, "some labelled texts must hold the line"
    assert held - labelled, "and others too"

    # before the pin: what would change
    learn_chrome(workspace, settings_of(workspace))
    pin(workspace, 1)
    state = snapshot(workspace.root)
    told = dry_run(workspace)
    assert snapshot(workspace.root) == state
    assert told["texts changed"] == len(held - labelled)
    assert told["labelled or released texts changed"] == 0

    # and what does
    run(workspace)
    after = bodies(workspace)
    assert {key for key in before if before[key] != after[key]} == held - labelled
    assert holders(workspace) == held & labelled
    again = pull_export(workspace, "topic", workspace.root / "export.json")
    assert (again.rows, again.problems) == (pulled.rows, ())
    assert all(result.passed for result in check_workspace(workspace))

    # a release, more articles, another version
    published = publish_workspace(workspace, settings_of(workspace), "1.0.0", "2026-03-08")
    files = snapshot(published.folder)
    frozen, before = frozen_ids(workspace), bodies(workspace)
    assert frozen > labelled
    new = workspace.root / "raw" / "2026-03-04-lagi.jsonl"
    shutil.copyfile(workspace.root / "raw" / FIRST, new)
    text = new.read_text(encoding="utf-8").replace(f".{OTHER}/", f".{OTHER}/lagi/").replace("kata ", "ujar ")
    new.write_text(text, encoding="utf-8")
    with_line(new, OTHER, LATER)
    run(workspace)
    second = learn_chrome(workspace, settings_of(workspace))
    assert second.version == 2
    assert LATER in {row["example"] for row in second.new}
    assert dry_run(workspace, "chrome.version=2")["labelled or released texts changed"] == 0
    for version in (2, 0):
        pin(workspace, version)
        run(workspace)
        after = bodies(workspace)
        assert {key for key in frozen if before[key] != after[key]} == set()
        assert bool(holders(workspace, LATER)) == (version == 0)
    assert snapshot(published.folder) == files
    assert verify(published.folder) == []


def test_passages_are_for_near_duplicates_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "LEAST", 5)  # the sample is small
    with_line(workspace.root / "raw" / FIRST, SITE, "Wisata\nDaerah\nOlahraga\nGaya Hidup\nKuliner\nSelancar")
    run(workspace)
    made = learn_chrome(workspace, settings_of(workspace))
    rows = [row for row in read_chrome(workspace, 1).to_pylist() if row["position"] == "passage"]
    assert (made.lines + made.passages, made.passages) == (read_chrome(workspace, 1).num_rows, len(rows))
    kept = [row["example"] for row in rows if row["example"].endswith("Kuliner Selancar")]
    assert kept
    assert f"passage {rows[0]['n_documents']:>7,}  {rows[0]['example']}" in chrome_text(rows)

    def signed() -> dict[str, int]:
        stages = [workspace.batch_stage(batch, "sign").read("signatures") for batch in workspace.accepted()]
        return {row["id"]: row["n_shingles"] for table in stages for row in table.to_pylist()}

    pin(workspace, 1)
    run(workspace)
    texts, sizes = bodies(workspace), signed()
    menus = {key for key, body in texts.items() if body.endswith("Selancar")}
    assert menus, "the texts keep it"
    # kept by a person, it counts again
    run(workspace, f"chrome.keep={kept}")
    assert bodies(workspace) == texts
    assert {key for key, size in signed().items() if size > sizes[key]} == menus


def test_files_are_cleaned_with_the_pinned_version(workspace: Workspace, tmp_path: Path) -> None:
    learn_chrome(workspace, settings_of(workspace))
    source, out = workspace.root / "raw" / FIRST, tmp_path / "out"
    for version, found in ((0, True), (1, False)):
        settings = settings_of(workspace, f"chrome.version={version}")
        run_on_files(source, out, "clean", settings, home=workspace.root)
        texts = store.read_table(out / "documents.parquet", ["body"])["body"].to_pylist()
        assert any(PROMO in text for text in texts) == found


def test_mistakes_are_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no version 7.*curation learn"):
        read_chrome(workspace, 7)
    with pytest.raises(UsageError, match="version 7"):
        learn_chrome(workspace, settings_of(workspace, "chrome.version=7"))
    make_workspace(tmp_path / "empty", None)
    with pytest.raises(UsageError, match="no article to learn from"):
        learn_chrome(Workspace(tmp_path / "empty"), config.load())


@pytest.mark.slow
def test_the_command(workspace: Workspace) -> None:
    def curation(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "curation", *arguments],
            cwd=workspace.root,
            env={**os.environ, "PYTHONPATH": str(SAMPLE.parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )

    nothing = curation("learn", "--show")
    assert (nothing.returncode, nothing.stdout) == (0, "No chrome table yet. Make one with: curation learn\n")
    done = curation("learn")
    assert done.returncode == 0, done.stderr
    assert f"{SITE}\n+  tail" in done.stdout
    assert PROMO in done.stdout
    assert "[chrome] version = 1" in done.stderr
    shown = curation("learn", "--show")
    assert shown.stdout == chrome_text(read_chrome(workspace, 1).to_pylist()) + "\n"
    rows = json.loads(curation("learn", "--show", "1", "--json").stdout)
    assert rows == read_chrome(workspace, 1).to_pylist()
    wrong = curation("learn", "--show", "9")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Versions: 1." in wrong.stderr
