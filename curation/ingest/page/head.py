"""What a page says about its article: title, date, authors, section, tags.

JSON-LD first, then meta tags and microdata, then what is printed on the page. What is not there is null, never
guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from curation.ingest import dates
from curation.ingest.page import authors, json_ld

if TYPE_CHECKING:
    from curation.ingest.page.blocks import Block, Page


class Head(NamedTuple):
    """The metadata of a page, as written."""

    title: str | None = None
    date_text: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    modified: dates.When | None = None


class Claims(NamedTuple):
    """What the page tells machines: contents of meta tags and of microdata by name, JSON-LD, its titles."""

    meta: dict[str, list[str]]
    described: dict[str, Any]
    titles: list[str]


class Headline(NamedTuple):
    """The title, and the element that prints it."""

    title: str | None
    element: Any


_TITLES = ("og:title", "twitter:title", "headline", "title")
#: Names of meta tags that hold the date, the surer first.
_DATES = """
article:published_time og:published_time datepublished publishdate publish_date publish-date pubdate
content_publishdate content_publisheddate date.available dc.date.issued dc.date datecreated date
"""
_CHANGES = ("article:modified_time", "datemodified", "og:updated_time", "lastmod")
_SECTIONS = ("article:section", "articlesection")
_CRUMBS = re.compile(r"(?i)breadc(?:rumb|ome)")
_HOST = re.compile(r"\.\w{2,3}$|://")
_HOME = {"home", "beranda", "homepage", "depan"}
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_DAY = re.compile(r"\d[\s.,/|-]{0,3}(?:\w{3,9}|\d\d?)[\s.,/-]{1,3}(?:19|20)\d\d|(?:19|20)\d\d[-/]\d")
#: A printed date further from the headline than so many lines belongs to something else.
_NEAR = 25
#: A date without a time so near below the headline is the article's.
_BESIDE = 6
#: Tags that are a label of something else.
_NO_TAG = re.compile(r"(?i)(?:editor|reporter|penulis|author)\s*:")


def claims(tree: Any) -> Claims:
    """What a parsed page tells machines."""
    meta: dict[str, list[str]] = {}
    for element in tree.xpath("//meta | //time[@datetime] | //*[@itemprop and (@content or @datetime)]"):
        content = element.get("content") or element.get("datetime")
        name = element.get("property") or element.get("name") or element.get("itemprop")
        for key in {name, element.get("itemprop")}:
            if content and key and content.strip():
                meta.setdefault(key.lower(), []).append(content.strip())
    scripts = [script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower()]
    described = json_ld.article(scripts)
    titles = [json_ld.text(described.get("headline")), *(_first(meta, name) for name in _TITLES)]
    titles += [title.text for title in tree.iter("title")][:1]
    return Claims(meta, described, [_squeeze(title) for title in titles if title and title.strip()])


def headline(tree: Any, claimed: Claims) -> Headline:
    """The heading where a meta tag or the page's title holds it, else what these say.

    Meta titles carry the site's name before or after the headline; headings alone may be a logo.
    """
    headings = [(element, _squeeze("".join(element.itertext()))) for element in tree.iter("h1", "h2")]
    printed = [(e, text) for e, text in headings if len(text) > 10 and any(text in name for name in claimed.titles)]
    if printed:
        element, text = max(printed, key=lambda pair: len(pair[1]))
        return Headline(text, element)
    first = next((e for e, text in headings if e.tag == "h1" and text), None)
    return Headline(claimed.titles[0] if claimed.titles else None, first)


def head(claimed: Claims, found: Headline, page: Page) -> Head:
    """The metadata of a page."""
    at = page.place_of(found.element)
    meta, described = claimed.meta, claimed.described
    return Head(
        title=found.title,
        date_text=_date(claimed, page, at),
        section=_section(claimed, page, found.title),
        authors=authors.of(meta, described, page, at),
        tags=_tags(claimed),
        editors=authors.editors(described, page, at),
        modified=_modified(claimed, page, at),
    )


def _first(meta: dict[str, list[str]], *names: str) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _date(claimed: Claims, page: Page, at: int | None) -> str | None:
    """The date as the page gives it to machines, or prints it beside the headline.

    Some sites give their local time to machines as if it were UTC; where the page prints the same time with
    another zone, the print is believed.
    """
    said = json_ld.text(claimed.described.get("datePublished")) or _first(claimed.meta, *_DATES.split())
    machine = dates.parse(said)
    if machine is not None and machine.zone != "+00:00":
        return said
    printed_text = _printed_date(page, at)
    printed = dates.parse(printed_text)
    if machine is None or printed is None:
        return said if printed is None else printed_text
    offset = {"WIB": 7, "WITA": 8, "WIT": 9}.get(printed.zone or "")
    hours = (machine.instant - printed.instant).total_seconds() / 3600
    return printed_text if offset is not None and abs(hours - offset) < 1 / 60 else said


def _modified(claimed: Claims, page: Page, at: int | None) -> dates.When | None:
    """The date of the last change: as printed near the headline, else as machines are told."""
    if at is not None:
        near = (block for block in page.blocks[max(at - _BESIDE, 0) : at + _BESIDE] if not block.is_prose)
        if printed := next(filter(None, (dates.modified(block.text) for block in near)), None):
            return printed
    return dates.parse(json_ld.text(claimed.described.get("dateModified")) or _first(claimed.meta, *_CHANGES))


def _printed_date(page: Page, at: int | None) -> str | None:
    """The printed date with a time that stands nearest to the headline, or the day just below it."""
    if at is None:
        return None
    start = max(at - _NEAR, 0)
    dated = [(place - at, b.text) for place, b in enumerate(page.blocks[start : at + _NEAR], start) if _is_date(b)]
    timed = [(abs(far), text) for far, text in dated if _CLOCK.search(text)]
    below = [(far, text) for far, text in dated if 0 <= far <= _BESIDE]
    return next((min(found)[1] for found in (timed, below) if found), None)


def _is_date(block: Block) -> bool:
    return (
        len(block.text) < 200
        and not block.is_prose
        and _DAY.search(block.text) is not None
        and dates.parse(block.text) is not None
    )


def _section(claimed: Claims, page: Page, title: str | None) -> str | None:
    said = (json_ld.text(claimed.described.get("articleSection")), _first(claimed.meta, *_SECTIONS))
    return next((name for name in said if name and not _HOST.search(name)), None) or _crumb(page, title)


def _crumb(page: Page, title: str | None) -> str | None:
    """The section as the path above the headline names it: its last step."""
    for element in page.elements:
        if _CRUMBS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            steps = [_squeeze("".join(link.itertext())) for link in element.iter("a")]
            steps = [step for step in steps if 1 < len(step) < 40 and step.lower() not in _HOME and step != title]
            return steps[-1] if steps else None
    return None


def _tags(claimed: Claims) -> tuple[str, ...]:
    lists = (
        claimed.meta.get("article:tag", []),
        json_ld.texts(claimed.described.get("keywords")),
        claimed.meta.get("news_keywords", []),
        claimed.meta.get("keywords", []),
    )
    first = next((values for values in lists if values), ())
    tags = (_squeeze(tag) for value in first for tag in re.split("[,;]", value))
    return tuple(dict.fromkeys(tag for tag in tags if tag and not _NO_TAG.match(tag)))


def _squeeze(text: str) -> str:
    return " ".join(text.split())
