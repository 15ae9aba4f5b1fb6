"""The shared index on a real Redis: what it finds, what a broken push leaves, what it refuses and never tells."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import redis
from datasketch import MinHash, MinHashLSH

from curation import config, store
from curation.dedup.shingle import SPEC
from curation.dedup.signature import sign
from curation.errors import CurationError, InputError, UsageError
from curation.pipeline import Pipeline
from curation.verbs import index
from curation.verbs.files import run_on_files
from curation.verbs.start import make_workspace
from curation.workspace import Batch, Workspace
from curation.workspace.inputs import find_inputs

ROOT = Path(__file__).parents[2]

# -- invented documents ---------------------------------------------------------------------------


def text(seed: int, changed: int = 0) -> str:
    """A text of its own for every seed, some of its 300 words replaced."""
    draw, other = random.Random(seed), random.Random(f"{seed} {changed}")
    words = [f"{draw.choice('bdgklmnprst')}{draw.choice('aeiou')}{draw.randrange(900)}" for _ in range(300)]
    for place in other.sample(range(300), changed):
        words[place] = f"lain{other.randrange(900)}"
    return " ".join(words)


def documents(texts: list[str], start: int = 0) -> pa.Table:
    return pa.table(
        {
            "id": [f"{start + number:016x}" for number in range(len(texts))],
            "body": texts,
            "text_sha256": [store.digest(body) for body in texts],
        }
    )


def signed_batch(workspace: Workspace, name: str, texts: list[str], start: int = 0) -> None:
    """A batch as far as the index is concerned: its signatures."""
    signatures = sign(documents(texts, start))
    draft = workspace.batch_stage(name, "sign").begin(store.digest(texts))
    for part, first in enumerate(range(0, signatures.num_rows, 40)):
        draft.write(part, {"signatures": signatures.slice(first, 40)})
    draft.commit()
    workspace.set_batch(Batch(name, "accepted"))


@pytest.fixture
def workspace(server: Any, tmp_path: Path) -> Workspace:
    """Two batches of 120 documents; every story stands in both, more changed from one to the next, and one is blank."""
    made = Workspace(tmp_path / "workspace")
    signed_batch(made, "pagi", [*(text(seed) for seed in range(119)), "..."])
    signed_batch(made, "sore", [text(seed, changed=seed) for seed in range(120)], 1000)
    return made


def signatures_of(workspace: Workspace) -> dict[str, list[int]]:
    tables = [store.read_table(place) for place in workspace.tables("sign", "signatures")]
    return {
        row["id"]: np.frombuffer(row["signature"], "<u4").tolist()
        for row in pa.concat_tables(tables).to_pylist()
        if row["signature"]
    }


def neighbours(signatures: dict[str, list[int]]) -> dict[str, set[str]]:
    """Who shares a band with whom, by comparing bands in memory."""
    groups = defaultdict(set)
    for key, values in signatures.items():
        for band in range(25):
            groups[band, tuple(values[5 * band : 5 * band + 5])].add(key)
    found: dict[str, set[str]] = {key: set() for key in signatures}
    for group in groups.values():
        for key in group:
            found[key] |= group - {key}
    return found


def found_by(table: pa.Table) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in table.to_pylist():
        found[row["id"]].add(row["index_id"])
    return found


# -- what it finds --------------------------------------------------------------------------------


def test_plain_datasketch_finds_what_our_bands_find(server: Any, workspace: Workspace) -> None:
    told = list(index.push_workspace(workspace))
    assert told == [index.Pushed("pagi", 119, 0, 0, 1), index.Pushed("sore", 120, 0, 0, 0)]
    plain = MinHashLSH(
        num_perm=128,
        params=(25, 5),
        prepickle=False,
        storage_config={
            "type": "redis",
            "basename": b"curation",
            "redis": {"host": "127.0.0.1", "port": server.port, "password": server.password},
        },
    )
    signatures = signatures_of(workspace)
    expected = neighbours(signatures)
    assert 40 < sum(map(bool, expected.values())) < 200  # some stories are changed beyond recognition
    for key, values in signatures.items():
        minhash = MinHash(hashvalues=np.array(values, np.uint32), seed=1, scheme="affine32")
        assert set(plain.query(minhash)) - {key.encode()} == {other.encode() for other in expected[key]}
    assert len(plain.keys) == 239
    # and what plain datasketch takes out is gone
    plain.remove(f"{1000:016x}".encode())
    assert f"{1000:016x}" not in found_by(index.find_in_index("pagi", config.load(), workspace=workspace))[f"{0:016x}"]


def test_find_tells_candidates_and_their_estimates(workspace: Workspace) -> None:
    list(index.push_workspace(workspace))
    signatures = signatures_of(workspace)
    table = index.find_in_index("pagi", config.load(), workspace=workspace)
    assert table.schema == index.CANDIDATES
    assert found_by(table) == {k: v for k, v in neighbours(signatures).items() if v and int(k, 16) < 1000}
    for row in table.to_pylist():
        ours, theirs = (np.array(signatures[row[key]][:125]) for key in ("id", "index_id"))
        assert row["jaccard_estimate"] == np.mean(ours == theirs)
    # document 0 stands in both batches unchanged; 119 words of 300 changed are another text
    rows = {row["id"]: row for row in table.to_pylist()}
    assert rows[f"{0:016x}"]["jaccard_estimate"] == 1.0
    assert f"{118:016x}" not in rows


def test_many_chunks_are_one_index(server: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    list(index.push_workspace(workspace))
    once, found = server.contents(), index.find_in_index("sore", config.load(), workspace=workspace)
    server.client().flushdb()
    monkeypatch.setattr(index, "CHUNK", 7)
    list(index.push_workspace(workspace))
    assert server.contents() == once
    assert index.find_in_index("sore", config.load(), workspace=workspace).to_pylist() == found.to_pylist()


def test_again_changes_nothing(server: Any, workspace: Workspace) -> None:
    list(index.push_workspace(workspace))
    before = server.contents()
    told = list(index.push_workspace(workspace))
    assert [(batch.new, batch.replaced, batch.unchanged) for batch in told] == [(0, 0, 119), (0, 0, 120)]
    assert server.contents() == before


def test_a_text_that_was_cleaned_anew_replaces_the_old_one(server: Any, workspace: Workspace) -> None:
    list(index.push_workspace(workspace))
    signed_batch(workspace, "sore", [text(seed, changed=seed % 7) for seed in range(120)], 1000)
    told = list(index.push_workspace(workspace))[1]
    assert (told.new, told.replaced, told.unchanged) == (0, 113, 7)
    signatures = signatures_of(workspace)
    table = index.find_in_index("pagi", config.load(), workspace=workspace)
    assert found_by(table) == {k: v for k, v in neighbours(signatures).items() if v and int(k, 16) < 1000}
    # nothing of the old texts is left: what stands there is what a new index would hold
    list(index.push_workspace(workspace, "segar"))
    held: dict[bytes, dict[bytes, Any]] = {b"curation": {}, b"segar": {}}
    for key, value in server.contents().items():
        name, _, rest = key.partition(b"_")
        if not isinstance(value, dict):
            held[name][rest] = value
    assert held[b"curation"] == held[b"segar"]


def test_batches_that_are_not_accepted_stay_out(workspace: Workspace) -> None:
    workspace.set_batch(Batch("sore", "dropped"))
    assert [batch.batch for batch in index.push_workspace(workspace)] == ["pagi"]
    with pytest.raises(UsageError, match="no such file or folder"):
        index.find_in_index("sore", config.load(), workspace=workspace)


# -- what breaks ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("table", [0, 12, 25])
def test_a_push_that_was_cut_short_is_completed(
    server: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, table: int
) -> None:
    """The server dies in the second chunk, before the writes of one of its 25 tables or of the lists."""
    list(index.push_workspace(workspace))
    whole = server.contents()
    server.client().flushdb()
    opened = index.SharedIndex(index.read_address(), "curation", create=True)
    part = [*opened._lsh.hashtables, opened._lsh.keys][table]
    write, calls = part.empty_buffer, []

    def write_or_die() -> None:
        calls.append(1)
        if len(calls) == 2:
            server.kill()
        write()

    part.empty_buffer = write_or_die
    monkeypatch.setattr(index, "SharedIndex", lambda *_, **__: opened)
    monkeypatch.setattr(index, "CHUNK", 50)
    with pytest.raises(CurationError, match="does not answer") as caught:
        list(index.push_workspace(workspace))
    assert "run the same command again" in str(caught.value)
    assert server.password not in str(caught.value)
    monkeypatch.undo()
    monkeypatch.setenv(index.ADDRESS, server.address())

    server.start()
    left = server.contents()
    assert 0 < len(left) < len(whole)
    for key in left[b"curation_keys"]:  # who seems complete is complete
        for number, value in enumerate(left[b"curation_keys" + key]):
            assert key in left[b"curation_bucket_" + number.to_bytes(2, "big") + value]
    told = list(index.push_workspace(workspace))
    assert sum(batch.new for batch in told) == 239 - len(left[b"curation_keys"])
    assert server.contents() == whole


def test_a_full_server_says_so(server: Any, workspace: Workspace) -> None:
    limit = server.client().config_get("maxmemory")["maxmemory"]
    server.client().config_set("maxmemory", "1kb")
    try:
        with pytest.raises(CurationError, match="refuses: command not allowed when used memory"):
            list(index.push_workspace(workspace))
    finally:
        server.client().config_set("maxmemory", limit)
    assert sum(batch.new for batch in index.push_workspace(workspace)) == 239


# -- what it refuses and never tells --------------------------------------------------------------


def test_another_spec_is_refused(server: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    list(index.push_workspace(workspace))
    before = server.contents()
    assert before[b"curation_spec"] == f"{SPEC}, 25 bands of 5 values".encode()
    monkeypatch.setattr(index, "SPEC", "words3-nfc")
    with pytest.raises(UsageError, match=rf"was made with {SPEC}, 25 bands .* has words3-nfc.*another --name"):
        list(index.push_workspace(workspace))
    with pytest.raises(UsageError, match="was made with"):
        index.find_in_index("pagi", config.load(), workspace=workspace)
    monkeypatch.undo()
    monkeypatch.setenv(index.ADDRESS, server.address())
    monkeypatch.setattr(index, "BANDS", 20)
    with pytest.raises(UsageError, match="20 bands of 5"):
        list(index.push_workspace(workspace))
    assert server.contents() == before


def test_an_index_of_somebody_else_is_refused(server: Any, workspace: Workspace) -> None:
    settings = {"host": "127.0.0.1", "port": server.port, "password": server.password}
    other = MinHashLSH(
        num_perm=128, params=(25, 5), storage_config={"type": "redis", "basename": b"curation", "redis": settings}
    )
    other.insert("berita", MinHash(num_perm=128))
    with pytest.raises(UsageError, match="unknown spec"):
        list(index.push_workspace(workspace))
    assert [batch.new for batch in index.push_workspace(workspace, "tim-kami")] == [119, 120]  # a name of one's own


def test_who_may_only_read_can_find_and_not_push(
    server: Any, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rights that docs/shared-index.md names."""
    readers = ["~curation_*", "+@read", "+@connection", "+@transaction"]
    server.client().execute_command("ACL", "SETUSER", "tamu", "on", ">buka", *readers)
    server.client().execute_command("ACL", "SETUSER", "tim", "on", ">tulis", *readers, "+@write", "-@dangerous")
    monkeypatch.setenv(index.ADDRESS, f"redis://tim:tulis@127.0.0.1:{server.port}")
    assert sum(batch.new for batch in index.push_workspace(workspace)) == 239
    monkeypatch.setenv(index.ADDRESS, f"redis://tamu:buka@127.0.0.1:{server.port}")
    assert index.find_in_index("pagi", config.load(), workspace=workspace).num_rows > 20
    signed_batch(workspace, "malam", [text(900)], 2000)
    with pytest.raises(CurationError, match=r"refuses: .*no permissions"):
        list(index.push_workspace(workspace))


