"""The dates of Indonesian news pages, as an instant in UTC and the zone in which they were printed.

A time without a zone is taken as WIB (UTC+7), as most newsrooms are on Java, and its zone stays null; a date
without a time is midnight, likewise. What can be read in two ways, or is no day of the calendar, is null:
a missing date is better than a wrong one. For the same reason there is no second, guessing parser behind
this one (dateparser fills missing parts from today's date), and nothing here looks at the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple


class When(NamedTuple):
    """An instant in UTC, and the zone as printed: WIB, WITA, WIT, an offset, or None."""

    instant: datetime
    zone: str | None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agust agu ags agt agus aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

#: Hours east of UTC of the zones that are written by name.
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "utc": 0, "gmt": 0, "z": 0, "sgt": 8, "myt": 8, "jst": 9}
_ZONES |= {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}  # RFC 822

_CLOCK = (
    r"(?P<{0}h>\d{{1,2}})[:.](?P<{0}min>\d\d)(?:[:.](?P<{0}s>\d\d)(?:[.,]\d+)?)?(?!\d)"
    r"(?:\s?(?P<{0}half>[ap]m)\b)?"
)
_ZONE = (
    r"\s{{0,3}}\(?(?P<{0}zone>(?:gmt|utc)?\s?[+-]\d\d?(?::?\d\d)?(?!\d)"
    r"|(?:wib|wita|wit|utc|gmt|z|sgt|myt|jst|[ecmp][sd]t)(?![a-z]))?"
)

#: year first | a month's name in the middle | the month's name first | day first, all in numbers
_DATE = re.compile(
    rf"""(?ix)
    (?: (?<!\d) {_CLOCK.format("before_")}{_ZONE.format("before_")} [\s,|–-]{{1,5}} (?:[a-z'’`]{{4,7}},?\s{{1,3}})? )?
    (?<!\d)
    (?: (?P<year1>\d{{4}})[-/.](?P<month1>\d\d?)[-/.](?P<day1>\d\d?)
      | (?P<day2>\d\d?)(?:st|nd|rd|th)?[\s.,/-]{{0,3}}(?P<name2>{_MONTH})\b[\s.,/-]{{0,3}}(?P<year2>\d{{4}}|\d\d)
      | (?<![a-z])(?P<name3>{_MONTH})\.?\s{{1,3}}(?P<day3>\d\d?)(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year3>\d{{4}})
      | (?P<day4>\d\d?)(?P<slash>[/.-])(?P<month4>\d\d?)(?P=slash)(?P<year4>\d{{4}})
    ) (?!\d)
    (?: (?P<between>[\s,|/()@;–—·•-]{{0,8}}(?:(?:t|pukul|pkl\.?|jam|at)\s?:?\s{{0,2}})?)
        (?<!\d){_CLOCK.format("")}{_ZONE.format("")} )?
    """
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?Z?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
_AGO = re.compile(
    r"(?i)\b(?:(\d{1,3})\s{1,3}|se)(detik|menit|jam|hari|minggu|pekan)\s{1,3}(?:yang\s{1,3})?(?:lalu|yll)\b"
)
_SECONDS = {"detik": 1, "menit": 60, "jam": 3600, "hari": 86400, "minggu": 604800, "pekan": 604800}
_DAY_WORD = re.compile(
    r"(?i)\b(hari ini|kemarin)\b[\s,|–—·•-]{0,5}(?:(?:pukul|pkl\.?|jam)\s?)?" + _CLOCK.format("") + _ZONE.format("")
)
_UPDATED = re.compile(r"(?i)diperbar|updat|terakhir|modified|dimutakhir|diubah|disunting|revisi")

#: Dates stand at the start of their field; what is longer than this is some other text.
_LOOK = 160


def parse(text: str | None, fetched_at: datetime | None = None) -> When | None:
    """The publication time that a text prints.

    Of two dates the first that is not marked as an update. "2 jam yang lalu" needs the time of the scrape.

    >>> parse("Selasa, 10 Juni 2025 - 11:02 WIB")
    When(instant=datetime.datetime(2025, 6, 10, 4, 2, tzinfo=datetime.timezone.utc), zone='WIB')
    >>> parse("31 Februari 2025"), parse("Tanggal tidak ditemukan")
    (None, None)
    """
    if not text:
        return None
    if (found := _absolute(text[:_LOOK])) is not None:
        return found
    return _relative(text[:_LOOK], fetched_at) if fetched_at is not None else None


def modified(text: str | None) -> When | None:
    """The time after a word for an update.

    >>> modified("Terbit 9 Juni 2025 10:00 WIB | Diperbarui 10 Juni 2025 11:02 WIB").instant.day
    10
    """
    found = _UPDATED.search(text[:_LOOK]) if text else None
    return _absolute(text[found.end() : _LOOK]) if text and found else None


def _relative(text: str, fetched_at: datetime) -> When | None:
    """What "2 jam yang lalu" and "Kemarin, 19:30 WIB" meant when the page was fetched."""
    if ago := _AGO.search(text):
        return When(fetched_at - timedelta(seconds=int(ago[1] or 1) * _SECONDS[ago[2].lower()]), None)
    if found := _DAY_WORD.search(text):
        offset, _ = _offset(found["zone"])
        day = fetched_at.astimezone(timezone(offset)) - timedelta(days=found[1].lower() == "kemarin")
        clock = (int(found["h"]), int(found["min"]), int(found["s"] or 0))
        return _instant((day.year, day.month, day.day, *clock), found["zone"])
    return None


@lru_cache(maxsize=16384)
def _absolute(text: str) -> When | None:
    found = _DATE.search(text)
    if found is None:
        return _number(text.strip())
    if _UPDATED.search(text, 0, found.start()) and (later := _DATE.search(text, found.end())):
        found = later
    return _when(found)


def _when(found: re.Match[str]) -> When | None:
    day = _day(found)
    if day is None:
        return None
    side = "" if found["h"] else "before_"
    hour = int(found[f"{side}h"] or 0)
    if half := found[f"{side}half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    minute, second = int(found[f"{side}min"] or 0), int(found[f"{side}s"] or 0)
    return _instant((*day, hour, minute, second), found[f"{side}zone"])


def _day(found: re.Match[str]) -> tuple[int, int, int] | None:
    """Year, month and day of a match, where they can be read in one way only."""
    if found["year1"]:
        return int(found["year1"]), int(found["month1"]), int(found["day1"])
    if found["name2"]:
        year = int(found["year2"])
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        return year, _MONTHS[found["name2"].lower()], int(found["day2"])
    if found["name3"]:
        return int(found["year3"]), _MONTHS[found["name3"].lower()], int(found["day3"])
    year, day, month = int(found["year4"]), int(found["day4"]), int(found["month4"])
    if found["slash"] == "/" and day != month and _american(found, day, month):
        return (year, day, month) if month > 12 else None
    return year, month, day


def _american(found: re.Match[str], day: int, month: int) -> bool:
    """Whether it may be ``10/21/2025 9:05``: a spreadsheet's month first, unpadded, a clock and no zone.

    Indonesian sites print the day first, padded, and a zone or a comma: ``07/06/2025, 09:26 WIB``.
    """
    padded = found["day4"].startswith("0") or found["month4"].startswith("0")
    bare = found["h"] is not None and not found["zone"] and found["between"] == " "
    return day <= 12 and not padded and (month > 12 or bare)


def _instant(parts: tuple[int, int, int, int, int, int], zone: str | None) -> When | None:
    offset, shown = _offset(zone)
    try:
        local = datetime(*parts, tzinfo=timezone(offset))
    except (ValueError, OverflowError):
        return None
    # the first of January 1970 is what an empty number prints
    if not 1900 <= local.year <= 2100 or parts[:3] == (1970, 1, 1):
        return None
    return When(local.astimezone(UTC), shown)


_NAIVE = (timedelta(hours=7), None)


@lru_cache(maxsize=256)
def _offset(zone: str | None) -> tuple[timedelta, str | None]:
    """How far a printed zone is east of UTC, and how we write it."""
    if not zone:
        return _NAIVE
    name = zone.lower().strip()
    if name in {"wib", "wita", "wit"}:
        return timedelta(hours=_ZONES[name]), name.upper()
    if name in _ZONES:
        minutes = _ZONES[name] * 60
    else:
        sign, hours, rest = re.findall(r"([+-])(\d\d?)(?::?(\d\d))?", name)[0]
        minutes = int(f"{sign}{int(hours) * 60 + int(rest or 0)}")
    if abs(minutes) > 14 * 60:
        return _NAIVE
    return timedelta(minutes=minutes), f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _number(text: str) -> When | None:
    """``20250610``, ``20250610110200``, and the seconds or milliseconds of a Unix clock."""
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in compact.groups())
        return _instant((year, month, day, hour, minute, second), "Z" if text.endswith("Z") else None)
    if (epoch := _EPOCH.fullmatch(text)) and int(epoch[1]) < 2_000_000_000:
        return When(datetime.fromtimestamp(int(epoch[1]), UTC), None)
    return None
