"""An explanation for the terminal: everything in lists, or the raw text with its edits marked."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from curation.report.excerpt import around, clipped, counted, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from curation.explain.explanation import EditMade, Explanation, Measured

#: outcomes that are good news
GOOD = ("selected", "not_selected_yet")

_LONGEST = 160
_BOLD, _DIM, _RED, _GREEN, _STRUCK_RED = "1", "2", "31", "32", "9;31"


def explanation_text(e: Explanation, all: bool = False, color: bool = False) -> str:
    """Everything in lists.

    Args:
        e: what is known.
        all: also each edit of blank space, and texts in full.
        color: with ANSI colours.
    """

    def paint(text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if color and text else text

    outcome, reason = verdict_of(e)
    verdict = paint(outcome, _BOLD, _GREEN if e.outcome in GOOD else _RED) + reason
    if e.rejected:
        return "\n".join([verdict, *_facts({"batch": e.rejected["batch"], "source_ref": e.rejected["source_ref"]})])
    blocks: list[list[str]] = [
        [f"{paint(e.article['id'], _BOLD)}  {e.document['title'] or '(no title)'}", *_facts(header(e))],
        [verdict, *([e.note] if e.note else [])],
    ]

    def cut(edit: EditMade) -> str:
        text = visible(edit.removed)
        return paint(text if all else clipped(text, _LONGEST), _RED)

    def repair(edit: EditMade) -> str:
        return "  →  ".join(around(e.article["raw"], edit.start, edit.end, edit.replacement))

    def dim(text: str) -> str:
        return paint(text, _DIM)

    removed, repaired, quiet = sorted_out(e)
    if removed:
        title = f"Removed ({len(removed)}, {share_removed(e):.0%} of the text)"
        blocks.append([paint(title, _BOLD), *_edit_lines(removed, cut, dim)])
    if repaired:
        blocks.append([paint(f"Repaired ({len(repaired)})", _BOLD), *_edit_lines(repaired, repair, dim)])
    if quiet and all:
        blocks.append([paint(f"Blank space ({len(quiet)})", _BOLD), *_edit_lines(quiet, repair, dim)])
    elif quiet:
        blocks.append([f"Blank space: {quiet_summary(quiet)}; --all lists them."])
    if e.metadata:
        rows = [_columns(f"{m['field']}", clipped(visible(m["value"]), _LONGEST), m["rule"]) for m in e.metadata]
        blocks.append([paint("Read in the text", _BOLD), *rows])
    if e.findings:
        blocks.append([paint("Findings", _BOLD), *(_finding(e, row) for row in e.findings)])
    measured = [_columns(m.name, f"{value_of(m):>9}  {limit_of(m):<14}", m.verdict) for m in e.measures]
    bad = [
        paint(line, _RED) if m.verdict.startswith("too") else line for line, m in zip(measured, e.measures, strict=True)
    ]
    blocks.append([paint("Checks", _BOLD), *bad])
    if e.members:
        blocks.append([paint(f"Cluster of {e.cluster_size}", _BOLD), *(_member(e, row) for row in e.members)])
    if e.pairs:
        blocks.append([paint("Pairs", _BOLD), *(_pair(e, row) for row in e.pairs)])
    if e.decisions:
        blocks.append([paint("Decisions", _BOLD), *(f"  {decision}" for decision in e.decisions)])
    return "\n\n".join("\n".join(lines) for lines in blocks)


def marked_text(e: Explanation, color: bool = False) -> str:
    """Raw with what was removed in ``[-…-]`` and what was put in in ``{+…+}``, or in colours."""
    parts = []
    for kind, text, _ in segments(e):
        if kind == "kept":
            parts.append(text)
        elif color:
            parts.append(f"\x1b[{_STRUCK_RED if kind == 'removed' else _GREEN}m{text}\x1b[0m")
        else:
            parts.append(f"[-{text}-]" if kind == "removed" else f"{{+{text}+}}")
    return "".join(parts)


def segments(e: Explanation) -> Iterator[tuple[str, str, EditMade | None]]:
    """Raw from beginning to end as pieces: kept, removed or put in, with the edit."""
    raw, at = e.article.get("raw", ""), 0
    for edit in e.edits:
        if edit.start > at:
            yield "kept", raw[at : edit.start], None
        if edit.removed:
            yield "removed", edit.removed, edit
        if edit.replacement:
            yield "inserted", edit.replacement, edit
        at = edit.end
    if at < len(raw):
        yield "kept", raw[at:], None


def verdict_of(e: Explanation) -> tuple[str, str]:
    """The outcome in words, and what follows it: why."""
    outcome = e.outcome.replace("_", " ")
    if e.why.startswith(outcome):
        return outcome, e.why.removeprefix(outcome)
    return outcome, f": {e.why}" if e.why else ""


def sorted_out(e: Explanation) -> tuple[list[EditMade], list[EditMade], list[EditMade]]:
    """The edits that remove text, those that repair it, and those that nobody would see."""
    seen = [edit for edit in e.edits if not edit.is_quiet]
    removed = [edit for edit in seen if not edit.is_repair]
    repaired = [edit for edit in seen if edit.is_repair]
    return removed, repaired, [edit for edit in e.edits if edit.is_quiet]


def header(e: Explanation) -> dict[str, str]:
    """What is known of the document itself, by name; what is not known is left out."""
    article, document = e.article, e.document
    facts: dict[str, Any] = {
        "outlet": " / ".join(filter(None, [document["network"], document["outlet"]])),
        "url": document["url"],
        "published": when(document["published_at"], document["zone"]),
        **{name: document[name] for name in ("dateline", "byline", "publisher", "syndicated_from", "section")},
        "tags": ", ".join(document["tags"]),
        "language": document["language"],
        "words": f"{document['n_words']:,}",
        "batch": article["batch"] + (f" (first seen in {article['first_seen']})" if _is_older(article) else ""),
        "source": article["source_ref"] + (f" (id {article['source_id']})" if article["source_id"] else ""),
        "extractor": article["extractor"] if article["extractor"] != "none" else None,
        "pages": str(article["pages"]) if article["pages"] > 1 else None,
        "replaced": f"{article['n_replaced']} characters that could not be decoded" if article["n_replaced"] else None,
        "versions": ", ".join(e.versions),
        "frozen": e.frozen,
    }
    return {name: value for name, value in facts.items() if value}


def when(published: datetime | None, zone: str | None) -> str | None:
    """A publication time in UTC, and the zone in which it was printed."""
    return None if published is None else f"{published:%Y-%m-%d %H:%M} UTC" + (f", printed in {zone}" if zone else "")


def share_removed(e: Explanation) -> float:
    """Share of the raw text's characters that are not in the body."""
    return sum(len(x.removed) - len(x.replacement) for x in e.edits) / max(1, len(e.article["raw"]))


