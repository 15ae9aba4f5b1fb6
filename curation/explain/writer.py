"""Lines for a terminal: coloured or not, wrapped to its width or not."""

from __future__ import annotations

from io import StringIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

#: styles by what they mean
TITLE, DIM, NUMBER, READ, BAD, GOOD = "bold", "dim", "cyan", "underline", "red", "green"
REMOVED, INSERTED = "red strike", "green"

#: text, or text with its style
Span = tuple[str, str] | str


class Writer:
    """Collects lines.

    Args:
        width: columns to wrap at; None never wraps, as for a pipe.
        color: with ANSI colours.
    """

    def __init__(self, width: int | None, color: bool) -> None:
        self.width = width
        self.color = color
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=width or 1_000_000,
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def add(self, *spans: Span, hanging: int = 0, margin: str = "") -> None:
        """A line of styled spans; where it is wrapped, what follows is indented or stands behind a margin."""
        text = Text.assemble(*spans)
        if self.width is None:
            self._print(text)
            return
        # a screen too narrow for the indent does without
        hanging = hanging if hanging <= self.width // 2 else 2
        margin = (margin or " " * hanging)[:hanging]
        first, *rest = self._wrapped(text, hanging)
        self._print(first)
        for line in rest:
            self._print(Text.assemble((margin, DIM), line))

    def blank(self) -> None:
        """An empty line."""
        self._out.write("\n")

    def beside(self, left: Iterable[Span], right: Iterable[Span]) -> None:
        """Two cells beside each other, each wrapped to half of the width."""
        assert self.width
        column = max(8, (self.width - 3) // 2)
        cells = [self._cell(spans, column) for spans in (left, right)]
        for one, other in zip_longest(*cells, fillvalue=Text()):
            one = one.copy()
            one.pad_right(column - one.cell_len)
            line = Text.assemble(one, (" │ ", DIM), other)
            line.rstrip()
            self._print(line)

    def _cell(self, spans: Iterable[Span], column: int) -> list[Text]:
        lines = Text.assemble(*spans).wrap(self._console, column)
        for line in lines:
            line.rstrip()
        return list(lines)

    def _wrapped(self, text: Text, hanging: int) -> Iterable[Text]:
        assert self.width
        if text.cell_len <= self.width:
            return [text]
        head = text[:hanging]
        lines = text[hanging:].wrap(self._console, max(8, self.width - hanging))
        for line in lines:
            line.rstrip()
        return [Text.assemble(head, lines[0]), *lines[1:]]

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)

    def __str__(self) -> str:
        return self._out.getvalue().removesuffix("\n")
