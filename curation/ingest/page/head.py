"""What a page says about its article: title, date, authors, section, tags.

JSON-LD first, then meta tags, then what is printed on the page. What is not there is null, never guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.ingest import dates
from curation.ingest.page import json_ld

if TYPE_CHECKING:
    from collections.abc import Iterator


class Head(NamedTuple):
    """The metadata of a page, as written."""

    title: str | None = None
    date_text: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


_TITLES = ("og:title", "twitter:title", "headline", "title")
#: Names of meta tags that hold the date, the surer first.
_DATES = """
article:published_time og:published_time datepublished publishdate publish_date publish-date pubdate
content_publishdate content_publisheddate date.available dc.date.issued dc.date datecreated date
"""
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_DAY = re.compile(r"\d[\s.,/|-]{0,3}(?:\w{3,9}|\d\d?)[\s.,/-]{1,3}(?:19|20)\d\d|(?:19|20)\d\d[-/]\d")
_DATE_NAME = re.compile(r"(?i)date|tanggal|\btgl|time|waktu|publi[sc]|posted|jam")
#: A printed date further from the headline than so many elements belongs to something else.
_NEAR = 120


def head(tree: Any) -> Head:
    """The metadata of a parsed page."""
    meta = _meta(tree)
    described = json_ld.article([script.text or "" for script in tree.iter("script") if _is_json_ld(script)])
    heading, title = _title(tree, meta, described)
    return Head(
        title=title,
        date_text=_date(tree, meta, described, heading),
        section=json_ld.text(described.get("articleSection")) or _first(meta, "article:section"),
        authors=_authors(meta, described),
        tags=_tags(meta, described),
    )


def _is_json_ld(script: Any) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _meta(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta tags, and of `time` and other elements with microdata, by lower-case name."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta", "time", "span", "div", "p"):
        content = element.get("content") or element.get("datetime")
        name = element.get("property") or element.get("name") or element.get("itemprop")
        for key in {name, element.get("itemprop")}:
            if content and key and content.strip():
                found.setdefault(key.lower(), []).append(content.strip())
    return found


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _title(tree: Any, meta: dict[str, list[str]], described: dict[str, Any]) -> tuple[Any, str | None]:
    """The heading's element, and the title: the heading where a meta tag or the page's title holds it.

    Meta titles carry the site's name before or after the headline; headings alone may be a logo.
    """
    claimed = [json_ld.text(described.get("headline")), *(_first(meta, name) for name in _TITLES)]
    claimed += [title.text for title in tree.iter("title")][:1]
    names = [_squeeze(name) for name in claimed if name and name.strip()]
    headings = [(element, _squeeze(element.text_content())) for element in tree.iter("h1", "h2")]
    printed = [(e, text) for e, text in headings if len(text) > 10 and any(text in name for name in names)]
    if printed:
        return max(printed, key=lambda pair: len(pair[1]))
    first = next((e for e, text in headings if e.tag == "h1" and text), None)
    return first, names[0] if names else None


def _date(tree: Any, meta: dict[str, list[str]], described: dict[str, Any], heading: Any) -> str | None:
    """The date as the page gives it to machines, or prints it beside the headline.

    Some sites give their local time to machines as if it were UTC; where the page prints the same time with
    another zone, the print is believed.
    """
    claimed = json_ld.text(described.get("datePublished")) or _first(meta, *_DATES.split())
    machine = dates.parse(claimed)
    if machine is not None and machine.zone != "+00:00":
        return claimed
    printed_text = _printed_date(tree, heading)
    printed = dates.parse(printed_text)
    if machine is None or printed is None:
        return claimed if printed is None else printed_text
    offset = {"WIB": 7, "WITA": 8, "WIT": 9}.get(printed.zone or "")
    hours = (machine.instant - printed.instant).total_seconds() / 3600
    return printed_text if offset is not None and abs(hours - offset) < 1 / 60 else claimed


def _printed_date(tree: Any, heading: Any) -> str | None:
    """The printed date with a time that stands nearest to the headline."""
    found: list[tuple[int, str | None]] = []
    for at, element, text in _short_texts(tree):
        if element is heading:
            found.append((at, None))
        elif text and _DAY.search(text) and _CLOCK.search(text) and dates.parse(text):
            found.append((at, _squeeze(text)))
    middle = next((place for place, text in found if text is None), None)
    if middle is None:
        return None
    near = [(abs(place - middle), text) for place, text in found if text and abs(place - middle) <= _NEAR]
    return min(near)[1] if near else None


def _short_texts(tree: Any) -> Iterator[tuple[int, Any, str | None]]:
    """Every element with its number and its text, where that is short enough to be a date."""
    for at, element in enumerate(tree.iter("*")):
        if element.tag in {"script", "style", "option"}:
            continue
        names = f"{element.tag} {element.get('class')} {element.get('id')} {element.get('itemprop')}"
        if _DATE_NAME.search(names):
            text = element.get("datetime") or (element.text_content() if len(element) < 12 else "")
            yield at, element, text if len(text) < 200 else None
        else:
            texts = [t for t in (element.text, element.tail) if t and len(t) < 120 and any(map(str.isdigit, t))]
            yield at, element, " ".join(texts) or None


def _authors(meta: dict[str, list[str]], described: dict[str, Any]) -> tuple[str, ...]:
    authors = json_ld.texts(described.get("author"))
    if not authors:
        authors = tuple(dict.fromkeys(meta.get("author", []) + meta.get("article:author", [])))
    return tuple(author for author in authors if "://" not in author)


def _tags(meta: dict[str, list[str]], described: dict[str, Any]) -> tuple[str, ...]:
    lists = (
        meta.get("article:tag", []),
        json_ld.texts(described.get("keywords")),
        meta.get("news_keywords", []),
        meta.get("keywords", []),
    )
    first = next((values for values in lists if values), ())
    tags = (tag.strip() for value in first for tag in value.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _squeeze(text: str) -> str:
    return " ".join(text.split())
