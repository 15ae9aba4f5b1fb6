"""init, run, status, batch: a workspace and its nights."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, timings_text, voice_options
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.config import Config
    from curation.progress import Done
    from curation.workspace import Workspace

#: a copied workspace may hold thousands of files, and a bad batch as many bad rows
_FILES_SHOWN = 8
_FAILED_SHOWN = 10


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
    for path in made[:_FILES_SHOWN]:
        voice.say(f"wrote {path}")
    if len(made) > _FILES_SHOWN:
        voice.say(f"wrote {len(made) - _FILES_SHOWN} more files in {directory}")
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
@click.option("--timings", is_flag=True, help="Say where time and memory went, by stage, rule and measure.")
@click.option(
    "--summary",
    "summary_folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Check the tables, too, and write summary.md and junit.xml there.",
)
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
    timings: bool,
    summary_folder: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring every stage up to date, from the inputs to the selection.

    Exit 1 if a batch was quarantined in this run, or given again by --input while it waits in quarantine (the others
    are processed all the same), or if --summary finds a check that fails.
    """
    from curation.pipeline import Pipeline
    from curation.report.standing import quarantine_remedy, without_state
    from curation.workspace.inputs import find_inputs
    from curation.workspace.withdrawn import refuse_unfinished

    if summary_folder and (dry_run or until != "select"):
        raise UsageError("--summary tells of a whole run", remedy="Leave out --dry-run and --until.")
    if summary_folder:
        _make_folder(summary_folder)
    refuse_unfinished(workspace.state)
    voice = Voice(as_json, quiet)
    named = find_inputs(inputs, Path())
    found = {**find_inputs(settings.input.paths, workspace.root), **named}
    if not found and not workspace.batches():
        voice.say("No input yet: nothing to do. Set [input] paths in curation.toml, or give --input PATH.")
        return
    if lost := without_state(workspace):
        click.echo(f"curation: {lost}", err=True)
    if dry_run:
        from curation.verbs.rehearsal import rehearse

        changes = rehearse(workspace, settings, found, until, limit)
        voice.result(changes, "\n".join(f"{count:>8,}  {what}" for what, count in changes.items()))
        return
    done = voice.follow(Pipeline(workspace, settings, force, limit, timings, voice.watch).run(found, until))
    quarantined = [event for event in done if event.fails(named)]
    funnel: list[tuple[str, int]] = []
    if until == "select":
        from curation.report.funnel import funnel_of, funnel_text, left_chrome

        funnel = funnel_of(workspace)
        voice.say("\n" + funnel_text(funnel))
        if not settings.chrome.version and (advice := left_chrome(funnel)):
            voice.say("\n" + advice)
    if timings:
        voice.say("\n" + timings_text(done))
    failed = _summarise(workspace, settings, done, named, summary_folder, voice) if summary_folder else []
    voice.result(
        {
            "stages": [{**vars(event), "rows": dict(event.rows), "spent": vars(event.spent)} for event in done],
            "funnel": dict(funnel),
            "quarantined": [event.batch for event in quarantined],
            **({"failed_checks": failed} if summary_folder else {}),
        }
    )
    for event in done:
        if event.outcome in ("quarantined", "still quarantined"):
            click.echo(
                f"curation: the batch '{event.batch}' is {event.outcome}: {event.detail}\n"
                f"  Look: curation batch list. Then: {quarantine_remedy(event.batch or '', bool(event.rows))}",
                err=True,
            )
    for check in failed:
        click.echo(f"curation: the check '{check}' failed.\n  Look: {summary_folder}/summary.md", err=True)
    if quarantined or failed:
        sys.exit(1)
    following = "curation report, then curation label export or curation publish" if funnel else "curation run"
    voice.say(f"\nNext: {following}")


def _make_folder(folder: Path) -> None:
    """Make the folder of the summary before the run: what can't be written is better told now than in an hour."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(folder, os.W_OK) else "not writable"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise UsageError(f"no summary can be written there ({reason})", where=str(folder), remedy="Give another DIR.")


def _summarise(
    workspace: Workspace, settings: Config, done: list[Done], named: dict[str, Path], folder: Path, voice: Voice
) -> list[str]:
    """Write the summary of a run; returns the checks that failed."""
    from curation.verbs.nightly.summary import summarise, write_summary

    summary = summarise(workspace, settings, done, named)
    for path in write_summary(summary, folder):
        voice.say(f"wrote {path}")
    return [check.suite for check in summary.checks if not check.passed]


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
    """List every batch with its state and the reason for it; of one in quarantine, also the inputs that failed."""
    from curation.verbs.batches import rejected_inputs

    rows = [{"batch": b.name, "state": b.state, "reason": b.reason} for b in workspace.batches()]
    lines = []
    for row in rows:
        lines.append(f"{row['state']:<12} {row['batch']:<32} {row['reason']}".rstrip())
        failed = rejected_inputs(workspace, row["batch"]) if row["state"] == "quarantined" else []
        lines += [f"  {one}" for one in failed[:_FAILED_SHOWN]]
        if len(failed) > _FAILED_SHOWN:
            lines.append(f"  and {len(failed) - _FAILED_SHOWN:,} more")
        if failed:
            lines.append(f"  One of them: curation explain {failed[0].partition('  ')[0]}")
    Voice(as_json, quiet).result(rows, "\n".join(lines) or "No batches yet. Next: curation run")


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
