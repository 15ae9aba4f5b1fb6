"""label assign, reassign, status, plan, meeting, restore: the life of a campaign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.campaign.assign import Assigned
    from curation.workspace import Workspace

PORTION = "Tasks that an annotator has open at a time; who has fewer hours gets fewer."


@click.command("assign")
@click.argument("campaign")
@click.option("-n", "count", type=click.IntRange(1), help="Annotators a task.  [default: as before, at first 3]")
@click.option("--round", "round_", default="main", show_default=True, help="training, pilot, main ...")
@click.option("--portion", type=click.IntRange(1), help=f"{PORTION}  [default: all]")
@click.option(
    "--probes",
    type=click.IntRange(1),
    help="Articles of the round to show once more to the same people, as near-identical copies.  [default: as before]",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another one deals otherwise.")
@voice_options
@in_workspace
def label_assign(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    count: int | None,
    round_: str,
    portion: int | None,
    probes: int | None,
    seed: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Deal the tasks of CAMPAIGN out: each to N annotators, in proportion to their hours in people.csv.

    Tasks of gold.csv go to everybody, scattered among the others.

    Run it again, every week say: it fills portions up, gives what was skipped to others, and asks again what a change
    of the guideline touched. It writes a tasks file and a message for each annotator.
    """
    from curation.verbs.campaign.assign import assign

    made = assign(workspace, campaign, at=_now(), round_=round_, n=count, portion=portion, probes=probes, seed=seed)
    voice = Voice(as_json, quiet)
    _tell_checks(voice, made, probes)
    _tell(voice, campaign, made)


