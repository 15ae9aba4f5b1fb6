"""A real Redis for the tests of the shared index."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from curation.verbs.index import ADDRESS

#: all of Redis is one program, which looks at the name it is called by; Debian's redis-tools has this one
PROGRAM = next(filter(None, map(shutil.which, ("redis-server", "redis-check-rdb"))), None)


class Server:
    """A Redis server of the test's own, which forgets nothing when it is killed."""

    password = "sangat/rahasia%21"

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.settings = folder / "redis.conf"
        self.settings.write_text(
            f'bind 127.0.0.1\nport {self.port}\ndir "{folder}"\nlogfile "{folder}/log"\n'
            f'save ""\nappendonly yes\nappendfsync no\nrequirepass "{self.password}"\n'
        )
        self.start()

    def start(self) -> None:
        assert PROGRAM
        self.process = subprocess.Popen(["redis-server", str(self.settings)], executable=PROGRAM)
        for _ in range(200):
            try:
                self.client().ping()
                return
            except redis.exceptions.ConnectionError:
                time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server does not answer: see {self.settings.with_name('log')}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, password=self.password, retry=None)

    def address(self, password: str = password) -> str:
        return f"redis://:{password.replace('%', '%25').replace('/', '%2F')}@127.0.0.1:{self.port}/0"

    def contents(self) -> dict[bytes, Any]:
        """All that stands there."""
        client = self.client()
        keys = sorted(client.scan_iter(count=10_000))
        with client.pipeline() as pipe:
            read = {b"hash": pipe.hgetall, b"set": pipe.smembers, b"string": pipe.get}
            read[b"list"] = lambda key: pipe.lrange(key, 0, -1)
            for key in keys:
                pipe.type(key)
            for key, kind in zip(keys, pipe.execute(), strict=True):
                read[kind](key)
            return dict(zip(keys, pipe.execute(), strict=True))


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests."""
    if PROGRAM is None:
        assert not os.environ.get("CI"), "CI must have Redis: make test installs it"
        pytest.skip("no Redis here: the shared index is NOT tested")
    made = Server(tmp_path_factory.mktemp("redis"))
    yield made
    made.stop()


@pytest.fixture
def server(started: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, empty, its address in the environment."""
    started.client().flushall()
    monkeypatch.setenv(ADDRESS, started.address())
    return started
