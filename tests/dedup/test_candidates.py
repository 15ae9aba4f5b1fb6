from __future__ import annotations

import itertools
import logging
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.dedup import candidates as module
from curation.dedup import groups
from curation.dedup.candidates import candidates
from curation.dedup.kernels import groups as kernel
from curation.dedup.signature import sign
from curation.errors import UsageError

Pair = tuple[str, str]


def batch(signatures: pa.Table, rows: int = 1_000) -> Any:
    def read(columns: list[str]) -> Iterator[pa.Table]:
        for start in range(0, signatures.num_rows, rows):
            yield signatures.select(columns).slice(start, rows)

    return read


def found(*batches: pa.Table, rows: int = 1_000, backend: str = "numba") -> set[Pair]:
    table = candidates([batch(one, rows) for one in batches], 25, 5, backend)
    return set(zip(table["id_a"].to_pylist(), table["id_b"].to_pylist(), strict=True))


def as_bytes(numbers: list[int]) -> bytes:
    return np.array(numbers, "<u4").tobytes()


def signed(*rows: tuple[str, str, list[int], list[int]]) -> pa.Table:
    """Signatures from (id, text, five repeated values of the signature, sketch)."""
    return pa.table(
        {
            "id": [row[0] for row in rows],
            "text_sha256": [row[1] for row in rows],
            "url_key": pa.nulls(len(rows), pa.string()),
            "n_shingles": pa.array([1] * len(rows), pa.int32()),
            "signature": pa.array([as_bytes((row[2] * 128)[:128]) for row in rows]),
            "sketch": pa.array([as_bytes(row[3]) for row in rows], pa.binary()),
        }
    )


#: documents that meet in their sketches alone: each has a signature of its own
SKETCHES = st.lists(st.lists(st.integers(0, 12), max_size=8, unique=True), min_size=1, max_size=12).map(
    lambda sketches: signed(*((f"d{i:02d}", f"t{i}", [1000 + i], sketch) for i, sketch in enumerate(sketches)))
)


def by_hand(table: pa.Table) -> set[Pair]:
    members = defaultdict(list)
    sizes = {}
    for row in table.sort_by("id").to_pylist():
        sizes[row["id"]] = len(row["sketch"]) // 4
        for value in np.frombuffer(row["sketch"], "<u4").tolist():
            members[value].append(row["id"])
    shared = Counter(pair for group in members.values() for pair in itertools.combinations(group, 2))
    return {p for p, n in shared.items() if n >= 0.3 * min(sizes[p[0]], sizes[p[1]])}


@given(SKETCHES, st.integers(1, 5), st.integers(1, 6))
def test_sketches_meet_as_by_hand_however_little_is_held(table: pa.Table, block: int, held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "_BLOCK", block)
        patch.setattr(module, "CHUNK", held)
        assert found(table, rows=3) == by_hand(table)
        assert found(table, rows=3, backend="datasketch") == by_hand(table)


@given(SKETCHES, st.integers(0, 12), st.integers(0, 12))
def test_batch_by_batch_as_all_at_once(table: pa.Table, one: int, two: int) -> None:
    cuts = [0, *sorted((min(one, table.num_rows), min(two, table.num_rows))), table.num_rows]
    parts = [table.slice(a, b - a) for a, b in itertools.pairwise(cuts)]
    pairs = [found(*parts[: i + 1]) for i in range(len(parts))]
    assert set().union(*pairs) == by_hand(table)
    assert sum(map(len, pairs)) == len(by_hand(table))  # each pair belongs to one batch


