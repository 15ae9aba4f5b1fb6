"""The engine on Ray, here on this machine alone: the same tables and manifests as the local one makes."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
import ray
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import store
from curation.config import Engine
from curation.engine import engine_for
from curation.engine.exchange import Exchange, buckets
from curation.engine.local import LocalEngine
from curation.errors import CurationError

sys.path.insert(0, str(Path(__file__).parent))
import engine_functions
import ray_functions as work

sys.path.pop(0)

GROUPED = pa.schema([("key", pa.string()), ("value", pa.int64()), ("sources", pa.int64())])
KEY = st.one_of(st.none(), st.text("abé😀'\"", max_size=3))
SOURCE = st.lists(st.lists(st.tuples(KEY, st.integers(-9, 9)), max_size=12), min_size=1, max_size=3)


@pytest.fixture(scope="module", autouse=True)
def _ray_on_this_machine():
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory(prefix="ray-") as temporary:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        patch.setenv("RAY_TMPDIR", temporary)
        patch.setenv("RAY_AUTH_TOKEN", "0123456789abcdef" * 4)
        patch.setenv("RAY_worker_niceness", "0")
        patch.delenv("RAY_ADDRESS", raising=False)
        yield
        ray.shutdown()


def engine(scratch, **others):
    return engine_for(Engine(name="ray", workers=2, **others), scratch)


def numbers(folder, sizes):
    """A table of files that hold consecutive numbers, and as many pieces as files."""
    start = 0
    for file, size in enumerate(sizes):
        table = pa.table({"number": pa.array(range(start, start + size), pa.int64())})
        store.write_table(folder / f"part-{file:05d}.parquet", table)
        start += size
    return folder


def mapped(stage, function, source, with_engine, finish=None):
    draft = stage.begin("k")
    with_engine.map_batches(function, source, draft, finish)
    return draft.commit()


# -- map_batches ----------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(1, 5), max_size=7), st.integers(1, 3), st.booleans())
def test_the_same_manifest_as_on_one_machine(tmp_path_factory, sizes, rows, finishes):
    folder = tmp_path_factory.mktemp("map")
    source = numbers(folder / "in", sizes)
    seen = {}
    found = {}
    for name, one in (("ray", engine(folder / "s")), ("local", LocalEngine(Engine(workers=1), folder / "s"))):
        order = seen.setdefault(name, [])

        def finish(part, tables, order=order):
            order.append(part)
            return {"rejected": tables["rejected"].slice(part % 2)}

        pieces = store.pieces([source], rows=rows)
        found[name] = mapped(
            store.Stage(folder / name / "clean"), work.numbered, pieces, one, finish if finishes else None
        )
    assert found["ray"] == found["local"]
    assert seen["ray"] == seen["local"] == sorted(seen["ray"])


def test_tables_travel_too_and_parts_that_are_there_are_not_made_again(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    draft = stage.begin("k")
    draft.write(1, work.numbered(pa.table({"number": [2, 3]})))
    told = []
    tables = (pa.table({"number": [2 * part, 2 * part + 1]}) for part in range(4))
    one = engine(tmp_path / "s")
    one.map_batches(work.numbered, tables, draft, tell=told.append)
    draft.commit()
    assert stage.read("rejected")["source_ref"].to_pylist() == [f"a:{n}" for n in range(8)]
    assert told == [2, 2, 2, 2]
    assert one.workers == 2


def test_an_error_of_the_function_comes_up_as_it_is_and_what_was_done_stays(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    with pytest.raises(ValueError, match="no such article: 3"):
        mapped(stage, engine_functions.fail, store.pieces([numbers(tmp_path / "in", [2] * 4)]), engine(tmp_path / "s"))
    draft = stage.begin("k")
    assert not draft.has(1)
    assert stage.manifest() is None


def test_a_part_that_kills_every_worker_is_given_up(tmp_path, caplog):
    with (
        caplog.at_level(logging.WARNING, "curation.engine.ray"),
        pytest.raises(CurationError, match=r"lost 4 times, perhaps for want of memory.*Run the same command again"),
    ):
        mapped(
            store.Stage(tmp_path / "clean"),
            engine_functions.die,
            store.pieces([numbers(tmp_path / "in", [2] * 4)]),
            engine(tmp_path / "s"),
        )
    assert [record.getMessage().split(",")[0] for record in caplog.records] == ["a worker was lost"] * 3


# -- map_groups -------------------------------------------------------------------------------------------


def files_of(folder, sources):
    found = []
    for number, source in enumerate(sources):
        found.append([])
        for place, rows in enumerate(source):
            table = pa.table(
                {
                    "key": pa.array([key for key, _ in rows], pa.string()),
                    "value": pa.array([value for _, value in rows], pa.int64()),
                    "more": pa.array([["x"] for _ in rows], pa.list_(pa.string())),
                }
            )
            found[-1].append(folder / f"{number}-{place}.parquet")
            store.write_table(found[-1][-1], table)
    return found


@settings(max_examples=10, deadline=None)
@given(st.lists(SOURCE, min_size=1, max_size=3), st.integers(1, 5), st.booleans())
def test_the_same_groups_in_the_same_parts_as_on_one_machine(tmp_path_factory, sources, parts, elsewhere):
    folder = tmp_path_factory.mktemp("it's grouped")
    files = files_of(folder, sources)
    exchange = (folder / "exchange").as_uri() if elsewhere else ""
    made = {}
    for name, one in (
        ("ray", engine(folder / "s", exchange=exchange)),
        ("local", LocalEngine(Engine(workers=1, memory="200MB"), folder / "s")),
    ):
        one.map_groups(work.sums, files, folder / name, ["key"], parts, GROUPED)
        made[name] = {file.name: store.file_digest(file) for file in store.parquet_files(folder / name)}
    assert made["ray"] == made["local"]
    assert [path.name for path in (folder / "s").iterdir()] == ["driver"]
    assert not any((folder / "exchange").glob("*"))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(KEY, st.integers(0, 3)), max_size=30), st.integers(1, 9), st.integers(0, 30))
def test_a_bucket_is_one_table_of_whole_groups(tmp_path_factory, rows, parts, cut):
    """Each row is in one bucket, rows with equal keys in the same one, whatever file they came from."""
    folder = tmp_path_factory.mktemp("exchange")
    table = pa.table(
        {
            "key": pa.array([key for key, _ in rows], pa.string()),
            "number": pa.array([number for _, number in rows], pa.int64()),
            "row": pa.array(range(len(rows)), pa.int64()),
        }
    )
    exchange = Exchange(str(folder / "x"), ("key", "number"), parts)
    names = []
    for number, share in enumerate((table.slice(0, cut), table.slice(cut))):
        store.write_table(folder / f"{number}.parquet", share)
        names.append(exchange.put([store.Piece(folder / f"{number}.parquet", 0, 0, share.num_rows)]))
    taken = [exchange.take(names, bucket, table.schema) for bucket in range(parts)]
    assert sorted(row for one in taken for row in one["row"].to_pylist()) == list(range(len(rows)))
    groups = [set(zip(one["key"].to_pylist(), one["number"].to_pylist(), strict=True)) for one in taken]
    assert sum(map(len, groups)) == len(set(rows))
    of_row = buckets(table.select(["key", "number"]), parts)
    assert [sorted(one["row"].to_pylist()) for one in taken] == [
        [row for row, bucket in enumerate(of_row) if bucket == wanted] for wanted in range(parts)
    ]


def test_what_an_interrupted_task_left_behind_is_not_read(tmp_path):
    store.write_table(tmp_path / "a.parquet", pa.table({"key": ["a", "b"]}))
    exchange = Exchange(str(tmp_path / "x"), ("key",), 2)
    piece = store.Piece(tmp_path / "a.parquet", 0, 0, 2)
    exchange.put([piece])  # its answer was lost with its node
    name = exchange.put([piece])
    assert len(list((tmp_path / "x").iterdir())) == 2
    assert sum(exchange.take([name], part, pa.schema([("key", pa.string())])).num_rows for part in range(2)) == 2


def test_sorted_here(tmp_path):
    store.write_table(tmp_path / "a.parquet", pa.table({"key": ["b", "a"]}))
    schema = pa.schema([("key", pa.string())])
    assert engine(tmp_path / "s").sort([tmp_path / "a.parquet"], tmp_path / "sorted.parquet", ["key"], schema) == 2
    assert store.read_table(tmp_path / "sorted.parquet")["key"].to_pylist() == ["a", "b"]


# -- joining ----------------------------------------------------------------------------------------------


def test_ray_listens_to_this_machine_alone(tmp_path):
    assert engine(tmp_path / "s").workers == 2
    assert {node["NodeManagerAddress"] for node in ray.nodes()} == {"127.0.0.1"}


def told(*lines, **environment):
    script = (
        "from pathlib import Path; from curation.config import Engine; from curation.engine import engine_for\n"
        "from curation.errors import CurationError\n" + "\n".join(lines)
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr[-2000:] if done.returncode else done.stdout


def test_without_ray_it_says_what_to_install():
    said = told(
        "import sys; sys.modules['ray'] = None",
        "try: engine_for(Engine(name='ray'), Path('scratch'))",
        "except CurationError as error: print(error)",
    )
    assert said.startswith('[engine] name = "ray": Ray is not installed here')
    assert said.endswith("Install it: pip install 'curation[ray]'\n")


def test_nobody_at_the_address():
    said = told(
        "try: engine_for(Engine(name='ray', address='127.0.0.1:1'), Path('scratch')).workers",
        "except CurationError as error: print(error)",
    )
    assert said.startswith("127.0.0.1:1: no Ray cluster can be joined (")
    assert "RAY_AUTH_TOKEN" in said
