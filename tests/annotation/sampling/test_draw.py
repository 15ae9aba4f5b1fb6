from __future__ import annotations

import math
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from curation.annotation.sampling.draw import draw, in_order, shares

outlets = st.dictionaries(st.text("abcdef0123456789", min_size=4, max_size=8), st.sampled_from("DKNP"), min_size=1)


@given(outlets, st.integers(1, 60), st.integers(0, 3))
def test_the_sample_has_its_size_and_true_probabilities(outlets: dict[str, str], n: int, seed: int) -> None:
    drawn = draw(outlets, n, seed)
    assert len(drawn) == min(n, len(outlets))
    assert drawn == draw(dict(reversed(outlets.items())), n, seed)
    # Horvitz-Thompson: the weights of the drawn add up to the population
    assert math.isclose(sum(1 / p for _, p in drawn.values()), len(outlets))
    if n >= len(set(outlets.values())):
        assert {stratum for stratum, _ in drawn.values()} == set(outlets.values())


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 500), min_size=1), st.integers(1, 9), st.data())
def test_shares_fit_their_strata(sizes: dict[str, int], least: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(len(sizes), sum(sizes.values())))
    found = shares(Counter(sizes), n, least)
    assert sum(found.values()) == n
    assert all(1 <= found[name] <= size for name, size in sizes.items())
    if n >= least * len(sizes):
        assert all(found[name] >= min(least, size) for name, size in sizes.items())


def test_every_article_is_as_likely_as_it_says() -> None:
    outlets = {f"{i:04d}": "D" if i % 4 else "N" for i in range(40)}
    times = Counter(id_ for seed in range(1000) for id_ in draw(outlets, 10, seed))
    stated = dict(draw(outlets, 10, 0).values())
    for id_, outlet in outlets.items():
        assert abs(times[id_] / 1000 - stated[outlet]) < 0.06  # four standard errors


def test_too_few_for_every_stratum() -> None:
    assert shares(Counter({"Detak": 80, "Nusakabar": 18, "Pesisir": 2}), 2) == {
        "Detak": 2,
        "Nusakabar": 0,
        "Pesisir": 0,
    }


def test_orders_do_not_know_each_other() -> None:
    ids = [f"{i:03d}" for i in range(200)]
    one, other = in_order(ids, 1), in_order(ids, 1, "pilot")
    assert one == in_order(reversed(ids), 1)
    assert 35 <= len(set(one[:100]) & set(other[:100])) <= 65  # half, as chance has it
