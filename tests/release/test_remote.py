"""Copies of a release in places that fsspec reaches, a real S3 server among them."""

from __future__ import annotations

import itertools
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fsspec.implementations.arrow import ArrowFSWrapper

from curation.cli.release import publish
from curation.errors import DataError, UsageError
from curation.release import remote
from curation.release.publish import Published
from curation.release.remote import Uploaded, upload
from curation.release.verify import verify
from tests.release.environments import environment

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(workspace, release) -> Path:
    return release(workspace()).folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_copy_is_a_release(folder, tmp_path):
    url = f"file://{tmp_path}/far/away"
    n = len(names(folder))
    assert upload(folder.parent / "latest", url) == Uploaded(f"{url}/pasar/1.0.0", n, 0)
    copy = tmp_path / "far" / "away" / "pasar" / "1.0.0"
    assert names(copy) == names(folder)
    assert verify(copy, deep=True) == []
    assert upload(folder, url + "/") == Uploaded(f"{url}/pasar/1.0.0", 0, n)


def test_the_manifest_comes_last(folder, monkeypatch):
    sent = []
    send = remote._send
    monkeypatch.setattr(remote, "_send", lambda *args: (sent.append(args[2]), send(*args)))
    upload(folder, "memory://last")
    assert [name.rpartition("/")[2] for name in sent[-2:]] == ["SHA256SUMS", "MANIFEST.json"]
    assert len(sent) == len(names(folder))


def test_an_upload_that_broke_off_goes_on(folder, tmp_path, monkeypatch):
    send, url = remote._send, f"file://{tmp_path}/far"
    copy = tmp_path / "far" / "pasar" / "1.0.0"
    n = len(names(folder))

    def broken(path: Path, filesystem: Any, target: str) -> None:
        if next(calls) == at:
            send(path, filesystem, target)
            place = Path(target)
            place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])  # all that came through
            raise ConnectionResetError("gone")
        send(path, filesystem, target)

    for at in range(n):
        shutil.rmtree(tmp_path / "far", ignore_errors=True)
        calls = itertools.count()
        monkeypatch.setattr(remote, "_send", broken)
        with pytest.raises(DataError, match=r"the store refuses: gone\. Look at the address") as caught:
            upload(folder, url)
        assert caught.value.where == f"{url}/pasar/1.0.0"
        assert verify(copy) != []
        monkeypatch.setattr(remote, "_send", send)
        done = upload(folder, url)
        assert (done.sent, done.kept) == (n - at, at)
        assert verify(copy) == []


def test_what_another_upload_left_is_removed(folder, tmp_path):
    copy = tmp_path / "far" / "pasar" / "1.0.0"
    (copy / "data" / "default").mkdir(parents=True)
    (copy / "data" / "default" / "train-1999.parquet").write_bytes(b"of something else")
    (copy / "README.md").write_text("of something else")
    upload(folder, f"file://{tmp_path}/far")
    assert verify(copy) == []


def test_other_content_is_refused(workspace, release, folder, tmp_path):
    url = f"file://{tmp_path}/far"
    upload(folder, url)
    copy = tmp_path / "far" / "pasar" / "1.0.0"
    before = (copy / "MANIFEST.json").read_bytes()
    other = release(workspace(25, "other")).folder
    with pytest.raises(DataError, match="a version never changes") as caught:
        upload(other, url)
    assert caught.value.where == f"{url}/pasar/1.0.0"
    assert (copy / "MANIFEST.json").read_bytes() == before
    assert verify(copy) == []


def test_a_copy_that_was_damaged_is_mended(folder, tmp_path):
    url = f"file://{tmp_path}/far"
    upload(folder, url)
    damaged = tmp_path / "far/pasar/1.0.0/data/default/train-2025.parquet"
    data = bytearray(damaged.read_bytes())
    data[100] ^= 1
    damaged.write_bytes(data)
    assert upload(folder, url).sent == 1
    assert verify(tmp_path / "far/pasar/1.0.0") == []


