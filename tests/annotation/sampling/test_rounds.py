"""Chances of rounds: what is recorded is how often it happens, whatever came, left or was drawn before."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

import numpy as np
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation.sampling.draw import draw
from curation.annotation.sampling.rounds import Article, draw_round
from curation.config import Sample
from curation.errors import UsageError

SEEDS = 400


class Life:
    """The draws of a campaign."""

    def __init__(self, seed: int = 1, by: tuple[str, ...] = ("outlet",)) -> None:
        self.seed, self.by = seed, by
        self.frame = schema.empty("frame")
        self.rounds: dict[str, str] = {}
        self.pooled = False

    def draw(
        self,
        articles: Mapping[str, tuple[str, ...]],
        more: int | None,
        round_: str = "main",
        quota: Mapping[str, int] | None = None,
        least: int = 1,
    ) -> frozenset[str]:
        by = ("outlet", "month", "section")[: len(next(iter(articles.values())))]
        made = draw_round(
            self.frame,
            {key: Article(f"d{key}", values) for key, values in articles.items()},
            self.rounds,
            campaign="c",
            round_=round_,
            more=more,
            seed=self.seed,
            settings=Sample(by=by, quota=dict(quota or {}), least=least),
        )
        self.frame, self.pooled = made.frame, made.is_pooled
        self.rounds |= dict.fromkeys(made.new, round_)
        return made.new

    def chances(self, round_: str = "main") -> dict[str, float]:
        rows = self.frame.to_pylist()
        return {row["cluster_id"]: row["inclusion_probability"] for row in rows if row["round"] == round_}

    def picks(self, round_: str = "main") -> set[str]:
        return {cluster for cluster, of in self.rounds.items() if of == round_}

    def total(self, of: Callable[[str], float], round_: str = "main") -> float:
        """Horvitz and Thompson's estimate of a sum over all articles."""
        chances = self.chances(round_)
        return sum(of(cluster) / chances[cluster] for cluster in self.picks(round_))


def articles(start: int, **counts: int) -> dict[str, tuple[str, ...]]:
    names = [name for name, count in counts.items() for _ in range(count)]
    return {f"{start + i:05d}": (name,) for i, name in enumerate(names)}


def value(cluster: str) -> float:
    return float(int(cluster) % 7 + 1)


OLD = articles(0, Detak=30, Pesisir=9, Nusa=3)
NEW = OLD | articles(100, Detak=12, Pesisir=20, Kabar=5)


def grown(life: Life) -> None:
    """The corpus grows between two draws."""
    life.draw(OLD, 9)
    life.draw(NEW, 12)


def with_quota(life: Life) -> None:
    """As above, with a quota that takes from what is frequent and gives to what is rare."""
    life.draw(OLD, 9, quota={"outlet:Pesisir": 5})
    life.draw(NEW, 15, quota={"outlet:Pesisir": 12})


def pooled(life: Life) -> None:
    """Strata are too many at first, and what comes later is too little for strata of its own."""
    life.draw(OLD, 2)
    life.draw(NEW, 2)


def shrunk(life: Life) -> None:
    """Some articles leave, drawn ones among them, others come."""
    life.draw(OLD, 12)
    life.draw({key: values for key, values in NEW.items() if int(key) % 5}, 10)


def after_a_pilot(life: Life) -> None:
    """The pilot took some; main is drawn from the rest, and then from more."""
    life.draw(OLD, 8, "pilot")
    life.draw(OLD, 9)
    life.draw(NEW, 12)


@pytest.mark.parametrize("history", [grown, with_quota, pooled, after_a_pilot], ids=lambda one: one.__name__)
def test_every_article_is_drawn_as_often_as_is_recorded(history: Callable[[Life], None]) -> None:
    times: Counter[str] = Counter()
    recorded: dict[str, set[float]] = defaultdict(set)
    for seed in range(SEEDS):
        history(life := Life(seed))
        times.update(life.picks())
        for cluster, chance in life.chances().items():
            recorded[cluster].add(round(chance, 12))
    for cluster in NEW:
        (chance,) = recorded[cluster]  # not a matter of chance itself
        assert 0 < chance <= 1
        assert abs(times[cluster] / SEEDS - chance) <= 4.5 * math.sqrt(chance * (1 - chance) / SEEDS), cluster


