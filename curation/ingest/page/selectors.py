"""What the record of a site points at by CSS selectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def selected(tree: Any, selectors: tuple[str, ...]) -> list[Any]:
    """The elements that CSS selectors name."""
    if not selectors:
        return []
    from lxml.cssselect import CSSSelector

    found: list[Any] = CSSSelector(", ".join(selectors))(tree)
    return found


def drop(elements: Iterable[Any]) -> None:
    """Take elements out of their tree; what follows them stays."""
    for element in elements:
        parent, before = element.getparent(), element.getprevious()
        if parent is None:
            continue
        if element.tail and before is not None:
            before.tail = (before.tail or "") + element.tail
        elif element.tail:
            parent.text = (parent.text or "") + element.tail
        parent.remove(element)
