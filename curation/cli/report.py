"""report: what became of every input, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace


@click.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it.  [default: report.html in the workspace]",
)
@voice_options
@in_workspace
def report(workspace: Workspace, settings: Config, out: Path | None, as_json: bool, quiet: bool) -> None:
    """Write the report: one HTML file that needs nothing else.

    Funnel, reasons, outlets, rules with examples, clusters, decisions, batches and settings.
    """
    from curation.pipeline import require
    from curation.report.page import write_report

    voice = Voice(as_json, quiet)
    require(workspace, "select")
    path = write_report(workspace, settings, out or workspace.root / "report.html")
    voice.say(f"wrote {path}  {path.stat().st_size / 1000:,.0f} kB")
    voice.result({"report": str(path)})
    voice.say("\nNext: open it in a browser; curation explain ID tells more about one article")
