"""The addresses in the head of a page: its own, and those of the pages before and after it.

Read with regular expressions from the page's bytes, because every page is looked at twice (`curation.ingest.page.join`)
and a parse is a hundred times dearer.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from curation.ingest.decode import repair
from curation.ingest.urls import url_key

_TAG = re.compile(rb"<(?:link|meta)\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")
_HEAD = 512 << 10


class Links(NamedTuple):
    """Absolute addresses, or None where the page does not give them."""

    canonical: str | None
    og_url: str | None
    saved_from: str | None
    previous: str | None
    next: str | None

    @property
    def address(self) -> str | None:
        """The page's own address: canonical, og:url, or where a browser saved it from."""
        return self.canonical or self.og_url or self.saved_from


def links(page: bytes) -> Links:
    """The addresses that a page gives in its head.

    >>> links(b'<link rel="next" href="https://kabar.example/banjir?page=2">').next
    'https://kabar.example/banjir?page=2'
    """
    found: dict[str, str] = {}
    head = page[:_HEAD]
    for tag in _TAG.finditer(head):
        attributes = {
            match[1].lower(): match[2] or match[3] or match[4] or b"" for match in _ATTRIBUTE.finditer(tag[1])
        }
        name = attributes.get(b"rel") or attributes.get(b"property") or attributes.get(b"name") or b""
        value = attributes.get(b"href") or attributes.get(b"content")
        if value and (address := _address(value)):
            found.setdefault(name.lower().decode("ascii", "replace"), address)
    saved = _SAVED_FROM.search(head, 0, 2048)
    canonical = found.get("canonical")
    if canonical and "/" not in (url_key(canonical) or ""):
        canonical = None  # some sites name their front page as the canonical address of every article
    return Links(
        canonical,
        found.get("og:url"),
        _address(saved[1]) if saved else None,
        found.get("prev") or found.get("previous"),
        found.get("next"),
    )


def _address(value: bytes) -> str | None:
    text = repair(html.unescape(value.decode("utf-8", "replace")).strip()).text
    return text if text.startswith(("http://", "https://", "//")) and url_key(text) else None
