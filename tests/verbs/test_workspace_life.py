"""A workspace from labelling to publishing and on: what is frozen stays, decisions hold, a dry run writes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation import config, store
from curation.errors import ConfigError, DataError, UsageError
from curation.pipeline import Pipeline
from curation.release.verify import verify
from curation.verbs.batches import accept_batch, drop_batch
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.rehearsal import rehearse
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.frozen import freeze, frozen_ids
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample's first batches, run to the selection."""
    root = tmp_path_factory.mktemp("life") / "workspace"
    make_workspace(root, SAMPLE)
    run(Workspace(root))
    return Workspace(root)


@pytest.fixture
def workspace(finished: Workspace, tmp_path: Path) -> Workspace:
    shutil.copytree(finished.root, tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


def run(workspace: Workspace, *overrides: str, inputs: tuple[str, ...] = ()) -> list[Any]:
    settings = config.load(workspace.config_file, overrides)
    found = find_inputs([*settings.input.paths, *inputs], workspace.root)
    return list(Pipeline(workspace, settings).run(found))


def documents(workspace: Workspace) -> dict[str, dict[str, Any]]:
    rows = store.scan(workspace.tables("clean", "documents"))
    return {row["id"]: row for table in rows for row in table.to_pylist()}


def selection(workspace: Workspace) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in workspace.corpus_stage("select").read("selection").to_pylist()}


def snapshot(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): store.file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def test_a_second_run_leaves_every_stage_unchanged(workspace: Workspace) -> None:
    before = snapshot(workspace.root)
    assert {event.outcome for event in run(workspace)} == {"unchanged"}
    assert snapshot(workspace.root) == before


def test_work_may_be_deleted_at_any_time(workspace: Workspace) -> None:
    before = snapshot(workspace.work)
    shutil.rmtree(workspace.work)
    run(workspace)
    assert snapshot(workspace.work) == before


def test_a_limit_recomputes_nothing_but_the_selection(workspace: Workspace) -> None:
    made = [event.stage for event in run(workspace, "quality.word_count.min=110") if event.outcome == "made"]
    assert made == ["select"]


def test_a_dry_run_counts_the_changes_and_writes_nothing(workspace: Workspace) -> None:
    settings = config.load(workspace.config_file, ("quality.word_count.min=110", 'rules.disable=["baca_juga"]'))
    before = snapshot(workspace.root)
    inputs = find_inputs([*settings.input.paths, "raw/2026-03-05-malam-1.jsonl"], workspace.root)
    changes = rehearse(workspace, settings, inputs, "select", None)
    assert snapshot(workspace.root) == before
    assert changes["new articles"] > 0
    assert changes["texts changed"] > 0
    assert changes["verdicts changed"] > 0
    assert changes["labelled or released texts changed"] == 0


def test_from_a_real_export_to_a_release(workspace: Workspace, tmp_path: Path) -> None:
    made = export_tasks(workspace, "topic", n=24)
    assert made.tasks == 24
    shown = json.loads((made.folder / "tasks.json").read_text(encoding="utf-8"))
    exported = json.loads((SAMPLE / "labelled" / "topic.json").read_text(encoding="utf-8"))
    assert {t["data"]["task_key"] for t in shown} == {t["data"]["task_key"] for t in exported}
    answers = pull_export(workspace, "topic", SAMPLE / "labelled" / "topic.json")
    assert answers.problems == ()
    assert answers.annotators == 2
    again = pull_export(workspace, "topic", SAMPLE / "labelled" / "topic.json")
    assert (again.rows, again.labels) == (answers.rows, answers.labels)  # pulled twice, there once
    kept = made.folder / "exports"
    assert [path.name for path in kept.iterdir()] == ["topic.json"]
    later = tmp_path / "topic.json"
    later.write_text(json.dumps(exported[:20]), encoding="utf-8")
    pull_export(workspace, "topic", later)  # of the same name, but another one: both are kept
    assert sorted(path.read_bytes() for path in kept.iterdir()) == sorted(
        path.read_bytes() for path in (later, SAMPLE / "labelled" / "topic.json")
    )
    assert all(result.passed for result in check_workspace(workspace))

    settings = config.load(workspace.config_file)
    published = publish_workspace(workspace, settings, "1.0.0", "2026-03-08")
    assert verify(published.folder, deep=True) == []
    chosen = {key for key, row in selection(workspace).items() if row["selected"]}
    assert set(pq.read_table(published.folder / "data" / "default")["id"].to_pylist()) == chosen
    assert pq.read_table(published.folder / "data" / "annotations").num_rows == answers.rows
    assert not publish_workspace(workspace, settings, "1.0.0", "2026-03-08").is_new
    text = "".join(
        path.read_text(encoding="utf-8") for path in published.folder.rglob("*") if path.suffix in {".md", ".json"}
    )
    assert "kampus.example" not in text  # annotators are pseudonyms everywhere