def quiet_summary(edits: Iterable[EditMade]) -> str:
    """The edits that nobody would see, counted by rule.

    >>> quiet_summary([])
    ''
    """
    rules = sorted(edit.rule for edit in edits)
    return ", ".join(f"{counted(len(list(group)), 'edit')} by {rule}" for rule, group in groupby(rules))


def value_of(measured: Measured) -> str:
    """A measure as people write it."""
    return "–" if measured.value is None else f"{measured.value:,.4g}"


def limit_of(measured: Measured) -> str:
    """Its accepted range in words."""
    bounds = (("at least", measured.min), ("at most", measured.max))
    return ", ".join(f"{word} {bound:g}" for word, bound in bounds if bound is not None)


def place_of(edit: EditMade) -> str:
    """Where in raw an edit is."""
    if edit.last_line > edit.line:
        return f"lines {edit.line}–{edit.last_line}"
    return f"line {edit.line}" if edit.whole_lines else f"in line {edit.line}"


def _is_older(article: dict[str, Any]) -> bool:
    return bool(article["first_seen"] != article["batch"])


def _facts(facts: dict[str, str]) -> list[str]:
    return [_columns(name, value) for name, value in facts.items()]


def _columns(name: str, value: str, rest: str = "") -> str:
    return f"  {name:<16} {value}  {rest}".rstrip()


def _edit_lines(edits: list[EditMade], shown: Callable[[EditMade], str], dim: Callable[[str], str]) -> list[str]:
    """One line an edit; a rule is explained where it first occurs."""
    lines, told = [], set()
    for edit in edits:
        note = f"  ({edit.note})" if edit.note else ""
        lines.append(f"  {place_of(edit):<12} {edit.rule:<18} {shown(edit)}{note}")
        if edit.rule not in told and edit.summary:
            lines.append(dim(f"  {'':<12} {'':<18} {edit.summary}"))
            told.add(edit.rule)
    return lines


def _finding(e: Explanation, row: dict[str, Any]) -> str:
    text = clipped(visible(e.document["body"][row["start"] : row["end"]]), _LONGEST)
    return _columns(row["kind"], f"{row['score']:.2f}  {text}", row["rule"])


def _member(e: Explanation, row: dict[str, Any]) -> str:
    roles = [role for role in ("keeper", "origin") if row[role]]
    roles += ["this"] if row["id"] == e.article["id"] else []
    day = f"{row['published_at']:%Y-%m-%d}" if row["published_at"] else "no date   "
    about = f"{row['outlet']}: {clipped(row['title'] or '(no title)', 70)}"
    return f"  {row['id']}  {day}  {row['n_words']:>5} words  {', '.join(roles) or row['role']:<14} {about}"


def _pair(e: Explanation, row: dict[str, Any]) -> str:
    other, kind, evidence = pair_of(e, row)
    return f"  {other}  {kind}  {evidence}"


def pair_of(e: Explanation, row: dict[str, Any]) -> tuple[str, str, str]:
    """A pair as this document sees it: the other's id, the kind with its direction, the evidence."""
    this, other = ("a", "b") if row["id_a"] == e.article["id"] else ("b", "a")
    kind = str(row["kind"])
    if this == "b":
        kind = {"contains": "contained", "contained": "contains"}.get(kind, kind)
    direction = {f"{this}_from_{other}": ", taken from it", f"{other}_from_{this}": ", source of it"}
    return row[f"id_{other}"], kind + direction.get(row["direction"] or "", ""), row["evidence"]
