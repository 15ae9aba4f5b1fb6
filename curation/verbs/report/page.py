"""The report as a page that needs nothing else: no network, no script, both languages in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation import __version__
from curation.report import charts
from curation.report.excerpt import clipped
from curation.report.funnel import OUTSIDE, REMAINS, is_detail
from curation.report.render import render
from curation.report.sections.timeline import SERIES
from curation.verbs.report.alerts import alerts

if TYPE_CHECKING:
    from markupsafe import Markup

    from curation.report.funnel import Funnel
    from curation.verbs.report.story import Row, Story

#: where agreement is usually called tentative and reliable
GUIDES = (0.667, 0.8)
#: coefficients as papers write them
_SYMBOLS = {
    "percent": "%",
    "krippendorff_alpha": "α",
    "krippendorff_alpha_masi": "α MASI",
    "fleiss_kappa": "κ",
    "gwet_ac1": "AC1",
}


def page(story: Story, language: str = "en") -> str:
    """The report of what was gathered; `language` (en or id) is shown first."""
    return render(
        "report.html",
        language=language,
        story=story,
        counts=story.counts,
        alerts=alerts(story),
        funnel=funnel_rows(story.funnel),
        version=__version__,
        time_chart=time_chart(story.timeline),
        histogram=histogram,
        agreement_chart=agreement_chart,
    )


def funnel_rows(funnel: Funnel) -> list[Row]:
    """The funnel's lines with their share of all inputs and what they are: a step, a loss or a detail."""
    total = max(1, dict(funnel)["inputs"])
    rows = []
    for what, count in funnel:
        if count or what in REMAINS:
            kind = "detail" if is_detail(what) else "step" if what in REMAINS else "loss"
            name = what.partition(": ")[2] if kind == "detail" else what
            share = None if what.startswith(OUTSIDE) else count / total
            rows.append({"name": name, "count": count, "share": share, "kind": kind})
    return rows


def time_chart(timeline: Row) -> Markup:
    """Articles by time of publication."""
    bins = timeline["bins"]
    return charts.columns([one["name"] for one in bins], [[one[name] for one in bins] for name in SERIES])


def histogram(row: Row) -> Markup:
    """One measure with its limits."""
    return charts.histogram(row["edges"], row["counts"], row["min"], row["max"])


def agreement_chart(campaign: Row) -> Markup:
    """Coefficients with their intervals: of each question over all, then of its labels."""
    rows: list[tuple[str, float, Any, Any]] = []
    for row in campaign["agreement"]:
        if row["value"] is not None:
            symbol = _SYMBOLS.get(row["coefficient"], row["coefficient"].replace("_", " "))
            name = clipped(f"{row['question']} {row['of']}".strip(), 32)
            rows.append((f"{name}  {symbol}", row["value"], row["low"], row["high"]))
    return charts.intervals(rows, GUIDES)
