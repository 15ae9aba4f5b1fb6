"""The tables as their JSON files describe them."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from curation import schema
from curation.errors import DataError


@pytest.mark.parametrize("name", schema.table_names())
def test_every_table_is_described(name):
    table = schema.table_schema(name)
    raw = json.loads((schema.data_folder("schemas") / f"{name}.json").read_text(encoding="utf-8"))
    assert table.name == name
    assert table.grain
    assert set(table.key) <= set(table.names())
    assert len(set(table.names())) == len(table.names())
    assert set(raw) == {"name", "grain", "key", "columns"}
    for column in table.columns:
        assert column.description
    assert table.arrow.names == table.names()


def rejected(**columns):
    given = {"batch": ["a"], "source_ref": ["a:1"], "reason": ["empty"], "detail": [None]} | columns
    return pa.table({name: pa.array(values) for name, values in given.items() if values is not None})


def test_conform_orders_casts_and_drops():
    table = rejected(extra=[1]).select(["extra", "detail", "reason", "source_ref", "batch"])
    table = table.replace_schema_metadata({b"pandas": b"{}"})
    made = schema.conform("rejected", table)
    assert made.schema.equals(schema.arrow_schema("rejected"), check_metadata=True)
    assert made.to_pylist() == [{"batch": "a", "source_ref": "a:1", "reason": "empty", "detail": None}]


def test_conform_names_missing_columns():
    with pytest.raises(DataError, match="'rejected' lacks the column\\(s\\) reason, detail"):
        schema.conform("rejected", rejected(reason=None, detail=None))


def test_conform_refuses_nulls_where_the_schema_does():
    with pytest.raises(DataError, match="'rejected' does not fit its schema: Casting field 'reason' with null"):
        schema.conform("rejected", rejected(reason=pa.array([None], pa.string())))


def test_conform_refuses_what_cannot_be_cast():
    documents = schema.from_rows("edits", [])
    bad = documents.set_column(documents.column_names.index("seq"), "seq", pa.array([], pa.list_(pa.int8())))
    with pytest.raises(DataError, match="'edits' does not fit its schema"):
        schema.conform("edits", bad)
    numbers = pa.array(["bukan angka"])
    edit = {"id": "a", "seq": 0, "start": 0, "end": 1, "removed": "x", "replacement": "", "rule": "layout"}
    table = schema.from_rows("edits", [edit])
    with pytest.raises(DataError, match="does not fit its schema"):
        schema.conform("edits", table.set_column(table.column_names.index("start"), "start", numbers))


def test_rows_make_a_table_and_back():
    row = {"batch": "a", "source_ref": "a:1", "reason": "empty"}
    assert schema.from_rows("rejected", [row]).to_pylist() == [row | {"detail": None}]
    assert schema.empty("rejected").schema == schema.arrow_schema("rejected")
    with pytest.raises(DataError):
        schema.from_rows("rejected", [{"batch": "a"}])


def test_the_same_column_has_the_same_type_everywhere():
    types: dict[str, set[str]] = {}
    for name in schema.table_names():
        for column in schema.table_schema(name).columns:
            types.setdefault(column.name, set()).add(column.type)
    shared = ("id", "text_sha256", "cluster_id", "start", "end", "rule", "published_at", "url_key", "batch")
    assert {name: types[name] for name in shared if len(types.get(name, ())) > 1} == {}
