"""Whatever the bytes: rows, rejections, or an error for people."""

from __future__ import annotations

import gzip
import io
import json
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curation.errors import CurationError

PARAGRAPHS = "<p>Air sungai mulai surut, kata warga Desa Sukamaju.</p>" * 5
PAGE = (
    '<html><head><title>Banjir surut</title><link rel="canonical" href="https://kabar.example/1?page=2">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-06-10T10:00:00Z"}</script>'
    f'</head><body><h1>Banjir surut</h1><div class="date">10 Juni 2025 10:00 WIB</div>{PARAGRAPHS}</body></html>'
).encode()
ROWS = [{"url": f"https://kabar.example/{i}", "isi": f"Air “surut” {i}", "tanggal": "10/06/2025"} for i in range(9)]
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE
WARC = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://kabar.example/1\r\n"
    f"WARC-Date: 2025-06-10T04:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    f"Content-Type: application/http\r\nContent-Length: {len(HTTP)}\r\n\r\n"
).encode()


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), buffer)
    return buffer.getvalue()


SEEDS = {
    "a.txt": "Air “surut”.".encode(),
    "a.html": PAGE,
    "a.jsonl": "".join(json.dumps(row) + "\n" for row in ROWS).encode(),
    "a.json": json.dumps(ROWS, indent=1).encode(),
    "a.csv": ("url,isi\n" + "".join(f'{row["url"]},"{row["isi"]}"\n' for row in ROWS)).encode(),
    "a.parquet": _parquet(),
    "a.warc": (WARC + HTTP + b"\r\n\r\n") * 2,
    "a": PAGE,
}
BITS = [b"\0", b'"', b"\n", b"\xff\xfe", b"\xed\xa0\xbd", b"\\ud83d", b"<div>" * 50, b"[" * 2000, b"9" * 5000, b"&#0;"]


@st.composite
def damaged(draw: st.DrawFn, seed: bytes) -> bytes:
    data = seed
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        skip = draw(st.sampled_from([0, 1, 10, 200]))
        data = data[:at] + draw(st.one_of(st.sampled_from(BITS), st.binary(max_size=20))) + data[at + skip :]
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("packed", [False, True])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes(name: str, packed: bool, data: st.DataObject, tmp_path: Path, ingest: Any) -> None:
    content = data.draw(st.one_of(damaged(SEEDS[name]), st.binary(max_size=200)))
    if packed:
        content = data.draw(damaged(gzip.compress(content, mtime=0)))
    path = tmp_path / (name + ".gz" * packed)
    path.write_bytes(content)
    try:
        found = ingest(path)
    except CurationError:
        return
    refs = [row["source_ref"] for row in found.articles + found.rejected]
    assert len(refs) == len(set(refs))
    assert all(row["raw"].strip() for row in found.articles)
    assert {row["reason"] for row in found.rejected} <= {"empty", "malformed", "unreadable", "no_text", "joined"}


def test_what_once_took_long_or_too_much(tmp_path: Path, ingest: Any) -> None:
    folder = tmp_path / "malam"
    folder.mkdir()
    hostile = {
        "dalam": b"<div>" * 50_000 + PAGE,
        "kelas": b'<div class="date">' * 5_000 + PAGE,
        "nol": b"\0" * 100_000 + PAGE,
        "kurung": b"<" * 100_000 + PAGE,
        "json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + PAGE,
        "tautan": b"<link rel=next href=" * 10_000 + PAGE,
        "xml": b'<?xml version="1.0" encoding="utf-16"?>' + PAGE,
        "entitas": b"&amp;" * 100_000 + PAGE,
    }
    for name, content in hostile.items():
        (folder / f"{name}.html").write_bytes(content)
    found = ingest(folder)
    assert len(found.articles) + len(found.rejected) == len(hostile)


