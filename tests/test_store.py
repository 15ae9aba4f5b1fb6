"""Tables on disk: all of a file or nothing of it, and drafts that go on where a kill stopped them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema, store
from curation.errors import DataError, InputError, UsageError


def rejected(part, rows=3):
    return schema.from_rows(
        "rejected", ({"batch": "a", "source_ref": f"a:{part}.{i}", "reason": "empty"} for i in range(rows))
    )


def tree(folder):
    """Every file below a folder with its digest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


# -- one file ---------------------------------------------------------------------------------------


def test_a_file_is_written_in_one_step(tmp_path):
    path = tmp_path / "a" / "b.txt"
    store.write_atomically(path, b"satu")
    store.write_atomically(path, b"dua")
    assert path.read_bytes() == b"dua"
    assert [p.name for p in path.parent.iterdir()] == ["b.txt"]


def breaking_tables(good):
    yield from good
    raise RuntimeError("the disk is gone")


def test_a_failed_write_leaves_the_old_file_and_no_partial_one(tmp_path):
    path = tmp_path / "a.parquet"
    store.write_table(path, rejected(0))
    before = tree(tmp_path)
    with pytest.raises(RuntimeError):
        store.write_stream(path, schema.arrow_schema("rejected"), breaking_tables([rejected(1)]))
    assert tree(tmp_path) == before
    with pytest.raises(TypeError):
        store.write_atomically(path, "not bytes")
    assert tree(tmp_path) == before
    with pytest.raises(pa.ArrowNotImplementedError):
        store.write_table(path, pa.table({"x": pa.array([None], pa.struct([]))}))
    assert tree(tmp_path) == before


def test_a_stream_is_what_its_tables_are(tmp_path):
    tables = [rejected(0), rejected(1, 0), rejected(2, 2)]
    assert store.write_stream(tmp_path / "a.parquet", schema.arrow_schema("rejected"), tables) == 5
    assert store.read_table(tmp_path / "a.parquet").equals(pa.concat_tables(tables))
    assert store.count_rows(tmp_path / "a.parquet") == 5


def test_the_same_table_makes_the_same_bytes(tmp_path):
    whole = rejected(0, 30)
    store.write_table(tmp_path / "whole.parquet", whole)
    store.write_table(tmp_path / "chunks.parquet", pa.concat_tables([whole.slice(0, 7), whole.slice(7)]))
    assert store.file_digest(tmp_path / "whole.parquet") == store.file_digest(tmp_path / "chunks.parquet")


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UsageError, match="no such table"):
        store.read_table(tmp_path / "none")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(InputError, match=r"a\.parquet: not a readable Parquet file"):
        store.read_table(tmp_path / "a.parquet")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=4), st.integers(1, 17), st.sampled_from([60, 500, 1 << 24]))
def test_scan_gives_every_row_once_in_order(tmp_path_factory, sizes, rows, size):
    folder = tmp_path_factory.mktemp("scan")
    for part, count in enumerate(sizes):
        pq.write_table(rejected(part, count), folder / f"part-{part:05d}.parquet", row_group_size=11)
    found = list(store.scan([folder], rows=rows, size=size))
    assert all(0 < table.num_rows <= rows for table in found)
    whole = pa.concat_tables([schema.empty("rejected"), *found])
    assert whole.equals(store.read_table(folder))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), max_size=3), st.integers(1, 12), st.integers(1, 6))
def test_pieces_hold_every_row_once_in_order(tmp_path_factory, sizes, rows, group):
    folder = tmp_path_factory.mktemp("pieces")
    numbers = iter(range(100))
    for part, size in enumerate(sizes):
        table = pa.table({"number": pa.array([next(numbers) for _ in range(size)], pa.int64())})
        pq.write_table(table, folder / f"part-{part:05d}.parquet", row_group_size=group)
    found = list(store.pieces([folder], rows=rows))
    tables = [piece.read() for piece in found]
    assert [table.num_rows for table in tables] == [piece.rows for piece in found]
    assert all(0 < piece.rows <= rows for piece in found)
    assert [number for table in tables for number in table["number"].to_pylist()] == list(range(sum(sizes)))


def test_pieces_are_small_when_their_texts_are_long(tmp_path):
    table = pa.table({"text": [f"{n}" + "x" * 10_000 for n in range(100)]})
    store.write_table(tmp_path / "a.parquet", table)
    found = list(store.pieces([tmp_path], size=100_000))
    assert {piece.rows for piece in found} == {9, 1}
    assert pa.concat_tables(piece.read() for piece in found).equals(table)


