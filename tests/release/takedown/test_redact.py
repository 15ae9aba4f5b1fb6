"""A takedown in published versions: the text goes, everything else can be proved to be as it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from curation import store
from curation.release.takedown import tombstones
from curation.release.takedown.redact import redact_releases
from curation.release.verify import takedown, verify

DAY = "2026-03-09"


@pytest.fixture
def releases(workspace, release):
    """Two versions; what did not change is one file in both."""
    folder = workspace(20)
    release(folder, "1.0.0")
    labels = pq.read_table(folder / "labels.parquet")
    store.write_table(folder / "labels.parquet", labels.slice(1))
    release(folder, None)
    return folder / "releases"


def versions(releases):
    return sorted(path for path in (releases / "pasar").glob("[0-9]*"))


def rows(version, config="default"):
    return pq.read_table(version / "data" / config).to_pylist()


def some_id(releases):
    """One with an annotation."""
    return rows(versions(releases)[0], "annotations")[0]["document_id"]


def test_the_text_goes_and_the_row_stays(releases):
    id_ = some_id(releases)
    before = {version: rows(version) for version in versions(releases)}
    done = redact_releases(releases, {id_: DAY})
    assert done.versions == versions(releases) != []
    assert done.left == {}
    for version, was in before.items():
        now = rows(version)
        assert [row for row in now if row["id"] != id_] == [row for row in was if row["id"] != id_]
        (old,), (new,) = ([row for row in table if row["id"] == id_] for table in (was, now))
        assert old["body"]
        assert old["title"]
        blank = dict.fromkeys(("body", "title", "url", "dateline", "byline")) | {"tags": [], "text_access": "withdrawn"}
        assert new == {**old, **blank}
        quotes = {row["quote"] for row in rows(version, "annotations") if row["document_id"] == id_}
        assert quotes == {None}
        assert {row["quote"] for row in rows(version, "annotations") if row["document_id"] != id_} == {"JAKARTA"}


def test_verify_tells_a_takedown_from_damage(releases):
    redact_releases(releases, {some_id(releases): DAY})
    for version in versions(releases):
        assert verify(version, deep=True) == []
        assert takedown(version) == f"altered by takedown: 1 document withdrawn on {DAY}"
    altered = next(iter(tombstones.read(versions(releases)[0]).files))
    path = versions(releases)[0] / altered
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert verify(versions(releases)[0]) == [f"{altered}: changed (sha256 differs)"]


def test_a_second_takedown_adds_to_the_first(releases):
    first = some_id(releases)
    other = next(row["id"] for row in rows(versions(releases)[0]) if row["id"] != first)
    redact_releases(releases, {first: DAY})
    assert redact_releases(releases, {first: DAY}).files == []  # nothing is left to do
    redact_releases(releases, {other: "2026-04-01"})
    for version in versions(releases):
        assert verify(version, deep=True) == []
        assert takedown(version) == f"altered by takedown: 2 documents withdrawn on {DAY} to 2026-04-01"


def test_what_versions_share_stays_shared_and_is_never_written_into(releases):
    first, second = versions(releases)
    path = next(path for path in (first / "data" / "default").iterdir() if some_id(releases) in ids_of(path))
    beside = second / path.relative_to(first)
    assert path.stat().st_ino == beside.stat().st_ino
    outside = releases / "outside.parquet"
    os.link(path, outside)
    before = outside.read_bytes()
    redact_releases(releases, {some_id(releases): DAY})
    assert outside.read_bytes() == before
    assert path.stat().st_ino == beside.stat().st_ino != outside.stat().st_ino


def ids_of(path):
    return pq.read_table(path, columns=["id"])["id"].to_pylist()


def test_the_manifest_stays_and_so_does_the_chain(releases):
    before = [(version / "MANIFEST.json").read_bytes() for version in versions(releases)]
    redact_releases(releases, {some_id(releases): DAY})
    assert [(version / "MANIFEST.json").read_bytes() for version in versions(releases)] == before
    done = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=versions(releases)[0], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr


def forge(version, change):
    """Change the table of an altered file, and everything that plainly vouches for it."""
    stones = tombstones.read(version)
    name = next(name for name in stones.files if "default" in name)
    table = change(pq.read_table(version / name))
    pq.write_table(table, version / name)
    stones.files[name] |= {
        "sha256": store.file_digest(version / name),
        "bytes": (version / name).stat().st_size,
    }
    tombstones.write(version, stones)
    tombstones.sums(version, [name, tombstones.FILE])


def test_who_forges_tombstones_is_found_by_the_digest_of_the_manifest(releases):
    id_ = some_id(releases)
    redact_releases(releases, {id_: DAY})
    version = versions(releases)[0]

    def another_outlet(table):
        place = table.schema.get_field_index("outlet")
        names = ["Detak" if row["id"] == id_ else "Palsu" for row in table.to_pylist()]
        return table.set_column(place, table.schema.field(place), [names])

    forge(version, another_outlet)
    assert verify(version) == []
    assert ["the rows differ" in problem for problem in verify(version, deep=True)] == [True]


def test_a_text_that_came_back_is_found(releases):
    id_ = some_id(releases)
    redact_releases(releases, {id_: DAY})
    version = versions(releases)[0]

    def with_text(table):
        place = table.schema.get_field_index("body")
        return table.set_column(place, table.schema.field(place), [["kembali"] * table.num_rows])

    stones = tombstones.read(version)
    path = version / next(name for name in stones.files if "default" in name)
    pq.write_table(with_text(pq.read_table(path)), path)
    assert tombstones.still_there(stones, version) == [f"{id_}: withdrawn, but its text is still here"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda told: "no JSON", "TOMBSTONES.json: not readable"),
        (lambda told: json.dumps(told | {"other": 1}), "TOMBSTONES.json: not readable"),
        (
            lambda told: json.dumps(
                told | {"files": {"README.md": {"published_sha256": "0", "sha256": "1", "bytes": 1}}}
            ),
            "TOMBSTONES.json: README.md was not published as it says",
        ),
    ],
)
def test_tombstones_that_do_not_fit_are_told(releases, change, told):
    redact_releases(releases, {some_id(releases): DAY})
    path = versions(releases)[0] / "TOMBSTONES.json"
    path.write_text(change(json.loads(path.read_text())))
    assert told in verify(versions(releases)[0])


def test_a_damaged_file_is_emptied_and_stays_damaged(releases):
    id_ = some_id(releases)
    version = versions(releases)[0]
    path = next(path for path in (version / "data" / "default").iterdir() if id_ in ids_of(path))
    table = pq.read_table(path)
    path.unlink()  # not in place: the next version has it, too
    pq.write_table(table.slice(0, table.num_rows), path)
    redact_releases(releases, {id_: DAY})
    assert {row["body"] for row in rows(version) if row["id"] == id_} == {None}
    assert verify(version) != []
    assert verify(versions(releases)[1], deep=True) == []


def test_what_can_not_be_read_is_left_to_a_person(releases):
    version = versions(releases)[0]
    path = next((version / "data" / "default").iterdir())
    path.unlink()
    path.write_bytes(b"PAR1 and nothing else")
    done = redact_releases(releases, {some_id(releases): DAY})
    assert list(done.left) == [path]


KILL = """
import sys
from pathlib import Path
from curation.release.takedown.redact import redact_releases
redact_releases(Path(sys.argv[1]), {sys.argv[2]: sys.argv[3]})
"""


def test_killed_between_tombstones_and_files(releases):
    id_ = some_id(releases)
    environment = os.environ | {
        "CURATION_FAILPOINT": "withdraw:after-tombstones", "PYTHONPATH": str(Path(__file__).parents[3]),
    }  # fmt: skip
    command = [sys.executable, "-c", KILL, str(releases), id_, DAY]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    version = versions(releases)[0]
    assert verify(version) != []
    assert any(row["body"] for row in rows(version) if row["id"] == id_)
    redact_releases(releases, {id_: DAY})
    for version in versions(releases):
        assert verify(version, deep=True) == []
        assert not any(row["body"] for row in rows(version) if row["id"] == id_)
