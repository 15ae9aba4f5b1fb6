from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from curation.config import Input
from curation.errors import CurationError, InputError, UsageError
from curation.ingest import read

BODY = "Air sungai mulai surut, kata warga Desa Sukamaju."
ROWS = [
    {
        "url": f"https://kabar.example/{i}",
        "judul": f"Banjir {i}",
        "isi": f"{BODY}\n“Kutipan {i}”",
        "tanggal": "10/06/2025",
    }
    for i in range(20)
]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def csv_text(separator: str) -> str:
    def line(values: Any) -> str:
        return separator.join('"' + value.replace('"', '""') + '"' for value in values) + "\n"

    return line(ROWS[0]) + "".join(line(row.values()) for row in ROWS)


def parquet_bytes(table: pa.Table, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


WHOLE = {
    "malam.jsonl": LINES,
    "malam.ndjson": b"\xef\xbb\xbf" + LINES,
    "malam.jsonl.gz": gzip.compress(LINES),
    "malam.jsonl.zst": zstandard.ZstdCompressor().compress(LINES),
    "utf16.jsonl": LINES.decode().encode("utf-16"),
    "scrapy.json": b"[\n" + LINES.strip().replace(b"}\n", b"},\n") + b"\n]\n",
    "list.json": json.dumps(ROWS).encode(),
    "pretty.json": json.dumps(ROWS, indent=1).encode(),
    "without_ending": LINES,
    "malam.csv": csv_text(",").encode(),
    "semicolon.csv": csv_text(";").encode("utf-8-sig"),
    "pipe.csv.gz": gzip.compress(csv_text("|").encode()),
    "excel.csv": csv_text(",").encode("cp1252"),
    "utf16.csv": csv_text("\t").encode("utf-16"),
    "malam.tsv": csv_text("\t").encode(),
    "malam.parquet": parquet_bytes(pa.Table.from_pylist(ROWS), row_group_size=7),
}


@pytest.mark.parametrize("name", WHOLE)
def test_every_kind_gives_the_same_articles(name: str, tmp_path: Path, ingest: Any) -> None:
    (tmp_path / name).write_bytes(WHOLE[name])
    found = ingest(tmp_path / name)
    assert not found.rejected
    assert [row["raw"] for row in found.articles] == [row["isi"] for row in ROWS]
    assert [row["title"] for row in found.articles] == [row["judul"] for row in ROWS]
    assert [row["url"] for row in found.articles] == [row["url"] for row in ROWS]
    first = 2 if name == "scrapy.json" else 1  # its first line is the bracket
    assert [row["source_ref"] for row in found.articles] == [f"{name}:{i}" for i in range(first, first + 20)]
    assert {row["outlet"] for row in found.articles} == {"Kabar Kita"}


def test_ids_do_not_depend_on_the_kind_of_file(tmp_path: Path, ingest: Any) -> None:
    ids = []
    for name in ("malam.jsonl", "malam.csv", "malam.parquet"):
        (tmp_path / name).write_bytes(WHOLE[name])
        ids.append([row["id"] for row in ingest(tmp_path / name).articles])
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids[0])) == 20


@pytest.mark.parametrize("name", ["malam.jsonl", "malam.csv", "malam.parquet"])
def test_a_renamed_column(name: str, tmp_path: Path, ingest: Any) -> None:
    table = pa.Table.from_pylist([{"url": row["url"], "isi_lengkap": row["isi"]} for row in ROWS])
    path = tmp_path / name
    if name.endswith("parquet"):
        path.write_bytes(parquet_bytes(table))
    elif name.endswith("csv"):
        path.write_text('url,isi_lengkap\nhttps://kabar.example/1,"Air surut."\n')
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in table.to_pylist()))
    for where in (path, tmp_path):  # in a folder too: all its articles would be lost
        with pytest.raises(InputError) as error:
            ingest(where)
        assert str(error.value) == (
            f"{path}: no column is recognised as the article's text; the columns are 'url', 'isi_lengkap'."
            ' Name it in curation.toml under [input]: columns = {text = "..."}'
        )
    assert ingest(path, columns={"text": "isi_lengkap"}).articles


