from __future__ import annotations

from typing import Any

import pytest

from curation.errors import UsageError
from curation.ingest.columns import Columns
from curation.ingest.record import Record, Rejection

BODY = "Air sungai mulai surut, kata warga."


def record(row: dict[str, Any], **columns: str) -> Record:
    found = Columns(columns).record(row, "malam.jsonl:1")
    assert isinstance(found, Record), found
    return found


@pytest.mark.parametrize(
    "names",
    [
        ("url", "title", "text", "date", "source", "category", "author", "tags"),
        ("tautan", "judul", "isi", "tanggal", "sumber", "kategori", "penulis", "tag"),
        ("Link", "Judul Berita", "Isi Berita", "Tanggal Terbit", "Site", "Kanal", "Reporter", "Keywords"),
        ("URL", "headline", "content", "published_at", "outlet", "section", "authors", "keyword"),
        ("article_url", "newsTitle", "maintext", "date_publish", "source_domain", "rubrik", "byline", "kataKunci"),
    ],
)
def test_recognises_the_names_of_indonesian_scrapers(names: tuple[str, ...]) -> None:
    values = ("https://kabar.example/1", "Banjir surut", BODY, "10 Juni 2025", "Kabar", "Daerah", "Budi", "banjir,air")
    found = record(dict(zip(names, values, strict=True)))
    assert (found.url, found.title, found.text, found.date_text) == values[:4]
    assert (found.source, found.section, found.authors, found.tags) == ("Kabar", "Daerah", ("Budi",), ("banjir", "air"))


def test_the_configuration_overrules() -> None:
    row = {"text": "ringkasan", "isi_lengkap": BODY}
    assert record(row).text == "ringkasan"
    assert record(row, text="isi_lengkap").text == BODY


def test_an_unknown_name_in_the_configuration() -> None:
    with pytest.raises(UsageError, match=r"unknown name 'txet'.* Did you mean 'text'\?"):
        Columns({"txet": "isi"})


def test_the_error_for_a_renamed_column() -> None:
    error = Columns({}).without_text(["url", "isi_lengkap"], "malam.jsonl")
    assert str(error) == (
        "malam.jsonl: no column is recognised as the article's text; the columns are 'url', 'isi_lengkap'."
        ' Name it in curation.toml under [input]: columns = {text = "..."}'
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"text": None}, "empty"),
        ({"text": "  \n"}, "empty"),
        ({"text": "nan"}, "empty"),
        ({"text": float("nan")}, "empty"),
        ({"text": []}, "empty"),
        ({"text": 12}, "malformed"),
        ({"text": {"a": 1}}, "malformed"),
        ({"text": ["a", 1]}, "malformed"),
        ({"judul": "Banjir"}, "no_text"),
    ],
)
def test_rows_without_text(row: dict[str, Any], reason: str) -> None:
    found = Columns({}).record(row, "malam.jsonl:3")
    assert isinstance(found, Rejection)
    assert (found.source_ref, found.reason) == ("malam.jsonl:3", reason)


def test_values_that_are_no_strings() -> None:
    found = record(
        {
            "text": ["Air surut.", "Warga pulang."],
            "id": 17,
            "date": 1718000000.0,
            "authors": [{"name": "Budi"}, "Siti", None],
            "tags": "['banjir', \"air\"]",
            "title": True,
            "category": ["Daerah", "Banjir"],
        }
    )
    assert found.text == "Air surut.\nWarga pulang."
    assert (found.source_id, found.date_text, found.title, found.section) == ("17", "1718000000", None, "Daerah")
    assert (found.authors, found.tags) == (("Budi", "Siti"), ("banjir", "air"))


def test_an_html_column() -> None:
    assert record({"html": "<p>Air surut.", "url": "x"}).pages == (b"<p>Air surut.",)
