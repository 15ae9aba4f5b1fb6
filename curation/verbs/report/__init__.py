"""The report: one page that says what became of every input, and why; the same figures as tables for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from curation import store
from curation.verbs.report.page import page
from curation.verbs.report.story import gather
from curation.verbs.report.tables import write_tables

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from curation.config import Config
    from curation.workspace import Workspace

Language = Literal["en", "id"]


def write_report(
    workspace: Workspace,
    settings: Config,
    path: Path,
    *,
    at: datetime,
    language: Language = "en",
    tables: Path | None = None,
) -> list[Path]:
    """Write the report of a workspace as one HTML file; the same tables, day and settings give the same bytes.

    Args:
        workspace: with a finished run.
        settings: its settings.
        path: the file.
        at: now: what tells whether a campaign stands still.
        language: which of the two is shown first.
        tables: folder for the same figures as CSV, LaTeX and SVG, and a paragraph on the method.

    Returns:
        the files, the page first.

    Raises:
        UsageError: a file stands where the folder should be.
    """
    story = gather(workspace, settings, at)
    store.write_atomically(path, page(story, language).encode())
    return [path, *(write_tables(story, settings, tables) if tables else ())]
