"""Dealing: everybody gets a fair share, and whatever happens every task ends with its answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curation import schema
from curation.annotation.assignment.deal import Dealt, deal, one_round_each
from curation.annotation.assignment.people import Member, People
from curation.annotation.assignment.shares import fair_shares
from curation.annotation.codebook import Codebook, shipped
from tests.annotation.assignment.conftest import START, annotations, answer, changed, people, tasks

NOTHING = schema.empty("assignments")


def dealt(units: pa.Table, who: People, n: int = 3, **options: object) -> Dealt:
    return deal(units, NOTHING, annotations([]), who, shipped("stance"), wanted={"main": n}, at=START, **options)  # type: ignore[arg-type]


def loads(table: pa.Table, *states: str) -> Counter[str]:
    wanted = states or ("waiting", "open")
    return Counter(row["annotator"] for row in table.to_pylist() if row["state"] in wanted)


def having(table: pa.Table) -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in table.to_pylist():
        found[row["task_key"]].append(row["annotator"])
    return found


HOURS = st.lists(st.sampled_from([1.0, 2.0, 3.5, 6.0, 10.0, 20.0]), min_size=1, max_size=8)


@given(HOURS, st.integers(1, 40), st.integers(1, 4), st.integers(1, 5))
@settings(deadline=None)
def test_shares_are_exact_and_all_different(hours: list[float], n_documents: int, n: int, seed: int) -> None:
    assume(n <= len(hours))
    who = people(**{f"a{i:02d}": share for i, share in enumerate(hours)})
    made = dealt(tasks(n_documents), who, n, seed=seed)
    assert (made.short, made.unanswerable) == ((), ())
    assert all(len(set(names)) == len(names) == n for names in having(made.assignments).values())
    assert len(having(made.assignments)) == n_documents
    share = fair_shares(
        n * n_documents, {m.annotator: m.hours for m in who}, dict.fromkeys(dict(loads_of(who)), n_documents)
    )
    assert dict(loads(made.assignments)) == {name: count for name, count in share.items() if count}
    # in proportion: by less than one task, but for who would have to answer a task twice
    total, free = n * n_documents, [m for m in who if share[m.annotator] < n_documents]
    rest = total - sum(share[m.annotator] for m in who if m not in free)
    for member in free:
        assert abs(share[member.annotator] - rest * member.hours / sum(m.hours for m in free)) < 1


def loads_of(who: People) -> list[tuple[str, float]]:
    return [(member.annotator, member.hours) for member in who]


@given(HOURS, st.integers(5, 30), st.integers(2, 3), st.integers(1, 3))
@settings(deadline=None)
def test_an_article_is_read_by_as_few_as_can_be(hours: list[float], n_documents: int, n_targets: int, n: int) -> None:
    assume(n <= len(hours))
    units = tasks(n_documents, n_targets)
    made = dealt(units, people(**{f"a{i:02d}": share for i, share in enumerate(hours)}), n)
    readers = defaultdict(set)
    document = dict(zip(units["task_key"].to_pylist(), units["document_id"].to_pylist(), strict=True))
    for row in made.assignments.to_pylist():
        readers[document[row["task_key"]]].add(row["annotator"])
    assert {len(names) for names in readers.values()} == {n}


def test_everybody_works_with_everybody() -> None:
    made = dealt(tasks(200), people(a01=6, a02=6, a03=6, a04=6, a05=6, a06=6), 2)
    pairs = Counter(tuple(names) for names in having(made.assignments).values())
    assert len(pairs) == 15
    # 13.3 each; the standard deviation of a fair draw is 3.5
    assert max(pairs.values()) <= 13.3 + 4 * 3.5


def test_the_same_tables_give_the_same_queues_in_any_order() -> None:
    units = tasks(30, 2)
    who = people(a01=6, a02=3, a03=8, a04=2)
    first = dealt(units, who)
    again = dealt(units.take(list(reversed(range(units.num_rows)))), tuple(reversed(who)))
    assert first.assignments == again.assignments
    assert first.assignments != dealt(units, who, seed=2).assignments
    twice = deal(units, first.assignments, annotations([]), who, shipped("stance"), wanted={"main": 3}, at=START)
    assert twice.assignments == first.assignments
    assert (twice.given, twice.taken_back) == (0, 0)


def test_a_portion_is_filled_up_and_no_more() -> None:
    units, who = tasks(60), people(a01=6, a02=6, a03=3)
    first = dealt(units, who, 2, portion=10)
    assert loads(first.assignments, "open") == {"a01": 10, "a02": 10, "a03": 5}
    options = {"wanted": {"main": 2}, "at": START + timedelta(days=7), "portion": 10}
    same = deal(units, first.assignments, annotations([]), who, shipped("stance"), **options)  # type: ignore[arg-type]
    assert same.assignments == first.assignments
    done = [
        row["task_key"] for row in first.assignments.to_pylist() if row["annotator"] == "a01" and row["state"] == "open"
    ]
    answers = annotations([answer(key, "a01", "favor", 1) for key in done[:7]])
    more = deal(units, first.assignments, answers, who, shipped("stance"), **options)  # type: ignore[arg-type]
    assert loads(more.assignments, "open") == {"a01": 10, "a02": 10, "a03": 5}
    new = [row for row in more.assignments.to_pylist() if row["portion"] == 2]
    assert {row["annotator"] for row in new} == {"a01"}
    assert len(new) == 7


def test_articles_stay_whole_in_a_portion() -> None:
    units = tasks(20, 3)
    made = dealt(units, people(a01=6, a02=6), 1, portion=10)
    document = dict(zip(units["task_key"].to_pylist(), units["document_id"].to_pylist(), strict=True))
    opened = Counter(document[row["task_key"]] for row in made.assignments.to_pylist() if row["state"] == "open")
    assert set(opened.values()) == {3}
    assert loads(made.assignments, "open") == {"a01": 12, "a02": 12}


def test_who_is_not_there_gets_nothing() -> None:
    who = (Member("a01", 6), Member("a02", 6, since=date(2026, 3, 9)), Member("a03", 6, until=date(2026, 3, 1)))
    made = dealt(tasks(10), who, 2)
    assert loads(made.assignments) == {"a01": 10}
    assert len(made.short) == 10
    later = deal(
        tasks(10), made.assignments, annotations([]), who, shipped("stance"), wanted={}, at=START + timedelta(days=7)
    )
    assert loads(later.assignments) == {"a01": 10, "a02": 10}
    assert later.short == ()


def test_a_task_of_two_rounds_stays_in_the_first() -> None:
    pilot, main = tasks(10, round_="pilot"), tasks(40)
    first = deal(
        pilot, NOTHING, annotations([]), people(a01=6, a02=6), shipped("stance"), wanted={"pilot": 2}, at=START
    )
    both = one_round_each(pa.concat_tables([main, pilot]), first.assignments)
    assert both.num_rows == 40
    made = deal(
        both, first.assignments, annotations([]), people(a01=6, a02=6), shipped("stance"), wanted={"main": 2}, at=START
    )
    assert Counter(row["round"] for row in made.assignments.to_pylist()) == {"pilot": 20, "main": 60}
    assert all(len(set(names)) == len(names) == 2 for names in having(made.assignments).values())


def test_fewer_or_more_answers_may_be_wanted_later() -> None:
    units, who = tasks(20), people(a01=6, a02=6, a03=6)
    two = dealt(units, who, 2, portion=5)
    three = deal(units, two.assignments, annotations([]), who, shipped("stance"), wanted={"main": 3}, at=START)
    assert loads(three.assignments).total() == 60
    one = deal(units, two.assignments, annotations([]), who, shipped("stance"), wanted={"main": 1}, at=START)
    assert loads(one.assignments).total() == 20
    # what was handed out is rather kept
    assert loads(one.assignments, "withdrawn").total() <= loads(two.assignments, "open").total() - 10


@pytest.mark.parametrize(
    ("book", "again"),
    [(changed("none"), 0), (changed("labels", "neutral"), 4), (changed("all"), 12)],
)
def test_a_change_asks_again_what_it_says(book: Codebook, again: int) -> None:
    units, who = tasks(4), people(a01=6, a02=6, a03=6)
    first = dealt(units, who)
    values = {"a01": "favor", "a02": "neutral", "a03": "against"}
    answers = annotations(
        [
            answer(row["task_key"], row["annotator"], values[row["annotator"]], 1)
            for row in first.assignments.to_pylist()
        ]
    )
    made = deal(units, first.assignments, answers, who, book, wanted={}, at=START + timedelta(days=1))
    assert (made.asked_again, made.given) == (again, 0)
    asked = [row for row in made.assignments.to_pylist() if row["state"] == "open"]
    assert len(asked) == again
    assert {row["guideline_version"] for row in asked} <= {"1.1"}
    if again == 4:
        assert {row["annotator"] for row in asked} == {"a02"}
    # whoever is asked again has the old row beside the new one
    assert loads(made.assignments, "superseded").total() == again
