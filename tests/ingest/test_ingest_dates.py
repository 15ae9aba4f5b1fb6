from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.ingest.dates import parse

FORMS = Path(__file__).parent / "date_forms.tsv"


def at(*parts: int, hours: int = 7) -> datetime:
    """An instant from local parts, `hours` east of UTC."""
    return datetime(*parts, tzinfo=UTC) - timedelta(hours=hours)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "instant", "zone"),
    [
        ("Selasa, 10 Juni 2025 - 11:02 WIB", at(2025, 6, 10, 11, 2), "WIB"),
        ("Kabar.example- 19/06/2025, 09:26 WIB", at(2025, 6, 19, 9, 26), "WIB"),
        ("Kabar.example- Diperbarui 07/06/2025, 09:26 WIB", at(2025, 6, 7, 9, 26), "WIB"),
        ("Tayang: Selasa, 10 Juni 2025 06:25 WITA", at(2025, 6, 10, 6, 25, hours=8), "WITA"),
        ("Tayang: Senin, 9 Juni 2025 11:31 WIT", at(2025, 6, 9, 11, 31, hours=9), "WIT"),
        ("23 Januari 2015 |11:30 WIB", at(2015, 1, 23, 11, 30), "WIB"),
        ("19 Juni 2025 | 09.16 WIB", at(2025, 6, 19, 9, 16), "WIB"),
        (",\xa0Jurnalis-Jum'at, 20 Juni 2025 |04:05 WIB", at(2025, 6, 20, 4, 5), "WIB"),
        ("Jumat   20 Jun 2025  17:57 WIB", at(2025, 6, 20, 17, 57), "WIB"),
        ("5,525 Views  | \n          Kamis, 25 Jun 2026 08:03 WIB", at(2026, 6, 25, 8, 3), "WIB"),
        ("Minggu 08 Desember 2024 jam 5:02 WIB", at(2024, 12, 8, 5, 2), "WIB"),
        ("Ahad, 12 Nopember 2020, pukul 19.30 WIB", at(2020, 11, 12, 19, 30), "WIB"),
        ("09:54 WIB, Selasa, 10 Juni 2025", at(2025, 6, 10, 9, 54), "WIB"),
        ("Selasa, 10 Jun 2025 - 21:32 WIB_x0000_", at(2025, 6, 10, 21, 32), "WIB"),
        ("Rabu, 4 November 2015 | 21:04 wib", at(2015, 11, 4, 21, 4), "WIB"),
        ("Jum'at, 5 Peb 2021", at(2021, 2, 5), None),
        ("11 Feb 2020", at(2020, 2, 11), None),
        ("10 Agu 2024", at(2024, 8, 10), None),
        ("1 Ags 2024 19.30", at(2024, 8, 1, 19, 30), None),
        ("3 Agt 2024", at(2024, 8, 3), None),
        ("12 Nop 2020", at(2020, 11, 12), None),
        ("25 Des 2020", at(2020, 12, 25), None),
        ("2 Okt 2020", at(2020, 10, 2), None),
        ("2 Mei 2020", at(2020, 5, 2), None),
        (" Sep 18, 2019 ", at(2019, 9, 18), None),
        ("June 10, 2025", at(2025, 6, 10), None),
        ("June 10, 2025 3:05 PM", at(2025, 6, 10, 15, 5), None),
        ("10-Jun-25", at(2025, 6, 10), None),
        ("2025-06-10 07:48:00", at(2025, 6, 10, 7, 48), None),
        ("2025/07/02 14:26:51", at(2025, 7, 2, 14, 26, 51), None),
        ("2025-07-08", at(2025, 7, 8), None),
        ("19/06/2025", at(2025, 6, 19), None),
        ("07/06/2025", at(2025, 6, 7), None),
        ("10.06.2025", at(2025, 6, 10), None),
        ("2023-02-27T17:07:45+07:00", at(2023, 2, 27, 17, 7, 45), "+07:00"),
        ("2016-02-16T13:01:52+0700", at(2016, 2, 16, 13, 1, 52), "+07:00"),
        ("2023-02-27T10:07:45.123Z", at(2023, 2, 27, 10, 7, 45, hours=0), "+00:00"),
        ("2015-11-05 T10:00:26Z", at(2015, 11, 5, 10, 0, 26, hours=0), "+00:00"),
        ("2023-02-27 17:07:45.123456+08:00", at(2023, 2, 27, 17, 7, 45, hours=8), "+08:00"),
        ("10 Juni 2025 10:00 GMT+7", at(2025, 6, 10, 10), "+07:00"),
        ("Tue, 10 Jun 2025 04:02:11 +0700", at(2025, 6, 10, 4, 2, 11), "+07:00"),
        ("Tue, 10 Jun 2025 04:02:11 GMT", at(2025, 6, 10, 4, 2, 11, hours=0), "+00:00"),
        ("Tue, 10 Jun 2025 04:02:11 EST", at(2025, 6, 10, 4, 2, 11, hours=-5), "-05:00"),
        ("20250610110200", at(2025, 6, 10, 11, 2), None),
        ("1718000000", datetime(2024, 6, 10, 6, 13, 20, tzinfo=UTC), None),
        ("1718000000123", datetime(2024, 6, 10, 6, 13, 20, tzinfo=UTC), None),
        ("10/21/2025 23:52", at(2025, 10, 21, 23, 52), None),  # only one way to read it
        ("9/9/2025 19:30", at(2025, 9, 9, 19, 30), None),
    ],
)
def test_reads_the_forms_of_indonesian_sites(text: str, instant: datetime, zone: str | None) -> None:
    assert parse(text) == (instant, zone)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Tanggal tidak ditemukan",
        "Scroll ke bawah untuk membaca berita",
        "31 Februari 2025",
        "2025-02-29",
        "2025-13-01 10:00",
        "25/12/2024 25:10 WIB",
        "0000-00-00 00:00:00",
        "1970-01-01 07:00:00",
        "13:05 WIB",
        "10/7/2025 18:52",  # July or October: a spreadsheet's form
        "2025061012",
        "9999999999999",
        "2 jam yang lalu",  # without a time of the scrape
        "19/06/25",
    ],
)
def test_never_guesses(text: str | None) -> None:
    assert parse(text) is None


