"""A fingerprint is the same for the same rows, however they are chunked, and another for any other rows."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.release.fingerprint import Fingerprint

KIND = pa.schema(
    [
        ("id", pa.string()),
        ("n", pa.int32()),
        ("is_in", pa.bool_()),
        ("when", pa.timestamp("us", "UTC")),
        ("share", pa.float64()),
        ("tags", pa.list_(pa.string())),
        ("stance", pa.list_(pa.struct([("label", pa.string()), ("votes", pa.int32())]))),
    ]
)
FEW = st.sampled_from(["", "a", "ab", "b", "é"])
STANCE = st.fixed_dictionaries({"label": st.none() | FEW, "votes": st.none() | st.integers(0, 2)})
ROW = st.fixed_dictionaries(
    {
        "id": st.none() | FEW,
        "n": st.none() | st.integers(0, 3),
        "is_in": st.none() | st.booleans(),
        "when": st.none() | st.sampled_from([datetime(2025, 1, day, tzinfo=UTC) for day in (1, 2)]),
        "share": st.none() | st.sampled_from([0.0, 0.5]),
        "tags": st.none() | st.lists(st.none() | FEW, max_size=2),
        "stance": st.none() | st.lists(st.none() | STANCE, max_size=2),
    }
)


def fingerprint(*pieces: pa.Table) -> str:
    made = Fingerprint()
    for piece in pieces:
        made.add(piece)
    return made.hexdigest()


def test_nothing_is_not_false():
    kind = pa.schema([("is_in", pa.bool_())])
    nothing, no = (pa.Table.from_pylist([{"is_in": value}], kind) for value in (None, False))
    assert fingerprint(nothing) != fingerprint(no)


@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6))
def test_only_the_same_rows_have_the_same(rows, others):
    one, other = (pa.Table.from_pylist(some, KIND) for some in (rows, others))
    assert (fingerprint(one) == fingerprint(other)) == (rows == others)


@given(st.lists(ROW, max_size=6), st.integers(0, 6), st.integers(0, 3))
def test_chunks_slices_and_what_stands_behind_nulls_do_not_count(rows, cut, before):
    whole = pa.Table.from_pylist(rows, KIND)
    chunked = pa.concat_tables([whole.slice(0, cut), whole.slice(cut)])
    inside = pa.concat_tables([whole.slice(0, before), whole]).combine_chunks().slice(min(before, len(rows)))
    assert fingerprint(whole) == fingerprint(chunked) == fingerprint(inside)


@given(st.lists(ROW, min_size=1, max_size=6), st.integers(0, 6))
def test_how_rows_are_cut_into_pieces_does_not_count(rows, cut):
    whole = pa.Table.from_pylist(rows, KIND)
    assert fingerprint(whole) == fingerprint(whole.slice(0, cut), whole.slice(cut))


@given(st.lists(ROW, max_size=6))
def test_it_survives_a_file(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    table = pa.Table.from_pylist(rows, KIND)
    pq.write_table(table, path, store_schema=False)
    assert fingerprint(pq.read_table(path)) == fingerprint(table)


@pytest.mark.parametrize("values", [["ab", "c"], ["a", "bc"], ["abc", ""], ["abc", None], [None, "abc"]])
def test_where_a_value_ends_counts(values):
    others = [["ab", "c"], ["a", "bc"], ["abc", ""], ["abc", None], [None, "abc"]]
    same = [other for other in others if fingerprint(pa.table({"x": other})) == fingerprint(pa.table({"x": values}))]
    assert same == [values]
