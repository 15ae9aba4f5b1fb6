from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.release.digest import Digest, logical_digest
from curation.store import canonical_json

KIND = pa.schema(
    [
        ("id", pa.string()),
        ("n", pa.int32()),
        ("x", pa.float64()),
        ("ok", pa.bool_()),
        ("at", pa.timestamp("us", tz="UTC")),
        ("tags", pa.list_(pa.string())),
    ]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.none() | st.text(st.characters(codec="utf-8"), max_size=5),
            "n": st.none() | st.integers(-(2**31), 2**31 - 1),
            "x": st.none() | st.floats(allow_nan=False),
            "ok": st.none() | st.booleans(),
            "at": st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
            "tags": st.none() | st.lists(st.text(st.characters(codec="utf-8"), max_size=3), max_size=3),
        }
    ),
    max_size=8,
)


BODIES = st.lists(st.none() | st.text(st.sampled_from("ae\u0301 \u00e9"), max_size=4), max_size=8)


def table(rows):
    return pa.Table.from_pylist(rows, KIND)


@given(ROWS, st.randoms(), st.integers(0, 8))
def test_row_order_chunks_and_physical_types_do_not_count(rows, random, cut):
    whole = table(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    other = pa.concat_tables([table(shuffled[:cut]), table(shuffled[cut:])])
    wide = other.set_column(0, "id", other["id"].cast(pa.large_string()))
    digest = logical_digest(KIND, [whole])
    assert logical_digest(KIND, [other]) == digest
    assert logical_digest(KIND, [wide.slice(0, cut), wide.slice(cut)]) == digest


def key(rows):
    """What makes two tables equal: floats by bits, so that 0.0 and -0.0 differ, and the order of rows put aside."""
    return sorted(repr(sorted(row.items())) for row in rows)


@given(ROWS, ROWS)
def test_other_rows_have_another_digest(one, two):
    same = logical_digest(KIND, [table(one)]) == logical_digest(KIND, [table(two)])
    assert same == (key(one) == key(two))


NEAR = [
    ([{"id": "ab"}], [{"id": "a"}]),
    ([{"id": ""}], [{"id": None}]),
    ([{"tags": ["a", "b"]}], [{"tags": ["ab"]}]),
    ([{"tags": []}], [{"tags": None}]),
    ([{"tags": [""]}], [{"tags": []}]),
    ([{"id": "a"}], [{"id": "a"}, {"id": "a"}]),
    ([{"n": 1}], [{"ok": True}]),
]


@pytest.mark.parametrize(("one", "two"), NEAR)
def test_what_looks_alike_is_told_apart(one, two):
    assert logical_digest(KIND, [table(one)]) != logical_digest(KIND, [table(two)])


def test_column_names_and_types_count():
    renamed = pa.schema([("key", pa.string())])
    kind = pa.schema([("id", pa.string())])
    assert logical_digest(kind, []) != logical_digest(renamed, [])


def test_the_digest_is_pinned():
    """A paper cites it: it may change with no version of anything."""
    row = {"id": "d1", "n": 7, "x": 0.5, "ok": True, "at": datetime(2025, 1, 1, tzinfo=UTC), "tags": ["cabai"]}
    assert logical_digest(KIND, [table([row])]) == ("e8fc8b2c3adc70f8e0cf00d9c5e71df3c1b6427e0808361e63203a38af5e57a4")


def test_the_digest_is_what_the_docstring_says():
    kind = pa.schema([("id", pa.string()), ("tags", pa.list_(pa.string()))])
    columns = b'[["id","string"],["tags","list<string>"]]'
    rows = sorted(hashlib.sha256(row).digest() for row in (b"s2:d1l1:s5:cabai", b"s2:d2n"))
    expected = hashlib.sha256(columns + b"".join(rows)).hexdigest()
    given = pa.table({"id": ["d2", "d1"], "tags": [None, ["cabai"]]}, kind)
    assert logical_digest(kind, [given]) == expected


def test_a_body_enters_by_its_own_sha256():
    kind = pa.schema([("id", pa.string()), ("body", pa.string())])
    columns = b'[["id","string"],["body","string"]]'
    digest = hashlib.sha256("kafe\u0301".encode()).hexdigest()
    rows = sorted(hashlib.sha256(row).digest() for row in (b"s2:d1h64:" + digest.encode(), b"s2:d2n"))
    expected = hashlib.sha256(columns + b"".join(rows)).hexdigest()
    assert logical_digest(kind, [pa.table({"id": ["d1", "d2"], "body": ["kafe\u0301", None]}, kind)]) == expected


@given(BODIES, BODIES)
def test_other_bodies_have_another_digest(one, two):
    """Also where they differ by their normal form alone."""
    kind = pa.schema([("body", pa.string())])
    first, second = (logical_digest(kind, [pa.table({"body": pa.array(bodies, pa.string())})]) for bodies in (one, two))
    assert (first == second) == (sorted(map(repr, one)) == sorted(map(repr, two)))


@given(st.lists(st.binary(min_size=32, max_size=32) | st.sampled_from([bytes(32), b"\xff" + bytes(31)])))
def test_hashes_are_sorted_as_bytes(hashes):
    kind = pa.schema([("id", pa.string())])
    digest = Digest(kind)
    digest.add_hashes(hashes)
    head = hashlib.sha256(canonical_json([["id", "string"]]).encode())
    head.update(b"".join(sorted(hashes)))
    assert digest.hexdigest() == head.hexdigest()