@pytest.mark.parametrize(
    ("history", "frame"),
    [(grown, NEW), (with_quota, NEW), (pooled, NEW), (after_a_pilot, NEW)],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_weights_add_up_and_sums_are_met(history: Callable[[Life], None], frame: Mapping[str, object]) -> None:
    sums = []
    for seed in range(SEEDS):
        history(life := Life(seed))
        if history is not after_a_pilot:  # with another round's strata they do so on average
            assert math.isclose(life.total(lambda _: 1.0), len(frame))
        sums.append(life.total(value))
    truth = sum(map(value, frame))
    assert abs(np.mean(sums) - truth) <= 4.5 * np.std(sums) / math.sqrt(SEEDS)


def test_what_left_is_counted_no_more_and_keeps_its_chance() -> None:
    left = {key for key in OLD if int(key) % 5 == 0}
    now = {key for key in NEW if int(key) % 5}
    times, drawn = Counter[str](), 0
    sums = []
    for seed in range(SEEDS):
        life = Life(seed)
        life.draw(OLD, 12)
        before = life.chances()
        shrunk(again := Life(seed))
        assert {key: again.chances()[key] for key in left} == {key: before[key] for key in left}
        there = again.picks() - left
        assert math.isclose(sum(1 / again.chances()[key] for key in there), len(now))
        sums.append(sum(value(key) / again.chances()[key] for key in there))
        times.update(there)
        drawn += len(again.picks() & left)
    assert drawn, "some drawn ones must have left"
    assert abs(np.mean(sums) - sum(map(value, now))) <= 4.5 * np.std(sums) / math.sqrt(SEEDS)


def test_a_round_with_other_strata_after_more_came_and_a_third_between() -> None:
    """Chances are products then; sums are met all the same."""
    by_month = {key: (outlet, f"2026-0{1 + int(key) % 3}") for key, (outlet,) in NEW.items()}
    sums: dict[str, list[float]] = defaultdict(list)
    reached: dict[str, set[str]] = defaultdict(set)
    for seed in range(SEEDS):
        life = Life(seed)
        life.draw(OLD, 8, "pilot")
        life.draw(by_month, 20)
        life.draw(NEW, 8, "extra")
        life.draw(by_month, 6)
        for round_ in ("pilot", "main", "extra"):
            sums[round_].append(life.total(value, round_))
            reached[round_] |= life.picks(round_)
    assert (reached["pilot"], reached["main"]) == (OLD.keys(), NEW.keys())
    cells = Counter(by_month.values())  # main takes for certain what is alone in its stratum, unless the pilot did
    assert reached["extra"] == {key for key, cell in by_month.items() if cells[cell] > 1}
    for round_, found in sums.items():
        truth = sum(map(value, reached[round_]))
        assert abs(np.mean(found) - truth) <= 4.5 * np.std(found) / math.sqrt(SEEDS), round_


def test_rounds_of_the_same_strata_share_an_article_out() -> None:
    life = Life()
    for round_, more in (("pilot", 5), ("main", 10), ("extra", 5)):
        life.draw(OLD, more, round_)
    life.draw(OLD, 4)
    sizes = Counter(outlet for (outlet,) in OLD.values())
    for round_ in ("pilot", "main", "extra"):
        drawn = Counter(OLD[cluster][0] for cluster in life.picks(round_))
        for cluster, (outlet,) in OLD.items():
            if round_ == "main" or life.rounds.get(cluster) == round_:
                assert math.isclose(life.chances(round_)[cluster], drawn[outlet] / sizes[outlet])
    assert len(life.rounds) == 24


frames = st.lists(st.dictionaries(st.integers(0, 60), st.sampled_from("DKNP"), min_size=1), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(
    frames,
    st.lists(st.integers(1, 25), min_size=4, max_size=4),
    st.lists(st.sampled_from("pm"), min_size=4),
    st.integers(0, 3),
)
def test_whatever_comes_and_goes(seen: list[dict[int, str]], sizes: list[int], rounds: list[str], seed: int) -> None:
    life = Life(seed)
    outlets: dict[int, str] = {}
    for frame, more, round_ in zip(seen, sizes, rounds, strict=False):
        outlets = frame | {key: outlets[key] for key in frame.keys() & outlets.keys()}  # no outlet is renamed
        now = {f"{key:05d}": (outlet,) for key, outlet in outlets.items()}
        before = dict(life.rounds)
        state = (life.frame, dict(life.rounds))
        new = life.draw(now, more, round_)
        left = [key for key in now if key not in before]
        assert len(new) == min(more, len(left))  # quotas aside, as many as were asked for
        assert new <= set(left)
        assert life.rounds.items() >= before.items()
        frame_then, (life.frame, life.rounds) = life.frame, state
        life.draw(dict(reversed(now.items())), more, round_)
        assert life.frame.equals(frame_then)
        chances = life.chances(round_)
        assert all(0 < chances[key] <= 1 for key in life.picks(round_) & now.keys())
        if set(life.rounds.values()) == {round_}:
            here = life.frame.filter((pc.field("round") == round_) & pc.field("present"))
            sums: dict[str, float] = defaultdict(float)
            for row in here.to_pylist():
                if row["cluster_id"] in life.rounds:
                    sums[row["stratum"]] += 1 / row["inclusion_probability"]
            for stratum, count in Counter(here["stratum"].to_pylist()).items():
                assert stratum not in sums or math.isclose(sums[stratum], count)


# -- how many of what -------------------------------------------------------------------------------


def test_the_first_draw_of_main_is_that_of_the_seed() -> None:
    life = Life(5)
    life.draw(OLD, 10)
    drawn = draw({f"d{key}": outlet for key, (outlet,) in OLD.items()}, 10, 5)
    assert {f"d{key}" for key in life.picks()} == drawn.keys()
    assert all(math.isclose(life.chances()[id_[1:]], chance) for id_, (_, chance) in drawn.items())


def test_more_of_the_same_is_one_larger_sample() -> None:
    twice, once = Life(), Life()
    twice.draw(OLD, 8)
    twice.draw(OLD, 12)
    once.draw(OLD, 20)
    assert twice.picks() == once.picks()
    assert twice.chances() == once.chances()


def test_a_quota_is_kept_and_the_others_share_the_rest() -> None:
    life = Life()
    life.draw(OLD, 12, quota={"outlet:Pesisir": 6})
    assert Counter(OLD[key][0] for key in life.picks()) == {"Pesisir": 6, "Detak": 5, "Nusa": 1}
    life.draw(NEW, 6, quota={"outlet:Pesisir": 6, "outlet:Kabar": 4})
    assert Counter(NEW[key][0] for key in life.picks()) == {"Pesisir": 6, "Detak": 7, "Nusa": 1, "Kabar": 4}
    every = Life()
    every.draw(OLD, None, quota={"outlet:Detak": 10})
    assert Counter(OLD[key][0] for key in every.picks()) == {"Detak": 10, "Pesisir": 9, "Nusa": 3}


def test_a_quota_of_many_months_pools_them_and_nothing_else() -> None:
    months = {key: (outlet, f"2026-{1 + int(key) % 10:02d}") for key, (outlet,) in OLD.items()}
    life = Life()
    life.draw(months, 25, quota={"outlet:Detak": 3})
    assert life.pooled
    strata = {row["stratum"] for row in life.frame.to_pylist()}
    assert "Detak" in strata
    assert "Pesisir, 2026-01" in strata
    assert "all" not in strata
    assert Counter(OLD[key][0] for key in life.picks())["Detak"] == 3


@pytest.mark.parametrize(
    ("quota", "message"),
    [
        ({"outlet:Pesisr": 3}, "no article of it. Did you mean 'Pesisir'"),
        ({"month:2026-03": 3}, r"'month:2026-03' is not about what is drawn by \(outlet\)"),
        ({"Pesisir": 3}, "Write it as outlet:VALUE"),
        ({"outlet:Pesisir": 9, "outlet:Detak": 9}, "18 articles are drawn, which is more than 12"),
    ],
)
def test_a_quota_that_does_not_fit(quota: dict[str, int], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Life().draw(OLD, 12, quota=quota)


def test_quotas_of_two_kinds() -> None:
    months = {key: (outlet, "2026-03") for key, (outlet,) in OLD.items()}
    with pytest.raises(UsageError, match="quotas of month and outlet can't all be kept"):
        Life().draw(months, 12, quota={"outlet:Detak": 3, "month:2026-03": 5})


def test_a_pick_whose_cluster_was_named_anew_stays_out_of_the_strata() -> None:
    life = Life()
    life.draw(OLD, 5)
    pick = min(life.picks())
    life.rounds["99999"] = life.rounds.pop(pick)
    renamed = {("99999" if key == pick else key): values for key, values in OLD.items()}
    before = life.chances()[pick]
    life.draw(renamed, 5)
    assert "99999" not in life.chances()
    assert life.chances()[pick] == before
    assert len(life.picks()) == 10