def test_a_row_that_is_too_long_is_rejected_as_such_and_no_other(
    tmp_path: Path, ingest: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curation.ingest.readers.stream.MAX_BYTES", 5_000)
    row = json.dumps({"url": "https://kabar.example/2", "isi": "Air surut. " * 1_000})
    short = [json.dumps({"url": f"https://kabar.example/{i}", "isi": f"Air surut di desa {i}."}) for i in (1, 3)]
    file = tmp_path / "malam.jsonl"
    file.write_text("\n".join([short[0], row, short[1]]) + "\n")
    found = ingest(file)
    assert [one["source_ref"] for one in found.articles] == ["malam.jsonl:1", "malam.jsonl:3"]
    [rejected] = found.rejected
    assert (rejected["source_ref"], rejected["reason"]) == ("malam.jsonl:2", "malformed")
    assert "too much for one article" in rejected["detail"]


TITLE = "Banjir Surut di Desa Sukamaju"
TEXT = "".join(
    f"<p>Paragraf {i}: warga membersihkan rumah dan jalan desa sejak pagi, kata lurah.</p>" for i in range(6)
)
GOOD = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{TEXT}</div></body></html>"
MEGABYTE = 1 << 20

#: name: the page, and whether its article can still be read
PAGES = {
    "terpotong": (GOOD[: GOOD.index("Paragraf 5") + 20].encode(), True),
    "terpotong di tag": (GOOD[: GOOD.index("<p>Paragraf 4") + 2].encode() + b"\xe2\x80", True),
    "salah charset": (
        GOOD.replace("<head>", "<head><meta charset=iso-8859-1>").replace("kata", "“kata”").encode(),
        True,
    ),
    "charset asing": (GOOD.replace("<head>", "<head><meta charset=x-entah-apa>").encode(), True),
    "charset utf-16": (GOOD.replace("<head>", "<head><meta charset=utf-16>").encode(), True),
    "nul di tengah": (GOOD.encode().replace(b"<p>", b"\0<p>\0"), True),
    "nul saja": (b"\0" * 5000, False),
    "kosong": (b"", False),
    "spasi": (b" \n\t ", False),
    "skrip saja": (b"<html><head><script>" + b"var a = 1;" * 5000 + b"</script></head><body></body></html>", False),
    "sejuta div di depan": (b"<div>" * 1_000_000 + GOOD.encode(), False),
    "sejuta div di belakang": (GOOD.replace("</div></body>", "</div>" + "<div>" * 1_000_000).encode(), True),
    "sejuta div di tengah": (GOOD.replace("<p>Paragraf 4", "<div>" * 1_000_000 + "<p>").encode(), True),
    "ratusan ribu div": (GOOD.replace("</body>", "<div>a</div>" * 300_000).encode(), True),
    "besar: teks": (GOOD.replace("</body>", f"<p>{'Air sungai surut, kata warga. ' * 350_000}</p>").encode(), True),
    "besar: tautan": (GOOD.replace("</body>", "<a href='/x'>Kabar</a> " * 450_000).encode(), True),
    "besar: skrip": (GOOD.replace("</head>", f"<script>{'var a;' * 1_800_000}</script></head>").encode(), True),
    "besar: atribut": (GOOD.replace("<h1", f"<div class='{'a ' * 5 * MEGABYTE}'></div><h1").encode(), True),
    "besar: tajuk": (GOOD.replace("</body>", f"<h1>{TITLE}</h1>" * 200_000).encode(), True),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_a_row_and_soon(name: str, tmp_path: Path, ingest: Any) -> None:
    page, is_readable = PAGES[name]
    folder = tmp_path / "malam"
    folder.mkdir()
    (folder / "a.html").write_bytes(page)
    (folder / "b.html").write_text(GOOD)
    start = time.process_time()
    found = ingest(folder)
    assert time.process_time() - start < 20
    assert len(found.articles) + len(found.rejected) == 2
    rows = {row["source_ref"]: row for row in found.articles}
    assert rows["malam/b.html"]["raw"].count("Paragraf") == 6
    assert ("malam/a.html" in rows) == is_readable
    if is_readable:
        assert "Paragraf 3" in rows["malam/a.html"]["raw"]
        assert rows["malam/a.html"]["title"] == TITLE


def test_nuls_are_counted(tmp_path: Path, ingest: Any) -> None:
    (tmp_path / "a.html").write_bytes(GOOD.encode().replace(b"jalan", b"jal\0an"))
    row = ingest(tmp_path / "a.html").one()
    assert row["n_replaced"] == 6
