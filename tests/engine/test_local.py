"""The engine on one machine: order, resume, workers, shuffles and sorts."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import store
from curation.config import Engine
from curation.engine import engine_for
from curation.errors import CurationError

sys.path.insert(0, str(Path(__file__).parent))  # worker processes take over the path, and import it from there
import engine_functions as work

sys.path.pop(0)


@pytest.fixture(autouse=True)
def _importable(monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parent)


def engine(scratch, workers=1):
    return engine_for(Engine(workers=workers, memory="200MB"), scratch)


def numbers(parts, size=2):
    """A source of parts that hold consecutive numbers, and a list of what was taken from it."""
    taken = []

    def source():
        for part in range(parts):
            taken.append(part)
            yield pa.table({"number": pa.array(range(part * size, part * size + size), pa.int64())})

    return source(), taken


def refs(stage):
    return stage.read("rejected")["source_ref"].to_pylist()


def mapped(tmp_path, name, function, parts=5, workers=1, finish=None):
    stage = store.Stage(tmp_path / name)
    draft = stage.begin("k")
    source, _ = numbers(parts)
    engine(tmp_path / "scratch", workers).map_batches(function, source, draft, finish)
    draft.commit()
    return stage


# -- map_batches --------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_parts_in_the_order_of_the_source(tmp_path, workers):
    stage = mapped(tmp_path, "clean", work.echo, parts=5, workers=workers)
    assert refs(stage) == [f"a:{n}" for n in range(10)]
    assert [path.name for path in store.parquet_files(stage.table("rejected"))] == [
        f"part-{part:05d}.parquet" for part in range(5)
    ]


def test_several_workers_make_the_same_bytes_as_one(tmp_path):
    assert mapped(tmp_path, "one", work.echo).content() == mapped(tmp_path, "three", work.echo, workers=3).content()


@pytest.mark.parametrize("parts", [0, 1])
def test_no_pool_for_little(tmp_path, parts):
    # a function that could not travel to another process shows that none is started
    stage = mapped(tmp_path, "clean", lambda table: work.echo(table), parts=parts, workers=4)
    assert refs(stage) == [f"a:{n}" for n in range(parts * 2)]


@pytest.mark.parametrize("workers", [1, 3])
def test_finish_runs_here_in_order(tmp_path, workers):
    seen = []

    def finish(part, tables):
        seen.append((part, tables["rejected"]["source_ref"][0].as_py()))
        return {"rejected": tables["rejected"].slice(part % 2)}

    stage = mapped(tmp_path, "clean", work.echo, parts=5, workers=workers, finish=finish)
    assert seen == [(part, f"a:{2 * part}") for part in range(5)]
    assert refs(stage) == [f"a:{n}" for n in range(10) if n not in (2, 6)]


def test_parts_that_are_there_are_not_made_again(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    draft = stage.begin("k")
    for part in (0, 2):
        draft.write(part, work.echo(pa.table({"number": [part * 2, part * 2 + 1]})))
    made, finished = [], []

    def function(table):
        made.append(table["number"][0].as_py() // 2)
        return work.echo(table)

    def finish(part, tables):
        finished.append(part)
        return tables

    source, taken = numbers(4)
    engine(tmp_path / "scratch").map_batches(function, source, draft, finish)
    draft.commit()
    assert (made, finished, taken) == ([1, 3], [1, 3], [0, 1, 2, 3])
    assert refs(stage) == [f"a:{n}" for n in range(8)]


def test_the_source_is_read_as_it_is_needed(tmp_path):
    source, taken = numbers(50)
    seen = []

    def finish(part, tables):
        seen.append(len(taken))
        return tables

    engine(tmp_path / "scratch").map_batches(work.echo, source, store.Stage(tmp_path / "a").begin("k"), finish)
    assert max(ahead - part for part, ahead in enumerate(seen)) <= 3


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_worker_comes_up_and_what_was_done_stays(tmp_path, workers):
    with pytest.raises(ValueError, match="no such article: 3"):
        mapped(tmp_path, "clean", work.fail, workers=workers)
    stage = store.Stage(tmp_path / "clean")
    assert stage.manifest() is None
    draft = stage.begin("k")
    assert (draft.has(0), draft.has(1)) == (True, False)
    assert refs(mapped(tmp_path, "clean", work.echo)) == [f"a:{n}" for n in range(10)]


def test_a_killed_worker_is_told_and_the_next_run_goes_on(tmp_path):
    with pytest.raises(CurationError, match=r"a worker process was killed.*Run the same command again.*workers=1"):
        mapped(tmp_path, "clean", work.die, workers=2)
    assert store.Stage(tmp_path / "clean").manifest() is None
    assert refs(mapped(tmp_path, "clean", work.echo, workers=2)) == [f"a:{n}" for n in range(10)]


# -- map_groups -----------------------------------------------------------------------------------------

KEY = st.one_of(st.none(), st.text("abé😀'\"", max_size=3))
SOURCE = st.lists(st.lists(st.tuples(KEY, st.integers(-9, 9)), max_size=12), min_size=1, max_size=3)
GROUPED = pa.schema([("key", pa.string()), ("value", pa.int64()), ("sources", pa.int64())])


@settings(max_examples=25, deadline=None)
@given(st.lists(SOURCE, min_size=1, max_size=3), st.integers(1, 9))
def test_equal_keys_come_together(tmp_path_factory, sources, parts):
    folder = tmp_path_factory.mktemp("it's grouped")
    files, expected = [], {}
    for number, source in enumerate(sources):
        files.append([])
        for place, rows in enumerate(source):
            table = pa.table(
                {
                    "key": pa.array([key for key, _ in rows], pa.string()),
                    "value": pa.array([value for _, value in rows], pa.int64()),
                    "more": pa.array([["x"] for _ in rows], pa.list_(pa.string())),
                }
            )
            store.write_table(folder / f"{number}-{place}.parquet", table)
            files[-1].append(folder / f"{number}-{place}.parquet")
            for key, value in rows:
                total, seen = expected.get(key, (0, set()))
                expected[key] = (total + value, seen | {number})
    calls = []

    def function(*tables):
        assert [table.column_names for table in tables] == [["key", "value", "more"]] * len(sources)
        calls.append({key for table in tables for key in table["key"].to_pylist()})
        return work.sums(*tables)

    engine(folder / "scratch").map_groups(function, files, folder / "out", ["key"], parts, GROUPED)
    assert len(calls) <= parts
    assert sum(map(len, calls)) == len(expected)  # whole groups: no key in two parts
    rows = [row for file in store.parquet_files(folder / "out") for row in store.read_table(file).to_pylist()]
    assert {row["key"]: (row["value"], row["sources"]) for row in rows} == {
        key: (total, len(seen)) for key, (total, seen) in expected.items()
    }
    assert len(rows) == len(expected)
    assert list((folder / "scratch").iterdir()) == []


def test_groups_by_several_keys_of_any_type(tmp_path):
    rows = [(n % 3, f"k{n % 2}", n) for n in range(60)]
    table = pa.table(
        {
            "number": pa.array([a for a, _, _ in rows], pa.uint64()),
            "key": [b for _, b, _ in rows],
            "value": pa.array([c for *_, c in rows], pa.uint32()),
            "at": pa.array([dt.datetime(2026, 3, 1, tzinfo=dt.UTC)] * 60, pa.timestamp("us", "UTC")),
        }
    )
    store.write_table(tmp_path / "a.parquet", table)
    groups = []

    def function(found):
        assert found.schema.equals(table.schema)
        groups.append({(a, b) for a, b in zip(found["number"].to_pylist(), found["key"].to_pylist(), strict=True)})
        return found

    engine(tmp_path / "s").map_groups(
        function, [[tmp_path / "a.parquet"]], tmp_path / "out", ["number", "key"], 4, table.schema
    )
    assert sum(map(len, groups)) == 6
    order = [("value", "ascending")]
    assert store.read_table(tmp_path / "out").sort_by(order).equals(table)


# -- sort -----------------------------------------------------------------------------------------------

SORTED = pa.schema(
    [
        ("at", pa.timestamp("us", "UTC")),
        ("key", pa.string()),
        ("score", pa.float64()),
        ("tags", pa.list_(pa.string())),
        ("number", pa.uint64()),
        ("fine", pa.bool_()),
    ]
)
MOMENT = st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(2100, 1, 1)).map(lambda at: at.replace(tzinfo=dt.UTC))
ROW = st.fixed_dictionaries(
    {
        "at": st.none() | MOMENT,
        "key": st.none() | st.text("aZé😀ü", max_size=3),
        "score": st.none() | st.floats(allow_nan=False),
        "tags": st.none() | st.lists(st.text("ab", max_size=2), max_size=2),
        "number": st.integers(0, 2**64 - 1),
        "fine": st.none() | st.booleans(),
    }
)


def order(row, keys):
    return [(row[key] is None, row[key] if row[key] is not None else 0) for key in keys]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.lists(ROW, max_size=8), min_size=1, max_size=3),
    st.permutations(["at", "key", "score", "number"]).map(lambda names: [*names, "fine"]),
)
def test_sorted_as_python_sorts_nulls_last(tmp_path_factory, files, keys):
    folder = tmp_path_factory.mktemp("sort")
    places = []
    for number, rows in enumerate(files):
        places.append(folder / f"{number}.parquet")
        store.write_table(places[-1], pa.Table.from_pylist(rows, schema=SORTED))
    everything = pa.concat_tables(map(store.read_table, places)).to_pylist()
    into = folder / "sorted.parquet"
    assert engine(folder / "s").sort(places, into, keys, SORTED) == len(everything)
    made = store.read_table(into)
    assert made.schema.equals(SORTED)
    found = made.to_pylist()
    assert [order(row, keys) for row in found] == sorted(order(row, keys) for row in everything)
    assert sorted(map(repr, found)) == sorted(map(repr, everything))


def test_sort_writes_the_columns_of_its_schema(tmp_path):
    store.write_table(tmp_path / "a.parquet", pa.table({"b": pa.array([2, 1], pa.int32()), "a": ["x", "y"]}))
    wanted = pa.schema([("a", pa.string()), ("b", pa.int64())])
    engine(tmp_path / "s").sort([tmp_path / "a.parquet"], tmp_path / "b.parquet", ["b"], wanted)
    assert store.read_table(tmp_path / "b.parquet").equals(pa.table({"a": ["y", "x"], "b": [1, 2]}, wanted))


# -- pieces, and what is told -----------------------------------------------------------------------------


def of_files(folder, parts=5, size=2):
    """The same numbers as :func:`numbers`, in a file a part."""
    for part, table in enumerate(numbers(parts, size)[0]):
        store.write_table(folder / f"part-{part:05d}.parquet", table)
    return store.pieces([folder])


@pytest.mark.parametrize("workers", [1, 2])
def test_pieces_that_workers_read_and_parts_that_they_write_are_the_same(tmp_path, workers):
    by_value = mapped(tmp_path, "by-value", work.echo)
    stage = store.Stage(tmp_path / "by-piece")
    draft = stage.begin("k")
    engine(tmp_path / "scratch", workers).map_batches(work.echo, of_files(tmp_path / "source"), draft)
    draft.commit()
    assert stage.content() == by_value.content()


@pytest.mark.parametrize("workers", [1, 2])
def test_rows_are_told_as_parts_are_done_those_of_a_killed_run_too(tmp_path, workers):
    draft = store.Stage(tmp_path / "clean").begin("k")
    draft.write(1, work.echo(pa.table({"number": [2, 3]})))
    told = []
    engine(tmp_path / "scratch", workers).map_batches(
        work.echo, of_files(tmp_path / "source", parts=4), draft, tell=told.append
    )
    assert told == [2, 2, 2, 2]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_spent_in_workers_comes_home(tmp_path, workers):
    runner = engine(tmp_path / "scratch", workers)
    runner.map_batches(work.work_hard, of_files(tmp_path / "source", parts=4), store.Stage(tmp_path / "a").begin("k"))
    assert 0.2 <= runner.spent.by["hard"] < 1.0
    # what runs in this process, its own clock tells
    assert runner.spent.cpu >= 0.2 if workers == 2 else runner.spent.cpu == 0


def test_threads_are_on_the_clock_of_this_process(tmp_path):
    runner = engine(tmp_path / "scratch", 2)
    draft = store.Stage(tmp_path / "a").begin("k")
    runner.map_batches(work.work_hard, of_files(tmp_path / "source", parts=4), draft, releases_lock=True)
    assert (runner.spent.cpu, list(runner.spent.by)) == (0, ["hard"])
