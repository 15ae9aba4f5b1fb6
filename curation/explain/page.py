"""An explanation as a page of its own: the raw text in colours, and all that is known beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from curation import __version__
from curation.explain import text
from curation.explain.limits.text import bounds, number
from curation.explain.pieces import numbered, pieces
from curation.report.excerpt import around, clipped, visible
from curation.report.render import render

if TYPE_CHECKING:
    from curation.explain.explanation import EditMade, Explanation
    from curation.explain.pieces import Piece

_LONGEST = 300
_CODE_POINT = re.compile(r"&lt;U\+([0-9A-F]{4,6})&gt;")
#: blank space of other widths: common, and harmless to look at
_BLANK = {"00A0", "2002", "2003", "2009", "202F", "3000"}


def explanation_html(e: Explanation, language: str = "en") -> str:
    """One file of HTML, without script or network; pointing at a coloured piece names its rule.

    Headings are in both languages, of which `language` (en or id) is shown first.
    """
    page = {"language": language, "version": __version__}
    if e.rejected:
        source = visible(e.rejected["source_ref"])
        facts = {"batch": e.rejected["batch"], "source": source}
        return render("explain.html", e=e, good=False, verdict=text.verdict_of(e), title=source, facts=facts, **page)
    edits = numbered(e)
    first = {edit.rule: number for number, edit in reversed(edits.items())}
    _, _, quiet = text.sorted_out(e)
    return render(
        "explain.html",
        e=e,
        verdict=text.verdict_of(e),
        good=text.is_good(e),
        title=visible(e.document["title"] or "(no title)"),
        facts={"id": e.article["id"], **{name: visible(value) for name, value in text.header(e).items()}},
        pieces=[(piece, unseen(piece.text), _hint(piece)) for piece in pieces(e)],
        share=text.share_removed(e),
        edits=[
            (number, text.place_of(edit), edit, _change(e, edit), first[edit.rule]) for number, edit in edits.items()
        ],
        quiet=text.quiet_summary(quiet),
        read=[(row["field"], visible(row["value"]), row["rule"]) for row in e.metadata],
        measures=[
            (m, number(m.value), bounds(m))
            for m in sorted(e.measures, key=lambda m: not m.is_broken)
            if m.verdict != "no limit"
        ],
        pairs=[text.pair_of(e, row) for row in e.pairs],
        side_by_side=text.side_by_side(e) if e.pairs else "",
        **page,
    )


def _hint(piece: Piece) -> str:
    """What pointing at a piece tells: its rule, and what was read there."""
    told = []
    if piece.edit:
        told.append(f"{piece.edit.rule}: {piece.edit.summary}" if piece.edit.summary else piece.edit.rule)
        told += [piece.edit.note] if piece.edit.note else []
    told += [f"read as {row['field'].replace('_', ' ')} by {row['rule']}: {row['value']}" for row in piece.values]
    return "\n".join(told)


def _change(e: Explanation, edit: EditMade) -> tuple[str, str]:
    """What is gone and what is there instead: of a repair, in its context."""
    if edit.is_repair:
        return around(e.article["raw"], edit.start, edit.end, edit.replacement)
    return clipped(visible(edit.removed), _LONGEST), ""


def unseen(piece: str) -> Markup:
    """A piece of text with its lines; other things that can't be seen as small labels."""
    shown = "\n".join(visible(line).replace("⇥", "\t") for line in piece.split("\n"))
    return Markup(_CODE_POINT.sub(_label, str(escape(shown))))


def _label(found: re.Match[str]) -> str:
    sign = "⍽" if found[1] in _BLANK else f"U+{found[1]}"
    return f'<span class="unseen" title="U+{found[1]}">{sign}</span>'
