"""Headline, writer, date and caption, printed on one line with the lead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import NAME, OUTLET, dateline_start
from curation.boilerplate.head.date_line import DATE
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Line, Lines, Value
    from curation.rule import Context

_DATE = re.compile(
    rf"(?P<date>{DATE}\s*[,|–-]?\s*(?:pukul )?\d{{1,2}}[.:]\d{{2}} ?(?:WIB|WITA|WIT)\b)\s*", re.IGNORECASE
)
_ZONE = re.compile(r"\d[.:]\d{2} ?WI(?:B|TA|T)\b")
_BYLINE = re.compile(rf"\s*(?P<author>{NAME}|Tim \w+|[A-Z][a-z]+)?\s*[-–|]\s*(?P<publisher>{OUTLET})\s*[-–|,]?\s*$")
#: any house: a single word between the writer's name and the date, below a headline
_ANY_HOUSE = re.compile(
    rf"(?P<author>{NAME}|Tim \w+|[A-Z][a-z]+)\s[-–|]\s(?P<publisher>[A-Za-z][\w.-]{{3,24}})\s*[-–|,]?\s*$"
)
_WEEKDAY = re.compile(r"(?:Sen|Sel|Rab|Kam|Jum|Sab|Min)", re.IGNORECASE)
#: what no headline holds: the end of a sentence, and another
_TWO_SENTENCES = re.compile(r"[a-z]\.\s+[A-Z]")
_CAPTION = re.compile(r"\S.*\S")
#: characters within which the date, and below it the dateline, must begin
_NEAR_DATE, _NEAR_LEAD = 320, 260
#: characters of a date up to the minutes
_LONGEST_DATE, _LONGEST_BYLINE = 60, 120


@rule(
    step="head",
    grain="inline",
    shape=r"WI(?:B|TA|T)",
    head=2,
    source="detik 2017-2024: articles scraped to one line",
)
def printed_head(lines: Lines, context: Context) -> Iterator[Edit | Value]:
    r"""Read what is printed before the dateline of an article on one line, and cut it: headline, writer, date, caption.

    The headline must be the one that the input gives, or an outlet must stand right before the date; and a dateline
    must follow, for it is where the lead begins. Between a writer's name and a date with its weekday, any word is an
    outlet.

    >>> text = "Air Sungai Surut Sinta W - detikNews Senin, 02 Mar 2026 15:39 WIB Foto: Dok. BPBD Ambon - Air surut."
    >>> after(printed_head, text, title="Air Sungai Surut")
    'Ambon - Air surut.'
    >>> [a.value for a in try_rule(printed_head, text, title="Air Sungai Surut") if hasattr(a, "field")]
    ['Sinta W', 'detikNews', 'Senin, 02 Mar 2026 15:39 WIB', 'Foto: Dok. BPBD']
    >>> text = "Gempa terjadi pada Senin, 2 Maret 2026 15.39 WIB. Ambon - kota itu - aman."
    >>> after(printed_head, text, title="Gempa di Ambon") == text
    True
    """
    for line in lines:
        zone = _ZONE.search(line.text, 0, _NEAR_DATE)
        date = _DATE.search(line.text, max(0, zone.start() - _LONGEST_DATE), _NEAR_DATE) if zone else None
        if not date:
            continue
        title = _title_end(line, context)
        byline = _byline(line, title, date)
        if byline is None and (title is None or line.text[title : date.start()].strip(" |-–,")):
            continue
        lead = dateline_start(line.text, date.end(), date.end() + _NEAR_LEAD, any_place=True)
        if lead is None:
            continue
        if byline and byline["author"] and (title is not None):
            yield line.read("author", byline, "author")
        if byline:
            yield line.read("publisher", byline, "publisher")
        yield line.read("date", date, "date")
        if caption := _CAPTION.search(line.text, date.end(), lead):
            yield line.read("caption", caption)
        yield line.cut(0, lead)


def _byline(line: Line, title: int | None, date: re.Match[str]) -> re.Match[str] | None:
    """Writer and outlet right before the date."""
    begin = max(title or 0, date.start() - _LONGEST_BYLINE)
    if known := _BYLINE.search(line.text, begin, date.start()):
        return known
    if line.number > 0 or not _WEEKDAY.match(date["date"]):
        return None
    if line.text[date.end() : date.end() + 1].islower():
        return None  # the sentence goes on
    found = _ANY_HOUSE.search(line.text, begin, date.start())
    if found and title is None and (" " not in found["author"] or _TWO_SENTENCES.search(line.text, 0, found.start())):
        return None  # without the headline, only a whole name will do
    return found


def _title_end(line: Line, context: Context) -> int | None:
    """Where the given headline ends, if the line begins with it."""
    title = context.title(line)
    words = re.findall(r"\w+", title or "")
    if not words or line.text[: len(words[0])].casefold() != words[0].casefold():
        return None  # the pattern below takes long to make
    given = re.match(r"\W*".join(re.escape(word) for word in words), line.text, re.IGNORECASE)
    return given.end() if given else None
