from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

PARAGRAPHS = "<p>Air sungai mulai surut, kata warga Desa Sukamaju pada Selasa pagi.</p>" * 6


def warc_record(url: str, payload: bytes, headers: str = "Content-Type: text/html", status: str = "200 OK") -> bytes:
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + payload
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-06-10T04:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{abs(hash(url)):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        ).encode()
        + block
        + b"\r\n\r\n"
    )


def page(title: str) -> bytes:
    return f"<html><title>{title}</title><body><h1>{title}</h1>{PARAGRAPHS}</body></html>".encode()


RECORDS = [
    warc_record("https://kabar.example/1", page("Banjir surut di desa")),
    warc_record("https://kabar.example/logo.png", b"\x89PNG", "Content-Type: image/png"),
    warc_record("https://kabar.example/pindah", b"", status="301 Moved Permanently"),
    warc_record(
        "https://kabar.example/2",
        gzip.compress(page("Warga pulang ke rumah")),
        "Content-Type: text/html\r\nContent-Encoding: gzip",
    ),
    warc_record(
        "https://kabar.example/3",
        "<html><title>Kafé dibuka lagi</title><body>".encode("cp1252") + PARAGRAPHS.encode() + b"\xe9</body>",
        "Content-Type: text/html; charset=iso-8859-1",
    ),
]


@pytest.mark.parametrize("name", ["arsip.warc", "arsip.warc.gz", "arsip"])
def test_pages_of_a_crawl(name: str, tmp_path: Path, ingest: Any) -> None:
    pack = gzip.compress if name.endswith("gz") else bytes
    (tmp_path / name).write_bytes(b"".join(pack(record) for record in RECORDS))
    found = ingest(tmp_path / name)
    assert not found.rejected
    assert [(row["source_ref"], row["url"], row["title"]) for row in found.articles] == [
        (f"{name}:1", "https://kabar.example/1", "Banjir surut di desa"),
        (f"{name}:4", "https://kabar.example/2", "Warga pulang ke rumah"),
        (f"{name}:5", "https://kabar.example/3", "Kafé dibuka lagi"),
    ]
    assert found.articles[0]["fetched_at"].isoformat() == "2025-06-10T04:00:00+00:00"
    assert found.articles[0]["raw"].count("Desa Sukamaju") == 6


@pytest.mark.parametrize("name", ["arsip.warc", "arsip.warc.gz"])
def test_a_half_written_crawl(name: str, tmp_path: Path, ingest: Any) -> None:
    pack = gzip.compress if name.endswith("gz") else bytes
    data = b"".join(pack(record) for record in RECORDS)
    (tmp_path / name).write_bytes(data[: len(data) - 60])
    found = ingest(tmp_path / name)
    assert [row["source_ref"] for row in found.articles] == [f"{name}:1", f"{name}:4"]
    assert list(found.reasons().values()) == ["unreadable"]
