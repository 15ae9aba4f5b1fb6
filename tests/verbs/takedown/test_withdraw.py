"""Withdraw, run again with the same scrape: the text is nowhere in the workspace, and every version still verifies."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pyarrow.parquet as pq

from curation import config, store
from curation.explain.explanation import explain
from curation.pipeline import Pipeline
from curation.release.verify import takedown, verify
from curation.verbs.labelling import export_tasks, pull_export
from curation.verbs.publication import check_workspace, publish_workspace
from curation.verbs.takedown import asked as asking
from curation.verbs.takedown.asked import Asked
from curation.workspace import Workspace
from tests.verbs.takedown.conftest import (
    COMPRESSED,
    DAY,
    LABELLED,
    ORDINARY,
    PAGE,
    grep,
    lines_of,
    run,
    take_down,
)


def test_withdrawn_and_scraped_again_the_text_is_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    ids = (LABELLED, ORDINARY, COMPRESSED, PAGE)
    lines = lines_of(workspace, *ids)
    scrape = tmp_path / "scrape"
    shutil.copytree(workspace.root / "raw", scrape)
    (workspace.root / "report.html").write_text(f"<p>{sorted(lines)[0]}</p>")
    before = grep(workspace.root, lines)
    assert {name.split("/")[0] for name in before} >= {"raw", "state", "work", "campaigns", "releases", "report.html"}

    made = take_down(workspace, *ids)
    assert "report.html" in made.deleted
    assert "raw/2026-03-03-malang/bus-kampus.html" in made.deleted
    # the export that lies where no campaign keeps it is told, and somebody has to see to it
    (told,) = (place for place in made.left if place.startswith("labelled"))
    assert re.fullmatch(r"labelled/topic.json, line \d+", told)
    (workspace.root / "labelled" / "topic.json").unlink()
    assert grep(workspace.root, lines) == {}

    inputs = sorted(path for path in scrape.iterdir() if "malam" not in path.name)
    for copy in inputs:  # once under the names of the batches that are there, once as another night
        copy.rename(copy.with_name(f"lagi-{copy.name}"))
    run(workspace, *(copy.with_name(f"lagi-{copy.name}") for copy in inputs))
    for copy in inputs:
        copy.with_name(f"lagi-{copy.name}").rename(copy)
    settings = config.load(workspace.config_file)
    list(Pipeline(workspace, settings).run({path.name.partition(".")[0]: path for path in inputs}))
    refused = [
        row["detail"]
        for table in store.scan(workspace.tables("ingest", "rejected"))
        for row in table.to_pylist()
        if row["reason"] == "withdrawn"
    ]
    assert {id_ for id_ in ids if any(id_ in detail for detail in refused)} == set(ids)
    assert grep(workspace.root, lines) == {}

    published = publish_workspace(workspace, settings, None, "2026-03-10", public=True)
    assert published.version == "1.0.1"  # a correction, although a label went with its document
    changes = (published.folder / "CHANGES.md").read_text(encoding="utf-8")
    assert "| withdrawn | 4 |" in changes
    assert grep(workspace.root, lines) == {}
    for home in sorted(workspace.releases.iterdir()):
        assert [verify(home / version, deep=True) for version in ("1.0.0", "1.0.1")] == [[], []]
        assert takedown(home / "1.0.0") == f"altered by takedown: 4 documents withdrawn on {DAY}"
        assert takedown(home / "1.0.1") is None
    # nothing is left by which somebody's own scrape would be put into the public flavour again
    gone = workspace.releases / "berita-contoh-public" / "1.0.0" / "data" / "default"
    (row,) = store.rows_where([gone], "id", [LABELLED], ["text_sha256", "pieces", "url", "id"])
    assert row == {"text_sha256": None, "pieces": [], "url": None, "id": LABELLED}
    assert all(result.passed for result in check_workspace(workspace))
    assert f"withdrawn on {DAY}" in explain(workspace, LABELLED).why


def test_the_ledger_holds_no_text_and_no_name(workspace: Workspace) -> None:
    titles = {article.title for article in asking.find(workspace, Asked((LABELLED, PAGE))).articles}
    take_down(workspace, LABELLED, PAGE)
    text = (workspace.state / "withdrawn.jsonl").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2
    for line in text.splitlines():
        row = json.loads(line)
        assert set(row) == {"id", "url_key_sha256", "raw_sha256", "source_sha256", "reason", "date", "scope"}
        assert all(re.fullmatch(r"[0-9a-f]{16,64}|person|id|" + DAY, value) for value in row.values())
    assert len(titles) == 2
    assert not any(word in text for title in titles for word in title.split() if len(word) > 3)


def test_answers_stay_without_a_word_of_the_text(workspace: Workspace) -> None:
    folder = workspace.root / "campaigns" / "topic"
    before = json.loads((folder / "exports" / "topic.json").read_text(encoding="utf-8"))
    take_down(workspace, LABELLED)
    after = json.loads((folder / "exports" / "topic.json").read_text(encoding="utf-8"))
    (old,), (new,) = ([task for task in tasks if task["data"]["document_id"] == LABELLED] for tasks in (before, after))
    assert new["data"]["text"] is new["data"]["title"] is None
    assert new["data"]["task_key"] == old["data"]["task_key"]
    assert [a["result"] for a in new["annotations"]] == [a["result"] for a in old["annotations"]]
    assert [task for task in after if task is not new] == [task for task in before if task is not old]
    for name in ("tasks", "annotations", "labels", "ledgers"):
        assert LABELLED not in pq.read_table(folder / f"{name}.parquet")["document_id"].to_pylist()
    assert LABELLED not in (folder / "tasks.json").read_text(encoding="utf-8")
    # pulled once more, as a server that was not reached would give it
    pull_export(workspace, "topic", workspace.root / "labelled" / "topic.json")
    again = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "exports").glob("*.json")]
    assert len(again) == 2
    shown = [task["data"] for tasks in again for task in tasks if task["data"]["document_id"] == LABELLED]
    assert {data["text"] for data in shown} == {None}
    assert LABELLED not in pq.read_table(folder / "annotations.parquet")["document_id"].to_pylist()
    # and the campaign goes on
    assert export_tasks(workspace, "topic").tasks == 23
