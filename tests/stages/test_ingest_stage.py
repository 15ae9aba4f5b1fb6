"""ingest: no input vanishes, and the same version of a page comes in once."""

from __future__ import annotations

import json

import numpy as np
import pytest

from curation import ingest, schema, store
from curation.config import Engine, Input
from curation.engine import engine_for
from curation.errors import InputError
from curation.sites import Sites
from curation.stages.ingest import Seen, ingest_batch, rejected_share, set_aside_repeats


@pytest.fixture
def small_parts(monkeypatch):
    """Parts of three records, so that few records make several."""
    whole = ingest.record_tables
    monkeypatch.setattr(ingest, "record_tables", lambda found: whole(found, rows=3))


def row(number, text=None, **more):
    return {
        "url": f"https://warta.example/{number}",
        "title": f"Kabar {number}",
        "text": text if text is not None else f"Air di desa {number} surut.",
    } | more


def written(tmp_path, name, rows):
    path = tmp_path / f"{name}.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


def taken_in(tmp_path, name, rows, seen=None, **more):
    """The finished stage of a batch."""
    stage = store.Stage(tmp_path / "batches" / name / "ingest")
    draft = stage.begin("k")
    bring(tmp_path, name, written(tmp_path, name, rows), draft, seen, **more)
    draft.commit({"input": f"{name}.jsonl"})
    return stage


def bring(tmp_path, name, path, draft, seen=None, **more):
    engine = engine_for(Engine(workers=1), tmp_path / "scratch")
    ingest_batch(path, name, draft, settings=Input(), sites=Sites({}), engine=engine, seen=seen or Seen(), **more)


def seen_of(*stages):
    return Seen.of({stage.path.parent.name: stage.table("articles") for stage in stages})


def refs(stage, table):
    return [ref.rpartition(":")[2] for ref in stage.read(table)["source_ref"].to_pylist()]


# -- nothing vanishes ---------------------------------------------------------------------------------


def test_every_input_is_an_article_or_rejected(tmp_path, small_parts):
    rows = [row(1), row(2, text=""), row(3), {"text": 7}, row(1), row(4), row(5, text=None), row(1, text="Lain.")]
    path = written(tmp_path, "malam", rows)
    path.write_text(path.read_text() + "not json\n")
    stage = store.Stage(tmp_path / "malam")
    draft = stage.begin("k")
    bring(tmp_path, "malam", path, draft)
    draft.commit()
    assert sorted(refs(stage, "articles") + refs(stage, "rejected"), key=int) == [str(n) for n in range(1, 10)]
    reasons = dict(zip(refs(stage, "rejected"), stage.read("rejected")["reason"].to_pylist(), strict=True))
    assert reasons["5"] == "repeat"
    bad, total = rejected_share(stage)
    assert total == 9
    assert bad == len(reasons) - 1


def test_only_rejected_inputs(tmp_path):
    stage = taken_in(tmp_path, "malam", [row(n, text="") for n in range(3)])
    assert rejected_share(stage) == (3, 3)
    assert stage.read("articles").num_rows == 0
    # and such a batch is no hindrance to the next
    assert taken_in(tmp_path, "esok", [row(1)], seen_of(stage)).read("articles").num_rows == 1


def test_repeats_and_joined_pages_are_not_bad(tmp_path):
    stage = store.Stage(tmp_path / "ingest")
    draft = stage.begin("k")
    reasons = ("repeat", "joined", "withdrawn", "empty")
    draft.write(0, {"rejected": schema.from_rows("rejected", [row_rejected(reason) for reason in reasons])})
    draft.commit()
    assert rejected_share(stage) == (1, 4)


def row_rejected(reason):
    return {"batch": "malam", "source_ref": "malam.jsonl:1", "reason": reason}


def test_what_is_no_input_at_all(tmp_path):
    path = tmp_path / "malam.parquet"
    path.write_bytes(b"PAR1 but not really")
    with pytest.raises(InputError, match=r"malam\.parquet"):
        bring(tmp_path, "malam", path, store.Stage(tmp_path / "malam").begin("k"))


def test_limit(tmp_path, small_parts):
    stage = taken_in(tmp_path, "malam", [row(n) for n in range(9)], limit=4)
    assert refs(stage, "articles") == ["1", "2", "3", "4"]


# -- repeats ------------------------------------------------------------------------------------------


