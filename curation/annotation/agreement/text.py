"""Agreement in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.annotation.agreement.blocks import FIRST, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from curation.annotation.agreement.blocks import Block

#: rows of one block at most; the tables hold all
MOST = 40


def agreement_text(tables: Mapping[str, pa.Table]) -> str:
    """All questions, block by block."""
    parts = []
    for one in shown(tables):
        blocks = ["\n".join(_block(block)) for block in one.blocks]
        parts.append("\n\n".join([f"{one.question}: {one.sentence}", *blocks]))
    return "\n\n\n".join(parts) or "There is no answer to any question."


def _block(block: Block) -> Iterator[str]:
    table = [list(block.head), *([cell.text for cell in row] for row in block.rows[:MOST])]
    remarks = block.head[-1] == ""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    yield f"  {block.title}"
    for row in table:
        cells = [row[0].ljust(widths[0])]
        cells += [text.rjust(width) for text, width in zip(row[1:], widths[1:], strict=True)]
        if remarks:
            cells[-1] = row[-1]
        yield ("    " + "  ".join(cells)).rstrip()
    if len(block.rows) > MOST:
        yield f"    ... and {len(block.rows) - MOST:,} more: see the tables"


def agreement_line(tables: Mapping[str, pa.Table]) -> str:
    """Alpha of every question, on one line."""
    told = []
    for row in tables["summary"].to_pylist():
        if row["scope"] == "all" and row["coefficient"] in FIRST:
            value = "undefined" if row["value"] is None else f"{row['value']:.3f}"
            told.append(f"{row['question']}: alpha {value}")
    return ", ".join(told)
