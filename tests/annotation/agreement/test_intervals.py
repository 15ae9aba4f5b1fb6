"""The bootstrap: the same samples by both ways of drawing, the right width, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from curation.annotation.agreement.estimate import estimates, interval, samples
from curation.annotation.agreement.nominal import AC1, ALPHA, PERCENT, cohen, fleiss
from curation.annotation.agreement.votes import Votes, votes


def simulated(seed: int, units: int = 300, people: int = 3) -> Votes:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, units)
    given = np.where(random.random((units, people)) < 0.7, truth[:, None], random.integers(0, 3, (units, people)))
    unit, who = np.divmod(np.arange(units * people), people)
    return votes(unit, who, given.ravel(), ("x", "y", "z"), tuple(f"a{n}" for n in range(people)))


ALL = [PERCENT, ALPHA, fleiss(3), AC1, cohen(3)]


def test_both_ways_of_drawing_have_mean_and_spread_of_a_bootstrap() -> None:
    few, many = np.array([60, 140]), np.ones(200, np.int64)
    drawn = np.concatenate(list(samples(few, 4000, 1, 1)))
    assert (drawn.sum(axis=1) == 200).all()
    assert drawn[:, 0].mean() == pytest.approx(60, abs=0.5)
    assert drawn[:, 0].var() == pytest.approx(200 * 0.3 * 0.7, rel=0.1)
    single = np.concatenate(list(samples(many, 4000, 1, 1)))
    assert (single.sum(axis=1) == 200).all()
    assert single[:, :60].sum(axis=1).var() == pytest.approx(200 * 0.3 * 0.7, rel=0.1)


def test_intervals_are_those_of_units_drawn_one_by_one() -> None:
    given = simulated(3)
    made = {e.coefficient: e for e in estimates(given, ALL, resamples=2000, seed=1)}
    random = np.random.default_rng(7)
    drawn: dict[str, list[float]] = {name: [] for name in made}
    matrix = given.value.reshape(300, 3)
    unit, who = np.divmod(np.arange(900), 3)
    for _ in range(300):
        again = matrix[random.integers(0, 300, 300)]
        for e in estimates(votes(unit, who, again.ravel(), given.values, given.annotators), ALL, resamples=0):
            assert e.value is not None
            drawn[e.coefficient].append(e.value)
    for name, values in drawn.items():
        low, high, _ = interval(np.array(values))
        assert low is not None
        assert high is not None
        assert (made[name].low, made[name].high) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.02)), name


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    """Agreement of two annotators who agree on each unit with chance 0.8; 95 % of the intervals shall hold 0.8."""
    random = np.random.default_rng(11)
    held = 0
    for n in range(300):
        same = random.random(150) < 0.8
        unit, who = np.divmod(np.arange(300), 2)
        value = np.stack([np.zeros(150), ~same], axis=1).astype(int)
        row = estimates(votes(unit, who, value.ravel(), ("x", "y"), ("a", "b")), [PERCENT], resamples=300, seed=n)[0]
        assert row.low is not None
        assert row.high is not None
        held += row.low <= 0.8 <= row.high
    assert 0.90 <= held / 300 <= 0.985


def test_the_seed_decides() -> None:
    given = simulated(5)
    once = estimates(given, ALL, resamples=100, seed=1)
    assert once == estimates(given, ALL, resamples=100, seed=1)
    assert once != estimates(given, ALL, resamples=100, seed=2)


def test_blocks_of_samples_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = simulated(9)
    whole = estimates(given, ALL, resamples=100)
    monkeypatch.setattr("curation.annotation.agreement.estimate.BLOCK", 300)
    assert estimates(given, ALL, resamples=100) == whole


def test_without_samples_there_is_no_interval() -> None:
    assert all(e.low is e.high is None and e.value is not None for e in estimates(simulated(2), ALL, resamples=0))
