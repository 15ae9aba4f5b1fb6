"""explain, rules: why a document looks as it does, and what each rule is for."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options, workspace_here
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.report.rulebook import Hits

_FOLDER = click.option(
    "--in", "folder", type=click.Path(path_type=Path, file_okay=False), help="A folder that `curation clean` wrote."
)


@click.command()
@click.argument("document", metavar="DOC")
@_FOLDER
@click.option("--all", "everything", is_flag=True, help="Also edits of blank space, and texts in full.")
@click.option("--raw", is_flag=True, help="The raw text with its edits marked, instead of lists.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    is_flag=False,
    flag_value=Path("-"),
    help="Write a page of HTML. [without FILE: to stdout]",
)
@click.option(
    "--language", type=click.Choice(["en", "id"]), default="en", show_default=True, help="What the page shows first."
)
@settings_options
@voice_options
def explain(
    document: str,
    folder: Path | None,
    everything: bool,
    raw: bool,
    html: Path | None,
    language: str,
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell everything about one document: every edit, measure, copy and decision.

    DOC is an id (or its first six digits), a URL, a source_ref, or a raw file, which is cleaned on the spot.
    """
    from curation.explain.explanation import explain as explained
    from curation.explain.explanation import explain_file
    from curation.explain.marked import marked_text
    from curation.explain.page import explanation_html
    from curation.explain.text import explanation_text
    from curation.store import write_atomically

    settings = load_settings(config, overrides)
    place = folder or workspace_here(config)
    if place is not None:
        found = explained(place, document, settings)
    elif Path(document).is_file():
        found = explain_file(Path(document), settings)
    else:
        raise UsageError(
            f"'{document}' is no file, and there is no workspace here",
            remedy="Go to a workspace, or name a folder that `curation clean` wrote: --in DIR",
        )
    voice = Voice(as_json, quiet)
    if html == Path("-"):
        click.echo(explanation_html(found, language), nl=False)
        return
    if html:
        write_atomically(html, explanation_html(found, language).encode())
        voice.say(f"wrote {html}")
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    color = bool(width) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    text = marked_text(found, color) if raw else explanation_text(found, everything, color, width)
    voice.result(found.to_dict(), None if html else text)


@click.command()
@click.argument("name", required=False)
@_FOLDER
@click.option("--markdown", is_flag=True, help="All rules as a page of Markdown.")
@click.option("-c", "--config", type=click.Path(path_type=Path, dir_okay=False), help="Settings file of a workspace.")
@voice_options
def rules(
    name: str | None, folder: Path | None, markdown: bool, config: Path | None, as_json: bool, quiet: bool
) -> None:
    """List the cleaning rules, or explain the rule NAME.

    In a workspace, or with --in, also what each did: edits, documents with an edit, values read, findings.
    """
    from curation.report import rulebook

    voice = Voice(as_json, quiet)
    if markdown:
        click.echo(rulebook.rules_markdown(), nl=False)
        return
    rule = rulebook.find_rule(name) if name else None
    hits = _hits(folder, config)
    if rule:
        count = hits.get(rule.name, rulebook.Hits()) if hits is not None else None
        row = rulebook.rule_row(rule) | (count.numbers() if count else {})
        voice.result(row, rulebook.rule_text(rule, count))
    else:
        rows = rulebook.rule_rows(hits)
        voice.result(rows, rulebook.rules_text(rows))


def _hits(folder: Path | None, config: Path | None) -> dict[str, Hits] | None:
    """What each rule did in the folder or workspace; None where there is none, or nothing in it yet."""
    from curation.report.rulebook import rule_hits

    if folder:
        places = [folder / f"{name}.parquet" for name in ("edits", "metadata", "findings")]
        if not places[0].is_file():
            raise UsageError("no table of edits is here", where=str(folder), remedy="Make it: curation clean IN -o DIR")
        return rule_hits(*([place] if place.is_file() else [] for place in places))
    workspace = workspace_here(config)
    if not workspace or not workspace.tables("clean", "edits"):
        return None
    return rule_hits(*(workspace.tables("clean", name) for name in ("edits", "metadata", "findings")))