def test_scan_keeps_a_part_small_when_its_texts_are_long(tmp_path):
    pq.write_table(pa.table({"raw": ["a" * 1000] * 64}), tmp_path / "a.parquet")
    found = list(store.scan([tmp_path / "a.parquet"], size=10_000))
    assert max(table.num_rows for table in found) <= 11
    assert sum(table.num_rows for table in found) == 64


# -- digests ----------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_a_digest_depends_on_the_value_alone(value):
    turned = dict(reversed(value.items()))
    assert store.digest(turned) == store.digest(value)
    assert json.loads(store.canonical_json(value)) == value
    assert store.digest({**value, "one more": 1}) != store.digest(value)


def test_code_digest_sees_packages_and_modules():
    assert store.code_digest("boilerplate") == store.code_digest("boilerplate")
    assert len({store.code_digest(*names) for names in (["rule.py"], ["lines.py"], ["lines.py", "rule.py"])}) == 3
    with pytest.raises(FileNotFoundError):
        store.code_digest("no_such_module.py")


# -- drafts -----------------------------------------------------------------------------------------


def make(stage, key, parts=3, stop=None, order=None):
    """Make a stage of some parts; `stop` ends it before that part, as a kill would."""
    draft = stage.begin(key)
    made = []
    for part in order or range(parts):
        if part == stop:
            return made
        if not draft.has(part):
            draft.write(part, {"rejected": rejected(part)})
            made.append(part)
    draft.commit({"by": "test"})
    return made


