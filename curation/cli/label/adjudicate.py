"""label adjudicate, and what label pull says of an adjudication."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.campaign.adjudicate import Adjudication, Decided
    from curation.workspace import Workspace


@click.command("adjudicate")
@click.argument("campaign")
@click.option("--question", help="Only what is open about this question.  [default: all but confidence]")
@click.option("--divided", is_flag=True, help="Also what has a majority and is not unanimous.")
@click.option(
    "-n", "count", type=click.IntRange(2), help="Answers that a task must have.  [default: as assigned, or 2]"
)
@voice_options
@in_workspace
def label_adjudicate(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    question: str | None,
    divided: bool,
    count: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Make what annotators of CAMPAIGN leave open the tasks of CAMPAIGN-adjudication, which show their answers blind.

    That is a tie of a required question, or of one that takes several answers. Run it again, every week say: what came
    up since is added, what was decided stays.
    """
    from curation.verbs.campaign.adjudicate import adjudicate

    voice = Voice(as_json, quiet)
    made = adjudicate(workspace, campaign, question=question, divided=divided, n=count)
    voice.say(f"{made.open:,} tasks to adjudicate, {made.new:,} of them new; {made.done:,} are decided")
    for name, tasks in made.questions.items():
        voice.say(f"  {name}: {tasks:,}")
    _notes(voice, made)
    files = [str(path) for path in made.files]
    voice.result({**vars(made), "files": files}, "\n".join(files) or None)
    if made.open:
        voice.say(f"\nNext: curation label push {made.campaign}; when they are answered: curation label pull")
        voice.say(f"{made.campaign}. Without a server, import tasks.json into a project with page.xml.")
        voice.say("The adjudicator should be nobody who answered these tasks.")
    elif made.done:
        voice.say(f"\nNext: curation label resolve {campaign}")
    else:
        voice.say("\nNothing is tied. What has a majority and is not unanimous: --divided")


def _notes(voice: Voice, made: Adjudication) -> None:
    """What is not as it was the last time."""
    if made.unfinished:
        voice.say(f"not looked at yet: {made.unfinished:,} tasks that lack an answer (-n asks for fewer)")
    if made.asked_again:
        voice.say(f"decided under an older guideline that was changed, asked again: {made.asked_again:,}")
    if made.skipped:
        voice.say(f"skipped by an adjudicator: {made.skipped:,}")
    if made.moved:
        voice.say(
            f"given out under an older guideline and not decided: {made.moved:,}. They are asked in the new project;"
        )
        voice.say("delete the old one on the server after a pull")


def tell_pulled(voice: Voice, found: Decided) -> None:
    """What a pull of an adjudication has brought."""
    voice.say(f"{found.done:,} tasks are decided, {found.open:,} are open")
    if found.own_answers:
        keys = [f"{key} by {who}" for key, who in found.own_answers]
        more = f" and {len(keys) - 5:,} more" if len(keys) > 5 else ""
        voice.say(f"{len(keys):,} decided by one of the task's own annotators: {', '.join(keys[:5])}{more}")
