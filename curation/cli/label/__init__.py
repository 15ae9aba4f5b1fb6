"""label export, label push, label pull, label audit: to Label Studio and back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options
from curation.cli.label.adjudicate import label_adjudicate, tell_pulled
from curation.cli.label.campaign import COMMANDS
from curation.cli.label.problems import label_problems
from curation.cli.label.resolve import label_import_model, label_resolve
from curation.cli.label.server import label_push, label_server

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.config import Config
    from curation.verbs.audit import Audited
    from curation.workspace import Workspace


@click.group()
def label() -> None:
    """Export tasks to Label Studio, pull answers back."""


for command in (
    *(label_server, label_push, label_adjudicate, label_problems, label_resolve, label_import_model),
    *COMMANDS,
):
    label.add_command(command)


@label.command("export")
@click.argument("campaign", required=False)
@click.option("--codebook", help="Shipped codebook to start from: stance or topic.  [default: the campaign's own]")
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Label Studio XML of your own to start from; the codebook is written from it.",
)
@click.option(
    "--audit",
    type=click.Choice(["dropped", "merged", "both"]),
    is_flag=False,
    flag_value="both",
    help="Draw what was dropped, what was merged, or both, as the campaigns audit-dropped and audit-merged.",
)
@click.option("--round", "round_", default="main", show_default=True, help="training, pilot, main ...")
@click.option(
    "-n",
    "count",
    type=click.IntRange(1),
    help="Articles to draw.  [default: those that are drawn, else all; of an audit 100]",
)
@click.option("--seed", type=int, help="Another one draws another sample.  [default: as before, at first 1]")
@voice_options
@in_workspace
def label_export(
    workspace: Workspace,
    settings: Config,
    campaign: str | None,
    codebook: str | None,
    page: Path | None,
    audit: str | None,
    round_: str,
    count: int | None,
    seed: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write a tasks file, the labelling page and the instruction of CAMPAIGN.

    Its articles are those that `curation sample` drew; where nothing was drawn yet, they are drawn now.

    In Label Studio: make a project, paste page.xml as its labelling interface, import tasks.json.

    With --audit: tasks that show what was dropped or merged, to find out how often that was right.
    """
    from curation.verbs.labelling import export_tasks

    voice = Voice(as_json, quiet)
    if audit:
        if campaign or codebook or page:
            raise click.UsageError("an audit has its own campaign, codebook and page: leave yours out")
        names = ("dropped", "merged") if audit == "both" else (audit,)
        _export_audits(voice, workspace, settings, names, round_, count, 1 if seed is None else seed)
        return
    if campaign is None:
        raise click.UsageError("name a CAMPAIGN, or draw an audit with --audit")
    if page:
        from curation.verbs.campaign.own_page import begin_with_page

        if not_read := begin_with_page(workspace, campaign, page):
            voice.say(f"not read into tables, and kept on the page: {', '.join(not_read)}")
    made = export_tasks(
        workspace, campaign, shipped=codebook, round_=round_, n=count, seed=seed, settings=settings.sample
    )
    voice.say(f"{made.tasks:,} tasks on {made.documents:,} articles")
    for note in made.notes:
        voice.say(note)
    voice.result(vars(made), "\n".join(str(path) for path in made.files))
    voice.say(f"\nNext: label them in Label Studio, then: curation label pull {campaign} --file EXPORT.json")


def _export_audits(
    voice: Voice,
    workspace: Workspace,
    settings: Config,
    names: Sequence[str],
    round_: str,
    count: int | None,
    seed: int,
) -> None:
    """Draw audits; of several, one that has nothing to draw from is told and left out."""
    from curation.errors import DataError
    from curation.verbs.audit import TASKS, draw_audit

    made = []
    for name in names:
        try:
            made.append(draw_audit(workspace, settings, name, n=count or TASKS, round_=round_, seed=seed))
        except DataError as error:
            if len(names) == 1:
                raise
            voice.say(str(error))
            continue
        voice.say(f"{made[-1].folder.name}: {made[-1].tasks:,} tasks")
    voice.result([vars(one) for one in made], "\n".join(str(path) for one in made for path in one.files))
    for one in made:
        voice.say(f"Next: label them in Label Studio, then: curation label pull {one.folder.name} --file EXPORT.json")


