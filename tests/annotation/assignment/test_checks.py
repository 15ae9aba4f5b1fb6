"""Gold tasks and probes while tasks are dealt: who gets them, in which place, and that nothing hangs on row order."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import mean
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation.assignment.deal import Dealt, deal
from curation.annotation.assignment.people import Member, People, without
from curation.annotation.assignment.progress import Checked, progress, progress_text
from curation.annotation.assignment.queue import Assignment, Unit, handed_out, own_order, rows_of, units_of
from curation.annotation.codebook import shipped
from curation.annotation.sampling.probes import originals
from tests.annotation.assignment.conftest import START, annotations, answer, gold, people, probed, tasks

NOTHING = schema.empty("assignments")
WHO = people(a01=6, a02=6, a03=6, a04=3)


def dealt(
    units: pa.Table, who: People = WHO, table: pa.Table = NOTHING, said: Any = (), day: int = 0, **options: Any
) -> Dealt:
    at = START + timedelta(days=day)
    return deal(units, table, annotations(said), who, shipped("stance"), wanted={"main": 2}, at=at, **options)


def holders(table: pa.Table, *states: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in table.to_pylist():
        if row["state"] in (states or ("waiting", "open", "answered")):
            found[row["task_key"]].add(row["annotator"])
    return found


def queue(units: pa.Table, table: pa.Table, name: str, seed: int = 1) -> list[str]:
    """The keys of an annotator's tasks in the order of portions, and within each of their file."""
    rows = [row for row in rows_of(table) if row.annotator == name and row.state != "withdrawn"]
    of = units_of(units, rows_of(table))
    made = []
    for portion in sorted({row.portion or 0 for row in rows}):
        made += own_order([of[row.task_key] for row in rows if (row.portion or 0) == portion], name, seed)
    return [unit.task_key for unit in made]


@given(st.integers(1, 40), st.integers(0, 6), st.integers(0, 6), st.integers(1, 3), st.integers(1, 4), st.randoms())
@settings(deadline=None, max_examples=40)
def test_gold_is_for_all_probes_for_who_has_the_original(
    n_documents: int, n_gold: int, n_probes: int, n_targets: int, seed: int, random: Any
) -> None:
    units = probed(pa.concat_tables([tasks(n_documents, n_targets), gold(n_gold)]), n_probes)
    made = dealt(units, seed=seed, portion=5)
    has = holders(made.assignments)
    roles = dict(zip(units["task_key"].to_pylist(), units["role"].to_pylist(), strict=True))
    for key, role in roles.items():
        if role == "normal":
            assert len(has[key]) == 2
        elif role == "gold":
            assert has[key] == {"a01", "a02", "a03", "a04"}
        else:
            assert has[key] == has[originals(units)[key]]
    assert (made.short, made.unanswerable) == ((), ())
    for row in made.assignments.to_pylist():
        assert row["wanted"] == len(has[row["task_key"]])
    # rows in any order, and to deal again, change nothing
    order = list(range(units.num_rows))
    random.shuffle(order)
    assert dealt(units.take(order), seed=seed, portion=5) == made
    places = list(range(made.assignments.num_rows))
    random.shuffle(places)
    again = dealt(units, table=made.assignments.take(places), seed=seed, portion=5)
    assert again.assignments == made.assignments
    assert (again.given, again.taken_back) == (0, 0)


