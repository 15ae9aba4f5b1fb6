"""The texts of a campaign's tasks: as they stand now, and by which edits they came about when they were given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from curation import schema, store
from curation.annotation.project.moving import Ledgers

if TYPE_CHECKING:
    from collections.abc import Collection

    from curation.annotation.campaign import Campaign
    from curation.workspace import Workspace


def keep_ledgers(workspace: Workspace, campaign: Campaign, tasks: pa.Table) -> None:
    """Remember by which edits the texts came about that are given out now."""
    ledgers = Ledgers(campaign.ledgers)
    documents, edits = clean_now(workspace, ledgers.missing(tasks), ["id", "text_sha256"])
    ledgers.add(documents, edits)


def clean_now(workspace: Workspace, ids: Collection[str], columns: list[str]) -> tuple[pa.Table, pa.Table]:
    """Documents as they stand now, and their edits."""
    wanted = pa.array(sorted(ids), pa.string())
    documents = store.scan_where(workspace.tables("clean", "documents"), "id", wanted, columns)
    edits = store.scan_where(workspace.tables("clean", "edits"), "id", wanted)
    return (
        pa.concat_tables([schema.empty("documents").select(columns), *documents]),
        pa.concat_tables([schema.empty("edits"), *edits]),
    )