@label.command("pull")
@click.argument("campaign")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Label Studio's JSON export.  [default: ask the server that LABEL_STUDIO_URL names]",
)
@voice_options
@in_workspace
def label_pull(
    workspace: Workspace, settings: Config, campaign: str, file: Path | None, as_json: bool, quiet: bool
) -> None:
    """Read the answers to CAMPAIGN from the server, or from an export, and make its labels.

    Exit 1 if an answer could not be used; each sort of fault is told once, with what to do about it (--json lists all).
    """
    from curation.annotation.reading.problem import told
    from curation.cli.label.server import pulled
    from curation.verbs.audit import CAMPAIGNS, read_precision
    from curation.verbs.campaign.adjudicate import decided
    from curation.verbs.labelling import pull_export

    voice = Voice(as_json, quiet)
    method = settings.label.method
    if file:
        answers = pull_export(workspace, campaign, file, method=method)
    else:
        answers = pulled(voice, workspace, campaign, method)
    adjudication = decided(workspace, campaign)
    voice.say(
        f"{answers.rows:,} answers of {answers.annotators} annotators, {answers.labels:,} labels by {method}, "
        f"{answers.ties} ties"
    )
    is_audit = campaign in CAMPAIGNS
    if is_audit and (found := read_precision(workspace, CAMPAIGNS[campaign])):
        voice.say(found.line())
    if adjudication:
        tell_pulled(voice, adjudication)
    if answers.asked_again:
        voice.say(f"{answers.asked_again:,} answers don't count until they are given anew: the guideline changed")
    for note in answers.notes:
        voice.say(note)
    for line in told(answers.problems):
        click.echo(f"curation: {line}", err=True)
    voice.result({**vars(answers), "problems": [vars(problem) for problem in answers.problems]})
    if answers.problems:
        sys.exit(1)
    if adjudication:
        voice.say(f"\nNext: curation label resolve {adjudication.campaign}")
        return
    voice.say(f"\nNext: curation {f'label audit {campaign}' if is_audit else 'check annotated, then curation publish'}")


@label.command("agreement")
@click.argument("campaign")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write the coefficients there, as CSV.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Right answers, as CSV or Parquet: task_key or document_id, value, question.  "
    "[default: gold.csv of the campaign]",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another one draws other bootstrap samples.")
@voice_options
@in_workspace
def label_agreement(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    csv: Path | None,
    gold: Path | None,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell how far the annotators of CAMPAIGN agree, question by question, and on what they don't.

    Coefficients come with 95 % bootstrap intervals; where one is undefined, it says why.
    """
    from curation.annotation.agreement.text import agreement_text
    from curation.verbs.agreement import campaign_agreement, write_summary

    voice = Voice(as_json, quiet)
    tables = campaign_agreement(workspace, campaign, gold=gold, seed=seed)
    voice.result({name: table.to_pylist() for name, table in tables.items()}, agreement_text(tables))
    if csv:
        write_summary(tables, csv)
        voice.say(f"\nThe coefficients: {csv}")


@label.command("audit")
@click.argument("campaign", required=False)
@voice_options
@in_workspace
def label_audit(workspace: Workspace, settings: Config, campaign: str | None, as_json: bool, quiet: bool) -> None:
    """Tell how often dropping and merging were right, as far as people have judged: of CAMPAIGN, or of both audits.

    Draw one with: curation label export --audit
    """
    from curation.errors import UsageError
    from curation.verbs.audit import CAMPAIGNS, read_audit

    if campaign and campaign not in CAMPAIGNS:
        raise UsageError(f"'{campaign}' is no audit", remedy=f"Write one of: {', '.join(CAMPAIGNS)}.")
    names = [CAMPAIGNS[campaign]] if campaign else list(CAMPAIGNS.values())
    found = [one for name in names if (one := read_audit(workspace, settings, name))]
    if not found:
        raise UsageError("no audit was drawn yet", remedy="Draw one with: curation label export --audit")
    voice = Voice(as_json, quiet)
    voice.result([one.to_dict() for one in found], "\n\n".join(map(_audit_text, found)))


def _audit_text(found: Audited) -> str:
    """An audit as a table, with what its reader must know."""
    seen = found.precision
    head = f"{'':<24} {'right':>7} {'95 % interval':>16} {'judged':>7} {'unclear':>8} {'open':>6} {'drawn from':>11}"
    lines = [f"{seen.audit.campaign}, round {seen.round}: {seen.line()}", "", head]
    for share in (seen.overall, *seen.strata):
        value, interval = share.shown
        counts = f"{share.judged:>7,} {share.unclear:>8,} {share.open:>6,} {share.population:>11,}"
        lines.append(f"{share.name:<24} {value:>7} {interval:>16} {counts}")
    answers = ", ".join(f"{count:,} {value}" for value, count in seen.answers)
    lines += ["", f"Tasks by answer: {answers}. Annotators: {seen.annotators}.", *found.notes]
    if seen.wrong:
        more = f" and {len(seen.wrong) - 10:,} more (--json)" if len(seen.wrong) > 10 else ""
        lines += [f"Wrong: {', '.join(seen.wrong[:10])}{more}", "Look at one with: curation explain ID"]
    return "\n".join(lines)
