from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from curation import schema, store
from curation.release import writer

KIND = pa.schema([pa.field("id", pa.string(), False), ("outlet", pa.string()), ("tags", pa.list_(pa.string()))])


def rows(n):
    return pa.table({"id": [f"{i:08x}" for i in range(n)], "outlet": ["Detak"] * n, "tags": [["a"]] * n}, KIND)


def test_bytes_depend_on_rows_alone(tmp_path):
    table = rows(25_000)
    cuts = [0, 1, 9_999, 10_001, 20_002, 25_000]
    parts = [table.slice(a, b - a) for a, b in pairwise(cuts)]
    wide = table.set_column(0, "id", table["id"].cast(pa.large_string())).replace_schema_metadata({"pandas": "x"})
    digests = set()
    for number, tables in enumerate(([table], parts, [wide])):
        written = writer.write(tmp_path / f"{number}.parquet", KIND, tables)
        assert (written.rows, written.sha256) == (25_000, store.file_digest(written.path))
        digests.add((written.sha256, written.fingerprint))
    assert len(digests) == 1


def test_row_groups_settings_and_no_metadata(tmp_path):
    path = tmp_path / "x.parquet"
    writer.write(path, KIND, [rows(25_000)])
    meta = pq.read_metadata(path)
    assert [meta.row_group(i).num_rows for i in range(meta.num_row_groups)] == [10_000, 10_000, 5_000]
    assert meta.metadata is None
    group = meta.row_group(0)
    by_name = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert by_name["outlet"].has_dictionary_page
    assert not by_name["id"].has_dictionary_page
    assert by_name["id"].compression == "ZSTD"
    assert by_name["id"].has_offset_index
    assert by_name["id"].has_column_index


def test_types_come_back_as_written(tmp_path):
    path = tmp_path / "x.parquet"
    writer.write(path, schema.arrow_schema("released"), [schema.empty("released")])
    back = pq.read_schema(path)
    for field in schema.arrow_schema("released"):
        assert back.field(field.name).type.equals(field.type) or pa.types.is_list(field.type)
        assert back.field(field.name).nullable == field.nullable


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    writer.write(tmp_path / "x.parquet", KIND, [rows(1)])
    with pytest.raises(FileExistsError):
        writer.write(tmp_path / "x.parquet", KIND, [rows(1)])