@click.command("reassign")
@click.argument("campaign")
@click.option("--from", "leaves", metavar="WHO", help="Who leaves: what is untouched goes to the others.")
@click.option("--join", "joins", metavar="WHO", help="Who joins, as a pseudonym: gets a share of what is untouched.")
@click.option("--hours", type=click.FloatRange(0, min_open=True), help="Of who joins, a week.  [default: the median]")
@click.option("--email", help="Account of who joins, for annotators.csv, which is never published.")
@click.option("--portion", type=click.IntRange(1), help=f"{PORTION}  [default: as many as now]")
@voice_options
@in_workspace
def label_reassign(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    leaves: str | None,
    joins: str | None,
    hours: float | None,
    email: str | None,
    portion: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Move untouched tasks of CAMPAIGN from who leaves, or to who joins. Nothing that was answered moves."""
    from curation.verbs.campaign.assign import reassign

    made = reassign(
        workspace, campaign, at=_now(), leaves=leaves, joins=joins, hours=hours, email=email, portion=portion
    )
    _tell(Voice(as_json, quiet), campaign, made)


def _tell_checks(voice: Voice, made: Assigned, probes: int | None) -> None:
    """What gold.csv and --probes came to."""
    from curation.report.excerpt import counted

    if made.gold or made.probes:
        gold, copies = counted(made.gold, "gold task"), counted(made.probes, "probe")
        voice.say(f"the round has {gold}, for everybody, and {copies}")
    if probes and made.probes < probes:
        voice.say(f"of {probes:,} probes {probes - made.probes:,} are not to be had: no other article of the round has")
        voice.say("a near-identical copy that nobody has as a task")
    if made.left_sample:
        voice.say(
            f"{len(made.left_sample):,} tasks of gold.csv were drawn by chance; they stand for no others any more"
        )
    if made.given_before:
        before = counted(len(made.given_before), "task")
        voice.say(f"given out before they stood in gold.csv, so normal tasks still: {before}. Who answers them is")
        voice.say("compared with the right answer all the same")
    if made.without_line:
        voice.say(
            f"{len(made.without_line):,} gold tasks have no line in gold.csv any more: put it back (--json lists)"
        )


def _tell(voice: Voice, campaign: str, made: Assigned) -> None:
    """What was dealt out, and what to do now."""
    handed = ", ".join(f"{name} {count:,}" for name, count in made.handed_out.items())
    voice.say(f"{made.given:,} given, {made.taken_back:,} taken back, {made.waiting:,} wait for a later portion")
    voice.say(f"handed out now: {handed or 'nothing'}")
    if made.asked_again:
        voice.say(f"asked again under guideline {made.guideline_version}: {made.asked_again:,}")
    if made.set_aside:
        voice.say(f"set aside in superseded.parquet: {made.set_aside:,} rows of answers to an older guideline")
    if made.of_other_rounds:
        voice.say(
            f"{made.of_other_rounds:,} tasks were drawn for two rounds; they stay in the first, for rounds never mix"
        )
    if made.unanswerable:
        voice.say(f"unanswerable, skipped by everybody: {len(made.unanswerable):,} tasks (--json lists them)")
    if made.short:
        voice.say(f"{len(made.short):,} tasks lack annotators who never had them. Add somebody: --join")
    if made.to_delete:
        voice.say(
            f"{len(made.to_delete):,} of those taken back are on the server still, until you push (--json lists them)"
        )
    lists = {"files": [*map(str, made.files)], "messages": [*map(str, made.messages)]}
    voice.result({**vars(made), **lists}, "\n".join(lists["files"] + lists["messages"]) or None)
    if made.handed_out or made.to_delete:
        voice.say(f"\nNext, with a server: curation label push {campaign}")
        voice.say("Without one, import each file into a project of its own, with page.xml. Send each their message.")


@click.command("status")
@click.argument("campaign")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write the annotators' queues there.")
@voice_options
@in_workspace
def label_status(
    workspace: Workspace, settings: Config, campaign: str, csv: Path | None, as_json: bool, quiet: bool
) -> None:
    """Tell how far CAMPAIGN is: what is done, at which pace, who stands still, and when it will be finished."""
    from curation.annotation.assignment.progress import progress_text
    from curation.verbs.campaign.insight import status, write_status

    voice = Voice(as_json, quiet)
    found = status(workspace, campaign, _now())
    voice.result(found.to_dict(), progress_text(found))
    if csv:
        write_status(found, csv)
        voice.say(f"\nThe queues: {csv}")
    if found.touched:
        voice.say(f"\nThe guideline changed: {found.touched:,} answers are to be asked again.")
    if found.strays:
        voice.say(f"\n{found.strays:,} answers are to tasks that were given to somebody else: compare annotators.csv.")
    idle = [queue.annotator for queue in found.queues if queue.idle is not None]
    if idle:
        voice.say(f"\nNext: ask {', '.join(idle)}; or: curation label reassign {campaign} --from {idle[0]}")
    elif found.touched or any(queue.waiting for queue in found.queues):
        voice.say(f"\nNext: curation label assign {campaign}, with the same --portion as before")


@click.command("plan")
@click.argument("campaign")
@click.option("--tasks", type=click.IntRange(1), help="Tasks of the round.  [default: those that nobody has yet]")
@click.option("-n", "count", type=click.IntRange(1), default=3, show_default=True, help="Annotators a task.")
@click.option(
    "--seconds", type=click.FloatRange(0, min_open=True), help="Of one answer.  [default: the pilot's median, else 90]"
)
@click.option("--rate", type=click.FloatRange(0), help="Price of an hour.")
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day.  [default: today]")
@click.option("--pilot", default="pilot", show_default=True, help="The round that figures are taken from.")
@voice_options
@in_workspace
def label_plan(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    tasks: int | None,
    count: int,
    seconds: float | None,
    rate: float | None,
    start: datetime | None,
    pilot: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell what a round of CAMPAIGN takes, and how much it will tell: hours, cost, last day, width of intervals."""
    from curation.annotation.assignment.plan import plan_text
    from curation.verbs.campaign.insight import plan_round

    day: date = start.date() if start else _now().date()
    found = plan_round(
        workspace, campaign, start=day, tasks=tasks, annotators_each=count, seconds=seconds, rate=rate, round_=pilot
    )
    voice = Voice(as_json, quiet)
    plans = [one.to_dict() for one in found.plans]
    voice.result(
        {"basis": vars(found.basis), "annotators": found.annotators, "tasks": found.chosen, "plans": plans},
        plan_text(found.plans, found.annotators, found.basis, found.chosen),
    )
    if all(one.end is None for one in found.plans):
        voice.say("\nNo last day: people.csv names nobody with time. See: curation label reassign --help")


@click.command("meeting")
@click.argument("campaign")
@click.option("--round", "round_", help="training, pilot, main ...  [default: that of the last answer]")
@click.option("--question", help="Question of the codebook with one answer.  [default: the first]")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Right answers, as CSV or Parquet: task_key or document_id, value. Each annotator gets feedback.  "
    "[default: gold.csv of the campaign]",
)
@click.option("--most", type=click.IntRange(1), default=12, show_default=True, help="Tasks to show.")
@voice_options
@in_workspace
def label_meeting(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    round_: str | None,
    question: str | None,
    gold: Path | None,
    most: int,
    as_json: bool,
    quiet: bool,
) -> None:
    """Write the paper of a meeting: what annotators of CAMPAIGN differ about, in the guideline's words, no names."""
    from curation.verbs.campaign.insight import write_meeting

    voice = Voice(as_json, quiet)
    made, paths = write_meeting(workspace, campaign, round_=round_, question=question, gold=gold, most=most)
    voice.say(f"round {made.round}, '{made.question.name}': {made.divided:,} of {made.compared:,} tasks are divided")
    found = {"round": made.round, "question": made.question.name, "compared": made.compared, "divided": made.divided}
    cases = [case.task_key for case in made.cases]
    voice.result({**found, "cases": cases, "files": [*map(str, paths)]}, "\n".join(map(str, paths)))
    voice.say("\nNext: what is decided goes into codebook.toml, as a new guideline_version with its effect")
    voice.say(f"(none, labels or all) in the changelog; then: curation label assign {campaign}")


