"""Where time and memory go."""

from __future__ import annotations

import subprocess
import sys
import threading
import time

import pytest

from curation import timings
from curation.timings import Memory, Spent, booked, memory, spent_on

HERE = pytest.mark.skipif(not memory(), reason="this system does not tell a process's memory")


def busy(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_time_is_booked_under_its_name_and_adds_up():
    with booked() as by:
        for name in ("a", "b", "a"):
            with spent_on(name):
                busy(0.02)
    assert list(by) == ["a", "b"]
    assert 0.04 <= by["a"] < 0.4
    assert 0.02 <= by["b"] < 0.2


def test_waiting_costs_no_processor_time():
    with booked() as by, spent_on("asleep"):
        time.sleep(0.1)
    assert by["asleep"] < 0.05


def test_what_nobody_collects_is_not_kept():
    with spent_on("a"):
        pass
    with booked() as by:
        pass
    with spent_on("a"):
        pass
    assert by == {}


def test_inside_another_book_the_inner_one_takes_it():
    with booked() as outer:
        with booked() as inner, spent_on("a"):
            pass
        with spent_on("b"):
            pass
    assert (list(outer), list(inner)) == (["b"], ["a"])


def test_a_failure_is_booked_too():
    with booked() as by, pytest.raises(ValueError, match="no"), spent_on("a"):
        raise ValueError("no")
    assert list(by) == ["a"]


def test_each_thread_has_its_own_book():
    found = []

    def work():
        with booked() as by, spent_on("there"):
            pass
        found.append(list(by))

    with booked() as here, spent_on("here"):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert (list(here), found) == (["here"], [["there"]])


def test_a_sum_keeps_the_highest_memory():
    total = Spent(1.0, 500, {"a": 1.0})
    total.add(Spent(2.0, 300, {"a": 0.5, "b": 1.0}))
    assert total == Spent(3.0, 500, {"a": 1.5, "b": 1.0})


@HERE
def test_memory_is_watched_while_it_is_held(monkeypatch):
    monkeypatch.setattr(timings, "_PACE", 0.01)
    before = memory()
    with Memory() as watched:
        held = bytearray(64 << 20)
        held[:: 1 << 12] = b"x" * (len(held) >> 12)  # a page is there once it is written
        time.sleep(0.2)
        del held
    assert 60 << 20 < watched.peak - before < 200 << 20


@HERE
def test_the_memory_of_children_counts(monkeypatch):
    monkeypatch.setattr(timings, "_PACE", 0.01)
    before = memory()
    code = "import time; held = bytearray(b'x') * (64 << 20); print(len(held), flush=True); time.sleep(0.3)"
    with Memory() as watched, subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.wait()
    assert watched.peak - before > 60 << 20
