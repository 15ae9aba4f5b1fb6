"""What a person is told when there is no server, another one, or one that fails."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from curation.annotation.project import push as pushing
from curation.annotation.project.push import batches, push
from curation.annotation.project.record import Record, lock
from curation.annotation.project.remote import connect
from curation.errors import CurationError, DataError, InputError, UsageError

TOKEN = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def answering() -> Iterator[Any]:
    """A web server that always gives the same answer; it is set by calling the fixture."""
    answer: list[Any] = [200, b"", "text/html"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body, kind = answer
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()

        def of(status: int, body: bytes, kind: str = "text/html") -> str:
            answer[:] = [status, body, kind]
            return f"http://127.0.0.1:{web.server_port}"

        yield of
        web.shutdown()
        thread.join()


def told(url: str, key: str = TOKEN) -> CurationError:
    with pytest.raises(CurationError) as error, connect({"LABEL_STUDIO_URL": url, "LABEL_STUDIO_API_KEY": key}):
        pass
    assert key not in str(error.value)
    assert error.value.remedy or error.value.where
    return error.value


def test_what_is_not_set_is_named() -> None:
    with pytest.raises(UsageError, match=r"^LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY not set"), connect({}):
        pass
    with (
        pytest.raises(UsageError, match=r"^LABEL_STUDIO_API_KEY not set"),
        connect({"LABEL_STUDIO_URL": "http://127.0.0.1:1", "LABEL_STUDIO_API_KEY": " "}),
    ):
        pass


def test_what_can_not_be_an_address_or_a_token_is_told() -> None:
    assert told("labels.example.org").what == "LABEL_STUDIO_URL is no address"
    assert told("http://127.0.0.1:1", "dua kata").what == "LABEL_STUDIO_API_KEY is no token"


def test_a_server_that_is_down() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        error = told(f"http://127.0.0.1:{probe.getsockname()[1]}")
    assert isinstance(error, UsageError)
    assert error.what.startswith("no Label Studio answers there")


def test_another_web_server(answering: Any) -> None:
    error = told(answering(200, b"<html>Selamat datang</html>"))
    assert error.what == "what answers there is no Label Studio"


def test_a_page_instead_of_an_answer_is_cut(answering: Any) -> None:
    error = told(answering(404, b"<html>" + b"tidak ditemukan " * 10_000))
    assert error.what.startswith("Label Studio refused (404): <html>tidak ditemukan")
    assert len(str(error)) < 500


def test_a_wrong_token(answering: Any) -> None:
    error = told(answering(401, b'{"detail": "Invalid token."}', "application/json"))
    assert (error.exit_code, error.what) == (2, "Label Studio does not know this token")


def test_requests_keep_to_their_sizes() -> None:
    tasks = [
        {"data": {"task_key": str(number), "text": "x" * size}} for number, size in enumerate([10, 10, 90, 10, 10])
    ]
    found = [[task["data"]["task_key"] for task in batch] for batch in batches(tasks, rows=2, size=140)]
    assert found == [["0", "1"], ["2"], ["3", "4"]]


def test_a_task_that_no_request_holds_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pushing, "LIMIT", 1 << 20)
    with pytest.raises(DataError, match="task besar has 2 MiB"):
        list(batches([{"data": {"task_key": "besar", "text": "x" * (2 << 20)}}]))


@pytest.mark.parametrize("second", [{}, {"data": {}}, {"data": {"task_key": "k"}}])
def test_tasks_without_keys_of_their_own_never_leave(second: Any) -> None:
    with pytest.raises(DataError, match=r"^task 2 has"):
        push(None, 1, [{"data": {"task_key": "k"}}, second])  # type: ignore[arg-type]


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "projects.json").write_text("[{", encoding="utf-8")
    with pytest.raises(InputError, match=r"projects\.json: not readable"):
        Record(tmp_path)


def test_a_lock_is_held_once(tmp_path: Path) -> None:
    with lock(tmp_path), pytest.raises(UsageError, match="another push or pull"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass
