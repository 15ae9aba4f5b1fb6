from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from curation import schema
from curation.annotation.assignment.deal import deal
from curation.annotation.assignment.people import Member
from curation.annotation.assignment.plan import Basis, plan, plan_text
from curation.annotation.assignment.progress import progress, progress_text
from curation.annotation.codebook import shipped
from tests.annotation.assignment.conftest import START, annotations, answer, changed, people, tasks

BOOK = shipped("stance")


def test_what_everybody_skips_is_unanswerable_until_somebody_else_comes() -> None:
    units, who = tasks(3), people(a01=6, a02=6)
    rows = [answer(key, name, None, 1) for key in units["task_key"].to_pylist() for name in ("a01", "a02")]
    rows[0] |= {"question": "stance", "value": "favor", "skipped": False}  # one task has one answer
    said = annotations(rows)
    first = deal(units, schema.empty("assignments"), said, who, BOOK, wanted={"main": 2}, at=START)
    assert len(first.unanswerable) == 2
    assert first.short == (units["task_key"][0].as_py(),)
    found = progress(first.assignments, said, who, BOOK, START + timedelta(days=1))
    assert [(one.finished, one.unanswerable, one.short) for one in found.rounds] == [(0, 2, 1)]
    assert [(queue.answered, queue.skipped) for queue in found.queues] == [(1, 2), (0, 3)]
    more = people(a01=6, a02=6, a03=6, a04=6)
    later = deal(units, first.assignments, said, more, BOOK, wanted={}, at=START + timedelta(days=2))
    assert (later.unanswerable, later.short, later.given) == ((), (), 5)
    # where the guideline changes wholly, they are asked once more
    again = deal(units, first.assignments, said, who, changed("all"), wanted={}, at=START + timedelta(days=2))
    assert (again.unanswerable, again.short) == ((), ())
    assert sum(row["state"] == "open" for row in again.assignments.to_pylist()) == 6


def test_pace_idleness_and_forecast() -> None:
    units, who = tasks(60), people(a01=6, a02=6, a03=6)
    made = deal(units, schema.empty("assignments"), annotations([]), who, BOOK, wanted={"main": 1}, at=START)
    own = {
        name: [r["task_key"] for r in made.assignments.to_pylist() if r["annotator"] == name] for name in ("a01", "a02")
    }
    # a01 ten in the first week and none since; a02 one a day to this day
    rows = [answer(key, "a01", "favor", 12 * i) for i, key in enumerate(own["a01"][:10])]
    rows += [answer(key, "a02", "favor", 24 * i) for i, key in enumerate(own["a02"][:14])]
    at = START + timedelta(days=13, hours=1)
    found = progress(made.assignments, annotations(rows), who, BOOK, at)
    one, two, three = found.queues
    assert (one.answered, one.open, one.idle, one.last_answer) == (10, 10, 8, date(2026, 3, 6))
    assert (two.answered, two.open, two.idle, two.seconds) == (14, 6, None, 30.0)
    assert two.pace == pytest.approx(7.5, abs=0.1)
    assert two.forecast == at.date() + timedelta(days=6)
    assert (three.idle, three.forecast, three.pace) == (13, None, 0.0)
    assert found.forecast is None
    text = progress_text(found)
    assert "idle for 8 days" in text
    assert "When all is done can't be told yet." in text
    everybody = rows + [answer(key, "a03", "favor", 1) for key in units["task_key"].to_pylist()]
    strays = progress(made.assignments, annotations(everybody), who, BOOK, at).strays
    assert strays == 40


def test_touched_answers_are_told_until_they_are_asked_again() -> None:
    units, who = tasks(4), people(a01=6)
    said = annotations([answer(key, "a01", "neutral", 1) for key in units["task_key"].to_pylist()])
    made = deal(units, schema.empty("assignments"), said, who, BOOK, wanted={"main": 1}, at=START)
    book = changed("labels", "neutral")
    assert progress(made.assignments, said, who, book, START).touched == 4
    again = deal(units, made.assignments, said, who, book, wanted={}, at=START)
    assert progress(again.assignments, said, who, book, START).touched == 0


# -- plan -----------------------------------------------------------------------------------------


def test_a_plan_adds_up() -> None:
    who = (Member("a01", 7), Member("a02", 7, until=date(2026, 3, 4)), Member("a03", 7, since=date(2026, 3, 6)))
    # one hour a day each: 3 days of two people, one day of one, then two again
    made = plan(100, 3, who, Basis(36.0), date(2026, 3, 2), rate=10.0)
    assert (made.hours, made.cost, made.end) == (3.0, 30.0, date(2026, 3, 3))
    assert plan(300, 3, who, Basis(36.0), date(2026, 3, 2)).end == date(2026, 3, 6)
    assert plan(10, 3, (), Basis(36.0), date(2026, 3, 2)).end is None
    assert made.share_half == pytest.approx(0.0962, abs=1e-4)
    text = plan_text([made], 3, Basis(36.0), 100)
    assert "supposed: 36 s an answer, alpha 0.6" in text


@pytest.mark.parametrize(("alpha", "values"), [(0.6, 2), (0.6, 4), (0.8, 3)])
def test_the_supposed_interval_is_that_of_two_annotators(alpha: float, values: int) -> None:
    """Against alpha itself, of 2,000 simulated rounds of 300 tasks."""
    random = np.random.default_rng(1)
    n, agree = 300, 1 - (1 - alpha) * (1 - 1 / values)
    first = random.integers(values, size=(2000, n))
    other = (first + random.integers(1, values, size=first.shape)) % values
    second = np.where(random.random(first.shape) < agree, first, other)
    counts = sum(np.stack([(votes == k).sum(axis=1) for k in range(values)], axis=1) for votes in (first, second))
    observed = (first != second).mean(axis=1)
    expected = (counts * (2 * n - counts)).sum(axis=1) / (2 * n * (2 * n - 1))
    spread = np.std(1 - observed / expected)
    assert Basis(90, alpha, values=values).half_width(n) == pytest.approx(1.96 * spread, rel=0.06)