def test_columns_of_the_configuration_that_are_not_there(tmp_path: Path, ingest: Any) -> None:
    (tmp_path / "malam.jsonl").write_bytes(b'{"karangan_utuh": "Air surut."}\n')
    with pytest.raises(InputError, match=r"no column 'naskah_lengkap', which .input. columns names as the article's"):
        ingest(tmp_path / "malam.jsonl", columns={"text": "naskah_lengkap"})


def test_bad_lines_stop_nothing(tmp_path: Path, ingest: Any) -> None:
    lines = [
        json.dumps({"isi": BODY}).encode(),
        b'{"isi": "Air',
        b"bukan JSON",
        b'{"isi": null}',
        b'{"isi": "Air surut \\ud83d, kata warga \\u0000."}',
        b'{"isi": "Air surut \xff\xff kata warga."}',
        b"[1, 2]",
        b"",
        b'{"isi": 12}',
        b'{"judul": "tanpa isi"}',
        b"[" * 100_000,
        b'{"isi": "Baris\tterakhir."}',
    ]
    (tmp_path / "malam.jsonl").write_bytes(b"\n".join(lines))
    found = ingest(tmp_path / "malam.jsonl")
    assert found.reasons() == {
        "malam.jsonl:2": "malformed",
        "malam.jsonl:3": "malformed",
        "malam.jsonl:4": "empty",
        "malam.jsonl:7": "malformed",
        "malam.jsonl:9": "malformed",
        "malam.jsonl:10": "no_text",
        "malam.jsonl:11": "malformed",
    }
    assert [(row["raw"], row["n_replaced"]) for row in found.articles] == [
        (BODY, 0),
        ("Air surut �, kata warga �.", 2),
        ("Air surut ÿÿ kata warga.", 0),
        ("Baris\tterakhir.", 0),
    ]


def test_bad_rows_of_csv(tmp_path: Path, ingest: Any) -> None:
    text = 'url,isi\na,"Satu ""kutip"" baris"\nb,\nc,Tiga,empat,lima\nd\ne,"Lima\0"\nf,"tidak ditutup\ng,sampai akhir'
    (tmp_path / "malam.csv").write_bytes(text.encode())
    found = ingest(tmp_path / "malam.csv")
    assert [row["raw"] for row in found.articles] == ['Satu "kutip" baris', "Lima�", "tidak ditutup\ng,sampai akhir"]
    assert found.reasons() == {"malam.csv:2": "empty", "malam.csv:3": "malformed", "malam.csv:4": "no_text"}


