"""A Label Studio server of one's own: for the tests, and to look at a labelling page before a campaign.

It lives in an environment of its own, for its pins don't go together with ours, listens on the loopback
address only and sends nothing outside. A folder holds one version: ``venv/`` and ``data/``, an empty database that
is made once, in a minute, and copied for every server that starts for the first time.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from curation.errors import DataError, UsageError
from curation.store import write_atomically

VERSION = "1.23.2"
EMAIL = "admin@kurasi.example"
DATABASE = "label_studio.sqlite3"

#: No statistics, no error reports, no question for newer versions.
SILENT = {
    "COLLECT_ANALYTICS": "false",
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "LATEST_VERSION_CHECK": "false",
}


@dataclass(frozen=True)
class Server:
    """A running server and the key of its administrator; leaving a ``with`` block stops it."""

    url: str
    password: str
    token: str
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """End the server and all that it started."""
        for sign, seconds in ((signal.SIGTERM, 20), (signal.SIGKILL, 20)):
            if self.process.poll() is None:
                os.killpg(self.process.pid, sign)
                try:
                    self.process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def install(folder: Path, version: str = VERSION) -> Path:
    """The server's program in ``folder/venv``, installed there where it is missing (850 MB)."""
    program = folder / "venv" / "bin" / "label-studio"
    done = folder / "installed"
    if done.exists() and done.read_text() == version:
        return program
    pip = [str(folder / "venv" / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    steps = [
        [sys.executable, "-m", "venv", str(folder / "venv")],
        [*pip, "-U", "pip"],
        [*pip, f"label-studio=={version}"],
    ]
    for step in steps:
        if subprocess.run(step).returncode:
            remedy = f"It needs a package index, once. By hand: {' '.join(step)}"
            raise DataError(f"label-studio {version} could not be installed", where=str(folder), remedy=remedy)
    write_atomically(done, version.encode())
    return program


def first_data(folder: Path, data: Path) -> None:
    """Give a new server its empty database, which takes a minute to make once a version, and no time after that.

    Args:
        folder: where :func:`install` put the program.
        data: the server's; what stands there already stays.
    """
    template = folder / "data"
    if not (template / "migrated").exists():
        start(folder, data=template).stop()
        write_atomically(template / "migrated", b"")
    if not (data / DATABASE).exists():
        shutil.copytree(template, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns("server.log", "migrated"))


def start(folder: Path, port: int = 0, *, data: Path, timeout: float = 300) -> Server:
    """Start the installed server and wait until it answers.

    Args:
        folder: where :func:`install` put it.
        port: 0 takes a free one.
        data: where it keeps its database (see :func:`first_data`).
        timeout: seconds to wait.

    Raises:
        UsageError: the port is taken.
        DataError: the server ended or did not answer in time.
    """
    data.mkdir(parents=True, exist_ok=True)
    port = _free_port(port)
    password, token = _account(data)
    environment = {
        **os.environ,
        **SILENT,
        "LABEL_STUDIO_BASE_DATA_DIR": str(data.absolute()),
        "LABEL_STUDIO_USERNAME": EMAIL,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_USER_TOKEN": token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    }
    program = (folder / "venv" / "bin" / "label-studio").absolute()
    command = [str(program), "start", "--no-browser", "--internal-host", "127.0.0.1", "-p", str(port)]
    log = data.absolute() / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=data,  # it asks git about the folder that it is started in
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", password, token, process, log)
    try:
        _wait(server, timeout)
    except BaseException:
        server.stop()
        raise
    return server


def _free_port(port: int) -> int:
    """The port, if nobody listens there: the server itself would take the next one without a word."""
    with socket.socket() as probe:
        # the connections of a server that died linger on for a minute; only a listener is in the way
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise UsageError(f"port {port} is taken", remedy="Name another one.") from None
        return int(probe.getsockname()[1])


def account_file(data: Path) -> Path:
    """Where the administrator's password and token stand, a line each."""
    return data / "account"


def _account(data: Path) -> tuple[str, str]:
    """Password and token of the administrator, made up at the first start; only the owner may read them."""
    file = account_file(data)
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
            out.write(f"{secrets.token_urlsafe(16)}\n{secrets.token_hex(20)}\n")
    password, token = file.read_text().split()
    return password, token


def _wait(server: Server, timeout: float) -> None:
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.url}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise DataError("the Label Studio server did not start", where=str(server.log), remedy="Its last lines say why.")
