"""Explanations and comparisons inside somebody's notebook: short pieces of HTML, without script, frame or network.

The texts are hostile: they are escaped, and cut where they would make a notebook heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape

from curation.explain import text
from curation.explain.compare_text import about, kind_of, reasons_of, shortened
from curation.explain.limits.text import bounds, number
from curation.explain.pieces import numbered, pieces
from curation.report.excerpt import around, clipped, counted, visible
from curation.report.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curation.explain.compare import Comparison, Piece
    from curation.explain.explanation import EditMade, Explanation
    from curation.explain.pieces import Piece as RawPiece

    Row = dict[str, Any]

#: characters of HTML for one text with its edits, and for a pair of texts
TEXT_ROOM, PAIR_ROOM = 16_000, 24_000
#: edits and values that are listed; rows of a pair
MOST_EDITS, MOST_VALUES, MOST_ROWS = 40, 20, 16
#: characters of an unchanged stretch that are shown at each of its ends, and of a removed one
SHOWN, LONGEST = 160, 400
#: what the tags around a piece cost
_TAGS = 40


class Span(NamedTuple):
    """A piece of a marked text."""

    kind: str  # kept, removed, inserted, or gap: how much is left out
    text: str
    hint: str = ""
    #: of the edit that ends here
    number: int | None = None


def explanation_piece(e: Explanation) -> str:
    """All that is known of one document, without its copies and decisions."""
    values: dict[str, Any] = {"note": e.note, "facts": {}, "text": [], "edits": [], "more_edits": 0, "quiet": ""}
    values |= {"share": 0.0, "read": [], "broken": []}
    if e.rejected:
        title = visible(e.rejected["source_ref"])
    else:
        edits = numbered(e)
        title = visible(e.document["title"] or "(no title)")
        values |= {
            "facts": {"id": e.article["id"], **{name: clipped(visible(v), 300) for name, v in text.header(e).items()}},
            "text": marked(e),
            "share": text.share_removed(e),
            "edits": _edit_rows(e, edits),
            "more_edits": max(0, len(edits) - MOST_EDITS),
            "quiet": text.quiet_summary(text.sorted_out(e)[2]),
            "read": [_read(row["field"], row["value"], row["rule"]) for row in e.metadata[:MOST_VALUES]],
            "broken": [(m.name, number(m.value), bounds(m), m.verdict) for m in e.measures if m.is_broken],
        }
    outcome, why = text.verdict_of(e)
    verdict = (outcome, clipped(visible(why), 300))
    return render("notebook/explanation.html", title=clipped(title, 300), verdict=verdict, **values)


def comparison_piece(c: Comparison) -> str:
    """Two texts side by side."""
    return render("notebook/comparison.html", view=beside(c))


def marked(e: Explanation, room: int = TEXT_ROOM) -> list[Span]:
    """The text as it came with its edits, unchanged stretches and blank space folded.

    Args:
        e: what is known.
        room: so many characters of HTML at most, about.
    """
    spans: list[Span] = []
    left_out = 0
    for piece in pieces(e, values=False):
        if room <= 0:
            left_out += len(piece.text)
            continue
        made = list(_spans(piece))
        spans += made
        room -= sum(len(escape(span.text)) + len(escape(span.hint)) + _TAGS for span in made)
    return [*spans, Span("gap", f"{counted(left_out, 'character')} more")] if left_out else spans


def _spans(piece: RawPiece) -> Iterable[Span]:
    """What is shown of a piece."""
    if piece.is_quiet:
        # what blank space was taken away only tells that a line ended
        blank = piece.kind == "removed" and not piece.text.strip()
        shown = "\n" * ("\n" in piece.text) if blank else _seen(piece.text)
        return [Span("kept", shown)] if shown else []
    if piece.kind == "kept":
        return _folded(piece.text)
    hint = f"{piece.edit.rule}: {piece.edit.summary}" if piece.edit else ""
    return [Span(piece.kind, clipped(_seen(piece.text), LONGEST), hint, piece.closes)]


def _folded(kept: str) -> Iterable[Span]:
    """An unchanged stretch, of a long one its ends; whole words where there are any."""
    if len(kept) <= 2 * SHOWN + 60:
        return [Span("kept", _seen(kept))]
    head = kept[:SHOWN].rpartition(" ")[0] or kept[:SHOWN]
    tail = kept[-SHOWN:].partition(" ")[2] or kept[-SHOWN:]
    gap = counted(len(kept) - len(head) - len(tail), "character")
    return [Span("kept", _seen(head)), Span("gap", gap), Span("kept", _seen(tail))]


def _seen(piece: str) -> str:
    """A text with its lines, other things that can't be seen by their code point."""
    return "\n".join(visible(line) for line in piece.split("\n"))


def _edit_rows(e: Explanation, edits: dict[int, EditMade]) -> list[Row]:
    """The edits with their numbers; a rule is explained where it first occurs."""
    rows: list[Row] = []
    told: set[str] = set()
    for n, edit in list(edits.items())[:MOST_EDITS]:
        said = " ".join(filter(None, ["" if edit.rule in told else edit.summary, edit.note]))
        told.add(edit.rule)
        change = (clipped(visible(edit.removed), SHOWN), "")
        if edit.is_repair:
            change = around(e.article["raw"], edit.start, edit.end, edit.replacement)
        rows.append(
            {"number": n, "place": text.place_of(edit), "rule": edit.rule, "change": change, "said": clipped(said, 300)}
        )
    return rows


def _read(field: str, value: str, rule: str) -> tuple[str, str, str]:
    return field.replace("_", " "), clipped(visible(value), SHOWN), rule


def beside(c: Comparison, room: int = PAIR_ROOM) -> Row:
    """A pair as the templates show it: what differs, and how much is alike between.

    Args:
        c: two documents.
        room: so many characters of HTML at most, about.
    """
    kind, meaning = kind_of(c)
    rows: list[Row] = []
    more = False
    for passage in c.passages:
        if passage.folded:
            rows.append({"words": counted(passage.folded, "word")})
            continue
        if room <= 0 or len(rows) >= MOST_ROWS:
            more = True
            break
        row: Row = {"words": "", "alike": passage.is_alike}
        for name, side in (("left", passage.left), ("right", passage.right)):
            row[name], room = _side(side, room)
            more = more or len(row[name]) < len(side)
        rows.append(row)
    heads = [about(document) for document in (c.a, c.b)]
    return {
        "kind": kind,
        "meaning": meaning,
        "reasons": [clipped(reason, 600) for reason in reasons_of(c)],
        "titles": [clipped(title, 120) for _, title, _ in heads],
        "heads": [(clipped(facts, 200), title) for facts, title, _ in heads],
        "rows": rows,
        "more": more,
    }


def _side(side: Iterable[tuple[bool, Piece]], room: int) -> tuple[list[Row], int]:
    """One text's part of a passage, and what is left of the room."""
    made = []
    for alike, piece in side:
        if room <= 0:
            break
        shown = clipped(_seen(shortened(piece.text)), 5 * LONGEST)
        made.append({"alike": alike, "text": shown, "swapped": piece.swapped, "breaks": piece.breaks})
        room -= len(escape(shown)) + _TAGS
    return made, room
