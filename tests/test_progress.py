"""How far a stage has come, and what it took."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from curation.progress import Done, Progress, metered
from curation.timings import Spent


@pytest.mark.parametrize(
    ("total", "documents", "seconds", "text"),
    [
        (4_000, 1_000, 10, "clean maret: 1,000 of 4,000, 100 a second, 30 s left"),
        (1_000_000, 100_000, 100, "clean maret: 100,000 of 1,000,000, 1,000 a second, 15 min left"),
        (None, 2_000, 2, "clean maret: 2,000, 1,000 a second"),
        (50, 0, 5, "clean maret: 0 of 50, 0 a second"),
    ],
)
def test_a_line_for_people(total, documents, seconds, text):
    assert str(Progress("clean", "maret", total, documents, time.monotonic() - seconds)) == text


def test_each_event_comes_with_what_its_own_stage_took():
    engine = SimpleNamespace(spent=Spent(99.0, by={"old": 99.0}))

    def stages():
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass
        engine.spent.add(Spent(2.0, by={"baca_juga": 1.5}))  # of a worker
        yield Done("clean", "maret", "made", {}, 1.0)
        engine.spent.add(Spent(3.0, by={"n_words": 0.5}))
        yield Done("judge", "maret", "made", {}, 1.0)

    clean, judge = metered(stages(), engine, memory=False)
    assert (clean.stage, clean.spent.by, judge.spent.by) == ("clean", {"baca_juga": 1.5}, {"n_words": 0.5})
    assert 2.05 <= clean.spent.cpu < 2.5
    assert 3.0 <= judge.spent.cpu < 3.5
    assert clean.spent.peak == 0


@pytest.mark.parametrize(
    ("outcome", "asked", "fails"),
    [
        ("made", ["maret"], False),
        ("quarantined", [], True),
        ("still quarantined", [], False),
        ("still quarantined", ["maret"], True),
    ],
)
def test_a_batch_in_quarantine_fails_the_run_when_it_is_new_or_asked_for(outcome, asked, fails):
    assert Done("ingest", "maret", outcome, {}, 0.0).fails(asked) is fails
