"""An explanation as a page of its own: the raw text in colours, and all that is known beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.explain import text
from curation.report.excerpt import around, visible
from curation.report.render import render

if TYPE_CHECKING:
    from curation.explain.explanation import Explanation


def explanation_html(e: Explanation) -> str:
    """One file of HTML, without script or network; pointing at a coloured piece names its rule."""
    if e.rejected:
        facts = {"batch": e.rejected["batch"], "source": e.rejected["source_ref"]}
        return render(
            "explain.html", e=e, good=False, verdict=text.verdict_of(e), title=e.rejected["source_ref"], facts=facts
        )
    removed, repaired, quiet = text.sorted_out(e)
    return render(
        "explain.html",
        e=e,
        verdict=text.verdict_of(e),
        good=e.outcome in text.GOOD,
        title=e.document["title"] or "(no title)",
        facts={"id": e.article["id"], **text.header(e)},
        segments=list(text.segments(e)),
        share=text.share_removed(e),
        removed=[(text.place_of(edit), edit, visible(edit.removed)) for edit in removed],
        repaired=[
            (text.place_of(edit), edit, *around(e.article["raw"], edit.start, edit.end, edit.replacement))
            for edit in repaired
        ],
        quiet=text.quiet_summary(quiet),
        measures=[(m, text.value_of(m), text.limit_of(m)) for m in e.measures],
        pairs=[text.pair_of(e, row) for row in e.pairs],
    )
