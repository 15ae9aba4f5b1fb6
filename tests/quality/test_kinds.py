from __future__ import annotations

from functools import cache
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import config, schema
from curation.quality import KINDS, measures
from curation.quality.documents import Documents
from curation.quality.kinds import live_blog, table, truncated, video_page
from curation.quality.measure import try_measure
from curation.quality.text import n_words
from curation.quality.verdicts import verdicts

PAGES = Path(__file__).parent / "kinds"
NAMES = [one.name for one in KINDS]


def documents(*pages: tuple[str, str]) -> pa.Table:
    """Pages as (headline, body)."""
    body = pa.array([body for _, body in pages], pa.string())
    rows = [{"id": f"{i:03d}", "title": title or None, "language": "id"} for i, (title, _) in enumerate(pages)]
    columns = {name: pa.array([row[name] for row in rows], pa.string()) for name in ("id", "title", "language")}
    n_chrome = pa.nulls(len(rows), pa.int32())
    return pa.table({**columns, "body": body, "n_words": n_words(body), "n_chrome": n_chrome})


def pages(name: str) -> dict[str, tuple[str, str]]:
    """The pages of a file: "[name] headline", then the body up to the next."""
    found: dict[str, tuple[str, str]] = {}
    for block in (PAGES / f"{name}.txt").read_text(encoding="utf-8").split("\n\n[")[1:]:
        label, _, rest = block.partition("]")
        title, _, body = rest.partition("\n")
        assert label not in found, label
        found[label] = title.strip(), body.strip()
    return found


@cache
def judged(name: str) -> dict[str, list[str]]:
    """The reasons of the pages of a file."""
    some = pages(name)
    found = verdicts(measures(documents(*some.values())), config.load().quality.limits)
    return dict(zip(some, found["reasons"].to_pylist(), strict=True))


def test_every_kind_has_pages() -> None:
    assert {path.stem for path in PAGES.glob("*.txt")} == {*NAMES, "news"}
    assert all(len(pages(name)) >= 5 for name in NAMES)


@pytest.mark.parametrize(("kind", "page"), [(kind, page) for kind in NAMES for page in pages(kind)])
def test_a_page_of_its_kind_is_rejected_for_it(kind: str, page: str) -> None:
    assert kind in judged(kind)[page]


@pytest.mark.parametrize("page", pages("news"))
def test_news_near_a_trap_are_of_no_kind(page: str) -> None:
    assert not set(judged("news")[page]) & set(NAMES)


def test_news_of_the_traps_are_kept_but_for_their_length() -> None:
    assert {reason for found in judged("news").values() for reason in found} <= {"word_count"}


@settings(max_examples=40)  # all measures
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=300)), min_size=1, max_size=4))
def test_any_text_has_a_number_for_every_kind(some: list[tuple[str, str]]) -> None:
    clean = [tuple(part.encode("utf-8", "replace").decode() for part in page) for page in some]
    for row, (_, body) in zip(measures(documents(*clean)).to_pylist(), clean, strict=True):  # type: ignore[arg-type]
        for name in NAMES:
            value = row[name]
            assert value is None or value >= 0, name
            assert value is not None or not n_words(pa.array([body]))[0].as_py(), name
        for name in ("table", "lyrics"):
            assert row[name] <= 1, name
        assert row["truncated"] in (0, 1, 2, 3)


@cache
def apart() -> tuple[Documents, list[Documents]]:
    """The pages of all kinds in one batch, and each in its own."""
    some = [page for kind in NAMES for page in pages(kind).values()]
    return Documents(documents(*some)), [Documents(documents(page)) for page in some]


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_changes_nothing(name: str) -> None:
    """Each page by itself as among all others."""
    one = next(kind for kind in KINDS if kind.name == name)
    together, alone = apart()
    assert one(together).to_pylist() == [one(page)[0].as_py() for page in alone]


def test_a_table_below_news_is_no_table() -> None:
    news = pages("news")["match report"][1]
    rows = pages("table")["scores"][1]
    alone, below = try_measure(table, rows), try_measure(table, f"{news}\n{news}\n{rows}")
    assert alone is not None
    assert below is not None
    assert below < 0.44 < alone


def test_a_timetable_of_one_day_is_no_live_blog() -> None:
    assert try_measure(live_blog, "Kapal berangkat pukul 05.10 WIB dan tiba pukul 07.25 WIB.") == 0


def test_the_address_tells_a_video() -> None:
    page = documents(("", pages("news")["short news"][1]))
    assert video_page(Documents(page))[0].as_py() == 0
    address = pa.array(["https://kabar.example/nasional/123/video-obor-di-hulu"])
    assert video_page(Documents(page.append_column("url", address)))[0].as_py() > 0


def test_what_cleaning_found_tells_of_texts_cut_off_of_machines_and_of_labels() -> None:
    short, long = pages("news")["short news"], pages("news")["match report"]
    some = documents(short, (long[0], " ".join([long[1]] * 4)))
    flags = schema.from_rows(
        "findings",
        [
            {"id": id_, "kind": kind, "start": 0, "end": 0, "score": 1.0, "rule": "rule"}
            for id_ in ("000", "001")
            for kind in ("truncated", "ai_rewritten", "advertorial")
        ],
    )
    assert measures(some)["truncated"].to_pylist() == [0, 0]
    found = measures(some, flags)
    assert found["truncated"].to_pylist() == [3, 3]
    assert found["machine_written"].to_pylist() == [1, 1]
    assert measures(some)["advertorial"].to_pylist() == [0, 0]
    assert all(value > 1.2 for value in found["advertorial"].to_pylist())


@pytest.mark.parametrize(
    ("end", "grade"),
    [
        ("pulang.", 0),
        ("pulang, kata dia”", 0),
        ("pulang (tengah malam)", 0),
        ("pulang …", 2),
        ("pulang karena", 2),
        ("pulang bersama anak dan cucu mereka", 2),
        ("pulang. Selengkapnya di halaman berikutnya...", 3),
        ("pulang (bersambung)", 3),
        ("pulang.\nTim Redaksi Muara", 0),
    ],
)
def test_where_a_text_breaks_off(end: str, grade: float) -> None:
    assert try_measure(truncated, f"Air surut. Warga {end}") == grade
