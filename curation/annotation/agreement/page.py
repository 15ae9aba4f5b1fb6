"""Agreement in a notebook: a piece of HTML that needs nothing else."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from curation.annotation.agreement.blocks import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from curation.annotation.agreement.blocks import Block, Cell

NOTHING = "<p>There is no answer to any question.</p>"
#: what is drawn of an interval: from here to 1, in pixels
LEAST, WIDTH = -0.5, 120
#: of numbers the decimals stand below each other; remarks, in the last column, may be broken
STYLE = (
    "<style>.curation-agreement{overflow-x:auto}.curation-agreement table{border-collapse:collapse;margin:.3em 0 .8em}"
    ".curation-agreement :is(th,td){padding:.15em .8em .15em 0;text-align:right;white-space:nowrap}"
    ".curation-agreement :is(th,td):first-child{text-align:left}"
    ".curation-agreement td.remark{text-align:left;white-space:normal}</style>"
)


def agreement_html(tables: Mapping[str, pa.Table]) -> str:
    """All questions, the details folded."""
    parts = []
    for one in shown(tables):
        first, *others = one.blocks
        folded = "".join(_folded(block, is_open=place == 0) for place, block in enumerate(others))
        head = f"<h4>{_seen(one.question)}</h4><p>{_seen(one.sentence)}</p>"
        parts.append(f"<section>{head}{_table(first)}{folded}</section>")
    return f'<div class="curation-agreement">{STYLE}{"".join(parts)}</div>' if parts else NOTHING


def _seen(text: str) -> str:
    """Text as HTML; signs without a shape of their own by their code point."""
    return html.escape("".join(sign if sign.isprintable() else f"<U+{ord(sign):04X}>" for sign in text))


def _folded(block: Block, *, is_open: bool) -> str:
    start = "<details open>" if is_open else "<details>"
    return f"{start}<summary>{_seen(block.title)}</summary>{_table(block)}</details>"


def _table(block: Block) -> str:
    head = "".join(f"<th>{_seen(name)}</th>" for name in block.head)
    remarks = block.head[-1] == ""
    rows = "".join(f"<tr>{_cells(row, remarks=remarks)}</tr>" for row in block.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(row: list[Cell], *, remarks: bool) -> str:
    if not remarks:
        return "".join(map(_cell, row))
    return f'{"".join(map(_cell, row[:-1]))}<td class="remark">{_seen(row[-1].text)}</td>'


def _cell(cell: Cell) -> str:
    # grey that is seen through works on light and dark pages
    style = "" if cell.share is None else f' style="background:rgba(70,130,180,{0.6 * cell.share:.2f})"'
    drawn = "" if cell.interval is None else _drawn(*cell.interval)
    return f"<td{style}>{drawn}{_seen(cell.text)}</td>"


def _drawn(low: float, value: float, high: float) -> str:
    """The interval as a line with a point; the thin strokes stand at 0 and 1.

    >>> _drawn(0.5, 0.6, 0.7).count("<circle")
    1
    """
    a, point, b, zero, one = ((max(x, LEAST) - LEAST) / (1 - LEAST) * WIDTH + 4 for x in (low, value, high, 0.0, 1.0))
    strokes = "".join(f'<line x1="{x:.0f}" x2="{x:.0f}" y1="1" y2="13" stroke-opacity=".3"/>' for x in (zero, one))
    return (
        f'<svg width="{WIDTH + 8}" height="14" stroke="currentColor" style="vertical-align:middle">{strokes}'
        f'<line x1="{a:.1f}" x2="{b:.1f}" y1="7" y2="7" stroke-width="2"/>'
        f'<circle cx="{point:.1f}" cy="7" r="3" fill="currentColor"/></svg> '
    )
