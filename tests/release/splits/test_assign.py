"""Near-duplicates together, the newest for the test, and nobody ever moves."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.config import Splits
from curation.release.splits.assign import HELD, Cuts, assign

TIES = pa.schema([("id", pa.string()), ("name", pa.string())])
START = datetime(2026, 1, 1, tzinfo=UTC)
#: cluster, outlet, day
DOCUMENT = st.tuples(
    st.integers(0, 12), st.sampled_from(["Detak", "Pesisir", "Nusakabar"]), st.none() | st.integers(0, 90)
)


def table(rows: list[tuple[int, str, int | None]], first: int = 0) -> pa.Table:
    return pa.table(
        {
            "id": pa.array((hashlib.sha256(b"%d" % (first + i)).hexdigest() for i in range(len(rows))), pa.string()),
            "cluster_id": pa.array([f"c{cluster}" for cluster, _, _ in rows], pa.string()),
            "outlet": pa.array([outlet for _, outlet, _ in rows], pa.string()),
            "published_at": pa.array(
                [None if day is None else START + timedelta(days=day) for _, _, day in rows],
                pa.timestamp("us", tz="UTC"),
            ),
        }
    )


def tied(ties: list[tuple[str, str]]) -> pa.Table:
    return pa.table({"id": [id_ for id_, _ in ties], "name": [name for _, name in ties]}, TIES)


def splits(found: Any) -> dict[str, str]:
    return dict(zip(found.table["id"].to_pylist(), found.table["split"].to_pylist(), strict=True))


@given(st.lists(DOCUMENT, max_size=40), st.sampled_from(["cluster", "outlet", "target"]), st.data())
def test_what_belongs_together_is_together_in_any_order(rows, by, data) -> None:
    documents, settings = table(rows), Splits(by=by, validation=0.2, test=0.2)
    ties = (
        [(id_, data.draw(st.sampled_from("xyz"))) for id_ in documents["id"].to_pylist()[::3]] if by == "target" else []
    )
    found = splits(assign(documents, settings, ties=tied(ties)))
    order = data.draw(st.permutations(range(documents.num_rows)))
    assert splits(assign(documents.take(pa.array(order, pa.int64())), settings, ties=tied(ties[::-1]))) == found
    for column in ("cluster_id", *(["outlet"] if by == "outlet" else [])):
        homes = defaultdict(set)
        for id_, name in zip(documents["id"].to_pylist(), documents[column].to_pylist(), strict=True):
            homes[name].add(found[id_])
        assert all(len(seen) == 1 for seen in homes.values())
    assert set(found.values()) <= {"train", "validation", "test"}


@given(st.lists(DOCUMENT, min_size=1, max_size=30), st.lists(DOCUMENT, max_size=30))
def test_who_was_published_never_moves_and_ties_are_held(old, new) -> None:
    settings = Splits(validation=0.2, test=0.2)
    first = assign(table(old), settings)
    before = splits(first)
    documents = pa.concat_tables([table(old), table(new, first=len(old))])
    again = assign(documents, settings, before=first.table, cuts=first.cuts)
    found = splits(again)
    assert again.cuts == first.cuts
    assert {id_: found[id_] for id_ in before} == before
    homes: dict[str, set[str]] = defaultdict(set)
    for id_, cluster in zip(documents["id"].to_pylist(), documents["cluster_id"].to_pylist(), strict=True):
        if id_ in before:
            homes[cluster].add(before[id_])
    for id_, cluster in zip(documents["id"].to_pylist(), documents["cluster_id"].to_pylist(), strict=True):
        if id_ not in before and homes[cluster]:
            assert {found[id_]} == (homes[cluster] if len(homes[cluster]) == 1 else {HELD})


def test_the_newest_is_for_the_test() -> None:
    documents = table([(n, "Detak", n) for n in range(100)])
    found = assign(documents, Splits())
    by_day = [splits(found)[id_] for id_ in documents["id"].to_pylist()]
    assert by_day == ["train"] * 80 + ["validation"] * 10 + ["test"] * 10
    assert found.cuts == Cuts(START + timedelta(days=80), START + timedelta(days=90))
    assert Cuts.from_dict(found.cuts.to_dict()) == found.cuts


def test_a_story_belongs_to_the_day_on_which_it_first_appeared() -> None:
    rows = [(n, "Detak", n) for n in range(10)] + [(0, "Pesisir", 9)]
    documents = table(rows)
    assert splits(assign(documents, Splits(validation=0, test=0.2)))[documents["id"][10].as_py()] == "train"


def test_days_of_the_settings_win() -> None:
    settings = Splits(validation_from=date(2026, 1, 3), test_from=date(2026, 1, 5))
    found = splits(assign(table([(n, "Detak", n) for n in range(6)]), settings))
    assert Counter(found.values()) == {"train": 2, "validation": 2, "test": 2}


@pytest.mark.parametrize("by", ["cluster", "outlet"])
def test_nothing_for_the_test_is_all_for_training(by) -> None:
    found = splits(assign(table([(n, "Detak", n) for n in range(9)]), Splits(by=by, validation=0, test=0)))
    assert set(found.values()) == {"train"}
