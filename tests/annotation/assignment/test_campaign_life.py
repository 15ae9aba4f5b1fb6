"""Whole campaigns: the one of the issue, and any that hypothesis thinks of."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from curation import schema
from curation.annotation.assignment.deal import Dealt, deal
from curation.annotation.assignment.people import Member, joined, without
from curation.annotation.assignment.revision import divided, last_pages
from curation.annotation.codebook import Codebook, shipped
from curation.annotation.sampling.probes import originals
from curation.annotation.sampling.roles import of_the_sample
from tests.annotation.assignment.conftest import START, annotations, answer, changed, gold, people, probed, tasks

N = 3


class Life:
    """A campaign: people answer what is open to them, and it is dealt again whenever something happens."""

    def __init__(self, hours: dict[str, float]) -> None:
        self.tasks = schema.empty("tasks")
        self.table = schema.empty("assignments")
        self.people = people(**hours)
        self.book: Codebook = shipped("stance")
        self.answers: list[dict[str, Any]] = []
        self.said: set[tuple[str, str, str]] = set()
        self.day = 0
        self.dealt: Dealt | None = None

    def deal(self, portion: int | None = None, move_open: bool = False, **wanted: int) -> Dealt:
        before = self.rows()
        self.day += 1
        at = START + timedelta(days=self.day)
        self.dealt = deal(
            self.tasks, self.table, annotations(self.answers), self.people, self.book,
            wanted=wanted, at=at, portion=portion, move_open=move_open,
        )  # fmt: skip
        self.table = self.dealt.assignments
        self.checks_are_with_their_people()
        # what was answered or skipped stands where it stood, under its version
        now = {(row["task_key"], row["annotator"], row["guideline_version"]) for row in self.rows()}
        for row in before:
            if row["state"] in ("answered", "skipped", "superseded", "unanswerable"):
                assert (row["task_key"], row["annotator"], row["guideline_version"]) in now
        return self.dealt

    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.table.to_pylist()
        return rows

    def open(self, *names: str) -> list[dict[str, Any]]:
        """What is open and was not answered since it was dealt."""
        return [
            row
            for row in self.rows()
            if row["state"] == "open"
            and (not names or row["annotator"] in names)
            and (row["task_key"], row["annotator"], row["guideline_version"]) not in self.said
        ]

    def say(self, row: dict[str, Any], value: str | None) -> None:
        version, round_ = row["guideline_version"], row["round"]
        key, name = row["task_key"], row["annotator"]
        self.said.add((key, name, version))
        self.answers.append(answer(key, name, value, 24 * self.day + len(self.answers) / 3600, version, round_))

    def finish(self) -> None:
        """Everybody answers all that is open, until nothing is handed out any more."""
        while self.open():
            for row in self.open():
                self.say(row, "against")
            self.deal()

    def roles(self) -> dict[str, str]:
        return dict(zip(self.tasks["task_key"].to_pylist(), self.tasks["role"].to_pylist(), strict=True))

    def checks_are_with_their_people(self) -> None:
        """Gold tasks with all who are there, probes with those who have the original."""
        here = {member.annotator for member in self.people if member.until is None}
        roles, pairs = self.roles(), originals(self.tasks)
        rounds = {row["round"] for row in self.rows()}
        held: dict[str, dict[str, str]] = defaultdict(dict)
        for row in sorted(self.rows(), key=lambda row: (row["assigned_at"], row["guideline_version"])):
            held[row["task_key"]][row["annotator"]] = row["state"]
        for task in self.tasks.to_pylist():
            key = task["task_key"]
            holders = {name for name, state in held[key].items() if state not in ("withdrawn", "superseded")}
            if roles[key] == "gold" and task["round"] in rounds:
                assert holders & here == here
            elif roles[key] == "probe":
                of = held[pairs[key]].items()
                having = {name for name, state in of if state in ("waiting", "open", "answered")}
                pending = {name for name, state in held[key].items() if state in ("waiting", "open")}
                assert having & here <= holders
                assert pending <= having

    def standing(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for (key, name), page in last_pages(annotations(self.answers), self.book).items():
            if page.stands and not page.skipped:
                found[key].add(name)
        return found


def test_the_campaign_of_the_issue() -> None:
    """Six annotators, one leaves at 40 %, one joins, three rounds, gold tasks and probes, a skip, a change of each
    effect.
    """
    life = Life({"a01": 6, "a02": 6, "a03": 6, "a04": 6, "a05": 3, "a06": 3})
    life.tasks = gold(10, "training")
    life.deal(training=1)
    life.finish()
    assert {len(names) for names in life.standing().values()} == {6}

    life.tasks = pa.concat_tables([life.tasks, tasks(20, round_="pilot")])
    life.deal(pilot=N)
    life.finish()
    roles = life.roles()
    assert all(len(names) == N for key, names in life.standing().items() if roles[key] == "normal")

    life.tasks = probed(pa.concat_tables([life.tasks, tasks(120, first=20), gold(12, first=2000)]), 20)
    roles = life.roles()
    life.deal(main=N, portion=30)
    skipped = next(row for row in life.open("a02") if roles[row["task_key"]] == "normal")["task_key"]
    life.say(next(row for row in life.open("a02") if row["task_key"] == skipped), None)
    while sum(row["round"] == "main" for row in life.answers) < 0.4 * N * 120:
        for row in life.open()[::2]:
            life.say(row, ("favor", "neutral", "against")[len(life.answers) % 3])
        life.deal(portion=30)
    assert [row["state"] for row in life.rows() if (row["task_key"], row["annotator"]) == (skipped, "a02")] == [
        "skipped"
    ]

    answered = Counter(row["annotator"] for row in life.rows() if row["state"] == "answered")
    life.people = without(life.people, "a03", (START + timedelta(days=life.day)).date())
    life.deal(portion=30)
    assert not life.open("a03")
    assert Counter(row["annotator"] for row in life.rows() if row["state"] == "answered") == answered
    life.people = joined(life.people, Member("a07", 6))
    life.deal(portion=30, move_open=True)
    left = Counter(
        row["annotator"]
        for row in life.rows()
        if row["state"] in ("open", "waiting") and roles[row["task_key"]] == "normal"
    )
    assert 0 <= max(left["a01"], left["a02"], left["a04"], left["a07"]) - left["a07"] <= 1
    assert abs(left["a07"] - 2 * left["a05"]) <= 2

    for effect, labels in (("none", ()), ("labels", ("neutral",)), ("all", ())):
        given_before = [row for row in life.answers if row["value"] is not None]
        here = {member.annotator for member in life.people if member.until is None}
        standing = {(key, name) for key, names in life.standing().items() for name in names}
        life.book = changed(effect, *labels, of=life.book)  # type: ignore[arg-type]
        made = life.deal()
        touched = {
            (row["task_key"], row["annotator"])
            for row in given_before
            if effect == "all" or (effect == "labels" and row["value"] == "neutral")
        } & standing
        assert touched or effect == "none"
        asked = {(r["task_key"], r["annotator"]) for r in life.rows() if r["state"] == "open"} & touched
        assert asked == {(key, name) for key, name in touched if name in here}
        assert made.asked_again == len(asked)
        if effect == "none":
            assert made.asked_again == 0
        life.finish()

    assert life.dealt
    assert (life.dealt.short, life.dealt.unanswerable) == ((), ())
    standing_now = life.standing()
    assert set(standing_now) == set(life.tasks["task_key"].to_pylist())
    assert {len(names) for key, names in standing_now.items() if roles[key] == "normal"} == {N}
    assert "a02" not in standing_now[skipped]
    # who left has nothing that stands after the last change; who joined has had the training, too
    here = {"a01", "a02", "a04", "a05", "a06", "a07"}
    assert all(names == here for key, names in standing_now.items() if roles[key] == "gold")
    assert all(standing_now[probe] == standing_now[key] for probe, key in originals(life.tasks).items())
    # the old answers are kept beside the new ones
    counting, aside = divided(annotations(life.answers), life.book)
    assert counting.num_rows + aside.num_rows == len(life.answers)
    assert set(counting["guideline_version"].to_pylist()) == {"1.3"}


class AnyLife(RuleBasedStateMachine):
    """Whatever happens, in any order."""

    @initialize(
        n_people=st.integers(3, 5), n_targets=st.integers(1, 2), n=st.integers(1, 3), n_probes=st.integers(0, 3)
    )
    def begin(self, n_people: int, n_targets: int, n: int, n_probes: int) -> None:
        self.life = Life({f"a{i:02d}": float(i) for i in range(1, n_people + 1)})
        self.life.tasks = probed(tasks(8, n_targets, "pilot"), n_probes, "pilot")
        self.n = n
        self.life.deal(pilot=n)

    @rule(data=st.data(), share=st.integers(1, 4))
    def answer(self, data: st.DataObject, share: int) -> None:
        for row in self.life.open()[::share]:
            self.life.say(row, data.draw(st.sampled_from(["favor", "neutral", "against", None])))

    @rule(portion=st.one_of(st.none(), st.integers(1, 8)), move_open=st.booleans())
    def deal(self, portion: int | None, move_open: bool) -> None:
        self.life.deal(portion, move_open)

    @precondition(lambda self: len(set(self.life.tasks["round"].to_pylist())) == 1)
    @rule(portion=st.one_of(st.none(), st.integers(1, 8)))
    def another_round(self, portion: int | None) -> None:
        self.life.tasks = pa.concat_tables([self.life.tasks, tasks(8, 1, "main", first=8)])
        self.life.deal(portion, main=self.n)

    @precondition(lambda self: "gold" not in self.life.roles().values())
    @rule(n=st.integers(1, 3))
    def gold(self, n: int) -> None:
        self.life.tasks = pa.concat_tables([self.life.tasks, gold(n, "pilot")])
        self.life.deal()

    @precondition(lambda self: len(self.life.people) < 8)
    @rule(hours=st.integers(1, 9))
    def join(self, hours: int) -> None:
        self.life.people = joined(self.life.people, Member(f"a{len(self.life.people) + 1:02d}", hours))
        self.life.deal(move_open=True)

    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        here = [member for member in self.life.people if member.until is None]
        if len(here) > self.n:
            name = data.draw(st.sampled_from(here)).annotator
            self.life.people = without(self.life.people, name, (START + timedelta(days=self.life.day)).date())
            self.life.deal()

    @precondition(lambda self: len(self.life.book.changelog) < 5)
    @rule(effect=st.sampled_from(["none", "labels", "all"]))
    def change(self, effect: str) -> None:
        self.life.book = changed(effect, *(["neutral"] if effect == "labels" else []), of=self.life.book)  # type: ignore[arg-type]

    @invariant()
    def nobody_has_a_task_twice(self) -> None:
        if not hasattr(self, "life"):
            return
        rows = self.life.rows()
        keys = [(row["task_key"], row["annotator"], row["guideline_version"]) for row in rows]
        assert len(set(keys)) == len(keys)
        latest = Counter((r["task_key"], r["annotator"]) for r in rows if r["state"] != "superseded")
        assert set(latest.values()) <= {1}

    def teardown(self) -> None:
        if not hasattr(self, "life"):
            return
        life = self.life
        life.deal()
        life.finish()
        assert life.dealt
        standing = life.standing()
        here = {member.annotator for member in life.people if member.until is None}
        for key in of_the_sample(life.tasks)["task_key"].to_pylist():
            enough = len(standing[key]) >= self.n
            told = key in life.dealt.short or key in life.dealt.unanswerable
            assert enough != told
            if told:  # rightly: everybody who is there has answered or skipped it
                states = {row["annotator"]: row["state"] for row in life.rows() if row["task_key"] == key}
                assert here <= {
                    name for name, state in states.items() if state in ("answered", "skipped", "unanswerable")
                }
                assert (key in life.dealt.unanswerable) == (not standing[key])
        assert not {key for key, role in life.roles().items() if role != "normal"} & {
            *life.dealt.short,
            *life.dealt.unanswerable,
        }


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=40, stateful_step_count=15, deadline=None)