@click.command("restore")
@click.argument("campaign")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), help="An export of now.  [default: the last]")
@voice_options
@in_workspace
def label_restore(
    workspace: Workspace, settings: Config, campaign: str, file: Path | None, as_json: bool, quiet: bool
) -> None:
    """Bring answers of CAMPAIGN back that were deleted on the server: from the kept exports, with their authors."""
    from curation.verbs.campaign.insight import restore

    voice = Voice(as_json, quiet)
    found, titles = restore(workspace, campaign, file)
    paths = tuple(titles)
    tasks = sum(len(of_project) for of_project in found.tasks.values())
    lists = {"still_there": found.still_there, "nameless": found.nameless, "files": [*map(str, paths)]}
    voice.say(f"{found.answers:,} answers to {tasks:,} tasks are gone from the last exports")
    voice.result({"tasks": tasks, "answers": found.answers, **lists}, "\n".join(lists["files"]) or None)
    if found.still_there:
        voice.say(
            f"{len(found.still_there):,} of the tasks are there without the answer. A push replaces them; before an"
        )
        voice.say("import by hand, delete them (--json lists them)")
    if found.nameless:
        voice.say(f"{len(found.nameless):,} have an author without an address: add it to annotators.csv, or import")
        voice.say("into the same server only")
    if paths:
        voice.say("\nNext:")
    for path, title in titles.items():
        if title:
            voice.say(f'  curation label push {campaign} --file {path} --project "{title}"')
        else:
            voice.say(f"  import {path} into the project whose number it bears")
    if paths:
        voice.say(f"  curation label pull {campaign}")


def _now() -> datetime:
    return datetime.now(UTC)


COMMANDS = (label_assign, label_reassign, label_status, label_plan, label_meeting, label_restore)
