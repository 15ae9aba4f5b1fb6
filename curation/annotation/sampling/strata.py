"""What an article is counted under when a sample is drawn: its outlet, month or section, or several of them."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from curation.annotation.sampling.draw import POOLED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pyarrow as pa

#: articles without a date or a section are a stratum like any other
UNKNOWN = "unknown"
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}

#: the words that make a stratum, in the order of the setting `by`; empty where strata were pooled over it
Values = tuple[str, ...]


def strata(articles: pa.Table, by: Sequence[str]) -> dict[str, Values]:
    """The stratum of each article, by its id.

    Args:
        articles: id, outlet, section, published_at, zone.
        by: outlet, month, section.
    """
    columns = [_column(articles, name) for name in by]
    ids = articles["id"].to_pylist()
    return dict(zip(ids, zip(*columns, strict=True), strict=True)) if columns else dict.fromkeys(ids, ())


def _column(articles: pa.Table, name: str) -> list[str]:
    if name == "month":
        when = zip(articles["published_at"].to_pylist(), articles["zone"].to_pylist(), strict=True)
        return [month(at, zone) for at, zone in when]
    return [value or UNKNOWN for value in articles[name].to_pylist()]


def month(at: datetime | None, zone: str | None = None) -> str:
    """The month as readers of the zone count it; of WIB where no zone is known.

    >>> from datetime import UTC, datetime
    >>> month(datetime(2026, 2, 28, 17, 30, tzinfo=UTC), "WIB"), month(None)
    ('2026-03', 'unknown')
    """
    return UNKNOWN if at is None else f"{clock(at, zone):%Y-%m}"


def clock(at: datetime, zone: str | None) -> datetime:
    """A moment as clocks of a zone showed it: WIB, WITA, WIT or an offset; WIB where it is none of these."""
    offset = re.fullmatch(r"([+-]\d\d):?(\d\d)", zone or "")
    hours, minutes = (int(offset[1]), int(offset[1][0] + offset[2])) if offset else (ZONES.get(zone or "", 7), 0)
    return at.astimezone(timezone(timedelta(hours=hours, minutes=minutes)))


def label(values: Values, draw: int = 1) -> str:
    """A stratum as people read it; what came in after the first draw is a stratum of its own.

    >>> label(("Detak", "2026-03")), label(("Detak", ""), 2), label(("", ""))
    ('Detak, 2026-03', 'Detak, draw 2', 'all')
    """
    name = ", ".join(filter(None, values)) or POOLED
    return name if draw == 1 else f"{name}, draw {draw}"
