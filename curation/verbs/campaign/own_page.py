"""label export --page: a campaign that begins with a labelling page of one's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from curation.annotation import campaign as campaigns
from curation.annotation.own_page.begin import begin

if TYPE_CHECKING:
    from pathlib import Path

    from curation.workspace import Workspace


def begin_with_page(workspace: Workspace, name: str, page: Path) -> tuple[str, ...]:
    """Make a campaign's ``own.xml`` and ``codebook.toml``; returns the controls whose answers no table holds.

    Args:
        workspace: any.
        name: the campaign.
        page: Label Studio XML.

    Raises:
        UsageError: the campaign has a codebook, or the page can't be read or asks nothing that tables hold.
        ConfigError: the page is no XML, or shows what no task has.
    """
    campaign = campaigns.campaign(workspace.root, name)
    begin(campaign, page, f"{datetime.now(UTC):%Y-%m-%d}")
    return campaign.load_codebook().codebook.not_read
