"""Lines that a site or its network prints again and again, as ``curation learn`` found them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import ChromeTable, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from curation.lines import Edit, Line, Lines
    from curation.rule import Context

#: lines from either end that count as head or tail
EDGE = 6


def line_key(text: str) -> str:
    """A line as it is counted: lower case, digits folded, blank space collapsed.

    >>> line_key("Copyright  2026 Warta")
    'copyright #### warta'
    """
    return re.sub(r"\d", "#", " ".join(text.lower().split()))


def chrome_table(table: pa.Table) -> ChromeTable:
    """The learned lines of one version of the table `chrome`, ready to look up."""
    rows = table.select(["site", "network", "line_key", "position"]).to_pylist()
    lines = {(row["site"] or row["network"], row["line_key"]): row["position"] for row in rows}
    version = table["version"][0].as_py() if table.num_rows else 0
    return ChromeTable(version, lines)


@rule(step="chrome", grain="corpus", source="the chrome table that the configuration pins")
def learned(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove a line that its site or network repeats, at the place where it repeats it.

    The table is empty until ``curation learn`` writes one and ``[chrome] version`` pins it.

    >>> table = ChromeTable(1, {("Warta", line_key("Cepat, Tepat, Warta!")): "tail"})
    >>> after(learned, "Air surut.\nCepat, Tepat, Warta!", chrome=table, owners=[("Warta",)])
    'Air surut.\n'
    """
    if not context.chrome.lines:
        return
    for line in lines:
        for owner in context.owners[line.document] if context.owners else ():
            position = context.chrome.lines.get((owner, line_key(line.text)))
            if position and _stands(line, position):
                yield line.drop()
                break


def _stands(line: Line, position: str) -> bool:
    if position == "head":
        return line.from_head < EDGE
    if position == "tail":
        return line.from_tail < EDGE
    return True