def test_the_publication_wins_over_the_update() -> None:
    printed = at(2025, 6, 10, 9), "WIB"
    assert parse("Diterbitkan 10 Juni 2025 09:00 WIB, diperbarui 11 Juni 2025 10:00 WIB") == printed
    assert parse("Diperbarui: 11 Juni 2025 10:00 WIB - Diterbitkan: 10 Juni 2025 09:00 WIB") == printed


def test_the_printed_forms() -> None:
    """A table of 200 forms: text, local time (a day alone is its midnight; - is no date), zone."""
    rows = [line.split("\t") for line in FORMS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 200
    missed = [text for text, local, zone in rows if parse(text) != expected(local, zone)]
    assert len(missed) / len(rows) <= 0.005, missed


def expected(local: str, zone: str) -> tuple[datetime, str | None] | None:
    if local == "-":
        return None
    hours = {"": 7, "WIB": 7, "WITA": 8, "WIT": 9}.get(zone)
    shift = timedelta(hours=int(zone[:3]) if hours is None else hours)
    return datetime.fromisoformat(local).replace(tzinfo=UTC) - shift, zone or None


@pytest.mark.parametrize(
    ("text", "parts", "zone"),
    [
        ("2 jam yang lalu", (10, 10, 0), None),
        ("sejam lalu", (10, 11, 0), None),
        ("3 hari lalu", (7, 12, 0), None),
        ("45 menit yang lalu", (10, 11, 15), None),
        ("seminggu yang lalu", (3, 12, 0), None),
        ("Hari ini, 09:15 WIB", (10, 9, 15), "WIB"),
        ("Kemarin pukul 19.30 WIB", (9, 19, 30), "WIB"),
        ("Kemarin | 23:40", (9, 23, 40), None),
    ],
)
def test_relative_dates_need_the_time_of_the_scrape(text: str, parts: tuple[int, ...], zone: str | None) -> None:
    assert parse(text) is None
    assert parse(text, at(2025, 6, 10, 12)) == (at(2025, 6, *parts), zone)


@pytest.mark.parametrize("text", ["Kemarin", "bulan lalu", "3 bulan lalu", "beberapa jam lalu", "kemarin 29:99"])
def test_relative_dates_that_say_too_little(text: str) -> None:
    assert parse(text, at(2025, 6, 10, 12)) is None


@given(st.text(max_size=300), st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)))
def test_never_raises(text: str, fetched: datetime) -> None:
    parse(text, fetched)


@given(st.from_regex(r"[0-9]{1,9}[-/. :T]{0,2}[0-9]{1,9}[-/. :T]{0,2}[0-9]{1,9}[-/. :T+]{0,2}[0-9]{1,9}"))
def test_never_raises_on_numbers(text: str) -> None:
    parse(text)


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 1, 1)),
    st.sampled_from([("WIB", 7), ("WITA", 8), ("WIT", 9)]),
)
def test_the_calendar(local: datetime, zone: tuple[str, int]) -> None:
    local = local.replace(second=0, microsecond=0)
    months = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905
    text = f"Tayang: {local.day} {months[local.month - 1]} {local.year} {local:%H:%M} {zone[0]}"
    assert parse(text) == (local.replace(tzinfo=UTC) - timedelta(hours=zone[1]), zone[0])


def test_fast_enough() -> None:
    """One compiled pattern, and no text twice: 50,000 dates a second."""
    forms = ("Tayang: Selasa, {d} Juni 2025 {h:02}:{m:02} WIB", "2025-06-{d:02}T{h:02}:{m:02}:11+07:00")
    rates = []
    for form in forms * 3:
        texts = [
            form.format(d=d, h=h, m=m) + " " * len(rates) for d in range(1, 31) for h in range(8) for m in range(25)
        ]
        start = time.process_time()
        for text in texts:
            parse(text)
        rates.append(len(texts) / (time.process_time() - start))
    assert min(max(rates[::2]), max(rates[1::2])) > 50_000, rates