def test_pickled_ids_are_never_opened(server: Any, workspace: Workspace) -> None:
    list(index.push_workspace(workspace))
    settings = {"host": "127.0.0.1", "port": server.port, "password": server.password}
    other = MinHashLSH(
        num_perm=128, params=(25, 5), storage_config={"type": "redis", "basename": b"curation", "redis": settings}
    )
    values = signatures_of(workspace)[f"{3:016x}"]
    other.insert("berita", MinHash(hashvalues=np.array(values, np.uint32), seed=1, scheme="affine32"))
    with pytest.raises(InputError, match="written with pickle"):
        index.find_in_index("pagi", config.load(), workspace=workspace)


def test_there_must_be_an_index_to_look_into(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match=r"no index 'curation' at .*curation index push"):
        index.find_in_index("pagi", config.load(), workspace=workspace)
    workspace.set_batch(Batch("baru", "accepted"))
    with pytest.raises(UsageError, match=r"'baru' has no signatures yet.*curation run"):
        list(index.push_workspace(workspace))


def test_a_password_that_a_server_repeats_is_not_told(server: Any) -> None:
    opened = index.SharedIndex(index.read_address(), "curation", create=True)
    with pytest.raises(CurationError, match=r"refuses: unknown command 'AUTH \*\*\*'\. Its log"), opened._errors_told():
        raise redis.exceptions.ResponseError(f"unknown command 'AUTH {server.password}'")


