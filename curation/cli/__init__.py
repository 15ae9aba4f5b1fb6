"""The command line: one file a group of verbs. Nothing heavy is imported before a verb runs."""

from __future__ import annotations

import importlib
import sys

import click

from curation import __version__
from curation.errors import CurationError

#: verb → (module of this package, sentence for the overview), in the order in which people meet them
VERBS = {
    "init": ("workspace", "Make a workspace."),
    "run": ("workspace", "Bring every stage up to date."),
    "status": ("workspace", "Say where the workspace stands."),
    "batch": ("workspace", "List, accept or drop batches."),
    "doctor": ("doctor", "Look whether machine and workspace are fit for a run."),
    "learn": ("learn", "Learn what each site repeats."),
    "clean": ("files", "Clean raw input of any kind."),
    "judge": ("files", "Measure documents and judge them."),
    "measures": ("measures", "List the measures with their limits, or explain one."),
    "whatif": ("measures", "Count what other limits would change."),
    "dedup": ("files", "Find near-duplicates."),
    "pairs": ("pairs", "Look at near-duplicates side by side."),
    "index": ("index", "Share signatures with other teams."),
    "site": ("sites", "Draft the record of a site from its pages."),
    "explain": ("explain", "Tell everything about one document."),
    "rules": ("explain", "List the cleaning rules, or explain one."),
    "sample": ("sample", "Draw the articles to label."),
    "label": ("label", "Export tasks to Label Studio, pull answers back."),
    "check": ("release", "Check tables against their expectations."),
    "publish": ("release", "Publish a version of the corpus."),
    "verify": ("release", "Verify a published version."),
    "diff": ("release", "Tell what differs between two versions."),
    "rehydrate": ("release", "Put your own texts into a public release."),
    "withdraw": ("withdraw", "Take articles down for good, everywhere."),
    "cite": ("release", "Tell how to cite a version."),
    "report": ("report", "Write the report, one HTML file."),
}


class _Verbs(click.Group):
    """Loads a verb's module when the verb is used, and shows the overview without any of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in VERBS:
            return None
        module = importlib.import_module(f"curation.cli.{VERBS[name][0]}")
        command: click.Command = getattr(module, name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], VERBS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"no such verb '{args[0]}'.{hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="curation %(version)s")
def cli() -> None:
    """From scraped Indonesian news to a corpus that a paper can cite.

    Start with: curation init DIR --from FILE

    Verbs and options complete with the Tab key once your shell has read (bash; write zsh_source for zsh, fish_source
    for fish):

        eval "$(_CURATION_COMPLETE=bash_source curation)"
    """


def main() -> None:
    """Run the command line; errors for people become one sentence and an exit code."""
    try:
        cli(prog_name="curation", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CurationError as error:
        for line in str(error).splitlines():
            click.echo(f"curation: {line}", err=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("curation: stopped; what is finished is kept. Run the same command to go on.", err=True)
        sys.exit(130)
