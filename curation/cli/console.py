"""Options that several verbs share, and how they speak: data to stdout, everything else to stderr."""

from __future__ import annotations

import functools
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.status import Status

    from curation.config import Config
    from curation.progress import Done, Progress
    from curation.toml import Mistake
    from curation.workspace import Workspace

    Function = Callable[..., Any]

#: seconds between two lines on a stage that is at work, where there is no terminal
_PACE = 30


def settings_options(function: Function) -> Function:
    """``-c`` and ``--set``."""
    config = click.option(
        "-c",
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Settings file. [default: curation.toml here, else the shipped defaults]",
    )
    override = click.option(
        "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="One setting, such as quality.word_count.min=80."
    )
    return config(override(function))


def voice_options(function: Function) -> Function:
    """``--json`` and ``-q``."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    return as_json(quiet(function))


def in_workspace(function: Function) -> Function:
    """The verb works in the workspace of the current folder; gives it `workspace` and `settings`."""

    @settings_options
    @functools.wraps(function)
    def wrapped(config: Path | None, overrides: tuple[str, ...], **arguments: Any) -> Any:
        workspace = find_workspace(config)
        return function(workspace=workspace, settings=load_settings(config, overrides), **arguments)

    return wrapped


def find_workspace(config: Path | None) -> Workspace:
    """The workspace: the folder of a given ``curation.toml``; with settings of another name, the current folder.

    Raises:
        UsageError: there is none.
    """
    from curation.workspace import CONFIG, Workspace

    elsewhere = config is not None and (config.name == CONFIG or not Path(CONFIG).is_file())
    root = config.parent if config and elsewhere else Path()
    if not (config or root / CONFIG).is_file():
        raise UsageError(
            f"no {CONFIG} in this folder" if config is None else "no such settings file",
            where=str((config or root / CONFIG).resolve().parent),
            remedy="Make a workspace with: curation init DIR --from FILE",
        )
    return Workspace(root)


def workspace_here(config: Path | None) -> Workspace | None:
    """The workspace of the settings file or of the current folder, if there is one."""
    from curation.workspace import CONFIG, Workspace

    root = config.parent if config else Path()
    return Workspace(root) if (root / CONFIG).is_file() else None


def load_settings(config: Path | None, overrides: tuple[str, ...]) -> Config:
    """The settings that hold for this call."""
    from curation import config as settings
    from curation.workspace import CONFIG

    if config is None and Path(CONFIG).is_file():
        config = Path(CONFIG)
    return settings.load(config, overrides, _unknown_rules)


def _unknown_rules(data: dict[str, Any]) -> Iterable[Mistake]:
    """Rules that settings name and nobody knows; the rule book takes a while to load, and few settings name a rule."""
    if not data.get("rules"):
        return ()
    from curation.boilerplate import names

    return names.in_settings(data)


class Voice:
    """Says what happens: lines on stderr, or one JSON document on stdout at the end."""

    def __init__(self, as_json: bool = False, quiet: bool = False) -> None:
        self.as_json = as_json
        self.quiet = quiet or as_json
        self._status: Status | None = None
        self._told = time.monotonic()

    def say(self, text: str = "") -> None:
        """A line for people."""
        if not self.quiet:
            click.echo(text, err=True)

    def result(self, value: Any, text: str | None = None) -> None:
        """The result: as JSON if asked for, else its text."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
        elif text is not None:
            click.echo(text)

    def follow(self, events: Iterable[Done]) -> list[Done]:
        """Tell of each stage as it is done, of the unchanged ones in one line at the end."""
        if not _is_compiled():
            self.say("The first run on a machine compiles some functions, which takes half a minute.")
        done = []
        for event in self._with_spinner(iter(events)):
            done.append(event)
            if event.outcome != "unchanged":
                self.say(_line(event))
        if unchanged := Counter(event.stage for event in done if event.outcome == "unchanged"):
            self.say("unchanged: " + ", ".join(f"{stage} ({count})" for stage, count in unchanged.items()))
        return done

    def watch(self, progress: Progress) -> None:
        """Tell how far a stage has come: on a terminal at once, else in a line now and then."""
        if self._status:
            self._status.update(f"{progress} ...")
        elif time.monotonic() - self._told > _PACE:
            self._told = time.monotonic()
            self.say(f"  {progress}")

    def _with_spinner(self, events: Iterator[Done]) -> Iterator[Done]:
        if self.quiet or not sys.stderr.isatty():
            yield from events
            return
        from rich.console import Console

        console = Console(stderr=True)
        while True:
            with console.status("at work ...") as self._status:
                event = next(events, None)
            self._status = None
            if event is None:
                return
            yield event


def _is_compiled() -> bool:
    """Whether compiled functions are cached beside their sources, or may be elsewhere, where these can't be written."""
    package = Path(__file__).parents[1]
    elsewhere = "NUMBA_CACHE_DIR" in os.environ or not os.access(package, os.W_OK)
    return elsewhere or any(package.rglob("*.nbi"))


def _line(event: Done) -> str:
    name = f"{event.stage:<8} {event.batch or 'corpus':<28}"
    rows = ", ".join(f"{count:,} {table}" for table, count in event.rows.items() if table in _SHOWN)
    tail = f"{rows:<48} {event.seconds:6.1f} s" if event.outcome == "made" else event.outcome
    detail = f": {event.detail}" if event.detail else ""
    return f"{name} {tail}{detail}".rstrip()


def timings_text(done: Iterable[Done]) -> str:
    """Where the time went: a line a stage, and under it the rules and measures that took most of it."""
    lines = [f"{'stage':<8} {'batch':<28} {'seconds':>9} {'CPU s':>9} {'memory':>10}"]
    for event in done:
        if event.outcome == "unchanged":
            continue
        peak = f"{event.spent.peak / 2**20:,.0f} MB" if event.spent.peak else "-"
        batch = event.batch or "corpus"
        lines.append(f"{event.stage:<8} {batch:<28} {event.seconds:>9.1f} {event.spent.cpu:>9.1f} {peak:>10}")
        most = sorted(event.spent.by.items(), key=lambda item: -item[1])[:_MOST]
        lines += [f"{'':<8}   {name:<36} {seconds:>9.1f}" for name, seconds in most if seconds >= _LEAST]
    return "\n".join(lines)


#: rules and measures shown of a stage, and the least seconds of each
_MOST, _LEAST = 8, 0.05

_SHOWN = {
    "articles",
    "rejected",
    "documents",
    "edits",
    "measures",
    "signatures",
    "overlaps",
    "pairs",
    "clusters",
    "selection",
}
