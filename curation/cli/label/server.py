"""label server, label push, and what label pull asks of a server."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curation.annotation.project.remote import Remote
    from curation.config import Config
    from curation.verbs.campaign.resolve import Answers
    from curation.workspace import Workspace


@click.command("server")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, help="Where it listens.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="label-studio",
    show_default=True,
    help="Folder of its database, with all that people label: back it up.",
)
@click.option(
    "--program",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that the server is installed in (850 MB).  [default: beside its database, by version]",
)
def label_server(port: int, data: Path, program: Path | None) -> None:
    """Install and start a Label Studio of one's own on this machine; Ctrl-C stops it.

    It listens on 127.0.0.1 only and sends nothing outside.
    """
    from curation.annotation import server

    voice = Voice()
    folder = program or data.with_name(f"{data.name}-{server.VERSION}")
    if not folder.exists():
        voice.say(f"installing Label Studio {server.VERSION} in {folder}: 850 MB, some minutes, this once ...")
    server.install(folder)
    voice.say("starting ...")
    server.first_data(folder, data)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave the block below as Ctrl-C does
    with server.start(folder, port, data=data) as running:
        account = server.account_file(data)
        click.echo(running.url)
        voice.say(f"Open it in a browser; e-mail {server.EMAIL}, the password is the first line of {account}.")
        voice.say("To push and pull, in another terminal:")
        voice.say(f"  export LABEL_STUDIO_URL={running.url} LABEL_STUDIO_API_KEY=$(tail -n 1 {account})")
        voice.say("Ctrl-C stops it; what was labelled stays.")
        try:
            code = running.process.wait()
        except KeyboardInterrupt:
            voice.say("stopping ...")
            return
    voice.say(f"the server ended by itself ({code}); {running.log} says why")
    sys.exit(1)


@click.command("push")
@click.argument("campaign")
@click.option(
    "--file", type=click.Path(path_type=Path, dir_okay=False), help="Tasks file.  [default: the campaign's tasks.json]"
)
@click.option("--project", help="Its title on the server.  [default: the campaign and its round]")
@click.option(
    "--people", type=click.IntRange(1), help="How many answer each task of a project that is made now.  [default: 1]"
)
@click.option("--only", metavar="WHO", help="Of an assigned campaign, one annotator's queue.  [default: everybody's]")
@click.option("--repair", is_flag=True, help="Put a labelling page back that somebody changed on the server.")
@voice_options
@in_workspace
def label_push(
    workspace: Workspace,
    settings: Config,
    campaign: str,
    file: Path | None,
    project: str | None,
    people: int | None,
    only: str | None,
    repair: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring the tasks of CAMPAIGN to the Label Studio that LABEL_STUDIO_URL names, each once.

    Of a campaign that was assigned, each annotator's queue goes into a project of their own, where nobody meets the
    answers of others; what was taken back is taken off, if nobody has answered it. --file and --project bring any
    tasks into any project instead.

    Push again after a kill, after a new round, or to bring deleted tasks back: only what is missing is sent. The token
    is read from LABEL_STUDIO_API_KEY.
    """
    from curation.verbs.campaign.folder import is_assigned
    from curation.verbs.project.push import push_campaign

    voice = Voice(as_json, quiet)
    by_hand = file or project or people
    if only and by_hand:
        raise click.UsageError("--only goes with the queues of an assigned campaign, not with a file or project.")
    if only or (not by_hand and is_assigned(workspace, campaign)):
        _push_queues(voice, workspace, campaign, only, repair)
        return
    with _remote(voice) as remote, _bar(voice) as progress:
        made = push_campaign(
            workspace, campaign, remote, file=file, title=project, people=people or 1, repair=repair, progress=progress
        )
    voice.say(f"{made.pushed.sent:,} tasks sent, {made.pushed.known:,} were there")
    for note in made.notes:
        click.echo(f"curation: {note}", err=True)
    voice.result(made.to_dict(), made.address)
    voice.say(f"\nNext: label them there, then: curation label pull {campaign}")


def _push_queues(voice: Voice, workspace: Workspace, campaign: str, only: str | None, repair: bool) -> None:
    """Everybody's queue into a project of their own."""
    from curation.verbs.project.queues import push_queues, queues_text

    with _remote(voice) as remote, _bar(voice, "there are") as progress:
        made = push_queues(workspace, campaign, remote, only=only, repair=repair, progress=progress)
    for note in made.notes:
        click.echo(f"curation: {note}", err=True)
    voice.result(made.to_dict(), queues_text(made))
    for message in made.refused:
        click.echo(f"curation: {message}", err=True)
    if made.refused:
        sys.exit(1)
    voice.say(f"\nNext: send each their message and address; when they have answered: curation label pull {campaign}")


def pulled(voice: Voice, workspace: Workspace, campaign: str, method: str) -> Answers:
    """The answers of a campaign from the server."""
    from curation.verbs.project.pull import pull_campaign

    with _remote(voice) as remote:
        return pull_campaign(workspace, campaign, remote, method=method, progress=voice.say)


@contextmanager
def _remote(voice: Voice) -> Iterator[Remote]:
    """The server, with a word if the toolkit was not tested with its version."""
    from curation.annotation.project.remote import connect
    from curation.annotation.server import VERSION

    with connect(os.environ) as remote:
        if other := remote.untested():
            voice.say(f"this server is Label Studio {other}; the toolkit was tested with {VERSION}")
        yield remote


@contextmanager
def _bar(voice: Voice, what: str = "sent") -> Iterator[Callable[[int, int], None]]:
    """Tells how far a push is: a bar on a terminal, else a line now and then."""
    if voice.quiet or not sys.stderr.isatty():

        def line(done: int, total: int) -> None:
            if done:
                voice.say(f"{what} {done:,} of {total:,} tasks")

        yield line
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task: Any = bar.add_task("sending", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
