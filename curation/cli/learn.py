"""learn: what each site prints again and again, as a version of the chrome table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace


@click.command()
@click.option(
    "--show",
    "shown",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=0,
    metavar="[VERSION]",
    help="List a version for review, and learn nothing.  [default: the newest]",
)
@voice_options
@in_workspace
def learn(workspace: Workspace, settings: Config, shown: int | None, as_json: bool, quiet: bool) -> None:
    """Learn which lines each site and network repeats; write them as the next version of the chrome table.

    Lines are cut by cleaning. Passages are what stands inside texts, or in rows of lines too short to be told from
    content: they stay in the texts, and only make no two of them alike.

    No text changes until a version is pinned: set [chrome] version in curation.toml. What shall stay all the
    same goes into [chrome] keep, as printed.
    """
    from curation.verbs.learn import chrome_text, learn_chrome, read_chrome

    voice = Voice(as_json, quiet)
    if shown is not None:
        version = shown or max(workspace.chrome_versions(), default=0)
        rows = read_chrome(workspace, version).to_pylist()
        voice.result(rows, chrome_text(rows) or "No chrome table yet. Make one with: curation learn")
        return
    made = learn_chrome(workspace, settings)
    if not made.is_new and not made.version:
        voice.say("Nothing to learn: no line stands in enough articles that the rules don't remove already.")
        voice.result(vars(made), None)
        return
    words = f"wrote {made.file}" if made.is_new else f"the same as version {made.version}"
    voice.say(f"{words}  {made.lines:,} lines, {made.passages:,} passages")
    voice.say(f"against the pinned version {made.pinned}: {len(made.new):,} new, {len(made.gone):,} gone")
    changes = (("+", made.new), ("-", made.gone))
    listed = "\n".join(chrome_text(rows, mark) for mark, rows in changes if rows)
    voice.result(vars(made), listed or None)
    if made.version != made.pinned and (made.lines or made.passages):
        voice.say(
            f"\nNext: read them (curation learn --show), see what it would change with\n"
            f"  curation run --dry-run --set chrome.version={made.version}\n"
            f"then pin it in curation.toml: [chrome] version = {made.version}"
        )
