"""Lists of pairs for the terminal: what there is, what stands near a limit, what other limits change."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curation.explain.writer import BAD, DIM, GOOD, TITLE, Writer
from curation.report.excerpt import clipped, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curation.config import Dedup
    from curation.explain.places import Row

_LONGEST = 110


def pairs_text(
    pairs: Sequence[Row],
    heads: Mapping[str, Row],
    notes: Sequence[str] = (),
    color: bool = False,
    width: int | None = None,
) -> str:
    """Three lines a pair: what it is, and both documents.

    Args:
        pairs: rows of the table `pairs`; with kind_before and merges_before where other limits changed them.
        heads: documents by their id.
        notes: what else is known of each pair.
        color: with ANSI colours.
        width: columns to wrap at; None never wraps.
    """
    writer = Writer(width, color)
    for number, pair in enumerate(pairs):
        if number:
            writer.blank()
        kind = f"{pair['kind_before']} → {pair['kind']}" if "kind_before" in pair else pair["kind"]
        style = f"{TITLE} {GOOD if pair['merges'] else BAD}"
        merges = "one article" if pair["merges"] else "two articles"
        evidence = visible(pair["evidence"].partition(";")[0])
        writer.add((f"{kind:<10}", style), f"  {merges:<12}  {evidence}", hanging=12)
        for side in ("id_a", "id_b"):
            writer.add("  ", (pair[side], DIM), f"  {_head(heads.get(pair[side]))}", hanging=20)
        if notes:
            writer.add((f"  {notes[number]}", DIM), hanging=2)
    return str(writer)


def summary(kinds: Iterable[str], merges: Sequence[bool]) -> str:
    """How many pairs there are of each kind.

    >>> summary(["near", "near", "exact"], [True, True, True])
    '3 pairs: 2 near, 1 exact; 3 of them are one article'
    """
    if not merges:
        return "No pairs."
    said = ", ".join(f"{number:,} {kind}" for kind, number in Counter(kinds).items())
    return f"{counted(len(merges), 'pair')}: {said}; {sum(merges):,} of them are one article"


def recount_text(before: Mapping[str, int], after: Mapping[str, int], flips: int, limits: Dedup) -> str:
    """What there is of each, and what there would be by other limits."""
    said = f"dedup.jaccard={limits.jaccard:g}, dedup.containment={limits.containment:g}"
    lines = [f"With {said}; of each cluster one document is kept:", "", f"{'':<18} {'now':>9} {'then':>9}"]
    for name, number in before.items():
        change = f"{after[name] - number:+,}" if after[name] != number else ""
        lines.append(f"{name:<18} {number:>9,} {after[name]:>9,}   {change}".rstrip())
    return "\n".join([*lines, "", f"{counted(flips, 'pair')} would change." if flips else "No pair would change."])


def _head(document: Row | None) -> str:
    if document is None:
        return ""
    day = f"{document['published_at']:%Y-%m-%d}" if document["published_at"] else "no date"
    return f"{visible(document['outlet'])}  {day}  {clipped(visible(document['title'] or '(no title)'), _LONGEST)}"
