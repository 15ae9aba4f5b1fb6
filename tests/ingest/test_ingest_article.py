from __future__ import annotations

import hashlib
import pickle
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from curation import schema
from curation.config import Site
from curation.ingest import Record, Rejection, convert, record_table, record_tables
from curation.ingest.record import records

BODY = "Air sungai mulai surut, kata warga."


def nobody(host: str | None) -> Site | None:
    return None


def row(**fields: Any) -> dict[str, Any]:
    table = record_table([Record(source_ref="malam.jsonl:1", **{"text": BODY, **fields})])
    made: dict[str, Any] = convert(table, batch="malam-1", site_record=nobody)["articles"].to_pylist()[0]
    return made


def test_the_table_carries_records_unchanged() -> None:
    found = [
        Record(source_ref="a", text=BODY, authors=("Budi",), tags=("x", "y"), n_replaced=3),
        Rejection("b", "empty", "Kosong."),
        Record(source_ref="c", pages=(b"<p>\xff", b""), charset="latin1", url="https://kabar.example/c"),
    ]
    assert list(records(record_table(found))) == found


def test_tables_are_bounded() -> None:
    found = [Record(source_ref=str(i), text="x" * 100) for i in range(50)]
    assert [table.num_rows for table in record_tables(iter(found), rows=20, size=10_000)] == [20, 20, 10]
    assert [table.num_rows for table in record_tables(iter(found), rows=20, size=1_000)] == [10] * 5


def test_ids() -> None:
    sha256 = hashlib.sha256(f"Judul\0{BODY}".encode()).hexdigest()
    made = row(url="https://www.kabar.example/1?utm_source=x", title="Judul")
    assert made["source_sha256"] == sha256
    assert made["id"] == hashlib.sha256(f"kabar.example/1\0{sha256}".encode()).hexdigest()[:16]
    assert made["id"] == row(url="http://m.kabar.example/1/amp", title="Judul", date_text="10 Juni 2025")["id"]
    assert made["id"] != row(url="https://kabar.example/1", title="Judul", text=BODY + " Lagi.")["id"]
    assert row(source_id="17")["id"] == hashlib.sha256(f"17\0{row()['source_sha256']}".encode()).hexdigest()[:16]


@pytest.mark.parametrize("title", ["No Title", "none", "NaN", " ", "", "-", None])
def test_titles_that_say_nothing(title: str | None) -> None:
    assert row(title=title)["title"] is None


def test_titles_are_tidied_and_texts_are_not() -> None:
    made = row(title=" Harga &quot;gula&quot;\n naik ", text=" Air &amp; api\r\n\t\n")
    assert (made["title"], made["raw"]) == ('Harga "gula" naik', " Air &amp; api\r\n\t\n")


def test_outlets() -> None:
    site = Site(outlet="Kabar Kita", network="Kita")
    known = record_table([Record(source_ref="a", text=BODY, url="https://www.kabar.example/1", source="Lain")])
    made = convert(known, batch="b", site_record=lambda host: site if host == "kabar.example" else None)
    first = made["articles"].to_pylist()[0]
    assert (first["outlet"], first["network"], first["site"]) == ("Kabar Kita", "Kita", "kabar.example")
    assert row(url="https://bali.kabar.example/1", source="Lain")["outlet"] == "bali.kabar.example"
    assert row(source="www.kabar.example")["site"] == "kabar.example"
    assert row(source="Kabar Lain")["outlet"] == "Kabar Lain"
    assert row()["outlet"] == "unknown"


def test_relative_dates_use_the_time_of_the_scrape() -> None:
    made = row(date_text="2 jam yang lalu", fetched_at="2025-06-10T12:00:00+07:00")
    assert made["published_at"].isoformat() == "2025-06-10T03:00:00+00:00"
    assert made["date_text"] == "2 jam yang lalu"


def test_the_tables_fit_their_schemas_and_travel() -> None:
    work = pickle.loads(pickle.dumps(partial(convert, batch="malam-1", site_record=nobody)))
    made = work(record_table([Record(source_ref="a", text=BODY), Rejection("b", "malformed", "Rusak.")]))
    for name in ("articles", "rejected"):
        assert made[name].schema == schema.arrow_schema(name)
        assert made[name].num_rows == 1
    assert made["articles"]["first_seen"].to_pylist() == ["malam-1"]
    nothing = work(record_table([]))
    assert (nothing["articles"].num_rows, nothing["rejected"].num_rows) == (0, 0)
    assert isinstance(nothing["articles"], pa.Table)