@given(SKETCHES, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(table: pa.Table, random: Any) -> None:
    order = random.sample(range(table.num_rows), table.num_rows)
    assert found(table.take(order)) == found(table)


def test_one_equal_band_is_enough() -> None:
    one, two = [[base + i for i in range(128)] for base in (1_000, 5_000)]
    moved = [*one[5:10], *two[5:]]  # equal values in two different bands are no equal band
    two[35:40] = one[35:40]
    table = signed(("a", "t1", one, []), ("b", "t2", two, []), ("c", "t3", moved, []))
    assert found(table) == {("a", "b"), ("b", "c")}


def test_exact_copies_meet_the_first_to_arrive_and_nobody_else() -> None:
    first = signed(("m", "same", [1], [1, 2]), ("k", "same", [1], [1, 2]), ("z", "other", [9], [1, 2]))
    later = signed(("a", "same", [1], [1, 2]), ("b", "third", [8], [1, 2]))
    assert found(first) == {("k", "m"), ("k", "z")}
    assert found(first, later) == {("a", "k"), ("b", "k"), ("b", "z")}


def test_documents_without_words_meet_nobody(news: Any) -> None:
    assert found(sign(news.bodies("", "", " — ", news.text(1)))) == set()
    assert found(sign(news.bodies())) == set()
    assert found(sign(news.bodies(news.text(1))), sign(news.bodies())) == set()


def test_pages_of_one_address_meet_across_batches(news: Any) -> None:
    page, other = {"url_key": "pesisir.example/a"}, {"url_key": "pesisir.example/b"}
    first = news.table({"id": "x1", "body": news.text(1), **page}, {"id": "x2", "body": news.text(2), **other})
    later = news.table({"id": "a1", "body": news.text(3), **page}, {"id": "a2", "body": news.text(4)})
    assert found(sign(first), sign(later)) == {("a1", "x1")}


def test_a_crowd_is_compared_with_its_first_only_and_said_so(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "CROWD", 50)
    table = signed(*((f"d{i:03d}", f"t{i}", [1000 + i], [1, 2, 3]) for i in range(90)))
    with caplog.at_level(logging.WARNING):
        pairs = found(table)
    # of the eight first the three earliest and three more, of equals the first
    assert len(pairs) == 50 * 49 // 2 + 40 * 6
    assert ("d005", "d089") in pairs
    assert "a group of 90 documents is compared with its first 8 only" in caplog.text
    parts = [table.slice(0, 45), table.slice(45, 20), table.slice(65)]
    assert set().union(*(found(*parts[: i + 1]) for i in range(3))) == pairs
    assert found(table, backend="datasketch") == pairs


#: documents of few bands and hashes, so that many meet
CROWDED = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.integers(0, 9), max_size=8, unique=True)), min_size=1, max_size=24
).map(lambda rows: signed(*((f"d{i:02d}", f"t{i}", [band], sketch) for i, (band, sketch) in enumerate(rows))))


@given(CROWDED, st.integers(0, 24), st.integers(1, 30))
def test_crowds_batch_by_batch_and_without_compiler_as_all_at_once(table: pa.Table, cut: int, held: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"CROWD": 5, "FIRST": 3, "EARLIEST": 1, "CLOSEST": 2}.items():
            patch.setattr(groups, name, value)
        whole = found(table)
        assert found(table, backend="datasketch") == whole
        patch.setattr(module, "CHUNK", held)
        assert found(table) == whole
        parts = [table.slice(0, cut), table.slice(cut)] if 0 < cut < table.num_rows else [table]
        assert set().union(*(found(*parts[: i + 1]) for i in range(len(parts)))) == whole


def test_a_crowd_of_near_copies_meets_in_its_earliest() -> None:
    random = np.random.default_rng(3)
    # 3,000 copies, each with a fifth of the first one's hashes changed
    sketches = np.where(random.random((3_000, 100)) < 0.2, random.integers(1_000, 2**32, (3_000, 100)), np.arange(100))
    table = signed(*((f"d{i:04d}", f"t{i}", [10_000 + i], sketch) for i, sketch in enumerate(sketches.tolist())))
    pairs = found(table)
    late = range(groups.CROWD * 2, 3_000)
    met = Counter(b for _, b in pairs)
    assert {met[f"d{i:04d}"] for i in late} == {groups.EARLIEST + groups.CLOSEST}
    assert all((f"d{first:04d}", f"d{i:04d}") in pairs for i in late for first in range(groups.EARLIEST))


