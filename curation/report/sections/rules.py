"""What each cleaning rule did here, with examples of what it took away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation import store
from curation.report.excerpt import around, clipped, visible
from curation.report.rulebook import Example, Hits, rule_hits, rule_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curation.workspace import Workspace

EXAMPLES = 3


def hit_rows(workspace: Workspace, documents: int) -> list[dict[str, Any]]:
    """The rules with what each did here: edits, documents, their share, and examples; busiest first."""
    hits = rule_hits(
        *(workspace.tables("clean", name) for name in ("edits", "metadata", "findings")), examples=EXAMPLES
    )
    raws = _raws(workspace, (example for hit in hits.values() for example in hit.examples))
    rows = rule_rows(hits)
    for row in rows:
        row["share"] = row["documents"] / max(documents, 1)
        row["examples"] = [shown_change(example, raws) for example in hits.get(row["name"], Hits()).examples]
    return sorted(rows, key=lambda row: (-row["documents"], -row["edits"]))


def is_repair(example: Example) -> bool:
    """Whether an edit says nothing without the words around it."""
    return bool(example.replacement.strip()) or not example.removed.strip()


def _raws(workspace: Workspace, examples: Iterable[Example]) -> dict[str, str]:
    ids = {example.id for example in examples if is_repair(example)}
    rows = store.rows_where(workspace.tables("ingest", "articles"), "id", ids, ["id", "raw"])
    return {row["id"]: row["raw"] for row in rows}


def shown_change(example: Example, raws: Mapping[str, str]) -> tuple[str, str]:
    """What stood there and what stands there now, short enough for a table."""
    if not is_repair(example):
        return clipped(visible(example.removed), 90), ""
    before, after = around(raws[example.id], example.start, example.end, example.replacement, 16)
    return clipped(before, 90), clipped(after, 90)
