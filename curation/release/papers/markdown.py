"""The pieces of Markdown that the README is made of; each is a list of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def section(title: str, text: str) -> list[str]:
    """A heading and a paragraph."""
    return [f"## {title}", "", text, ""]


def table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    """A table; without rows, nothing.

    >>> table(("outlet", "articles"), [("Detak", 1200)])
    ['| outlet | articles |', '|---|---|', '| Detak | 1,200 |', '']
    """
    lines = [_row(header), "|" + "---|" * len(header), *map(_row, rows)]
    return [*lines, ""] if len(lines) > 2 else []


def listed(items: Sequence[str]) -> list[str]:
    """A list; without items, nothing."""
    return [*(f"- {item}" for item in items), ""] if items else []


def code(language: str, lines: Sequence[str]) -> list[str]:
    """A block of code."""
    return [f"```{language}", *lines, "```", ""]


def share(part: int, whole: int) -> str:
    """A share in words that don't round something to nothing.

    >>> share(1, 3000), share(1, 4), share(0, 0)
    ('<0.1%', '25.0%', '0.0%')
    """
    found = part / whole if whole else 0.0
    return "<0.1%" if 0 < found < 0.001 else f"{found:.1%}"


def _row(cells: Sequence[str | int]) -> str:
    shown = [f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(shown)} |"