def test_who_meets_a_crowd_in_many_groups_keeps_the_earliest_and_the_closest(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"CROWD": 20, "EARLIEST": 2, "CLOSEST": 4}.items():
        monkeypatch.setattr(groups, name, value)
    # no group has more than 20, but the last one is in a group with each of 30 others, in two with four of them
    rows = [(f"d{i:03d}", f"t{i}", [1000 + i], [10 + i, 50 + i, 90 + i]) for i in range(30)]
    last = [*range(10, 40), *range(52, 56)]  # more often with d002 to d005
    table = signed(*rows, ("e1", "e1", [1], last))
    monkeypatch.setattr("curation.dedup.candidates.SHARED_OF_SMALLER", 0.3)
    assert found(table) == {(f"d{i:03d}", "e1") for i in range(6)}
    assert found(table, backend="datasketch") == found(table)
    parts = [table.slice(0, 12), table.slice(12)]
    assert set().union(*(found(*parts[: i + 1]) for i in range(2))) == found(table)


def test_a_crowded_hash_does_not_hide_a_rare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "CROWD", 20)
    chrome = list(range(100, 130))
    rows = [(f"d{i:03d}", f"t{i}", [1000 + i], [*chrome, 500 + i, 700 + i]) for i in range(60)]
    rows += [("e1", "e1", [1], [*chrome, 900, 901, 902, 903]), ("e2", "e2", [2], [*chrome, 900, 901, 902])]
    pairs = found(signed(*rows))
    assert ("e1", "e2") in pairs
    assert found(signed(*rows), backend="datasketch") == pairs


def test_more_bands_than_the_signature_has(news: Any) -> None:
    with pytest.raises(UsageError, match="30 bands of 5 rows"):
        candidates([batch(sign(news.bodies(news.text(1))))], 30, 5)


@pytest.mark.parametrize("backend", ["numba", "datasketch"])
@given(
    st.lists(st.integers(0, 2**32 - 1), max_size=50),
    st.lists(st.integers(0, 2**32 - 1), min_size=100, max_size=100, unique=True),
)
def test_the_filter_forgets_no_key_and_keeps_few_others(backend: str, new: list[int], old: list[int]) -> None:
    keys = np.array([*new, *old], np.uint32)
    numbers = np.arange(len(keys))
    kept = module._Filter([groups.packed(keys[: len(new)], numbers[: len(new)])], backend)(keys, numbers)
    assert [keys[number] for number in (kept & groups.LOW).tolist()] == (kept >> groups.HALF).tolist()
    assert set(new) <= set((kept >> groups.HALF).tolist())
    assert len(kept) < len(new) + 30  # of the others one in thousands


@given(st.integers(0, 5), st.integers(1, 25), st.integers(1, 5))
def test_keys_of_bands_are_numpys(documents: int, bands: int, rows: int) -> None:
    values = np.random.default_rng(bands).integers(0, 2**32, (documents, 128), dtype=np.uint32)
    keys = module._band_keys(values, bands, rows, "numba")
    assert keys.shape == (bands, documents)
    assert (keys == module._band_keys(values, bands, rows, "numpy")).all()


@pytest.mark.parametrize(("rows", "keys"), [(0, 1), (1, 1), (300, 40), (300, 2**32), (90_000, 50_000)])
def test_groups_are_numpys(rows: int, keys: int) -> None:
    draw = np.random.default_rng(rows)
    space = groups.packed(draw.integers(keys, size=rows), draw.permutation(rows))
    ours, numpys = (
        [group.tolist() for group in np.split(one.members, np.unique(one.starts)[1:])]
        for one in (groups.groups(space), groups.groups(space, "numpy"))
    )
    assert sorted(ours) == sorted(numpys)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=200))
def test_sorting_by_digits_sorts(values: list[int]) -> None:
    assert kernel.sort(np.array(values, np.uint64)).tolist() == sorted(values)
