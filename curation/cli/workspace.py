"""init, run, status, batch: a workspace and its nights."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="An input to read (its columns are recognised, five articles shown), or a workspace to copy.",
)
@voice_options
def init(directory: Path, source: Path | None, as_json: bool, quiet: bool) -> None:
    """Make a workspace: settings, rights, card, Makefile.

    What is there already is left alone, so it is safe to run twice.
    """
    from curation.verbs.start import make_workspace, preview

    voice = Voice(as_json, quiet)
    made = make_workspace(directory, source)
    for path in made:
        voice.say(f"wrote {path}")
    shown = preview(directory)
    for row in shown:
        voice.say(f"  {row}")
    voice.result({"workspace": str(directory), "wrote": [str(path) for path in made], "preview": shown})
    voice.say(f"\nNext: cd {directory} && curation run")


@click.command()
@click.option("--input", "inputs", multiple=True, metavar="PATH", help="A further input: a file or folder is a batch.")
@click.option(
    "--until", metavar="STAGE", default="select", help="Last stage to run: ingest, clean, judge, dedup, select."
)
@click.option("--limit", type=click.IntRange(1), help="Only the first so many articles of each input.")
@click.option("--dry-run", is_flag=True, help="Say what would be made and what would change; write nothing.")
@click.option("--force", is_flag=True, help="Make every stage again.")
@voice_options
@in_workspace
def run(
    workspace: Workspace,
    settings: Config,
    inputs: tuple[str, ...],
    until: str,
    limit: int | None,
    dry_run: bool,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring every stage up to date, from the inputs to the selection.

    Exit 1 if a batch was quarantined in this run; the others are processed all the same.
    """
    from curation.pipeline import Pipeline
    from curation.workspace.inputs import find_inputs

    voice = Voice(as_json, quiet)
    found = {**find_inputs(settings.input.paths, workspace.root), **find_inputs(inputs, Path())}
    if not found and not workspace.batches():
        voice.say("No input yet: nothing to do. Set [input] paths in curation.toml, or give --input PATH.")
        return
    if dry_run:
        from curation.verbs.rehearsal import rehearse

        changes = rehearse(workspace, settings, found, until, limit)
        voice.result(changes, "\n".join(f"{count:>8,}  {what}" for what, count in changes.items()))
        return
    done = voice.follow(Pipeline(workspace, settings, force, limit).run(found, until))
    quarantined = [event for event in done if event.outcome == "quarantined"]
    funnel: list[tuple[str, int]] = []
    if until == "select":
        from curation.report.funnel import funnel_of, funnel_text

        funnel = funnel_of(workspace)
        voice.say("\n" + funnel_text(funnel))
    voice.result(
        {
            "stages": [{**vars(event), "rows": dict(event.rows)} for event in done],
            "funnel": dict(funnel),
            "quarantined": [event.batch for event in quarantined],
        }
    )
    for event in quarantined:
        click.echo(
            f"curation: the batch '{event.batch}' is quarantined: {event.detail}\n"
            f"  Look: curation batch list. Then: curation batch accept {event.batch} --why '...', or drop it.",
            err=True,
        )
    if quarantined:
        sys.exit(1)
    following = "curation report, then curation label export or curation publish" if funnel else "curation run"
    voice.say(f"\nNext: {following}")


@click.command()
@voice_options
@in_workspace
def status(workspace: Workspace, settings: Config, as_json: bool, quiet: bool) -> None:
    """Say where the workspace stands: batches, stages, funnel, campaigns, releases."""
    from curation.report.standing import standing, standing_text

    found = standing(workspace)
    Voice(as_json, quiet).result(found, standing_text(found))


@click.group()
def batch() -> None:
    """List, accept or drop batches."""


@batch.command("list")
@voice_options
@in_workspace
def batch_list(workspace: Workspace, settings: Config, as_json: bool, quiet: bool) -> None:
    """List every batch with its state and the reason for it."""
    rows = [{"batch": b.name, "state": b.state, "reason": b.reason} for b in workspace.batches()]
    text = "\n".join(f"{row['state']:<12} {row['batch']:<32} {row['reason']}".rstrip() for row in rows)
    Voice(as_json, quiet).result(rows, text or "No batches yet. Next: curation run")


@batch.command("accept")
@click.argument("name")
@click.option("--why", required=True, help="Who accepts it and why; shown wherever the batch is listed.")
@in_workspace
def batch_accept(workspace: Workspace, settings: Config, name: str, why: str) -> None:
    """Take a quarantined batch in, although its checks failed."""
    from curation.verbs.batches import accept_batch

    accept_batch(workspace, name, why)
    click.echo(f"accepted {name}. Next: curation run", err=True)


@batch.command("drop")
@click.argument("name")
@click.option("--why", required=True, help="Who drops it and why.")
@in_workspace
def batch_drop(workspace: Workspace, settings: Config, name: str, why: str) -> None:
    """Leave a batch out from now on."""
    from curation.verbs.batches import drop_batch

    drop_batch(workspace, name, why)
    click.echo(f"dropped {name}. Next: curation run", err=True)
