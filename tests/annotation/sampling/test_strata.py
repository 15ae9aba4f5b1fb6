from __future__ import annotations

from datetime import UTC, datetime

import pytest

from curation import schema
from curation.annotation.sampling.strata import label, month, strata

MIDNIGHT = datetime(2026, 2, 28, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("WIB", "2026-02"),
        ("WITA", "2026-03"),
        ("WIT", "2026-03"),
        (None, "2026-02"),
        ("+08:00", "2026-03"),
        ("?", "2026-02"),
    ],
)
def test_the_month_is_that_of_the_zone(zone: str | None, shown: str) -> None:
    assert month(MIDNIGHT, zone) == shown


def test_an_offset_of_half_an_hour_counts_on_both_sides() -> None:
    at = datetime(2026, 3, 1, 5, 15, tzinfo=UTC)
    assert month(at, "-05:30") == "2026-02"  # five and a half hours before
    assert month(at, "-05:00") == "2026-03"


def test_what_is_not_known_is_a_stratum() -> None:
    rows = [
        {"id": "a", "outlet": "Detak", "section": "kota", "published_at": MIDNIGHT, "zone": "WITA"},
        {"id": "b", "outlet": "unknown", "section": None, "published_at": None, "zone": None},
        {"id": "c", "outlet": "Pesisir", "section": "", "published_at": MIDNIGHT, "zone": None},
    ]
    common = {"title": "", "body": "", "tags": [], "n_words": 0, "text_sha256": ""}
    articles = schema.from_rows("documents", [row | common for row in rows])
    assert strata(articles, ("section", "month", "outlet")) == {
        "a": ("kota", "2026-03", "Detak"),
        "b": ("unknown", "unknown", "unknown"),
        "c": ("unknown", "2026-02", "Pesisir"),
    }
    assert strata(articles, ()) == {"a": (), "b": (), "c": ()}
    assert label(()) == "all"
