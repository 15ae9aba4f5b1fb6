"""An explanation for the terminal: the raw text with its edits, and everything that is known in lists."""

from __future__ import annotations

import shlex
from itertools import groupby
from typing import TYPE_CHECKING, Any

from curation.explain.limits.text import bounds, number
from curation.explain.marked import write_numbered
from curation.explain.pieces import numbered
from curation.explain.writer import BAD, DIM, GOOD, NUMBER, REMOVED, TITLE, Span, Writer
from curation.report.excerpt import around, clipped, counted, visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from curation.explain.explanation import EditMade, Explanation

_LONGEST = 160
#: columns below which texts stand on a line of their own
_NARROW = 100


def explanation_text(e: Explanation, all: bool = False, color: bool = False, width: int | None = None) -> str:
    """All of it.

    Args:
        e: what is known.
        all: also each edit of blank space, and texts in full.
        color: with ANSI colours.
        width: columns to wrap at; None never wraps.
    """
    writer = Writer(width, color)
    if e.rejected:
        _verdict(e, writer)
        _facts({"batch": e.rejected["batch"], "source_ref": e.rejected["source_ref"]}, writer)
        return str(writer)
    writer.add((e.article["id"], TITLE), f"  {visible(e.document['title'] or '(no title)')}", hanging=2)
    _facts(header(e), writer)
    writer.blank()
    _verdict(e, writer)
    if e.note:
        writer.add(e.note)
    _edits(e, writer, all)
    if e.metadata:
        _heading("Read in the text", writer)
        for row in e.metadata:
            _columns(writer, row["field"], clipped(visible(row["value"]), _LONGEST), row["rule"])
    if e.findings:
        _heading("Findings", writer)
        for row in e.findings:
            text = clipped(visible(e.document["body"][row["start"] : row["end"]]), _LONGEST)
            _columns(writer, row["kind"], f"{row['score']:.2f}  {text}", row["rule"])
    _heading("Checks", writer)
    for m in sorted(e.measures, key=lambda m: not m.is_broken):
        if all or m.verdict != "no limit":
            style = BAD if m.is_broken else ""
            _columns(writer, m.name, f"{number(m.value):>9}  {bounds(m):<14}", m.verdict, style)
    if not all and any(m.verdict == "no limit" for m in e.measures):
        writer.add("  Measures without a limit: --all lists them.")
    if e.members:
        _heading(f"Cluster of {e.cluster_size}", writer)
        for row in e.members:
            writer.add(_member(e, row), hanging=4)
    if e.pairs:
        _heading("Pairs", writer)
        for row in e.pairs:
            writer.add("  " + "  ".join(pair_of(e, row)), hanging=4)
        writer.add(("  Side by side: ", DIM), side_by_side(e), hanging=4)
    if e.decisions:
        _heading("Decisions", writer)
        for decision in e.decisions:
            writer.add(f"  {decision}", hanging=4)
    return str(writer)


def _verdict(e: Explanation, writer: Writer) -> None:
    outcome, reason = verdict_of(e)
    writer.add((outcome, f"{TITLE} {GOOD if is_good(e) else BAD}"), visible(reason), hanging=2)


def _heading(title: str, writer: Writer) -> None:
    writer.blank()
    writer.add((title, TITLE))


def _edits(e: Explanation, writer: Writer, all: bool) -> None:
    """The text with its edits, and the edits by their number; a rule is explained where it first occurs."""
    _heading("Text as it came", writer)
    write_numbered(e, writer, all)
    told: set[str] = set()
    if edits := numbered(e, all):
        _heading(f"Edits ({len(edits)}, {share_removed(e):.0%} of the text removed)", writer)
    for n, edit in edits.items():
        head: list[Span] = [(f"  {n:>3}", NUMBER), f"  {place_of(edit):<12} {edit.rule:<18}"]
        note = f"  ({edit.note})" if edit.note else ""
        if writer.width and writer.width < _NARROW:
            indent = 7
            writer.add(f"  {n:>3}  {place_of(edit):<12} {edit.rule}")
            writer.add(" " * indent, _change(e, edit, all), note, hanging=indent)
        else:
            indent = 40
            writer.add(*head, "  ", _change(e, edit, all), note, hanging=indent)
        if edit.rule not in told and edit.summary:
            writer.add((" " * indent + edit.summary, DIM), hanging=indent)
            told.add(edit.rule)
    _, _, quiet = sorted_out(e)
    if quiet and not all:
        writer.blank()
        writer.add(f"Blank space: {quiet_summary(quiet)}; --all lists them.")


def _change(e: Explanation, edit: EditMade, all: bool) -> Span:
    if edit.is_repair or edit.is_quiet:
        return "  →  ".join(around(e.article["raw"], edit.start, edit.end, edit.replacement))
    text = visible(edit.removed)
    return (text if all else clipped(text, _LONGEST), REMOVED)


def verdict_of(e: Explanation) -> tuple[str, str]:
    """The outcome in words, and what follows it: why."""
    outcome = e.outcome.replace("_", " ")
    if e.why.startswith(outcome):
        return outcome, e.why.removeprefix(outcome)
    return outcome, f": {e.why}" if e.why else ""


def is_good(e: Explanation) -> bool:
    """Whether it is in the corpus, or nothing speaks against it so far."""
    return e.outcome == "selected" or (e.outcome == "not_selected_yet" and not e.why.startswith("fails"))


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
        "undecodable": counted(article["n_replaced"], "character") if article["n_replaced"] else None,
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


def place_of(edit: EditMade) -> str:
    """Where in raw an edit is."""
    if edit.last_line > edit.line:
        return f"lines {edit.line}–{edit.last_line}"
    return f"line {edit.line}" if edit.whole_lines else f"in line {edit.line}"


def _is_older(article: dict[str, Any]) -> bool:
    return bool(article["first_seen"] != article["batch"])


def _facts(facts: dict[str, str], writer: Writer) -> None:
    for name, value in facts.items():
        _columns(writer, name, visible(value))


def _columns(writer: Writer, name: str, value: str, rest: str = "", style: str = "") -> None:
    writer.add((f"  {name:<16} {value}  {rest}".rstrip(), style), hanging=19)


def _member(e: Explanation, row: dict[str, Any]) -> str:
    roles = [role for role in ("keeper", "origin") if row[role]]
    roles += ["this"] if row["id"] == e.article["id"] else []
    day = f"{row['published_at']:%Y-%m-%d}" if row["published_at"] else "no date   "
    about = f"{row['outlet']}: {clipped(row['title'] or '(no title)', 70)}"
    return f"  {row['id']}  {day}  {row['n_words']:>5} words  {', '.join(roles) or row['role']:<14} {about}"


def pair_of(e: Explanation, row: dict[str, Any]) -> tuple[str, str, str]:
    """A pair as this document sees it: the other's id, the kind with its direction, the evidence."""
    this, other = ("a", "b") if row["id_a"] == e.article["id"] else ("b", "a")
    kind = str(row["kind"])
    if this == "b":
        kind = {"contains": "contained", "contained": "contains"}.get(kind, kind)
    direction = {f"{this}_from_{other}": ", taken from it", f"{other}_from_{this}": ", source of it"}
    taken = direction.get(row["direction"] or "", "") if row["merges"] else ""
    return row[f"id_{other}"], kind + taken, row["evidence"]


def side_by_side(e: Explanation) -> str:
    """What to type to see this document beside the one that is most like it."""
    command = ["curation", "pairs", e.article["id"], pair_of(e, e.pairs[0])[0]]
    return shlex.join(command + (["--in", e.folder] if e.folder else []))