def test_what_was_published_keeps_its_text_and_its_keeper(workspace: Workspace) -> None:
    settings = config.load(workspace.config_file)
    publish_workspace(workspace, settings, "1.0.0", "2026-03-08")
    frozen = frozen_ids(workspace)
    before, chosen = documents(workspace), selection(workspace)
    assert frozen == {key for key, row in chosen.items() if row["selected"]}

    run(workspace, 'rules.disable=["baca_juga", "end_mark", "city"]')
    after = documents(workspace)
    changed = {key for key in before if before[key]["body"] != after[key]["body"]}
    assert changed, "the rules that were left out must matter to some text"
    assert not changed & frozen
    assert {key for key, row in selection(workspace).items() if row["selected"]} >= frozen


def test_a_decision_comes_last_and_is_shown(workspace: Workspace) -> None:
    rows = selection(workspace)
    dropped = next(key for key, row in rows.items() if row["outcome"] == "selected")
    kept = next(key for key, row in rows.items() if row["outcome"] == "failed_checks")
    copy = next(key for key, row in rows.items() if row["outcome"] == "duplicate")
    path = workspace.root / "decisions.csv"
    lines = [
        "document,decision,other,who,why",
        f"{dropped},drop,,Sinta,hoaks yang sudah dibantah",
        f"{kept},keep,,Sinta,dipakai sebagai contoh",
        f"{copy},not_duplicate,{rows[copy]['keeper_id']},Budi,dua peristiwa",
    ]
    path.write_text("\n".join([*lines, "https://www.salah.example/ketik,drop,,Budi,hoaks"]), encoding="utf-8")
    assert run(workspace)[-1].detail == "decisions.csv names no document: https://www.salah.example/ketik"
    after = selection(workspace)
    assert (after[dropped]["selected"], after[dropped]["why"]) == (False, "dropped by Sinta: hoaks yang sudah dibantah")
    assert (after[kept]["selected"], after[kept]["why"]) == (True, "kept by Sinta: dipakai sebagai contoh")
    assert after[copy]["keeper_id"] != rows[copy]["keeper_id"] or after[copy]["selected"]
    path.write_text("document,decision,other,who,why\nx,hapus,,Sinta,z\nx,drop,,,\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        run(workspace)
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in error.value.problems] == [
        "decisions.csv:2",
        "decisions.csv:3",
    ]


def test_a_quarantined_batch_waits_for_a_person(workspace: Workspace) -> None:
    bad = workspace.root / "raw" / "2026-04-01-rusak.jsonl"
    good = json.dumps({"url": "https://www.detak.example/baru", "isi": "Air sungai surut. " * 40})
    bad.write_text(f"{good}\n" + "bukan JSON\n" * 3, encoding="utf-8")
    name = "2026-04-01-rusak"
    events = run(workspace, inputs=(f"raw/{bad.name}",))
    assert [event.batch for event in events if event.outcome == "quarantined"] == [name]
    assert name not in workspace.accepted()
    assert [e.outcome for e in run(workspace, inputs=(f"raw/{bad.name}",)) if e.batch == name] == ["still quarantined"]
    shutil.copytree(workspace.root, workspace.root.with_name("lenient"))
    lenient = Workspace(workspace.root.with_name("lenient"))
    run(lenient, "checks.max_rejected=0.9", inputs=(f"raw/{bad.name}",))
    assert lenient.accepted()[-1] == name
    accept_batch(workspace, name, "Sinta: baris rusak sudah dilihat")
    count = len(selection(workspace))
    run(workspace)
    assert len(selection(workspace)) == count + 1
    drop_batch(workspace, name, "Sinta: ternyata uji coba")
    run(workspace)
    assert len(selection(workspace)) == count
    with pytest.raises(UsageError, match="no such batch"):
        drop_batch(workspace, "tidak-ada", "x")


def test_a_batch_accepted_late_sets_its_repeats_aside(tmp_path: Path) -> None:
    """Other batches came in meanwhile with some of its articles: each article is there once."""
    make_workspace(tmp_path / "workspace", SAMPLE)
    workspace = Workspace(tmp_path / "workspace")
    late = "2026-03-01-harian"
    run(workspace, "checks.max_rejected=0.05", inputs=("raw/2026-03-05-malam-1.jsonl",))
    assert late not in workspace.accepted()
    accept_batch(workspace, late, "Sinta: baris rusak sudah dilihat")
    run(workspace, "checks.max_rejected=0.05")
    assert workspace.accepted()[-1] == late
    ids = [
        key for table in store.scan(workspace.tables("ingest", "articles"), ["id"]) for key in table["id"].to_pylist()
    ]
    assert len(ids) == len(set(ids)) == len(selection(workspace))
    rejected = workspace.batch_stage(late, "ingest").read("rejected").to_pylist()
    assert [row["reason"] for row in rejected].count("repeat") > 0
    assert {event.outcome for event in run(workspace, "checks.max_rejected=0.05")} <= {"unchanged", "still quarantined"}


