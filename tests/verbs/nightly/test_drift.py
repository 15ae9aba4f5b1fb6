"""What is told of a night, and what is not, on invented numbers."""

from __future__ import annotations

import pytest

from curation.verbs.nightly.drift import DOCUMENTS, LIMIT, REJECTED, Alert, alerts, compared_with, deviations
from curation.verbs.nightly.facts import ALL, BatchFacts, Group

USUAL = {"words": 300.0, "chrome": 0.12, "failed": 0.05, "foreign": 0.0, "undated": 0.0, "untitled": 0.0}


def night(name: str, outlets: dict[str, int] | None = None, **facts: object) -> BatchFacts:
    """An ordinary night, but for what is given."""
    outlets = {"Kabar Rimba": 40, "Warta Teluk": 20} if outlets is None else outlets
    values = {**USUAL, **facts.pop("values", {})}  # type: ignore[dict-item]
    groups = {name: Group(count, values) for name, count in outlets.items()}
    total = sum(outlets.values())
    given = {
        "state": "accepted",
        "reason": "",
        "inputs": total,
        "articles": total,
        "rejected": {},
        "rejected_share": 0.02,
        "outcomes": {"selected": total},
        "failed": {"word_count": 2},
        "languages": {"id": total},
        "groups": {ALL: Group(total, values), **groups} if total else {},
    }
    return BatchFacts(name=name, **{**given, **facts})  # type: ignore[arg-type]


@pytest.fixture
def before() -> list[BatchFacts]:
    """Ten nights that differ a little."""
    return [night(f"malam-{n}", {"Kabar Rimba": 38 + n % 5, "Warta Teluk": 19 + n % 3}) for n in range(10)]


def told(batch: BatchFacts, before: list[BatchFacts]) -> list[tuple[str, str]]:
    return [(alert.kind, alert.outlet) for alert in alerts(batch, before)]


def test_an_ordinary_night_is_told_nothing_of(before: list[BatchFacts]) -> None:
    assert alerts(night("malam-10"), before) == []


def test_a_dead_outlet_is_told(before: list[BatchFacts]) -> None:
    found = alerts(night("malam-10", {"Kabar Rimba": 40}), before)
    assert found == [
        Alert("malam-10", "silent", "Warta Teluk", "brings no new document; a median of 20 in the 10 batches before"),
        # twenty of sixty are missing: the night as a whole stays within what chance gives
    ]


def test_an_outlet_that_comes_now_and_then_is_missed_by_nobody(before: list[BatchFacts]) -> None:
    rare = [night(f"x-{n}", {"Kabar Rimba": 40, "Mingguan Tanjung": 3 * (n % 2)}) for n in range(10)]
    assert told(night("malam-10", {"Kabar Rimba": 40}), rare) == []


def test_new_reasons_languages_and_outlets_are_told_but_repeats_are_not(before: list[BatchFacts]) -> None:
    tonight = night(
        "malam-10",
        {"Kabar Rimba": 40, "Warta Teluk": 20, "Suara Hulu": 2},
        rejected={"unreadable": 1, "repeat": 9},
        failed={"word_count": 1, "gambling": 1},
        languages={"id": 60, "jv": 2},
    )
    assert [(alert.kind, alert.outlet, alert.text) for alert in alerts(tonight, before)] == [
        ("new reason", "", "inputs rejected as unreadable: 1; in none of the 10 batches before"),
        ("new reason", "", "documents that fail gambling: 1; in none of the 10 batches before"),
        ("new language", "", "documents in jv: 2; in none of the 10 batches before"),
        ("new outlet", "Suara Hulu", "brings documents: 2; in none of the 10 batches before"),
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": 90.0}, "median words: 90, usually 300"),
        ({"chrome": 0.6}, "median share that cleaning took: 60.0%, usually 12.0%"),
        ({"failed": 0.5}, "share that fails its checks: 50.0%, usually 5.0%"),
        ({"foreign": 0.4}, "share in another language than Indonesian: 40.0%, usually 0.0%"),
        ({"undated": 0.9}, "share without a date: 90.0%, usually 0.0%"),
        ({"untitled": 0.9}, "share without a headline: 90.0%, usually 0.0%"),
    ],
)
def test_each_measure_that_moves_is_told(before: list[BatchFacts], values: dict[str, float], words: str) -> None:
    found = alerts(night("malam-10", values=values), before)
    assert {alert.outlet for alert in found} == {ALL, "Kabar Rimba", "Warta Teluk"}
    assert all(alert.kind == "drift" and alert.text.startswith(words) for alert in found)


def test_many_documents_and_many_rejects_are_told(before: list[BatchFacts]) -> None:
    flood = alerts(night("malam-10", {"Kabar Rimba": 400, "Warta Teluk": 20}), before)
    assert [(alert.outlet, alert.text.split(";")[0]) for alert in flood] == [
        (ALL, "documents: 420, usually 60 (57 to 62)"),
        ("Kabar Rimba", "documents: 400, usually 40 (38 to 42)"),
    ]
    [broken] = alerts(night("malam-10", rejected_share=0.3), before)
    assert broken.text.startswith("share of inputs rejected: 30.0%, usually 2.0% (2.0% to 2.0%); +")


def test_of_a_quarantined_batch_only_what_was_read_is_told(before: list[BatchFacts]) -> None:
    bad = night("malam-10", {}, state="quarantined", inputs=60, rejected={"malformed": 30}, rejected_share=0.5)
    assert told(bad, before) == [("new reason", ""), ("drift", "")]


def test_little_is_compared_with_little(before: list[BatchFacts]) -> None:
    assert alerts(night("malam-10", {"Kabar Rimba": 1}), before[:4]) == []  # four nights are no habit
    few = [night(f"x-{n}", {"Kabar Rimba": 40, "Warta Teluk": 4}) for n in range(10)]
    odd = night("malam-10", {"Kabar Rimba": 40, "Warta Teluk": 4})
    odd = night("malam-10", groups={**odd.groups, "Warta Teluk": Group(4, {**USUAL, "words": 20.0})}, inputs=44)
    assert alerts(odd, few) == []  # the median of four documents says nothing


def test_an_empty_night_is_neither_told_of_nor_a_habit(before: list[BatchFacts]) -> None:
    empty = night("libur", {}, failed={})
    assert alerts(empty, before) == []
    assert compared_with([*before, *[empty] * 20]) == before
    assert len(compared_with([*before, *before])) == 14


def test_what_chance_gives_is_no_drift() -> None:
    steady = [0.0] * 14
    assert abs(deviations(1 / 5, steady, REJECTED, 5)) < LIMIT < deviations(10 / 100, steady, REJECTED, 100)
    assert abs(deviations(16, [25.0] * 14, DOCUMENTS, 16)) < LIMIT < abs(deviations(5, [25.0] * 14, DOCUMENTS, 5))
    assert abs(deviations(950, [1000.0] * 14, DOCUMENTS, 950)) < LIMIT