def test_the_same_version_comes_in_once_and_says_where_it_is(tmp_path, small_parts):
    stage = taken_in(tmp_path, "malam", [row(n % 4) for n in range(9)])
    assert refs(stage, "articles") == ["1", "2", "3", "4"]
    details = stage.read("rejected")["detail"].to_pylist()
    ids = stage.read("articles")["id"].to_pylist()
    assert [detail.split()[-1].rstrip(".") for detail in details] == [ids[n % 4] for n in range(4, 9)]
    assert set(stage.read("rejected")["batch"].to_pylist()) == {"malam"}


def test_another_text_is_another_version(tmp_path):
    first = taken_in(tmp_path, "malam", [row(1)])
    second = taken_in(tmp_path, "esok", [row(1), row(1, text="Air naik lagi."), row(2)], seen_of(first))
    articles = second.read("articles")
    assert refs(second, "articles") == ["2", "3"]
    assert refs(second, "rejected") == ["1"]
    assert articles["url_key"][0].as_py() == first.read("articles")["url_key"][0].as_py()
    assert articles["id"][0].as_py() != first.read("articles")["id"][0].as_py()
    assert articles["batch"].to_pylist() == ["esok", "esok"]
    assert articles["first_seen"].to_pylist() == ["malam", "esok"]


def test_first_seen_is_the_earliest_batch(tmp_path):
    one = taken_in(tmp_path, "satu", [row(1), row(2)])
    two = taken_in(tmp_path, "dua", [row(2, text="Dua."), row(3)], seen_of(one))
    three = taken_in(
        tmp_path, "tiga", [row(n, text="Tiga.") for n in (1, 2, 3, 4)] + [{"text": "Tanpa alamat."}], seen_of(one, two)
    )
    assert three.read("articles")["first_seen"].to_pylist() == ["satu", "satu", "dua", "tiga", "tiga"]


def test_seen_knows_ids_and_pages(tmp_path):
    stage = taken_in(tmp_path, "satu", [row(n) for n in range(5)])
    seen = seen_of(stage)
    ids = stage.read("articles")["id"].to_pylist()
    numbers = np.array([int(key, 16) for key in [*ids, "0" * 16, "f" * 16]], np.uint64)
    assert seen.has(numbers).tolist() == [True] * 5 + [False] * 2
    assert Seen().has(numbers).tolist() == [False] * 7
    keys = stage.read("articles")["url_key"].to_pylist()
    assert seen.first_seen([*keys, "warta.example/9", None], "dua") == ["satu"] * 5 + ["dua", "dua"]
    assert Seen().first_seen([*keys, None], "dua") == ["dua"] * 6


def test_repeats_that_another_batch_brought_meanwhile(tmp_path):
    early = taken_in(tmp_path, "satu", [row(1), row(2), row(3, text="")])
    late = taken_in(tmp_path, "dua", [row(2), row(3)])
    set_aside_repeats(early, "satu", seen_of(late))
    assert refs(early, "articles") == ["1"]
    assert sorted(early.read("rejected")["reason"].to_pylist()) == ["empty", "repeat"]
    assert early.manifest()["input"] == "satu.jsonl"


# -- kills --------------------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for a kill: nothing after it runs."""


def test_a_killed_run_goes_on_and_ends_the_same(tmp_path, small_parts, monkeypatch):
    rows = [row(n % 8) for n in range(14)]
    whole = taken_in(tmp_path, "malam", rows)
    path = tmp_path / "malam.jsonl"

    for dies_at in ("articles", "rejected", "mark"):
        stage = store.Stage(tmp_path / dies_at / "ingest")
        write_table, write_json = store.write_table, store.write_json

        def table_then_kill(file, table, dies_at=dies_at, write_table=write_table):
            write_table(file, table)
            if file.parent.name == dies_at and file.stem == "part-00002":
                raise Killed

        def kill_before_mark(file, value, dies_at=dies_at, write_json=write_json):
            if dies_at == "mark" and file.stem == "00002":
                raise Killed
            write_json(file, value)

        with monkeypatch.context() as patched:
            patched.setattr(store, "write_table", table_then_kill)
            patched.setattr(store, "write_json", kill_before_mark)
            with pytest.raises(Killed):
                bring(tmp_path, "malam", path, stage.begin("k"))
        draft = stage.begin("k")
        assert [draft.has(part) for part in range(4)] == [True, True, False, False]
        bring(tmp_path, "malam", path, draft)
        draft.commit()
        assert stage.content() == whole.content()
