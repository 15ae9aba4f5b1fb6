"""croissant.json, as mlcroissant reads it."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from curation import schema, store
from curation.release import manifest
from curation.release.papers.card import Card
from curation.release.papers.croissant import croissant

if TYPE_CHECKING:
    from pathlib import Path

CARD = Card(
    title="Korpus Pasar",
    summary="Berita pasar.",
    contact="redaksi@detak.example",
    collection="Ditulis sendiri.",
    intended_use="Uji coba.",
    limitations="Kecil.",
    licence="cc-by-4.0",
    citation_authors=("Lestari, Dewi", "Pusat Bahasa Contoh"),
)
EDITION = {"name": "pasar", "version": "1.0.0", "date": "2025-07-01", "flavour": "internal, not for redistribution"}
STANCE = {"target": "Pasar Induk", "label": "favor", "confidence": None, "method": "majority", "n_votes": 2}


def read(folder: Path) -> Any:
    """The data set, with what mlcroissant's own libraries warn of left aside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        import mlcroissant

        return mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))


def issues(found: Any) -> tuple[set[str], set[str]]:
    return set(found.metadata.ctx.issues.errors), set(found.metadata.ctx.issues.warnings)


def records(found: Any, name: str) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return sorted(found.records(name), key=lambda record: str(record))


def test_a_release_reads_without_an_error(workspace, release):
    folder = release(workspace()).folder
    found = read(folder)
    errors, told = issues(found)
    assert errors == set()
    assert all("url" in line for line in told)  # the card has no address
    made = {record["default/id"].decode(): record for record in records(found, "default")}
    for row in store.read_table(folder / "data/default").to_pylist():
        record = made.pop(row["id"])
        assert record["default/body"].decode() == row["body"]
        assert record["default/n_words"] == row["n_words"]
        assert [tag.decode() for tag in record["default/tags"]] == row["tags"]
        when = record["default/published_at"]
        assert (when and when.to_pydatetime()) == row["published_at"]
    assert made == {}
    spans = records(found, "annotations")
    assert {(span["annotations/start"], span["annotations/end"]) for span in spans} == {(0, 7)}
    assert {label["labels/value"] for label in records(found, "labels")} == {b"ekonomi"}


def test_files_are_told_with_their_sums(workspace, release):
    folder = release(workspace()).folder
    told = json.loads((folder / "croissant.json").read_text())
    files = {one["@id"]: one["sha256"] for one in told["distribution"] if one["@type"] == "cr:FileObject"}
    data = {path.relative_to(folder).as_posix(): store.file_digest(path) for path in folder.rglob("data/**/*.parquet")}
    assert files == data
    assert (told["version"], told["datePublished"]) == ("1.0.0", "2025-07-01")
    assert told["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    assert told["creator"][0] == {"@type": "sc:Person", "name": "Dewi Lestari"}
    assert "Logical digest sha256:" in told["citeAs"]


@pytest.mark.parametrize("table", ["released", "public"])
def test_lists_of_records_come_back_and_every_column_is_described(tmp_path, table):
    """Stance and pieces are lists of records, of which some documents have none."""
    spec = schema.table_schema(table)
    row = {
        "id": "d1", "outlet": "Detak", "tags": ["cabai"], "n_words": 3, "text_sha256": "0", "cluster_id": "c",
        "cluster_size": 1, "split": "train", "topics": [], "stance": [STANCE, STANCE | {"label": "against"}],
        "label_status": "labelled", "text_access": "full", "n_chars": 9,
        "pieces": [{"start": 0, "length": 130, "hash": "f" * 16}],
    }  # fmt: skip
    bare = row | {"id": "d2", "split": "test", "stance": [], "pieces": []}
    for one in (row, bare):
        rows = [{name: one.get(name) for name in spec.names()}]
        store.write_table(tmp_path / f"data/default/{one['split']}-undated.parquet", schema.from_rows(table, rows))
    made = croissant(
        CARD, EDITION, {"default": (table, 2)}, manifest.files(tmp_path), splits=["train", "test"], digest="0"
    )
    store.write_json(tmp_path / "croissant.json", made)
    found = read(tmp_path)
    assert issues(found)[0] == set()
    by_id = {record["default/id"]: record for record in records(found, "default")}
    assert [one["default/stance/label"] for one in by_id[b"d1"]["default/stance"]] == [b"favor", b"against"]
    assert by_id[b"d1"]["default/stance"][0]["default/stance/confidence"] is None
    assert by_id[b"d2"]["default/stance"] == []
    assert by_id[b"d2"]["default/split"] == b"test"
    if table == "public":
        assert by_id[b"d1"]["default/pieces"][0]["default/pieces/length"] == 130
    fields = {field["name"]: field["description"] for field in made["recordSet"][1]["field"]}
    assert fields == {column.name: column.description for column in spec.columns}


def test_an_address_and_a_licence_of_ones_own_are_told(tmp_path):
    card = Card(**(vars_of(CARD) | {"url": "https://korpus.example/pasar", "licence": "Hanya untuk penelitian"}))
    made = croissant(card, EDITION, {}, [], splits=[], digest="0")
    assert (made["url"], made["license"]) == ("https://korpus.example/pasar", "Hanya untuk penelitian")
    assert "url" not in croissant(CARD, EDITION, {}, [], splits=[], digest="0")


def vars_of(card: Card) -> dict[str, Any]:
    return {name: getattr(card, name) for name in card.__struct_fields__}
