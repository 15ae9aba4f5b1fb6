"""Everything that the report tells, gathered from the tables of a workspace before a line is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation import store
from curation.report.excerpt import clipped, visible
from curation.report.funnel import funnel_of
from curation.report.sections.chrome import chrome_figures
from curation.report.sections.clusters import cluster_figures, pair_figures
from curation.report.sections.corpus import read_corpus
from curation.report.sections.languages import language_figures
from curation.report.sections.measures import measure_rows
from curation.report.sections.outlets import outlet_rows
from curation.report.sections.rules import hit_rows
from curation.report.sections.timeline import timeline
from curation.report.sections.workspace import decision_rows, newest_batches, rejection_rows, setting_rows
from curation.verbs.report.copies import side_by_side
from curation.verbs.report.labelling import campaign_figures
from curation.verbs.report.night import last_night
from curation.verbs.report.releases import release_figures

if TYPE_CHECKING:
    from datetime import datetime

    import pyarrow as pa

    from curation.config import Config
    from curation.report.funnel import Funnel
    from curation.workspace import Workspace

Row = dict[str, Any]
Rows = list[Row]

#: characters of a text that an example shows
EXCERPT = 160


@dataclass(frozen=True)
class Story:
    """The figures of the report, in plain values; nothing in it grows with the corpus."""

    name: str
    #: the day that is told as today
    at: datetime
    funnel: Funnel
    #: first and last day of publication among what is selected
    period: tuple[str, str] | None
    n_outlets: int
    #: words of what is selected
    words: int
    outlets: Rows
    #: how the last batch differs from those before it
    drift: Rows
    timeline: Row
    rejections: Rows
    measures: Rows
    rules: Rows
    chrome: Row
    clusters: Row
    pairs: Row
    beside: dict[str, Rows]
    languages: Row
    campaigns: Rows
    releases: Row
    checks: Rows
    decisions: Rows
    n_decisions: int
    batches: Rows
    n_batches: int
    settings: Rows
    #: what the stages hold, by digest
    contents: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """The funnel by line."""
        return dict(self.funnel)


def gather(workspace: Workspace, settings: Config, at: datetime) -> Story:
    """Read a workspace; memory holds narrow columns, and of texts only those that are shown.

    Args:
        workspace: with a finished run.
        settings: its settings.
        at: now: what tells whether a campaign stands still.
    """
    documents = read_corpus(workspace)
    measures = measure_rows(workspace, settings)
    clusters = cluster_figures(documents)
    _tell_documents(workspace, [row for one in measures for row in one["near"]], clusters["largest"])
    batches, n_batches = newest_batches(workspace)
    decisions, n_decisions = decision_rows(workspace)
    drift, checks = last_night(workspace, settings)
    chosen = documents.filter(pc.fill_null(pc.equal(documents["outcome"], "selected"), False))
    return Story(
        name=settings.release.name,
        at=at,
        funnel=funnel_of(workspace),
        period=_period(chosen),
        n_outlets=len(documents["outlet"].unique()),
        words=pc.sum(chosen["n_words"]).as_py() or 0,
        outlets=outlet_rows(documents),
        drift=drift,
        timeline=timeline(documents),
        rejections=rejection_rows(workspace),
        measures=measures,
        rules=hit_rows(workspace, documents.num_rows),
        chrome=chrome_figures(workspace, settings),
        clusters=clusters,
        pairs=pair_figures(workspace, documents),
        beside=side_by_side(workspace, settings, clusters["largest"]),
        languages=language_figures(workspace, documents),
        campaigns=campaign_figures(workspace, at),
        releases=release_figures(workspace, settings),
        checks=checks,
        decisions=decisions,
        n_decisions=n_decisions,
        batches=batches,
        n_batches=n_batches,
        settings=setting_rows(settings),
        contents={stage: workspace.corpus_stage(stage).content()[:12] for stage in ("dedup", "select")},
    )


def _tell_documents(workspace: Workspace, near: Rows, largest: Rows) -> None:
    """Title, outlet and beginning of the documents that examples name, read in one pass."""
    ids = {row["id"] for row in near} | {row["keeper"] for row in largest}
    columns = ["id", "title", "outlet", "body"]
    heads = {}
    for row in store.rows_where(workspace.tables("clean", "documents"), "id", ids, columns):
        title, outlet = (visible(row[name] or "") for name in ("title", "outlet"))
        begin = clipped(visible(row["body"][: 2 * EXCERPT]), EXCERPT).partition("… (+")[0]
        heads[row["id"]] = {"title": clipped(title, 120), "outlet": clipped(outlet, 40), "begin": begin}
    nothing = {"title": "", "outlet": "", "begin": ""}
    for row in near:
        row |= heads.get(row["id"], nothing)
    for row in largest:
        row |= heads.get(row["keeper"], nothing)


def _period(chosen: pa.Table) -> tuple[str, str] | None:
    ends = pc.min_max(chosen["published_at"]).as_py()
    return None if ends["min"] is None else (f"{ends['min']:%Y-%m-%d}", f"{ends['max']:%Y-%m-%d}")
