"""The report: one page that says what became of every input, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation import __version__, store
from curation.report import figures
from curation.report.funnel import OUTSIDE, REMAINS, funnel_of, is_detail
from curation.report.render import render

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from curation.config import Config
    from curation.report.funnel import Funnel
    from curation.workspace import Workspace


def write_report(workspace: Workspace, settings: Config, path: Path) -> Path:
    """Write the report of a workspace as one HTML file; the same tables give the same bytes."""
    store.write_atomically(path, report_html(workspace, settings).encode())
    return path


def report_html(workspace: Workspace, settings: Config) -> str:
    """The report as a page that needs nothing else."""
    funnel = funnel_of(workspace)
    counts = dict(funnel)
    documents = figures.outcomes_of(workspace)
    batches, n_batches = figures.newest_batches(workspace)
    decisions, n_decisions = figures.decision_rows(workspace)
    return render(
        "report.html",
        name=settings.release.name,
        counts=counts,
        funnel=funnel_rows(funnel),
        period=_period(documents),
        n_outlets=len(documents["outlet"].unique()),
        outlets=figures.outlet_rows(documents),
        rejections=figures.rejection_rows(workspace),
        checks=figures.check_rows(workspace, settings),
        rules=figures.hit_rows(workspace, documents.num_rows),
        clusters=figures.cluster_figures(workspace, documents),
        decisions=decisions,
        n_decisions=n_decisions,
        batches=batches,
        n_batches=n_batches,
        settings=figures.setting_rows(settings),
        version=__version__,
        contents={stage: workspace.corpus_stage(stage).content()[:12] for stage in ("dedup", "select")},
    )


def funnel_rows(funnel: Funnel) -> list[dict[str, Any]]:
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


def _period(documents: pa.Table) -> tuple[str, str] | None:
    """First and last day of publication among what is selected."""
    days = documents.filter(pc.fill_null(pc.equal(documents["outcome"], "selected"), False))["published_at"]
    ends = pc.min_max(days).as_py()
    return None if ends["min"] is None else (f"{ends['min']:%Y-%m-%d}", f"{ends['max']:%Y-%m-%d}")
