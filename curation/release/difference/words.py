"""A difference for people: as text, and as Markdown for ``CHANGES.md`` or a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curation.release.difference.compare import Difference, Shift

NAMES = {
    "added": "documents added",
    "removed": "documents removed",
    "text_changed": "texts changed",
    "metadata_changed": "documents with other metadata",
    "split_moved": "documents in another split",
    "label_added": "labels added",
    "label_removed": "labels removed",
    "label_changed": "labels changed",
}

#: outlets that are told; the rest is in --json
MOST = 10


def text(difference: Difference) -> str:
    """The difference as a table for a terminal."""
    lines = [f"{difference.before} -> {difference.after}", ""]
    lines += [f"  {name:<30} {number:>12}" for name, number in _counts(difference)]
    for title, table in _tables(difference):
        lines += ["", title]
        widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
        lines += [
            "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in table
        ]
    return "\n".join(lines)


def markdown(difference: Difference) -> str:
    """The difference as Markdown."""
    lines = [f"# {difference.before} → {difference.after}", "", "| what | n |", "|---|---:|"]
    lines += [f"| {name} | {number} |" for name, number in _counts(difference)]
    for title, (header, *rows) in _tables(difference):
        lines += ["", f"## {title}", "", _row(header), "|" + "---|" * len(header), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def first(version: str, documents: int) -> str:
    """``CHANGES.md`` of a first version."""
    return f"# {version}\n\nThe first version: {documents:,} documents.\n"


def _counts(difference: Difference) -> Iterator[tuple[str, str]]:
    old, new = difference.documents
    yield "documents", f"{old:,} → {new:,}"
    for name, number in difference.counts.items():
        if number:
            yield NAMES[name], f"{number:,}"
    if difference.is_empty:
        yield "changes", "none in the data"
    for what, columns in (
        ("columns added", difference.columns_added),
        ("columns removed", difference.columns_removed),
        ("columns of another type", difference.columns_retyped),
    ):
        if columns:
            yield what, ", ".join(columns)
    for campaign, why in difference.guidelines:
        yield f"guideline of {campaign}", why


def _tables(difference: Difference) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Title and rows, the head first, of what is worth a table."""
    reasons: dict[str, int] = {}
    for row in difference.changes.to_pylist():
        if row["change"] == "removed":
            reasons[row["reason"] or "not told"] = reasons.get(row["reason"] or "not told", 0) + 1
    if reasons:
        ranked = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
        yield "Why documents are gone", [("reason", "n"), *((name, f"{count:,}") for name, count in ranked[:MOST])]
    if shares := difference.outlets[:MOST]:
        yield "Outlets", [("outlet", "before", "after"), *_shifts(shares)]
    if drift := [shift for shift in difference.drift if shift.what != "words"][:MOST]:
        yield "Languages and splits", [("", "before", "after"), *_shifts(drift, named=True)]
    if words := [shift for shift in difference.drift if shift.what == "words"]:
        rows = [(shift.of, f"{shift.before:,.0f}", f"{shift.after:,.0f}") for shift in words]
        yield "Words of a document", [("", "before", "after"), *rows]


def _shifts(shifts: Iterable[Shift], *, named: bool = False) -> list[tuple[str, ...]]:
    return [
        (f"{shift.what} {shift.of}" if named else shift.of, f"{shift.before:.1%}", f"{shift.after:.1%}")
        for shift in shifts
    ]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
