"""How often a model says what people say: against sums by hand, and on samples of which the truth is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from curation import schema
from curation.annotation.precision import wilson
from curation.annotation.resolution.accuracy import Accuracy, Place, accuracy, places
from tests.annotation.resolution.test_labels import BOOK

STANCE, _, PROBLEM = BOOK.question[:3]


def one(*values: str) -> frozenset[str]:
    return frozenset(values)


def figures(*rows: tuple[str, str, float, str, str], drawn: dict[str, Place] | None = None) -> Accuracy:
    """Of (document, stratum, chance, people, model); an empty answer is one that is not there."""
    sample = {document: Place(stratum, chance) for document, stratum, chance, _, _ in rows}
    people = {("k", document, "x"): one(said) for document, _, _, said, _ in rows if said}
    model = {("k", document, "x"): one(said) for document, _, _, _, said in rows if said}
    return accuracy(STANCE, people, model, drawn or sample)


def test_an_article_counts_as_many_times_as_it_stands_for_others() -> None:
    found = figures(
        ("d1", "big", 0.1, "favor", "favor"),
        ("d2", "big", 0.1, "favor", "against"),
        ("d3", "small", 0.5, "against", "against"),
        ("d4", "small", 0.5, "against", "against"),
        ("d5", "small", 0.5, "neutral", ""),
    )
    assert (found.people, found.both, found.articles) == (5, 4, 4)
    assert found.accuracy.value == pytest.approx((10 + 2 + 2) / 24)
    assert found.confusion == (
        ("against", "against", 2, pytest.approx(4 / 24)),
        ("favor", "against", 1, pytest.approx(10 / 24)),
        ("favor", "favor", 1, pytest.approx(10 / 24)),
    )
    favor, against, neutral, _ = found.labels
    assert (favor.people, favor.model) == (2, 1)
    assert (favor.precision.value, favor.recall.value) == (1.0, pytest.approx(0.5))
    assert favor.f1.value == pytest.approx(2 / 3)
    assert (against.precision.value, against.recall.value) == (pytest.approx(4 / 14), 1.0)
    assert against.f1.value == pytest.approx(2 * (4 / 14) / (4 / 14 + 1))
    assert neutral.precision.note == "the model never says it"
    assert (neutral.recall.value, neutral.recall.note) == (None, "people never gave it")
    assert (neutral.f1.value, neutral.f1.note) == (None, "neither people nor the model gave it")


def test_the_interval_of_a_simple_sample_is_that_of_the_textbook() -> None:
    rows = [(f"d{i:02d}", "all", 0.1, "favor", "favor" if i < 30 else "against") for i in range(40)]
    p, n, population = 30 / 40, 40, 400
    variance = (1 - n / population) * p * (1 - p) / (n - 1)
    low, high = wilson(p, p * (1 - p) / variance)
    found = figures(*rows).accuracy
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def test_two_targets_of_an_article_are_no_two_witnesses() -> None:
    sample = {f"d{i}": Place("all", 0.01) for i in range(40)}
    people = {("k", document, target): one("favor") for document in sample for target in "xy"}
    # right about both targets of an article, or about none
    model = {unit: one("favor" if int(unit[1][1:]) < 30 else "against") for unit in people}
    double = accuracy(STANCE, people, model, sample).accuracy
    half = accuracy(STANCE, {unit: said for unit, said in people.items() if unit[2] == "x"}, model, sample).accuracy
    assert (double.value, double.low, double.high) == (half.value, pytest.approx(half.low), pytest.approx(half.high))


def test_where_all_is_right_the_interval_is_no_point_unless_all_was_read() -> None:
    some = figures(*[(f"d{i}", "all", 0.1, "favor", "favor") for i in range(20)]).accuracy
    assert (some.value, some.high) == (1.0, 1.0)
    assert some.low == pytest.approx(wilson(1.0, 20 / 0.9)[0])
    every = figures(*[(f"d{i}", "all", 1.0, "favor", "favor" if i else "neutral") for i in range(20)]).accuracy
    assert (every.low, every.value, every.high) == (0.95, 0.95, 0.95)
    assert every.note == "every article was read: no chance is in it"


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ((), "people have labelled nothing yet"),
        ((("d1", "all", 0.5, "", "favor"),), "people have labelled nothing yet"),
        ((("d1", "all", 0.5, "favor", ""),), "the model says nothing about an article that people labelled"),
        ((("d1", "all", 0.5, "favor", "favor"),), "one article alone has no interval"),
    ],
)
def test_what_is_undefined_says_why(rows: tuple[Any, ...], note: str) -> None:
    found = figures(*rows)
    assert found.accuracy.note == note
    assert (found.accuracy.low, found.accuracy.high) == (None, None)
    assert found.accuracy.value in (None, 1.0)


def test_what_is_not_in_the_sample_is_not_counted() -> None:
    found = figures(("d1", "all", 0.5, "favor", "favor"), drawn={"d2": Place("all", 0.5)})
    assert (found.people, found.both) == (0, 0)


def test_a_set_is_right_as_a_whole() -> None:
    sample = {document: Place("all", 0.5) for document in ("d1", "d2", "d3")}
    people = {("k", "d1", None): one("cut"), ("k", "d2", None): one(), ("k", "d3", None): one("cut", "chrome_left")}
    model = {("k", "d1", None): one("cut"), ("k", "d2", None): one(), ("k", "d3", None): one("cut")}
    found = accuracy(PROBLEM, people, model, sample)
    assert found.accuracy.value == pytest.approx(2 / 3)
    assert found.confusion == ()
    cut, left = found.labels[:2]
    assert (cut.precision.value, cut.recall.value) == (1.0, 1.0)
    assert (left.value, left.recall.value, left.precision.value) == ("chrome_left", 0.0, None)


def test_rounds_are_pooled_stratum_by_stratum() -> None:
    def task(document: str, round_: str, stratum: str, chance: float | None, role: str = "normal") -> dict[str, Any]:
        return {
            **{"campaign": "k", "round": round_, "task_key": f"{document} {role}", "document_id": document},
            **{"cluster_id": document, "text_sha256": "", "target": None, "stratum": stratum},
            **{"inclusion_probability": chance, "role": role},
        }

    rows = [
        task("d1", "pilot", "Detak", 0.1),
        task("d2", "main", "Detak", 0.3),
        task("d3", "main", "Nusa", 0.5),
        task("d4", "training", "Detak", 0.2),
        task("d5", "main", "gold", None, "gold"),
        task("d6", "main", "Penuh", 0.8),
        task("d7", "pilot", "Penuh", 0.8),
    ]
    found = places(schema.from_rows("tasks", rows), schema.empty("frame"))
    assert found == {
        "d1": Place("Detak", pytest.approx(0.4)),
        "d2": Place("Detak", pytest.approx(0.4)),
        "d3": Place("Nusa", 0.5),
        "d6": Place("Penuh", 1.0),
        "d7": Place("Penuh", 1.0),
    }


def test_the_frame_tells_the_chance_where_rounds_have_other_strata() -> None:
    def task(document: str, round_: str, stratum: str, chance: float) -> dict[str, Any]:
        return {
            **{"campaign": "k", "round": round_, "task_key": document, "document_id": document, "target": None},
            **{"cluster_id": f"c{document}", "text_sha256": "", "stratum": stratum},
            **{"inclusion_probability": chance, "role": "normal"},
        }

    def could(document: str, round_: str, chance: float) -> dict[str, Any]:
        row = {"campaign": "k", "round": round_, "cluster_id": f"c{document}", "values": [], "draw": 1, "stratum": ""}
        return {**row, "inclusion_probability": chance, "present": True}

    tasks = [task("d1", "pilot", "all", 0.1), task("d2", "main", "Detak", 0.3), task("d3", "main", "Detak", 0.3)]
    frame = [could("d1", "pilot", 0.1), could("d1", "main", 0.25), could("d2", "pilot", 0.1), could("d2", "main", 0.3)]
    frame.append(could("d1", "training", 0.5))
    found = places(schema.from_rows("tasks", tasks), schema.from_rows("frame", frame))
    assert {id_: round(place.chance, 9) for id_, place in found.items()} == {"d1": 0.35, "d2": 0.4, "d3": 0.3}


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    random = np.random.default_rng(7)
    sizes, wanted, skill = {"big": 3000, "small": 300}, {"big": 60, "small": 60}, {"big": 0.9, "small": 0.6}
    right = {name: random.random(size) < skill[name] for name, size in sizes.items()}
    truth = sum(map(np.sum, right.values())) / sum(sizes.values())
    held, plain = 0, []
    for _ in range(400):
        rows = []
        for name, size in sizes.items():
            for i in random.choice(size, wanted[name], replace=False):
                model = "favor" if right[name][i] else "against"
                rows.append((f"{name}{i}", name, wanted[name] / size, "favor", model))
        found = figures(*rows).accuracy
        assert found.value is not None
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
        plain.append(np.mean([row[4] == "favor" for row in rows]))
    assert 0.94 <= held / 400 <= 0.99
    assert abs(np.mean(plain) - truth) > 0.1  # unweighted, it would be about the sample
