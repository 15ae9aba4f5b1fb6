"""A difference equals the truth that made it, and tells which number it needs."""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from curation import schema, store
from curation.errors import DataError
from curation.release.difference import words
from curation.release.difference.bump import bump
from curation.release.difference.compare import compare
from curation.release.verify import verify

BOOK = """
[codebook]
name = "k"
guideline_version = "{version}"
[[changelog]]
version = "1.0"
effect = "none"
{more}
[[question]]
name = "topik"
[[question.label]]
value = "ekonomi"
[[question.label]]
value = "{other}"
"""
LATER = '[[changelog]]\nversion = "1.1"\neffect = "{}"'


@pytest.fixture
def folder(workspace) -> Path:
    return workspace(60)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return store.read_table(folder / f"{name}.parquet").to_pylist()


def rewrite(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    table = schema.from_rows(name, rows)
    if name == "released":
        table = table.sort_by([("published_at", "ascending"), ("id", "ascending")])
    store.write_table(folder / f"{name}.parquet", table)


def with_text(row: dict[str, Any], body: str) -> dict[str, Any]:
    return {**row, "body": body, "text_sha256": hashlib.sha256(body.encode()).hexdigest()}


@pytest.mark.parametrize("seed", range(3))
def test_the_difference_is_what_was_done(folder, release, seed):
    draw = random.Random(seed)
    documents, labels, selection = rows(folder, "released"), rows(folder, "labels"), rows(folder, "selection")
    added, kept = documents[40:], documents[:40]
    rewrite(folder, "released", kept)
    rewrite(folder, "labels", labels[:3])
    first = release(folder)
    removed = draw.sample([row["id"] for row in kept[5:]], 4)
    for row in selection:
        if row["id"] in removed:
            row.update(selected=False, outcome=draw.choice(["failed_checks", "duplicate"]), why="")
    kept = [row for row in kept if row["id"] not in removed]
    changed = draw.sample(range(len(kept)), 5)
    for at in changed:
        kept[at] = with_text(kept[at], kept[at]["body"] + " Harga turun lagi.")
    renamed = draw.choice([at for at in range(len(kept)) if at not in changed])
    kept[renamed] = {**kept[renamed], "title": "Judul lain"}
    labels[0]["value"], labels[1]["question"] = "politik", "jenis"
    rewrite(folder, "released", kept + added)
    rewrite(folder, "labels", labels[:4])
    rewrite(folder, "selection", selection)

    second = release(folder, version=None)
    assert second.version == "1.1.0"
    assert verify(second.folder, deep=True) == []
    found = compare(first.folder, second.folder)
    told = {change: set() for change in found.counts}
    for row in found.changes.to_pylist():
        told[row["change"]].add(row["id"])
    published = {row["id"] for row in kept + added}
    assert told["added"] == {row["id"] for row in added}
    assert told["removed"] == set(removed)
    assert told["text_changed"] == {kept[at]["id"] for at in changed}
    assert told["metadata_changed"] == {kept[renamed]["id"]}
    assert told["split_moved"] == set()
    # a label under another question is one gone and one new; those of removed documents go with them
    wanted = {"label_changed": labels[:1], "label_removed": labels[1:2], "label_added": labels[1:2] + labels[3:4]}
    for change, of in wanted.items():
        assert told[change] - set(removed) == {row["document_id"] for row in of} & published
    outcomes = {row["id"]: row["outcome"] for row in selection}
    assert {row["id"]: row["reason"] for row in found.changes.to_pylist() if row["change"] == "removed"} == {
        id_: outcomes[id_] for id_ in removed
    }
    assert found.changes.equals(store.read_table(second.folder / "changes.parquet"))
    text = (second.folder / "CHANGES.md").read_text()
    assert text == words.markdown(found)
    assert f"| documents added | {len(added)} |" in text
    assert Counter(outcomes[id_] for id_ in removed).most_common(1)[0][0] in text


def test_a_version_and_itself(folder, release):
    first = release(folder).folder
    found = compare(first, first)
    assert found.is_empty
    assert bump(found)[0] == "patch"
    assert (first / "CHANGES.md").read_text().endswith("The first version: 48 documents.\n")


def test_a_corrected_label_is_a_patch_and_many_are_more(folder, release):
    first, documents = rows(folder, "labels")[0], rows(folder, "released")
    labels = [{**first, "document_id": row["id"], "question": f"q{n}"} for n in range(3) for row in documents]
    rewrite(folder, "labels", labels)
    release(folder)
    labels[0]["value"] = "politik"
    rewrite(folder, "labels", labels)
    assert release(folder, version=None).version == "1.0.1"
    for row in labels[:20]:
        row["value"] = "hukum"
    rewrite(folder, "labels", labels)
    with pytest.raises(DataError, match=r"1\.0\.2 is too small a step from 1\.0\.1: 20 of 144 labels changed.*1\.1\.0"):
        release(folder, "1.0.2")
    assert release(folder, version=None).version == "1.1.0"


def test_another_split_of_a_published_document_is_major(folder, release):
    release(folder)
    documents = rows(folder, "released")
    documents[0]["split"] = "test"
    rewrite(folder, "released", documents)
    with pytest.raises(DataError, match=r"1 documents moved to another split\. Publish it as 2\.0\.0"):
        release(folder, "1.1.0")
    made = release(folder, version=None)
    assert made.version == "2.0.0"
    (change,) = store.read_table(made.folder / "changes.parquet").to_pylist()
    assert (change["change"], change["before"], change["after"]) == ("split_moved", "train", "test")


@pytest.mark.parametrize(
    ("more", "other", "step"),
    [
        (LATER.format("none"), "politik", "patch"),
        (LATER.format("all"), "politik", "major"),
        ("", "hukum", "major"),
    ],
)
def test_answers_that_mean_something_else_are_major(tmp_path, more, other, step):
    for name, book in (
        ("a", BOOK.format(version="1.0", more="", other="politik")),
        ("b", BOOK.format(version="1.1", more=more, other=other)),
    ):
        place = tmp_path / name
        (place / "guidelines").mkdir(parents=True)
        (place / "guidelines" / "k.toml").write_text(book)
        store.write_table(place / "data/default/train-2025.parquet", schema.empty("released"))
        store.write_json(
            place / "MANIFEST.json", {"name": "k", "version": "1.0.0", "tables": {"default": {"columns": []}}}
        )
    assert bump(compare(tmp_path / "a", tmp_path / "b"))[0] == step


def test_columns_that_are_gone_are_major(folder, release, tmp_path):
    made = release(folder).folder
    told = json.loads((made / "MANIFEST.json").read_text())
    mood = {"name": "mood", "type": "string", "nullable": True}
    before = {**told, "tables": {"default": {"columns": [*told["tables"]["default"]["columns"], mood]}}}
    other = tmp_path / "other"
    (other / "data").mkdir(parents=True)
    (other / "data/default").symlink_to(made / "data/default")
    store.write_json(other / "MANIFEST.json", before)
    found = compare(other, made)
    assert found.columns_removed == ("default.mood",)
    assert bump(found) == ("major", "columns are gone or have another type: default.mood")
    assert compare(made, other).columns_added == ("default.mood",)