# -- the verbs ------------------------------------------------------------------------------------


def curation(folder: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curation", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_from_the_command_line(server: Any, tmp_path: Path) -> None:
    """Two teams: one pushes its corpus, the other asks about a batch, a cleaned folder and raw input."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    raw = tmp_path / "malam.jsonl"
    bodies = [*map(text, range(12)), *(text(seed, changed=6) for seed in range(4))]
    articles = [
        {"url": f"https://warta{number}.example/{number}", "judul": f"Kabar {number}", "isi": f"{body}."}
        for number, body in enumerate(bodies)
    ]
    raw.write_text("".join(json.dumps(article) + "\n" for article in articles))
    make_workspace(ours, raw)
    settings = config.load(ours / "curation.toml")
    list(Pipeline(Workspace(ours), settings).run(find_inputs(settings.input.paths, ours), until="dedup"))
    pushed = curation(ours, "index", "push")
    assert (pushed.returncode, pushed.stdout) == (0, ""), pushed.stderr
    assert " ".join(pushed.stderr.split()) == "malam 16 new, 0 replaced, 0 unchanged"

    theirs.mkdir()
    run_on_files(raw, theirs / "clean", "clean", config.load())
    wrong = server.address(password="kata-sandi-yang-salah")
    refused = curation(theirs, "index", "find", "clean", CURATION_INDEX=wrong)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"curation: the Redis server at 127.0.0.1:{server.port}/0 refuses this user or password. "
        "Correct CURATION_INDEX.\n"
    )
    cleaned = curation(theirs, "index", "find", "clean", "-o", "found.parquet")
    assert cleaned.returncode == 0, cleaned.stderr
    rows = store.read_table(theirs / "found.parquet").to_pylist()
    assert len(rows) == 8
    asked = curation(theirs, "index", "find", raw)
    assert asked.returncode == 0, asked.stderr
    header, *lines = asked.stdout.splitlines()
    assert header.split() == ["document", "may", "repeat", "estimated", "Jaccard"]
    assert [line.split()[:2] for line in lines] == [[row["id"], row["index_id"]] for row in rows]
    batch = curation(ours, "index", "find", "malam", "--json")
    assert batch.returncode == 0, batch.stderr
    assert json.loads(batch.stdout) == rows

    # the address is nowhere but in the environment
    for folder in (ours, theirs):
        for path in folder.rglob("*"):
            assert path.is_dir() or b"rahasia" not in path.read_bytes(), path
    said = "".join(done.stdout + done.stderr for done in (pushed, refused, cleaned, asked, batch))
    assert "rahasia" not in said
    assert "kata-sandi" not in said
