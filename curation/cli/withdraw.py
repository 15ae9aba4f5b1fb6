"""withdraw: takedown."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.verbs.takedown.withdraw import Withdrawal
    from curation.workspace import Workspace

#: so many are told one by one
MOST = 20


@click.command()
@click.option("--id", "ids", multiple=True, metavar="ID", help="An article, by its id. May be given several times.")
@click.option("--url", "urls", multiple=True, metavar="URL", help="A page, with all its versions.")
@click.option("--site", "sites", multiple=True, metavar="HOST", help="All of a site, also what comes later.")
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="Ids or URLs, one a line.")
@click.option(
    "--reason",
    type=click.Choice(["publisher", "person", "court", "error"]),
    help="Who asks for it.  [default: publisher]",
)
@click.option("--date", help="Its day, YYYY-MM-DD.  [default: SOURCE_DATE_EPOCH, else today]")
@click.option("--with-copies", is_flag=True, help="Near-duplicates, too.")
@click.option("--yes", is_flag=True, help="Do it. Without, it is only told what would be done.")
@voice_options
@in_workspace
def withdraw(
    workspace: Workspace,
    settings: Config,
    ids: tuple[str, ...],
    urls: tuple[str, ...],
    sites: tuple[str, ...],
    file: Path | None,
    reason: str | None,
    date: str | None,
    with_copies: bool,
    yes: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Take articles down: out of the workspace, out of every published version, and never in again.

    Without --yes it is only told what would be done. What no program can reach is listed in the end. A ledger keeps ids
    and hashes, no text and no name. A withdrawal that was killed is finished by: curation withdraw --yes
    """
    from curation.errors import DataError, UsageError
    from curation.verbs.takedown import asked as asking
    from curation.verbs.takedown import withdraw as takedown
    from curation.workspace.withdrawn import unfinished

    voice = Voice(as_json, quiet)
    day = takedown.day_of(date, os.environ)
    of_file = asking.read_file(file) if file else ([], [])
    asked = asking.Asked((*ids, *of_file[0]), (*urls, *of_file[1]), sites)
    if unfinished(workspace.state):
        if not yes:
            raise UsageError(
                "a withdrawal was begun and not finished", remedy="Finish it with: curation withdraw --yes"
            )
        voice.say("finishing the withdrawal that was begun")
        made = takedown.finish(workspace, settings, follow=voice.follow)
        if not asked:
            _tell(voice, made)
            return
    if not asked:
        raise UsageError(
            "it is not told what to withdraw", remedy="Give --id ID, --url URL, --site HOST or --file FILE."
        )
    found = asking.find(workspace, asked, with_copies=with_copies)
    told = takedown.preview(workspace, found)
    _preview(voice, told)
    if not found.articles:
        if found.unknown or not found.already:
            raise DataError("none of these is here; nothing was done", remedy="See what is: curation explain URL")
        voice.result(told if as_json else None)
        return
    if not yes:
        voice.result(told)
        voice.say("\nNothing was done. Add --yes to withdraw; --with-copies takes the near-duplicates, too.")
        return
    _tell(
        voice, takedown.withdraw(workspace, settings, found, reason=reason or "publisher", day=day, follow=voice.follow)
    )


def _preview(voice: Voice, told: dict[str, Any]) -> None:
    documents, near = told["documents"], told["near-duplicates that stay"]
    voice.say(f"articles to withdraw: {len(documents):,}")
    for row in documents[:MOST]:
        voice.say(f"  {row['id']}  {row['outlet'] or ''}  {row['title'] or '(no title)'}  ({row['named by']})")
    _more(voice, documents)
    if near:
        voice.say(f"near-duplicates that stay: {len(near):,}")
    for row in near[:MOST]:
        shared = f"{row['containment']:.0%} shared with {row['of']}"
        voice.say(f"  {row['id']}  {row['outlet'] or ''}  {row['title'] or '(no title)'}  ({shared})")
    _more(voice, near)
    for name, count in told["releases"].items():
        voice.say(f"{name} holds {count:,} of them: its texts are taken out, and verify will say so")
    for name, count in told["tasks"].items():
        voice.say(f"tasks of the campaign {name} that go: {count:,}")
    for what in ("unknown", "withdrawn before"):
        if told[what]:
            voice.say(f"{what}: {', '.join(told[what][:MOST])}")
            _more(voice, told[what])
    for note in told["notes"]:
        voice.say(note)


def _more(voice: Voice, rows: list[Any]) -> None:
    if len(rows) > MOST:
        voice.say(f"  and {len(rows) - MOST:,} more; --json lists all")


def _tell(voice: Voice, made: Withdrawal) -> None:
    voice.say(f"\nwithdrawn, and refused by ingest from now on: {len(made.ids):,}")
    for name in made.deleted:
        voice.say(f"  deleted  {name}")
    for name in made.rewritten:
        voice.say(f"  without them  {name}")
    if made.tasks:
        voice.say(f"  deleted in Label Studio: {made.tasks:,} of its tasks")
    if made.left:
        voice.say("\nWhat a person must still see to:")
    for place, what in made.left.items():
        voice.say(f"  {place}: {what}")
    if made.deposits:
        voice.say("\nCopies were deposited; tell them of it: " + ", ".join(made.deposits))
    voice.result(vars(made))
    voice.say("\nNext: curation publish (a correction, unless something else changed, too)")
