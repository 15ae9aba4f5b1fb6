"""The text of an article page: what the site's record points at, else what trafilatura finds.

Paragraphs, sub-headings, quotes and lists become lines; comments, tables and pictures' captions don't. The
name of the extractor, its version and its options go with the text, because another version finds another one.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.config import Site

#: Elements that end a line, and elements without any text of the article.
_BLOCKS = """
address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main
ol p pre section table td th tr ul
"""
_NO_TEXT = "button figure form head iframe noscript script select style svg template title video"
_ENDS_LINE = frozenset(_BLOCKS.split())
_SILENT = frozenset(_NO_TEXT.split())

#: trafilatura leaves the page's own line feeds behind the mark of a list item
_ITEM = re.compile(r"(?m)^- \s*")


def body(tree: Any, site: Site | None) -> tuple[str, str]:
    """Text and extractor of a parsed page, which is changed; the text is empty where no article is found."""
    if site is not None:
        for element in _selected(tree, site.drop):
            if element.getparent() is not None:
                element.drop_tree()
        kept = list(_selected(tree, site.keep))
        text = text_of(_outermost(kept))
        if text:
            return text, "site selectors"
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards, the table `rejected` tells
    found = trafilatura.extract(tree, include_comments=False, include_tables=False)
    extractor = f"trafilatura {trafilatura.__version__} (include_comments=False, include_tables=False)"
    return _lines(_ITEM.sub("- ", found or "")), extractor


def text_of(elements: Iterable[Any]) -> str:
    r"""The text of some elements, a line for each block.

    >>> import lxml.html
    >>> text_of([lxml.html.fromstring("<div><h2>Surut</h2>Air <b>mulai</b> surut.<p>Warga pulang.</div>")])
    'Surut\nAir mulai surut.\nWarga pulang.'
    """
    pieces = [piece for element in elements for piece in (*_pieces(element), "\n")]
    return _lines("".join(pieces))


def _lines(text: str) -> str:
    """Lines without superfluous blank space, and no blank ones."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _pieces(top: Any) -> Iterator[str]:
    """Texts in document order, with a line feed where a block begins or ends; without recursion."""
    stack: list[Any] = [top]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
            continue
        tail = item.tail if item is not top else None
        if tail:
            stack.append(tail.replace("\n", " "))
        if not isinstance(item.tag, str) or item.tag in _SILENT:
            continue
        if item.tag in _ENDS_LINE:
            stack.append("\n")
            yield "\n"
        stack.extend(reversed(item))
        if item.text:
            yield item.text.replace("\n", " ")


def _selected(tree: Any, selectors: tuple[str, ...]) -> Iterator[Any]:
    if selectors:
        from lxml.cssselect import CSSSelector

        yield from CSSSelector(", ".join(selectors))(tree)


def _outermost(elements: list[Any]) -> list[Any]:
    """Without the elements that stand inside another one."""
    chosen = set(elements)
    return [element for element in elements if chosen.isdisjoint(element.iterancestors())]
