"""Articles that stand on several pages: joined in page order into one.

A page is known by its own address (``?page=2``) or by ``rel="prev"`` and ``rel="next"``, which also tell that
``/2`` at the end of an address counts pages. The first page often says nothing about itself; it is a first
page because a second one is there. So the batch is looked at twice: :func:`index` counts, :func:`join` joins,
and holds back only the pages of articles whose other pages have not come yet.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from curation.ingest.page.links import links
from curation.ingest.record import Record, Rejection
from curation.ingest.urls import url_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_QUERY = re.compile(r"[?&](?:page|halaman|showpage)=(\d{1,3})(?=&|#|$)")
_PATH = re.compile(r"(?:/page)?/(\d{1,2})/?(?=[?#]|$)")


@dataclass
class Index:
    """How many pages a batch holds of each address that has a page beyond the first."""

    n_pages: Counter[str] = field(default_factory=Counter)


def index(records: Iterable[Record | Rejection]) -> Index:
    """Count the pages of a batch by article."""
    counts: Counter[str] = Counter()
    several: set[str] = set()
    for record in records:
        if isinstance(record, Record) and (place := place_of(record)):
            counts[place[0]] += 1
            if place[1] is not None and place[1] > 1:
                several.add(place[0])
    return Index(Counter({key: counts[key] for key in several}))


def join(records: Iterable[Record | Rejection], counted: Index) -> Iterator[Record | Rejection]:
    """The records of a batch, the pages of one article as one record.

    The later pages' inputs are rejections with the reason ``joined``. An article that the batch holds twice
    is joined twice.
    """
    held: dict[str, list[tuple[int, Record]]] = {}
    for record in records:
        place = place_of(record) if counted.n_pages and isinstance(record, Record) else None
        if place is None or place[0] not in counted.n_pages:
            yield record
            continue
        assert isinstance(record, Record)
        key, number = place
        held.setdefault(key, []).append((number or 1, record))
        if len(held[key]) == counted.n_pages[key]:
            yield from _joined(held.pop(key))
    for pages in held.values():
        yield from _joined(pages)


def _joined(pages: list[tuple[int, Record]]) -> Iterator[Record | Rejection]:
    seen: Counter[int] = Counter()
    articles: dict[int, list[tuple[int, Record]]] = {}
    for number, record in pages:
        articles.setdefault(seen[number], []).append((number, record))
        seen[number] += 1
    for article in articles.values():
        article.sort(key=lambda page: page[0])
        first = article[0][1]
        yield msgspec.structs.replace(first, pages=tuple(record.pages[0] for _, record in article))
        for number, record in article[1:]:
            detail = f"Page {number} of the article that begins in {first.source_ref}."
            yield Rejection(record.source_ref, "joined", detail)


def place_of(record: Record) -> tuple[str, int | None] | None:
    """The key of the article that a page belongs to, and the page's number where something tells it.

    >>> place_of(Record(source_ref="a.html", url="https://kabar.example/banjir?page=2", pages=(b"",)))
    ('kabar.example/banjir', 2)
    """
    if len(record.pages) != 1:
        return None
    found = links(record.pages[0])
    url = record.url or found.address
    key = url_key(url)
    if url is None or key is None:
        return None
    for address in (url, found.og_url):
        if address and (query := _QUERY.search(address)) and url_key(address) == key:
            return key, int(query[1])
    own = _without_number(url)
    for address, step in ((found.previous, 1), (found.next, -1)):
        if address and (place := _beside(address, step, key, own)):
            return place
    return key, None


def _beside(address: str, step: int, key: str, own: tuple[str, int] | None) -> tuple[str, int] | None:
    """The place `step` pages after the page at `address`, if both are pages of one article."""
    there = url_key(address)
    if there == key:
        query = _QUERY.search(address)
        if query is None and step < 0:
            return None
        return key, max((int(query[1]) if query else 1) + step, 1)
    path = _without_number(address)
    if step < 0 and path == (key, 2):
        return key, 1
    if own and (path == (own[0], own[1] - step) or (own[1] == 2 and step > 0 and there == own[0])):
        return own
    return None


def _without_number(url: str) -> tuple[str, int] | None:
    """The key without a number at the end of the path, and that number."""
    found = _PATH.search(url)
    key = url_key(url[: found.start()] + url[found.end() :]) if found else None
    return (key, int(found[1])) if found and key else None
