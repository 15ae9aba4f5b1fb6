"""What a campaign's answers say of its people and questions, as checks and a release's card take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from curation.check.frame import FIGURES
from curation.errors import DataError
from curation.release.papers.labels import Agreed, agreed
from curation.verbs.agreement import campaign_agreement

if TYPE_CHECKING:
    from curation.annotation.campaign import Campaign
    from curation.workspace import Workspace

#: how the coefficients begin that a floor is set for
ALPHA = "krippendorff_alpha"


def figures(workspace: Workspace, campaign: Campaign) -> pa.Table:
    """Each annotator's share of right answers to gold tasks, and the alpha of each question that all answer."""
    book = campaign.load_codebook()
    if book.codebook.shows == "adjudication":  # one person decides: there is nothing to compare
        return FIGURES.empty_table()
    try:
        made = campaign_agreement(workspace, campaign.name, resamples=0)
    except DataError:  # somebody answered twice: the suite tells who and where
        return FIGURES.empty_table()
    right: dict[str, list[float]] = {}
    for row in made["annotators"].to_pylist():
        if row["n_gold"]:
            right.setdefault(row["annotator"], []).extend((row["gold_accuracy"] * row["n_gold"], row["n_gold"]))
    rows = [{"id": name, "gold_share": sum(told[::2]) / sum(told[1::2])} for name, told in sorted(right.items())]
    # of a question that hardly anybody answers, chance is most of what alpha sees
    asked = {question.name for question in book.question if question.required}
    rows += [
        {"id": one.question, "alpha": one.value}
        for one in agreed(campaign.name, made["summary"])
        if one.question in asked and one.coefficient.startswith(ALPHA) and one.value is not None
    ]
    return pa.Table.from_pylist(rows, FIGURES)


def agreement_for_card(workspace: Workspace, campaigns: list[Campaign]) -> list[Agreed]:
    """How far people agree, with intervals, by campaign and question.

    Raises:
        DataError: somebody gave two answers where one is asked for.
    """
    return [
        one
        for campaign in campaigns
        if campaign.annotations.exists()
        for one in agreed(campaign.name, campaign_agreement(workspace, campaign.name)["summary"])
    ]
