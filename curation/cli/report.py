"""report: what became of every input, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.report import Language
    from curation.workspace import Workspace


@click.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it.  [default: report.html in the workspace]",
)
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "id"]),
    default="en",
    show_default=True,
    help="Language that is shown first; the page holds both.",
)
@click.option(
    "--tables",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the figures there, too: CSV, LaTeX, SVG, and a paragraph on the method.",
)
@voice_options
@in_workspace
def report(
    workspace: Workspace,
    settings: Config,
    out: Path | None,
    language: Language,
    tables: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the report: one HTML file that needs nothing else.

    What needs a person first, then funnel, outlets, timeline, measures and limits, rules, copies side by side,
    language, labelling, releases, checks and settings; in English and Indonesian.
    """
    from datetime import UTC, datetime

    from curation.pipeline import require
    from curation.verbs.report import write_report

    voice = Voice(as_json, quiet)
    require(workspace, "select")
    page = out or workspace.root / "report.html"
    made = write_report(workspace, settings, page, at=datetime.now(UTC), language=language, tables=tables)
    voice.say(f"wrote {page}  {page.stat().st_size / 1000:,.0f} kB")
    if tables:
        voice.say(f"wrote {len(made) - 1} files in {tables}")
    files = {"tables": [str(path) for path in made[1:]]} if tables else {}
    voice.result({"report": str(page)} | files)
    voice.say("\nNext: open it in a browser; curation explain ID tells more about one article")
