"""label export, label pull: to Label Studio and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace


@click.group()
def label() -> None:
    """Export tasks to Label Studio, pull answers back."""


@label.command("export")
@click.argument("campaign")
@click.option("--codebook", help="Shipped codebook to start from: stance or topic.  [default: the campaign's own]")
@click.option("--round", "round_", default="main", show_default=True, help="training, pilot, main ...")
@click.option("-n", "count", type=click.IntRange(1), help="Articles to draw.  [default: all that are selected]")
@click.option("--seed", type=int, default=1, show_default=True, help="Another one draws another sample.")
@voice_options
@in_workspace
def label_export(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    codebook: str | None,
    round_: str,
    count: int | None,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write a tasks file, the labelling page and the instruction of CAMPAIGN.

    In Label Studio: make a project, paste page.xml as its labelling interface, import tasks.json.
    """
    from curation.verbs.labelling import export_tasks

    voice = Voice(as_json, quiet)
    made = export_tasks(workspace, campaign, shipped=codebook, round_=round_, n=count, seed=seed)
    voice.say(f"{made.tasks:,} tasks on {made.documents:,} articles")
    voice.result(vars(made), "\n".join(str(path) for path in made.files))
    voice.say(f"\nNext: label them in Label Studio, then: curation label pull {campaign} --file EXPORT.json")


@label.command("pull")
@click.argument("campaign")
@click.option(
    "--file", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Label Studio's JSON export."
)
@voice_options
@in_workspace
def label_pull(workspace: Workspace, settings: Config, campaign: str, file: Path, as_json: bool, quiet: bool) -> None:
    """Read an export into the annotations of CAMPAIGN, and resolve labels by majority.

    Exit 1 if an answer could not be used; each is reported with what to do about it.
    """
    from curation.verbs.labelling import pull_export

    voice = Voice(as_json, quiet)
    answers = pull_export(workspace, campaign, file)
    voice.say(
        f"{answers.rows:,} answers of {answers.annotators} annotators, {answers.labels:,} labels by majority, "
        f"{answers.ties} ties"
    )
    for problem in answers.problems:
        click.echo(f"curation: {problem}", err=True)
    voice.result({**vars(answers), "problems": [vars(problem) for problem in answers.problems]})
    if answers.problems:
        sys.exit(1)
    voice.say("\nNext: curation check annotated, then curation publish")