def test_a_batch_without_articles_keeps_its_rejected_rows_when_it_is_accepted(workspace: Workspace) -> None:
    (workspace.root / "raw" / "2026-04-02-rusak.jsonl").write_text("bukan JSON\n" * 3, encoding="utf-8")
    name = "2026-04-02-rusak"
    run(workspace, inputs=(f"raw/{name}.jsonl",))
    before = workspace.batch_stage(name, "ingest").read("rejected").to_pylist()
    accept_batch(workspace, name, "Sinta: semuanya rusak, biar tercatat")
    assert len(before) == 3
    assert workspace.batch_stage(name, "ingest").read("rejected").to_pylist() == before
    run(workspace)


def test_what_can_not_be_read_is_not_accepted_by_what_was_there_before(workspace: Workspace) -> None:
    name = "2026-03-02-suluh"
    path = next((workspace.root / "raw").glob(f"{name}*"))
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.with_name(f"{name}.parquet").write_bytes(b"bukan Parquet")
    run(workspace, inputs=(f"raw/{name}.parquet",))
    with pytest.raises(DataError, match=f"nothing of the batch '{name}' could be read"):
        accept_batch(workspace, name, "Sinta: tidak apa-apa")
    assert name not in workspace.accepted()


def test_a_killed_freeze_is_finished_by_the_next(workspace: Workspace) -> None:
    ids = pa.array(sorted(key for key, row in selection(workspace).items() if row["selected"]))
    freeze(workspace, ids, "released 1.0.0")
    whole = snapshot(workspace.state)
    (workspace.state / "frozen.parquet").unlink()  # written last: killed before that
    freeze(workspace, ids, "released 1.0.0")
    assert snapshot(workspace.state) == whole
    run(workspace, 'rules.disable=["baca_juga"]')
    assert len(documents(workspace)) == sum(map(store.count_rows, workspace.tables("clean", "documents")))


def test_a_state_that_did_not_tell_releases_is_read(workspace: Workspace) -> None:
    ids = pa.array(sorted(selection(workspace))[:3])
    freeze(workspace, ids, "campaign topic")
    file = workspace.state / "frozen.parquet"
    store.write_table(file, store.read_table(file).drop_columns("release"))
    freeze(workspace, ids, "released 1.0.0", "1.0.0")
    assert store.read_table(file)["release"].to_pylist() == ["1.0.0"] * 3


def test_a_version_is_never_replaced(workspace: Workspace) -> None:
    settings = config.load(workspace.config_file)
    publish_workspace(workspace, settings, "1.0.0", "2026-03-08")
    run(workspace, inputs=("raw/2026-03-05-malam-1.jsonl",))
    with pytest.raises(DataError, match=r"1\.0\.0"):
        publish_workspace(workspace, settings, "1.0.0", "2026-03-09")
    assert publish_workspace(workspace, settings, None, "2026-03-09").version == "1.1.0"


def test_a_new_copy_names_the_document_and_the_release_that_it_repeats(workspace: Workspace) -> None:
    publish_workspace(workspace, config.load(workspace.config_file), "1.0.0", "2026-03-08")
    chosen = selection(workspace)
    kept = next(row for row in documents(workspace).values() if chosen[row["id"]]["selected"])
    copy = {"url": "https://lain.example/salinan", "title": kept["title"], "text": f"{kept['body']}\nKota Rawa, 2026"}
    file = workspace.root / "raw" / "2026-04-03-salinan.jsonl"
    file.write_text(json.dumps(copy) + "\n", encoding="utf-8")
    run(workspace, inputs=(f"raw/{file.name}",))
    [new] = [row for key, row in selection(workspace).items() if key not in chosen]
    assert new["why"] == f"duplicate of {kept['id']} ({kept['outlet']}, released in 1.0.0)"


def test_scope_leaves_documents_out_and_says_why(workspace: Workspace) -> None:
    run(workspace, 'scope.terms=["banjir", "rob"]', 'scope.outlets=["Suluh Malam"]')
    rows = selection(workspace)
    outcomes = {row["outcome"] for row in rows.values()}
    assert "out_of_scope" in outcomes
    texts = documents(workspace)
    for key, row in rows.items():
        if row["selected"]:
            assert texts[key]["outlet"] == "Suluh Malam"
            assert "banjir" in texts[key]["body"].lower() or "rob" in texts[key]["body"].lower()


def test_a_failed_check_exits_1_and_names_the_rows(workspace: Workspace) -> None:
    part = workspace.batch_stage("2026-03-02-suluh", "clean").table("documents") / "part-00000.parquet"
    shutil.copyfile(part, part.with_name("part-00001.parquet"))  # every document of the batch stands there twice
    command = [sys.executable, "-m", "curation", "check", "clean"]
    environment = {**os.environ, "PYTHONPATH": str(SAMPLE.parents[1])}
    done = subprocess.run(command, cwd=workspace.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "clean: FAILED" in done.stdout
    assert pq.read_table(part)["id"][0].as_py() in done.stdout
