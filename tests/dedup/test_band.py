from __future__ import annotations

import itertools
import logging
from collections import Counter, defaultdict
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.dedup import band
from curation.dedup.signature import sign
from curation.errors import UsageError

ROWS = st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abcdefgh")), max_size=40)


def table(rows: list[tuple[int, str]]) -> pa.Table:
    columns = {"key": [key for key, _ in rows], "id": [name for _, name in rows]}
    return pa.table(columns, schema=pa.schema([("key", pa.uint64()), ("id", pa.string())]))


def by_hand(rows: list[tuple[int, str]]) -> dict[tuple[str, str], int]:
    members = defaultdict(set)
    for key, name in rows:
        members[key].add(name)
    return Counter(pair for group in members.values() for pair in itertools.combinations(sorted(group), 2))


@given(ROWS, st.integers(1, 9))
def test_shared_keys_counts_as_by_hand(rows: list[tuple[int, str]], block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(band, "_BLOCK", block)
        found = band.shared_keys(table(rows))
    counted = {(r["id_a"], r["id_b"]): r["n_shared"] for r in found.to_pylist()}
    assert counted == by_hand(rows)
    assert found.schema == band.SHARED_SCHEMA


@given(ROWS, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(rows: list[tuple[int, str]], random: Any) -> None:
    shuffled = random.sample(rows, len(rows))
    assert band.shared_keys(table(rows)).equals(band.shared_keys(table(shuffled)))


@given(ROWS)
def test_parts_of_whole_groups_sum_up(rows: list[tuple[int, str]]) -> None:
    parts = [table([row for row in rows if row[0] % 3 == part]) for part in range(3)]
    counted: Counter[tuple[str, str]] = Counter()
    for part in parts:
        for r in band.shared_keys(part).to_pylist():
            counted[r["id_a"], r["id_b"]] += r["n_shared"]
    assert counted == by_hand(rows)


def test_large_group_is_complete_and_logged(caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    monkeypatch.setattr(band, "LARGE_GROUP", 50)
    names = [f"{i:03d}" for i in range(60)]
    with caplog.at_level(logging.WARNING):
        found = band.shared_keys(table([(7, name) for name in names]))
    assert found.num_rows == 60 * 59 // 2
    [record] = caplog.records
    assert record.getMessage().startswith("60 documents share one key and make 1770 pairs")


def test_equal_texts_have_equal_bands_and_others_have_not(news: Any) -> None:
    signatures = sign(news.bodies(news.text(1), news.text(1), news.text(2), ""))
    rows = band.band_rows(signatures, 25, 5)
    assert rows.num_rows == 3 * 25  # nothing for the empty body
    keys = {name: set() for name in ("d00", "d01", "d02")}
    for row in rows.to_pylist():
        keys[row["id"]].add(row["key"])
    assert keys["d00"] == keys["d01"]
    assert keys["d00"].isdisjoint(keys["d02"])
    assert len(keys["d00"]) == 25  # equal values in two bands are two keys


def test_more_bands_than_the_signature_has(news: Any) -> None:
    with pytest.raises(UsageError, match="30 bands of 5 rows"):
        band.band_rows(sign(news.bodies(news.text(1))), 30, 5)


def test_no_signatures(news: Any) -> None:
    signatures = sign(news.bodies())
    assert band.shared_keys(band.band_rows(signatures, 25, 5)).num_rows == 0
    assert band.shared_keys(band.sketch_rows(signatures)).num_rows == 0
    assert band.representatives(signatures).num_rows == 0


def test_smallest_id_stands_for_exact_copies_but_not_for_empty_bodies(news: Any) -> None:
    signatures = sign(news.bodies(news.text(1), "", news.text(2), news.text(1), "", news.text(1)))
    standing = band.representatives(signatures)
    assert standing["representative"].to_pylist() == ["d00", "d01", "d02", "d00", "d04", "d00"]
    pairs = band.exact_pairs(standing).to_pylist()
    assert pairs == [{"id_a": "d00", "id_b": "d03"}, {"id_a": "d00", "id_b": "d05"}]


def test_sketch_pairs_need_two_hashes_and_forty_per_cent() -> None:
    rows = [("a", "b", 1, 2), ("a", "c", 3, 10), ("a", "d", 4, 10), ("b", "c", 1, 5), ("b", "c", 1, 5)]
    columns = [list(column) for column in zip(*rows, strict=True)]
    sketches = pa.table(columns, schema=band.SHARED_SCHEMA)
    whole = pa.table([["a", "a"], ["d", "e"]], schema=band.PAIR_SCHEMA)
    found = [(r["id_a"], r["id_b"]) for r in band.candidates(whole, sketches).to_pylist()]
    assert found == [("a", "d"), ("a", "e"), ("b", "c")]
