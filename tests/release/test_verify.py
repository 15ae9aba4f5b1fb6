from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from curation import store
from curation.errors import UsageError
from curation.release import manifest
from curation.release.verify import verify

DATA = "data/default/train-2025.parquet"


@pytest.fixture
def folder(workspace, release):
    return release(workspace()).folder


def test_every_kind_of_damage_is_named(folder):
    assert verify(folder) == []
    with (folder / DATA).open("r+b") as file:
        file.seek(100)
        byte = file.read(1)
        file.seek(100)
        file.write(bytes([byte[0] ^ 1]))
    (folder / "CITATION.cff").unlink()
    (folder / "README.md").write_text("pendek")
    (folder / "data" / "extra.parquet").write_bytes(b"")
    problems = verify(folder)
    assert problems[0] == "CITATION.cff: missing"
    assert problems[1].startswith("README.md: 6 bytes instead of")
    assert problems[2:] == [f"{DATA}: changed (sha256 differs)", "data/extra.parquet: not part of the release"]


def test_a_manifest_that_was_changed_is_told(folder):
    text = (folder / "MANIFEST.json").read_text()
    (folder / "MANIFEST.json").write_text(text.replace("2025-07-01", "2025-07-02"))
    assert verify(folder) == ["MANIFEST.json: changed, or not in SHA256SUMS"]
    (folder / "MANIFEST.json").write_text("{")
    assert verify(folder) == ["MANIFEST.json: not a manifest"]
    (folder / "MANIFEST.json").unlink()
    assert verify(folder) == ["MANIFEST.json: missing"]


def reseal(folder, **changes):
    """Make manifest and sums fit the files again, as somebody who tampers would."""
    told = json.loads((folder / "MANIFEST.json").read_text())
    store.write_json(folder / "MANIFEST.json", told | {"files": manifest.files(folder)} | changes)
    (folder / "SHA256SUMS").write_text(manifest.sums(folder, manifest.files(folder)))


def test_rows_that_were_swapped_are_found_by_the_logical_digest(folder):
    table = store.read_table(folder / DATA)
    titles = table["title"].to_pylist()
    titles[0] = "Judul lain"
    (folder / DATA).unlink()
    store.write_table(folder / DATA, table.set_column(table.schema.get_field_index("title"), "title", [titles]))
    reseal(folder)
    assert verify(folder) == []
    assert [problem.split(" (")[0] for problem in verify(folder, deep=True)] == ["data/default: the rows differ"]


def test_columns_that_were_dropped_are_found(folder):
    table = store.read_table(folder / DATA).drop_columns(["title"])
    store.write_table(folder / DATA, table)
    reseal(folder)
    assert "columns [" in verify(folder, deep=True)[0]


def test_another_writer_has_the_same_logical_digest(folder):
    table = store.read_table(folder / DATA)
    pq.write_table(table.take(list(range(table.num_rows))[::-1]), folder / DATA, compression="snappy")
    reseal(folder)
    assert verify(folder, deep=True) == []


def test_the_sums_are_what_sha256sum_reads(folder):
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    names = [line.split("  ", 1)[1] for line in lines]
    assert names == sorted(names)
    assert "MANIFEST.json" in names
    assert all(store.file_digest(folder / name) == line[:64] for name, line in zip(names, lines, strict=True))


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(UsageError, match="no such release"):
        verify(tmp_path / "1.0.0")


def without_first_row(path):
    table = store.read_table(path)
    path.unlink()
    store.write_table(path, table.slice(1))


def test_a_missing_row_is_found(folder):
    without_first_row(folder / DATA)
    assert verify(folder)[0].startswith(f"{DATA}: ")
    reseal(folder)
    problems = verify(folder, deep=True)
    assert problems[0].startswith("data/default: the rows differ (logical digest ")
    assert problems[1:] == ["data/default: 15 rows instead of 16"]


def test_files_that_were_swapped_are_found(folder):
    first, second = folder / DATA, folder / "data/default/train-undated.parquet"
    aside = folder / "aside"
    first.rename(aside)
    second.rename(first)
    aside.rename(second)
    problems = verify(folder)
    assert [problem.partition(":")[0] for problem in problems] == [DATA, "data/default/train-undated.parquet"]


def test_a_broken_chain_is_found(workspace, release):
    """Whoever writes an old version anew, sums and all, can't do that with the one after it."""
    folder = workspace()
    first = release(folder).folder
    more = workspace(25, "more")
    second = release(more, "1.1.0", into=folder / "releases").folder
    assert verify(second) == []
    without_first_row(first / DATA)
    reseal(first, tables={})
    assert verify(first) == []
    assert verify(second) == ["the chain is broken: version 1.0.0 is not the one that this was made after"]


def test_a_changed_certificate_is_found(folder):
    told = json.loads((folder / "MANIFEST.json").read_text())
    told["splits"]["certificate"]["measured"] += 1
    store.write_json(folder / "MANIFEST.json", told)
    assert verify(folder) == ["MANIFEST.json: changed, or not in SHA256SUMS"]
    reseal(folder)
    assert verify(folder) == []
    assert [problem.partition(":")[0] for problem in verify(folder, deep=True)] == ["the split certificate is wrong"]
