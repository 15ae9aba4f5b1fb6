"""What goes with an article, what stays, and where in a workspace it is found."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from curation import config, store
from curation.verbs.campaign.insight import restore
from curation.verbs.takedown import asked as asking
from curation.verbs.takedown.asked import Asked
from curation.verbs.takedown.labelling import without_withdrawn
from curation.verbs.takedown.withdraw import preview, withdraw
from curation.workspace import Workspace
from tests.verbs.takedown.conftest import (
    COMPRESSED,
    DAY,
    FILE,
    LABELLED,
    NEAR,
    ORDINARY,
    PAGE,
    grep,
    lines_of,
    lines_of_all,
    run,
    take_down,
)


def test_near_duplicates_are_offered(workspace: Workspace) -> None:
    settings = config.load(workspace.config_file)
    found = asking.find(workspace, Asked((FILE,)))
    assert [(one.id, one.of) for one in found.near] == [(NEAR, FILE)]
    assert found.near[0].containment == 1.0
    assert preview(workspace, found)["near-duplicates that stay"][0]["id"] == NEAR
    both = asking.find(workspace, Asked((FILE,)), with_copies=True)
    assert {article.id: article.scope for article in both.articles} == {FILE: "id", NEAR: "copy"}
    assert both.near == ()
    made = withdraw(workspace, settings, found, reason="publisher", day=DAY)
    # what the one that stays has, too, is no residue
    assert not any("state" in place or "work" in place for place in made.left)
    here = {row["id"] for row in workspace.corpus_stage("select").read("selection").to_pylist()}
    assert NEAR in here
    assert FILE not in here


def test_a_page_goes_with_all_its_versions_and_equal_texts(workspace: Workspace, tmp_path: Path) -> None:
    (source,) = store.rows_where(workspace.tables("ingest", "articles"), "id", [ORDINARY])
    night = tmp_path / "malam.jsonl"
    rows = [
        {"url": source["url"], "title": source["title"], "text": source["raw"] + "\nDitambah satu kalimat lagi."},
        {"url": "https://salinan.example/1", "title": "Lain", "text": source["raw"]},
        {"url": "https://salinan.example/2", "title": "Lain", "text": source["raw"].replace("es bubur", "es balok")},
    ]
    night.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(workspace, night)
    found = asking.find(workspace, Asked(urls=(source["url"] + "?utm_source=x",)))
    assert sorted(article.scope for article in found.articles) == ["copy", "url", "url"]
    assert len(found.near) == 1


def test_a_site_goes_and_does_not_come_back(workspace: Workspace, tmp_path: Path) -> None:
    settings = config.load(workspace.config_file)
    found = asking.find(workspace, Asked(sites=("arjunapagi.example",)))
    assert len(found.articles) > 5
    withdraw(workspace, settings, found, reason="publisher", day=DAY)
    night = tmp_path / "besok.jsonl"
    row = {
        "url": "https://www.arjunapagi.example/baru",
        "title": "Baru",
        "text": "Kereta wisata tiba di Kepanjen. " * 20,
    }
    night.write_text(json.dumps(row) + "\n", encoding="utf-8")
    run(workspace, night)
    rejected = workspace.batch_stage("besok", "ingest").read("rejected").to_pylist()
    assert [row["reason"] for row in rejected] == ["withdrawn"]


def test_what_is_unknown_or_withdrawn_before_is_told(workspace: Workspace) -> None:
    take_down(workspace, PAGE)
    found = asking.find(workspace, Asked((PAGE, "0" * 16), ("https://tidak.example/ada",)))
    assert found.articles == ()
    assert found.unknown == ("https://tidak.example/ada", "0" * 16)
    assert found.already == (f"{PAGE} (on {DAY})",)


def test_an_article_of_which_only_a_release_is_left_goes_too(workspace: Workspace) -> None:
    lines = lines_of(workspace, ORDINARY)
    shutil.rmtree(workspace.state)
    shutil.rmtree(workspace.work)
    take_down(workspace, ORDINARY)
    assert not any(name.startswith("releases") for name in grep(workspace.root, lines))
    assert "raw/2026-03-02-pesisir.csv" not in grep(workspace.root, lines)  # known by its address
    run(workspace)
    assert set(grep(workspace.root, lines)) == {"labelled/topic.json"}


def test_a_batch_in_quarantine_and_a_dropped_one_are_looked_into(workspace: Workspace) -> None:
    batches = json.loads((workspace.state / "batches.json").read_text())
    for batch in batches:
        batch["state"] = {"2026-03-02-pesisir": "dropped", "2026-03-02-suluh": "quarantined"}.get(
            batch["name"], "accepted"
        )
    store.write_json(workspace.state / "batches.json", batches)
    lines = lines_of_all(workspace, ORDINARY, COMPRESSED)
    take_down(workspace, ORDINARY, COMPRESSED)
    assert set(grep(workspace.root, lines)) <= {"labelled/topic.json"}


def test_examples_of_learned_chrome_are_blanked(workspace: Workspace) -> None:
    (row,) = store.rows_where(workspace.tables("ingest", "articles"), "id", [ORDINARY])
    line = next(line for line in row["raw"].splitlines() if len(line) > 60)
    shared = {"network": None, "n_documents": 4, "n_clusters": 4, "version": 1, "site": "harianpesisir.example"}
    from curation import schema

    rows = [
        {**shared, "line_key": line.lower(), "position": "tail", "example": line},
        {**shared, "line_key": "ikuti kami", "position": "tail", "example": "Ikuti kami"},
    ]
    store.write_table(workspace.chrome_file(1), schema.from_rows("chrome", rows))
    take_down(workspace, ORDINARY)
    assert store.read_table(workspace.chrome_file(1))["example"].to_pylist() == ["", "Ikuti kami"]


def test_other_rows_of_a_scrape_stay_as_they_were(workspace: Workspace) -> None:
    raw = workspace.root / "raw"
    names = ("2026-03-01-harian.jsonl", "2026-03-02-pesisir.csv", "2026-03-02-suluh.jsonl.gz")

    def lines(name: str) -> list[bytes]:
        data = (raw / name).read_bytes()
        return (gzip.decompress(data) if name.endswith(".gz") else data).split(b"\n")

    before = {name: lines(name) for name in names}
    take_down(workspace, LABELLED, ORDINARY, COMPRESSED)
    for name in names:
        after = lines(name)
        was = before[name]
        first = next(at for at, line in enumerate(after) if line != was[at])
        rest = len(after) - first - (after[first] == b"")  # a blank line, which is left of JSON Lines
        assert after[-rest:] == was[-rest:]
        assert first + rest < len(was)
    assert len(lines(names[0])) == len(before[names[0]])  # the others keep their numbers
    outcomes = {(event.stage, event.outcome) for event in run(workspace)}
    assert ("ingest", "quarantined") not in outcomes


def test_every_kind_of_table_is_written_without_a_row(workspace: Workspace, tmp_path: Path) -> None:
    import pyarrow as pa

    rows = [
        {"url": f"https://kabar.example/{i}", "title": f"Kabar {i}", "text": f"Sapi nomor {i} juara lomba desa. " * 8}
        for i in range(3)
    ]
    raw = workspace.root / "raw"
    (raw / "daftar.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(rows), raw / "tabel.parquet", compression="snappy")
    (raw / "satu.txt").write_text(rows[1]["text"], encoding="utf-8")
    night = tmp_path / "malam.jsonl"
    night.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(workspace, night)
    (raw / "tautan.jsonl").symlink_to(night)
    found = asking.find(workspace, Asked(urls=("https://kabar.example/1",)))
    made = withdraw(workspace, config.load(workspace.config_file), found, reason="error", day=DAY)
    kept = [row["title"] for row in json.loads((raw / "daftar.json").read_text())]
    assert kept == pq.read_table(raw / "tabel.parquet")["title"].to_pylist() == ["Kabar 0", "Kabar 2"]
    assert not (raw / "satu.txt").exists()
    assert len(night.read_text().splitlines()) == 3  # not ours: it is told
    assert any(place.startswith("malam.jsonl") for place in made.left)


def test_spans_lose_their_words_and_keep_their_place(tmp_path: Path) -> None:
    span = {
        "from_name": "frasa",
        "type": "labels",
        "value": {"start": 0, "end": 5, "text": "Warga", "labels": ["siapa"]},
    }
    typed = {"from_name": "alasan", "type": "textarea", "value": {"text": ["Kata warga itu."]}}
    tasks = [
        {
            "data": {"document_id": id_, "task_key": "7" * 16, "text": "Warga pulang.", "title": "Surut"},
            "annotations": [{"id": 1, "result": [span, typed | {"meta": {"text": ["dari warga"]}}]}],
            "predictions": [{"result": [span]}],
        }
        for id_ in (LABELLED, PAGE)
    ]
    file = tmp_path / "export.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    before = file.read_bytes()
    without_withdrawn(file, ["0" * 16])
    assert file.read_bytes() == before
    without_withdrawn(file, [LABELLED])
    first, second = json.loads(file.read_text())
    assert second == tasks[1]
    assert "arga" not in json.dumps(first)
    assert first["annotations"][0]["result"][0]["value"] == {**span["value"], "text": None}


def test_answers_to_what_was_withdrawn_are_not_restored(workspace: Workspace, tmp_path: Path) -> None:
    """Their tasks went from the server by the takedown; what else is missing there was deleted, and comes back."""
    (export,) = (workspace.root / "campaigns" / "topic" / "exports").glob("*.json")
    other = next(task for task in json.loads(export.read_text(encoding="utf-8")) if _document(task) != LABELLED)
    take_down(workspace, LABELLED)
    tasks = json.loads(export.read_text(encoding="utf-8"))
    assert LABELLED in map(_document, tasks)
    now = tmp_path / "now.json"
    left = [task for task in tasks if _document(task) not in (LABELLED, _document(other))]
    now.write_text(json.dumps(left), encoding="utf-8")
    found, (file,) = restore(workspace, "topic", now)
    assert [_document(task) for task in json.loads(file.read_text(encoding="utf-8"))] == [_document(other)]
    assert found.answers == len(other["annotations"])


def _document(task: dict[str, Any]) -> str:
    return str(task["data"]["document_id"])
