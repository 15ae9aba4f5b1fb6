"""measures, whatif: how the corpus lies to its limits, and what others would make of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options, workspace_here
from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.explain.places import Places

_FOLDER = click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder that `curation judge` wrote; `curation clean` in the same folder gives the titles.",
)


@click.command()
@click.argument("name", required=False)
@_FOLDER
@click.option(
    "-n", "number", type=click.IntRange(1), default=10, show_default=True, help="Documents on each side of a limit."
)
@settings_options
@voice_options
def measures(
    name: str | None,
    folder: Path | None,
    number: int,
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """List the measures with their limits, or explain the measure NAME.

    In a workspace, or with --in, also how the corpus lies to each limit, and which documents are nearest to one.
    """
    from curation.explain.limits import standings as verb
    from curation.explain.limits import text

    voice = Voice(as_json, quiet)
    quality = load_settings(config, overrides).quality
    places = _places(folder, config)
    if name is None:
        rows = verb.standings(places, quality) if places else verb.listed(quality)
        voice.result([row.to_dict() for row in rows], text.measures_text(rows, quality.profile))
        return
    one = verb.find_measure(name)
    if places is None:
        voice.result(verb.listed(quality, one.name)[0].to_dict() | {"doc": one.doc}, text.measure_text(one, quality))
        return
    row = next(row for row in verb.standings(places, quality) if row.name == one.name)
    near = verb.borderline(places, one.name, row.limit, number)
    value = row.to_dict() | {"doc": one.doc, "borderline": near}
    voice.result(value, text.measure_text(one, quality, row, near))
    if near:
        voice.say(f"\nOne of them: {_explain(near[0]['id'], folder, config)}")


@click.command()
@_FOLDER
@click.option(
    "--disable",
    "disabled",
    multiple=True,
    metavar="NAME",
    help="Without the limit of a measure, or without a cleaning rule.",
)
@click.option("-n", "number", type=click.IntRange(0), default=20, show_default=True, help="Examples of what flips.")
@settings_options
@voice_options
def whatif(
    folder: Path | None,
    disabled: tuple[str, ...],
    number: int,
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Count what other limits, or a rule less, would make of the corpus, and show what flips.

    Limits are set as in curation.toml: --set quality.word_count.min=80, --set quality.profile=gopher. Nothing is
    written.
    """
    from curation.explain.limits import text
    from curation.explain.limits.standings import measured, names
    from curation.explain.limits.whatif import examples as some_of
    from curation.explain.limits.whatif import other_limits, without_limits

    if wrong := [one for one in overrides if not one.strip().startswith("quality.")]:
        raise UsageError(
            f"--set {wrong[0]}: what can be counted at once are the limits, quality.MEASURE.min or .max",
            remedy="What another setting changes, a dry run tells: curation run --dry-run --set KEY=VALUE",
        )
    if not (overrides or disabled):
        raise UsageError("what if what?", remedy="Give --set quality.word_count.min=80 or --disable NAME.")
    settings = load_settings(config, ())
    limits = [name for name in disabled if name in names()]
    after = without_limits(load_settings(config, overrides).quality, limits)
    places = measured(workspace_here(config), folder)
    if rules := [name for name in disabled if name not in limits]:
        from curation.verbs.whatif import without_rules

        found = without_rules(places, settings, after, rules)
    else:
        found = other_limits(places, settings.quality, after)
    examples = some_of(places, found, number)
    value = found.to_dict() | {"examples": examples}
    Voice(as_json, quiet).result(value, text.whatif_text(found, examples))
    if examples:
        Voice(as_json, quiet).say(f"\nOne of them: {_explain(examples[0]['id'], folder, config)}")


def _places(folder: Path | None, config: Path | None) -> Places | None:
    """Where the corpus is, if there is one that was measured."""
    from curation.explain.limits.standings import measured
    from curation.explain.places import Places

    if folder:
        return measured(None, folder)
    workspace = workspace_here(config)
    places = Places(workspace.root, workspace) if workspace else None
    return places if places and places.has("measures") else None


def _explain(document: str, folder: Path | None, config: Path | None) -> str:
    import shlex

    parts = ["curation", "explain", document, *(["--in", str(folder)] if folder else [])]
    return shlex.join([*parts, *(["-c", str(config)] if config else [])])
