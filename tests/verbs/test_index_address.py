"""The shared index's address: read from the environment, never told; and what a server that is not there gives."""

from __future__ import annotations

import socket
import sys

import pytest

from curation.errors import CurationError, UsageError
from curation.verbs import index


@pytest.mark.parametrize(
    "given",
    [
        "",
        "localhost:6379",
        "http://tim:rahasia@127.0.0.1",
        "redis://",
        "redis://tim:rahasia@127.0.0.1:rahasia",
        "redis://tim:rahasia@127.0.0.1/rahasia",
        "redis://tim:rahasia#1@127.0.0.1",
        "redis://tim:rahasia/1@127.0.0.1",
        "redis://tim:rahasia?1@127.0.0.1",
        "redis://tim:rahasia@[127.0.0.1",
        "redis://tim:rahasia@127.0.0.1:6379/0?password=rahasia",
    ],
)
def test_what_is_no_address(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(index.ADDRESS, given)
    with pytest.raises(UsageError, match="redis://user:password@host:6379/0") as caught:
        index.read_address()
    assert "rahasia" not in f"{caught.value} {caught.value.__cause__} {caught.value.__context__}"


def test_an_address_is_shown_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(index.ADDRESS, "rediss://tim:kata%2Fsandi@indeks.example/3")
    read = index.read_address()
    assert (read.username, read.password, read.port, read.db, read.ssl) == ("tim", "kata/sandi", 6379, 3, True)
    assert "sandi" not in f"{read} {read!r}"


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        monkeypatch.setenv(index.ADDRESS, f"redis://tim:rahasia@127.0.0.1:{port}")
        with pytest.raises(CurationError, match=rf"server at 127\.0\.0\.1:{port}/0 does not answer.*Start it"):
            index.SharedIndex(index.read_address(), "curation", create=True)


def test_the_package_redis_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(index.ADDRESS, "redis://127.0.0.1")
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(UsageError, match=r'pip install "curation\[redis\]"'):
        index.SharedIndex(index.read_address(), "curation", create=True)