@pytest.mark.parametrize("name", ["malam.jsonl.gz", "malam.jsonl.zst", "pipe.csv.gz"])
def test_half_written_compressed_files(name: str, tmp_path: Path, ingest: Any) -> None:
    rows = [dict(row, isi=f"{row['isi']} {i * 7919 % 10007}") for i, row in enumerate(ROWS * 500)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    if name == "pipe.csv.gz":
        lines = ("url|isi\n" + "".join(f"{row['url']}|{i} {BODY}\n" for i, row in enumerate(rows))).encode()
    data = zstandard.ZstdCompressor().compress(lines) if name.endswith("zst") else gzip.compress(lines)
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    found = ingest(tmp_path / name)
    assert len(found.articles) > 1000
    assert found.reasons() == {f"{name}:{len(found.articles) + 1}": "unreadable"}
    assert "the rows before are kept" in found.rejected[0]["detail"]


def test_parquet_types(tmp_path: Path, ingest: Any) -> None:
    table = pa.table(
        {
            "id": pa.array([7], pa.int32()),
            "text": pa.array([BODY], pa.large_string()).dictionary_encode(),
            "published_at": pa.array([1749528120000], pa.timestamp("ms", tz="Asia/Jakarta")),
            "tags": [["banjir", None]],
            "crawled_at": pa.array([1749528120000], pa.timestamp("ms")),
            "author": pa.array(["Budi"]).cast(pa.binary()),
            "lain": [{"a": 1}],
        }
    )
    (tmp_path / "malam.parquet").write_bytes(parquet_bytes(table))
    row = ingest(tmp_path / "malam.parquet").one()
    assert (row["source_id"], row["raw"], row["tags"], row["authors"]) == ("7", BODY, ["banjir"], ["Budi"])
    assert row["published_at"].isoformat() == "2025-06-10T04:02:00+00:00"
    assert row["fetched_at"].isoformat() == "2025-06-09T21:02:00+00:00"  # without a zone: WIB


def test_one_article_a_text_file(tmp_path: Path, ingest: Any) -> None:
    (tmp_path / "banjir.txt").write_bytes("Banjir surut\n\n“Alhamdulillah.”".encode("cp1252"))
    row = ingest(tmp_path / "banjir.txt").one()
    assert (row["raw"], row["source_ref"], row["source_id"]) == (
        "Banjir surut\n\n“Alhamdulillah.”",
        "banjir.txt",
        "banjir.txt",
    )
    assert (row["outlet"], row["url_key"], row["title"], row["extractor"]) == ("unknown", None, None, "none")


def test_a_folder_in_natural_order(tmp_path: Path, ingest: Any) -> None:
    folder = tmp_path / "malam"
    (folder / "daerah").mkdir(parents=True)
    for name in ("10.txt", "2.txt", "1.txt", "daerah/3.txt", ".sembunyi.txt"):
        (folder / name).write_text(f"{name}: {BODY}")
    (folder / "kosong.txt").write_bytes(b"")
    (folder / "rusak.txt.gz").write_bytes(b"\x1f\x8b rusak")
    (folder / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 50)
    (folder / "rusak.parquet").write_bytes(b"PAR1 rusak")
    (folder / "baris.jsonl").write_bytes(LINES[: LINES.index(b"\n") + 1])
    found = ingest(folder)
    assert [row["source_ref"] for row in found.articles] == [
        "malam/1.txt",
        "malam/2.txt",
        "malam/10.txt",
        "malam/baris.jsonl:1",
        "malam/daerah/3.txt",
    ]
    assert found.articles[4]["source_id"] == "daerah/3.txt"
    assert found.reasons() == {
        "malam/foto.jpg": "unreadable",
        "malam/kosong.txt": "empty",
        "malam/rusak.parquet": "unreadable",
        "malam/rusak.txt.gz": "unreadable",
    }


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("kosong.jsonl", b"", "the file is empty"),
        ("kosong.csv", b"", "the file is empty"),
        ("kosong.parquet", b"", "the file is empty"),
        ("kosong.warc", b"", "the file is empty"),
        ("kosong.txt", b" \n", "the file is empty"),
        ("kosong.html", b"", "the file is empty"),
        ("kosong.jsonl.gz", gzip.compress(b"", mtime=0), "the file is empty"),
        ("rusak.jsonl.gz", b"\x1f\x8b rusak", "the compressed data can't be read"),
        ("rusak.csv.zst", b"\x28\xb5\x2f\xfd rusak", "the compressed data can't be read"),
        ("rusak.html.gz", gzip.compress(b"<p>halo" * 99, mtime=0)[:-9], "the compressed data can't be read"),
        ("rusak.parquet", b"bukan Parquet", "not a readable Parquet file"),
        ("rusak.warc", b"bukan WARC\n" * 9, "not a readable WARC file"),
        ("rusak.json", b'[{"isi": "Air', "neither JSON Lines nor one JSON value"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" * 50, "not a kind of file that curation reads"),
    ],
)
def test_one_clear_sentence(name: str, data: bytes, message: str, tmp_path: Path, ingest: Any) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as error:
        ingest(tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}: {message}")
    assert error.value.remedy
    assert "\n" not in str(error.value)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        read(tmp_path / "tidak-ada.jsonl", Input())
    (tmp_path / "kosong").mkdir()
    with pytest.raises(UsageError, match="the folder is empty"):
        read(tmp_path / "kosong", Input())


def test_all_errors_are_for_people() -> None:
    assert issubclass(InputError, CurationError)