def test_a_damaged_version_is_not_copied(folder, tmp_path):
    (folder / "README.md").write_text("pendek")
    with pytest.raises(DataError, match=r"only a whole version is copied:\nREADME\.md: 6 bytes"):
        upload(folder, f"file://{tmp_path}/far")
    assert not (tmp_path / "far").exists()


@pytest.mark.parametrize("url", ["nowhere://a/b", "s3://", "bucket/path"])
def test_an_address_that_nobody_knows_is_told(folder, url):
    with pytest.raises(UsageError, match=r"no way to write there|no address"):
        upload(folder, url)


@pytest.mark.parametrize("public", [False, True])
def test_the_command_copies_one_flavour(workspace, release, folder, tmp_path, monkeypatch, public):
    """With --public the public one alone: whole texts go nowhere that was not meant."""
    other = release(workspace(25, "other")).folder
    made = Published(folder, "1.0.0", True, 16, "0", Published(other, "1.0.0", True, 20, "1") if public else None)
    monkeypatch.setattr("curation.verbs.publication.publish_workspace", lambda *_, **__: made)
    copied = []
    monkeypatch.setattr(remote, "upload", lambda *args: (copied.append(args), upload(*args))[1])
    monkeypatch.chdir(tmp_path)
    Path("curation.toml").write_text("")
    url = f"file://{tmp_path}/far"
    done = CliRunner().invoke(publish, ["--to", url, *(["--public"] if public else [])])
    assert done.exit_code == 0, done.output
    assert copied == [(other if public else folder, url)]
    assert f"{url}/pasar/1.0.0\n" in done.stdout
    assert f"copied pasar: {len(names(folder))} files sent, 0 were there already" in done.stderr


# -- a real server --------------------------------------------------------------------------------


@pytest.fixture
def bucket(tmp_path, monkeypatch) -> Iterator[ArrowFSWrapper]:
    """An empty bucket on an S3 server of its own; what reaches it as s3://."""
    from pyarrow.fs import S3FileSystem

    program = environment("moto-5.2.5", "moto[server]==5.2.5") / "moto_server"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path / "server.log").open("w")
    server = subprocess.Popen([program, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        place = f"127.0.0.1:{port}"
        files = S3FileSystem(region="us-east-1", endpoint_override=place, scheme="http", allow_bucket_creation=True)
        files.create_dir("korpus")
        yield ArrowFSWrapper(files)
    finally:
        server.terminate()
        server.wait(30)
        log.close()


@pytest.mark.slow
def test_a_copy_on_s3(folder, bucket, tmp_path, monkeypatch):
    n = len(names(folder))
    send = remote._send

    def broken(path: Path, filesystem: Any, target: str) -> None:
        if path.name == "SHA256SUMS":
            raise ConnectionResetError("gone")
        send(path, filesystem, target)

    monkeypatch.setattr(remote, "_send", broken)
    with pytest.raises(DataError, match="the store refuses: gone"):
        upload(folder, "s3://korpus/berita")
    assert not bucket.exists("korpus/berita/pasar/1.0.0/MANIFEST.json")
    monkeypatch.setattr(remote, "_send", send)
    assert upload(folder, "s3://korpus/berita") == Uploaded("s3://korpus/berita/pasar/1.0.0", 2, n - 2)
    assert upload(folder, "s3://korpus/berita").sent == 0
    for name in names(folder):
        place = tmp_path / "back" / "1.0.0" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(bucket.cat_file(f"korpus/berita/pasar/1.0.0/{name}"))
    assert len(bucket.find("korpus")) == n
    assert verify(tmp_path / "back" / "1.0.0", deep=True) == []


@pytest.mark.slow
def test_s3_refuses_what_it_must(workspace, release, folder, bucket):
    upload(folder, "s3://korpus")
    other = release(workspace(25, "other")).folder
    with pytest.raises(DataError, match="a version never changes"):
        upload(other, "s3://korpus")
    with pytest.raises(DataError, match=r"the store refuses: .*(?i:bucket)"):
        upload(folder, "s3://nobody")
    told = json.loads(bucket.cat_file("korpus/pasar/1.0.0/MANIFEST.json"))
    assert told["name"] == "pasar"
