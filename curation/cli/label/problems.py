"""label problems: what annotators say of the texts, and where to look for the cause."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.annotation.problems import Row
    from curation.config import Config
    from curation.verbs.campaign.problems import Problems
    from curation.workspace import Workspace

#: rows of each sort that the terminal shows
_MOST = 10
_TITLES = {
    "site": "Sites",
    "rule": "Rules that edit these documents more often than others",
    "line": "Lines that several of these documents of a site have at an end",
    "language": "Language column",
    "pair": "Nearest copies that are known",
    "document": "Documents",
}


@click.command("problems")
@click.argument("campaign")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write all rows there, as CSV.")
@voice_options
@in_workspace
def label_problems(
    workspace: Workspace, settings: Config, campaign: str, csv: Path | None, as_json: bool, quiet: bool
) -> None:
    """Tell what annotators of CAMPAIGN say of the texts (the question text_problem), by site, rule, line and copy.

    Each row ends in what to do next. What was said of a document also stands in: curation explain DOC
    """
    from curation.verbs.campaign.problems import read_problems, write_problems

    voice = Voice(as_json, quiet)
    found = read_problems(workspace, campaign)
    value = {**vars(found), "rows": [row.to_dict() for row in found.rows], "file": str(found.file)}
    voice.result(value, "\n".join(_text(found)))
    if csv:
        write_problems(found.rows, csv)
        voice.say(f"\nAll rows: {csv}")


def _text(found: Problems) -> Iterator[str]:
    if not found.rows:
        yield f"{found.campaign}: {found.read:,} documents were read, and nobody complained of a text."
        return
    for about, group in groupby(found.rows, key=lambda row: (row.problem, row.about)):
        rows = list(group)
        problem, sort = about
        if sort == "all":
            whole = rows[0]
            yield f"{found.shown.get(problem, problem)} ({problem}): {whole.documents:,} of {whole.read:,} documents"
            who = "1 annotator says so" if whole.annotators == 1 else f"{whole.annotators:,} annotators say so"
            yield f"  {who}; {whole.note}"
            continue
        yield f"  {_TITLES[sort]}"
        for row in rows[:_MOST]:
            yield f"    {_numbers(row)}"
            yield f"        {row.next}"
        if len(rows) > _MOST:
            yield f"    and {len(rows) - _MOST:,} more (--json and --csv list all)"


def _numbers(row: Row) -> str:
    """A row's name and what is counted of it."""
    parts = [row.note] if row.note else []
    if row.about in ("site", "rule", "line", "language"):
        parts.insert(0, f"{row.documents:,} of {row.read:,} read")
    if row.about == "rule" and row.share is not None and row.otherwise is not None:
        lift = f", {row.lift:.1f} times as often" if row.lift else ""
        parts.insert(1, f"in {row.share:.0%} of these and {row.otherwise:.0%} of the others{lift}")
    return f"{row.name}: {'; '.join(parts)}"
