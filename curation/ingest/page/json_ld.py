"""What a page says about its article in JSON-LD, which is broken on many sites and read all the same."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_ARTICLES = re.compile(r"Article|BlogPosting|Report|NewsItem")
#: The one repair worth its line: a comma before a closing bracket.
_LAST_COMMA = re.compile(r",\s*([}\]])")
_BREAK = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|blockquote|tr)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"<[/a-zA-Z!][^<>]{0,500}>")
_PAIR = re.compile(r'"(headline|datePublished|articleSection)"\s*:\s*"((?:[^"\\]|\\.)*)"')


def article(scripts: list[str]) -> dict[str, Any]:
    """The properties of the page's article, empty where no script describes one.

    >>> article(['{"@graph": [{"@type": "NewsArticle", "headline": "Banjir surut",}]}'])["headline"]
    'Banjir surut'
    """
    found: list[dict[str, Any]] = []
    for script in scripts:
        value = _value(script)
        if value is None and "Article" in script:  # not even mended: the properties that can be seen
            found.append({"@type": "", **{name: _plain(text) for name, text in _PAIR.findall(script)}})
        found += [thing for thing in _things(value) if _ARTICLES.search(str(thing.get("@type")))]
    found.sort(key=lambda thing: "NewsArticle" not in str(thing.get("@type")))
    return found[0] if found else {}


def body(described: dict[str, Any]) -> str:
    r"""The article's text, a line for each paragraph; empty where the page does not give it.

    >>> body({"articleBody": "<p>Air mulai surut.</p><p>Warga pulang.</p>"})
    'Air mulai surut.\nWarga pulang.'
    """
    found = described.get("articleBody")
    if not isinstance(found, str):
        return ""
    found = _TAG.sub("", _BREAK.sub("\n", html.unescape(found)))
    lines = (" ".join(line.split()) for line in found.split("\n"))
    return "\n".join(line for line in lines if line)


def text(value: Any) -> str | None:
    """A property as text: a string, a number, the name of a thing, or the first of a list."""
    if isinstance(value, list):
        return next((found for found in map(text, value) if found), None)
    if isinstance(value, Mapping):
        return text(value.get("name") or value.get("@value"))
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        return html.unescape(str(value)).strip() or None
    return None


def texts(value: Any) -> tuple[str, ...]:
    """A property with several values."""
    values = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(found for found in map(text, values) if found))


def _value(script: str) -> Any:
    script = re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$", "", script).strip().rstrip(";")
    for candidate in (script, _LAST_COMMA.sub(r"\1", script), html.unescape(script)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for inner in (value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")):
            yield from _things(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner, depth + 1)


def _plain(text_: str) -> str:
    return text_.replace('\\"', '"').replace("\\/", "/")