@pytest.mark.parametrize("portion", [None, 25, 7])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_probe_comes_long_after_its_original(portion: int | None, seed: int) -> None:
    units = probed(pa.concat_tables([tasks(150), gold(10)]), 12)
    table, said = NOTHING, []
    for day in range(200):
        table = dealt(units, table=table, said=said, day=day, portion=portion, seed=seed).assignments
        new = [row for row in table.to_pylist() if row["state"] == "open"]
        if not new:
            break
        # some are quick, and some have a few tasks left when they get more
        said += [answer(row["task_key"], row["annotator"], "favor", 24 * day + 1) for row in new[: len(new) // 2 + 2]]
    assert Counter(row["state"] for row in table.to_pylist()) == {"answered": table.num_rows}
    pairs = originals(units)
    n_pairs = n_far = 0
    for name in ("a01", "a02", "a03", "a04"):
        places = {key: place for place, key in enumerate(queue(units, table, name, seed))}
        for probe, original in pairs.items():
            assert (probe in places) == (original in places)
            if probe in places:
                n_pairs += 1
                assert places[probe] - places[original] > 20
                # by far, mostly: the one in the first third of what is left, the other in the last
                n_far += places[probe] - places[original] > len(places) / 4
    assert n_pairs == 24
    assert n_far >= 20


def test_what_was_handed_out_since_counts_as_well() -> None:
    others = [Unit(f"t{n}", f"d{n}") for n in range(40)]
    places = {}
    for since in (0, 15, 30):
        probes = [Unit(f"p{n}", f"x{n}", "probe", 0, "o", "d-original", since) for n in range(5)]
        order = own_order([*others[:12], *probes], "a01", 1)
        places[since] = min(order.index(probe) for probe in probes)
    # 12 tasks are too few after 0, and more than enough after 15
    assert places[0] == 12
    assert places[15] < 12
    order = own_order([*others, *probes[:0], Unit("p", "x", "probe", 0, "o", "d-original", 0)], "a01", 1)
    assert [unit.task_key for unit in order].index("p") >= 20


@pytest.mark.parametrize(("n_since", "may_be_next"), [(5, False), (18, True)])
def test_a_portion_is_not_filled_with_a_probe_too_soon(n_since: int, may_be_next: bool) -> None:
    units = {f"t{n}": Unit(f"t{n}", f"d{n}") for n in range(12 + n_since)}
    units |= {"o": Unit("o", "d-original"), "p": Unit("p", "x", "probe", 0, "o", "d-original")}
    row = Assignment("sikap", "main", "o", "a01", "1.0", 1, "answered", 1, None, None, START)
    queues = {("o", "a01"): row}
    for n in range(12 + n_since):
        state, portion = ("answered", 2) if n >= 12 else ("waiting", None)
        queues[f"t{n}", "a01"] = row._replace(task_key=f"t{n}", state=state, portion=portion)  # type: ignore[arg-type]
    queues["p", "a01"] = row._replace(task_key="p", state="waiting", portion=None)
    states = {handed_out(queues, units, people(a01=6), 12, seed)["p", "a01"].state for seed in range(20)}
    assert ("open" in states) == may_be_next


def test_an_answer_that_nobody_was_asked_for_takes_nothing_from_others() -> None:
    units = gold(3)
    table = dealt(units).assignments
    key = units["task_key"][0].as_py()
    made = dealt(units, table=table, said=[answer(key, "a09", "favor", 1)], day=1)
    assert (made.given, made.taken_back) == (0, 0)
    assert holders(made.assignments)[key] == {"a01", "a02", "a03", "a04", "a09"}


def test_in_a_short_queue_a_probe_is_at_the_end() -> None:
    units = probed(tasks(8), 2)
    table = dealt(units, people(a01=6, a02=6)).assignments
    order = queue(units, table, "a01")
    assert set(order[-2:]) == set(originals(units))


def test_gold_lies_anywhere() -> None:
    units = pa.concat_tables([tasks(200), gold(20)])
    key = set(gold(20)["task_key"].to_pylist())
    orders = {}
    for name in ("a01", "a02", "a03"):
        order = queue(units, dealt(units).assignments, name)
        places = orders[name] = [place / len(order) for place, task in enumerate(order) if task in key]
        assert 0.3 < mean(places) < 0.7
        assert max(places) > 0.75
        assert min(places) < 0.25
    assert len(set(map(tuple, orders.values()))) == 3


def test_who_joins_gets_gold_and_who_leaves_has_none_left() -> None:
    units = pa.concat_tables([tasks(20), gold(4), gold(3, "training", first=3000)])
    first = deal(
        gold(3, "training", first=3000), NOTHING, annotations([]), WHO, shipped("stance"),
        wanted={"training": 1}, at=START,
    )  # fmt: skip
    said = [answer(row["task_key"], row["annotator"], "favor", 1, round_="training")
            for row in first.assignments.to_pylist()]  # fmt: skip
    table = dealt(units, table=first.assignments, said=said, day=1, portion=4).assignments
    known = {row["task_key"] for row in units.to_pylist() if row["role"] == "gold"}
    who = (*without(WHO, "a01", (START + timedelta(days=1)).date()), Member("a09", 6))
    later = dealt(units, who, table, said, day=2, portion=4, move_open=True).assignments
    has = holders(later)
    assert all(has[key] >= {"a02", "a03", "a04", "a09"} for key in known)
    assert not any("a01" in holders(later, "waiting", "open")[key] for key in known)
    # who comes late is trained first
    rounds = {row["task_key"]: row["round"] for row in later.to_pylist()}
    opened = [rounds[key] for key in queue(units, later, "a09") if "a09" in holders(later, "open")[key]]
    assert opened[:3] == ["training"] * 3
    # a skipped gold task is asked of nobody else, and is neither short nor unanswerable
    skips = [answer(key, name, None, 60) for key in sorted(known)[:1] for name in ("a02", "a03", "a04", "a09")]
    rest = [row for row in said if row["task_key"] != sorted(known)[0]]
    last = dealt(units, who, later, [*rest, *skips], day=3, portion=4)
    assert sorted(known)[0] not in (*last.short, *last.unanswerable)


def test_a_probe_follows_who_answers_the_original() -> None:
    units = probed(tasks(30), 3)
    table = dealt(units).assignments
    probe, original = next(iter(originals(units).items()))
    one, other = sorted(holders(table)[original])
    said = [answer(original, one, "favor", 1), answer(probe, one, "favor", 2), answer(original, other, None, 1)]
    later = dealt(units, table=table, said=said, day=1).assignments
    (third,) = holders(later, "open", "waiting")[original]
    assert third not in (one, other)
    assert holders(later)[probe] == {one, third}
    assert holders(later, "withdrawn")[probe] == {other}
    # more answers are wanted: whoever gives them has the probe, too
    three = deal(
        units, later, annotations(said), WHO, shipped("stance"), wanted={"main": 3}, at=START + timedelta(days=2)
    ).assignments
    assert holders(three)[probe] == holders(three)[original]
    assert len(holders(three)[probe]) == 3


def test_status_counts_them_apart() -> None:
    units = probed(pa.concat_tables([tasks(10), gold(2)]), 1)
    roles = dict(zip(units["task_key"].to_pylist(), units["role"].to_pylist(), strict=True))
    table = dealt(units).assignments
    said = [answer(row["task_key"], row["annotator"], "favor", 1) for row in table.to_pylist()
            if roles[row["task_key"]] != "normal"]  # fmt: skip
    checked = {"a01": Checked(gold_right=1, gold=2)}
    found = progress(
        table, annotations(said), WHO, shipped("stance"), START + timedelta(days=1), roles=roles, checked=checked
    )
    (main,) = found.rounds
    assert (main.tasks, main.wanted, main.answered, main.pending, main.finished, main.short) == (10, 2, 0, 20, 0, 0)
    assert (main.checks_answered, main.checks) == (10, 10)
    text = progress_text(found)
    assert "main: besides, 10 of 10 answers to gold tasks and probes" in text
    assert "50% of 2" in text
    assert found.queues[0].row["gold_right"] == 1
    plain = progress_text(progress(table, annotations([]), WHO, shipped("stance"), START))
    assert "gold right" not in plain