def test_a_finished_stage(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    assert stage.manifest() is None
    assert stage.content() == ""
    assert not stage.is_current("k")
    assert stage.read("rejected").equals(schema.empty("rejected"))
    assert make(stage, "k") == [0, 1, 2]
    assert stage.is_current("k")
    assert not stage.is_current("l")
    assert stage.manifest()["rows"] == {"rejected": 9}
    assert stage.manifest()["by"] == "test"
    assert stage.read("rejected").equals(pa.concat_tables(rejected(part) for part in range(3)))
    assert stage.read("rejected", ["reason"]).column_names == ["reason"]
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_a_draft_of_the_same_key_goes_on(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    assert make(stage, "k", stop=2) == [0, 1]
    assert stage.manifest() is None  # nothing of it is seen before it is done
    # a part that was written but not marked is made again, and so is a file that was cut off
    store.write_table(stage.path.with_name("clean.partial") / "rejected" / "part-00002.parquet", rejected(7))
    (stage.path.with_name("clean.partial") / "rejected" / ".part-00003.parquet.42").write_bytes(b"PAR")
    unmarked = stage.begin("k").path
    assert sorted(path.name for path in unmarked.rglob("*part-*")) == ["part-00000.parquet", "part-00001.parquet"]
    assert make(stage, "k") == [2]
    whole = store.Stage(tmp_path / "other" / "clean")
    make(whole, "k")
    assert tree(stage.path) == tree(whole.path)


def test_a_draft_of_another_key_starts_anew(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    make(stage, "k", stop=2)
    store.write_table(stage.path.with_name("clean.partial") / "rejected" / "part-00009.parquet", rejected(9))
    assert make(stage, "l") == [0, 1, 2]
    assert stage.is_current("l")
    assert sorted(path.name for path in stage.table("rejected").iterdir()) == [
        f"part-0000{i}.parquet" for i in range(3)
    ]


def test_the_old_result_stays_until_the_new_one_is_there(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    make(stage, "k", parts=1)
    before = tree(stage.path)
    make(stage, "l", parts=2, stop=1)
    assert tree(stage.path) == before
    make(stage, "l", parts=2)
    assert stage.is_current("l")
    assert stage.manifest()["rows"] == {"rejected": 6}
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_content_does_not_depend_on_how_it_was_made(tmp_path):
    made = []
    for name, key, order in (("a", "k", [0, 1, 2]), ("b", "l", [2, 0, 1])):
        stage = store.Stage(tmp_path / name / "clean")
        make(stage, key, stop=1 if name == "b" else None, order=order)
        make(stage, key, order=order)
        made.append(stage)
    assert made[0].content() == made[1].content() != ""
    other = store.Stage(tmp_path / "c" / "clean")
    make(other, "k", parts=2)
    assert other.content() != made[0].content()


def test_a_part_that_does_not_fit_its_schema_is_refused(tmp_path):
    draft = store.Stage(tmp_path / "clean").begin("k")
    with pytest.raises(DataError, match="lacks the column"):
        draft.write(0, {"rejected": rejected(0).drop_columns("reason")})
    assert not draft.has(0)


def test_a_manifest_that_is_cut_off_counts_as_none(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    make(stage, "k")
    (stage.path / "manifest.json").write_text('{"key": "k", ')
    assert not stage.is_current("k")
    make(stage, "k")
    assert stage.is_current("k")


def test_killed_between_the_two_renames(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    make(stage, "k", parts=1)
    draft = stage.begin("l")
    draft.write(0, {"rejected": rejected(5)})
    draft.commit()
    expected = tree(stage.path)
    # as if the process had died after `clean` was put aside and before the finished draft took its place
    stage.path.replace(tmp_path / "clean.partial")
    make(store.Stage(tmp_path / "earlier" / "clean"), "k", parts=1)
    (tmp_path / "earlier" / "clean").replace(tmp_path / "clean.old")
    (tmp_path / "earlier").rmdir()

    assert stage.manifest() is None
    draft = stage.begin("l")
    assert draft.has(0)  # nothing is computed again
    draft.commit()
    assert tree(stage.path) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_left_overs_of_such_a_kill_do_no_harm_to_another_key(tmp_path):
    stage = store.Stage(tmp_path / "clean")
    make(stage, "k", parts=1)
    stage.path.replace(tmp_path / "clean.old")
    make(stage, "l", parts=2)
    assert stage.is_current("l")
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


# -- kills ------------------------------------------------------------------------------------------


def curation(folder, *arguments, failpoint=""):
    environment = os.environ | {"CURATION_FAILPOINT": failpoint, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "curation", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unkilled")
    workspace(folder)
    done = curation(folder, "run", "--until", "clean")
    assert done.returncode == 0, done.stderr
    return folder


def workspace(folder):
    rows = [
        {"url": f"https://warta.example/{n}", "title": f"Kabar {n}", "text": f"Air di desa {n} surut sejak Senin."}
        for n in range(5)
    ]
    (folder / "malam.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "curation.toml").write_text("[input]\npaths = ['malam.jsonl']\n[engine]\nworkers = 1\n")


def stages(folder):
    """What a run leaves, without the places of input files."""
    return {name: sha for name, sha in tree(folder / "state").items() if name != "lock"}


PARTIAL = {
    "ingest:after-part-0": ("ingest.partial/marks/00000.json", "ingest.partial/manifest.json"),
    "clean:after-part-0": ("clean.partial/marks/00000.json", "clean.partial/manifest.json"),
    "clean:before-manifest": ("clean.partial/documents/part-00000.parquet", "clean.partial/manifest.json"),
    "clean:before-rename": ("clean.partial/manifest.json", "clean/manifest.json"),
}


@pytest.mark.parametrize("failpoint", PARTIAL)
def test_a_killed_run_is_killed_and_the_next_ends_with_the_same_bytes(unkilled, tmp_path, failpoint):
    workspace(tmp_path)
    assert curation(tmp_path, "run", "--until", "clean", failpoint=failpoint).returncode == -signal.SIGKILL
    batch = tmp_path / "state" / "batches" / "malam"
    there, absent = PARTIAL[failpoint]
    assert (batch / there).exists()
    assert not (batch / absent).exists()
    assert not (batch / failpoint.split(":")[0]).exists()
    done = curation(tmp_path, "run", "--until", "clean")
    assert done.returncode == 0, done.stderr
    assert stages(tmp_path) == stages(unkilled)
    again = json.loads(curation(tmp_path, "run", "--until", "clean", "--json").stdout)
    assert [(stage["stage"], stage["outcome"]) for stage in again["stages"]] == [
        ("ingest", "unchanged"),
        ("clean", "unchanged"),
    ]


def test_a_stage_is_stale_when_the_columns_of_a_table_change(monkeypatch):
    before = store.code_digest("schema.py"), store.code_digest("store.py")
    other = schema.arrow_schema("verdicts").append(pa.field("score", pa.float64()))
    known = schema.arrow_schema
    monkeypatch.setattr(schema, "arrow_schema", lambda name: other if name == "verdicts" else known(name))
    store.code_digest.cache_clear()
    assert store.code_digest("schema.py") != before[0]
    assert store.code_digest("store.py") == before[1]
    monkeypatch.undo()
    store.code_digest.cache_clear()
    assert store.code_digest("schema.py") == before[0]


def test_scanning_a_large_file_keeps_little_of_it(tmp_path):
    path = tmp_path / "a.parquet"
    text = pa.array([os.urandom(5_000).hex() for _ in range(200)])
    store.write_stream(path, pa.schema([("text", pa.string())]), (pa.table({"text": text}) for _ in range(40)))
    before, held = pa.total_allocated_bytes(), 0
    for _ in store.scan([path], rows=200):
        held = max(held, pa.total_allocated_bytes() - before)
    assert held < path.stat().st_size / 2
