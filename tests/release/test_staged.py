"""What is read back of a staged version must be what was written; and what is learnt on the way is what files say."""

from __future__ import annotations

import pyarrow as pa
import pytest

from curation import schema, store
from curation.check.tables import check_released
from curation.errors import DataError
from curation.kernels.digests import byte_digests
from curation.release import manifest, publish, staged, writer
from curation.release.rights import Rights

KIND = schema.arrow_schema("released")


@pytest.fixture
def table(workspace):
    return store.read_table(workspace() / "released.parquet")


def written(folder, table):
    return writer.write(folder / "data" / "default" / "train-2025.parquet", KIND, [table])


def test_every_row_is_read_once_in_order(tmp_path, table):
    seen = []
    staged.read_back([written(tmp_path, table)], lambda path, part: seen.extend(part["id"].to_pylist()))
    assert seen == table["id"].to_pylist()


def test_rows_are_read_in_other_pieces_than_they_were_written_in(tmp_path, table):
    """Several row groups, none of them the size of what is read at a time."""
    many = pa.concat_tables([table] * (2 * writer.ROW_GROUP // table.num_rows + 1))
    sizes = []
    one = written(tmp_path, many)
    staged.read_back([one], lambda path, part: sizes.append(part.num_rows))
    assert sum(sizes) == many.num_rows > 2 * writer.ROW_GROUP
    assert max(sizes) < writer.ROW_GROUP


@pytest.mark.parametrize("change", ["order", "value", "fewer", "null"])
def test_other_rows_in_a_file_are_told(tmp_path, table, change):
    one = written(tmp_path, table)
    rows = table.to_pylist()
    if change == "order":
        rows[0], rows[1] = rows[1], rows[0]
    elif change == "value":
        rows[5]["body"] = rows[5]["body"].replace("Pasar", "pasar")
    elif change == "fewer":
        rows.pop()
    else:
        rows[2]["title"] = None
    one.path.unlink()
    written(tmp_path, schema.from_rows("released", rows))
    with pytest.raises(DataError, match=r"not what was meant:\ntrain-2025.parquet: the rows differ"):
        staged.read_back([one], lambda path, part: None)


def test_bytes_that_changed_on_disk_are_told(tmp_path, table):
    """Between writing and sealing, a bit flips on the disk."""
    home = tmp_path / "pasar"
    staging = home / ".staging"
    one = written(staging, table)
    columns = manifest.columns_of("released")
    tables = {"default": {"table": "released", "rows": one.rows, "columns": columns, "logical_digest": "0"}}
    data = bytearray(one.path.read_bytes())
    data[len(data) // 2] ^= 1
    one.path.write_bytes(data)
    with pytest.raises(DataError, match=r"not what was meant:\ndata/default/train-2025.parquet: changed"):
        publish.seal(staging, home, {"previous": None, "tables": tables}, [one])


def test_the_check_says_the_same_of_what_was_seen_as_of_the_files(tmp_path, table):
    """Of good rows and of bad ones: wrong digests, wrong order, a text that isn't there, a unit across splits."""
    rows = table.to_pylist()
    rows[1]["text_sha256"] = "0" * 64
    rows[2], rows[3] = rows[3], rows[2]
    rows[4]["body"] = None
    rows[5] |= {"text_access": "withheld"}
    rows[6] |= {"text_access": "withheld", "body": None, "title": None, "tags": []}
    rows[7] |= {"split": "test", "cluster_id": rows[8]["cluster_id"], "n_words": 0}
    for name, made in (("good", table), ("bad", schema.from_rows("released", rows))):
        folder = tmp_path / name
        files = [written(folder, made.slice(0, 9))]
        files.append(writer.write(folder / "data" / "default" / "train-2026.parquet", KIND, [made.slice(9)]))
        seen = staged.Seen()
        for part in (made.slice(0, 4), made.slice(4)):
            seen.texts(part, byte_digests(part["body"]))
        staged.read_back(files, seen.add)
        place = folder / "data" / "default"
        for withdrawn in ((), [rows[0]["id"]]):
            of_files = check_released(place, withdrawn=withdrawn)
            assert check_released(place, withdrawn=withdrawn, seen=seen.table()) == of_files
        assert of_files.passed is False


def test_rows_whose_texts_nobody_looked_at_are_no_rows_for_a_check(tmp_path, table):
    seen = staged.Seen()
    seen.texts(table.slice(1), byte_digests(table["body"].slice(1)))
    staged.read_back([written(tmp_path, table)], seen.add)
    with pytest.raises(ValueError, match="texts were looked at"):
        seen.table()


def test_a_release_is_read_back_and_its_papers_know_the_digests(workspace, release):
    folder = release(workspace(), rights=Rights()).folder
    listed = {entry["path"]: entry for entry in manifest.files(folder)}
    files = {path.relative_to(folder).as_posix(): store.file_digest(path) for path in folder.rglob("*.parquet")}
    assert {name: listed[name]["sha256"] for name in files} == files
    assert all(digest in (folder / "croissant.json").read_text() for digest in files.values())
