"""site: the records of sites."""

from __future__ import annotations

from pathlib import Path

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options


@click.group()
def site() -> None:
    """Write the record of a site."""


@site.command("draft")
@click.argument("host")
@click.argument("sources", metavar="[IN]...", nargs=-1, type=click.Path(path_type=Path))
@settings_options
@voice_options
def site_draft(
    host: str,
    sources: tuple[Path, ...],
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Draft a site's record from pages of HOST: outlet, hosts, datelines, selectors to keep and to drop.

    IN are HTML pages, rows with an HTML column, WARC files, or folders of them; in a workspace they default to its
    inputs. There the record is written to sites/HOST.toml, elsewhere it is printed. It is a draft: read it.
    """
    from curation.errors import UsageError
    from curation.sites import shipped_sites
    from curation.verbs.sites import draft_site, write_draft
    from curation.workspace import CONFIG
    from curation.workspace.inputs import find_inputs

    voice = Voice(as_json, quiet)
    settings = load_settings(config, overrides)
    workspace = Path(CONFIG).is_file()
    inputs = {str(path): path for path in sources} or find_inputs(settings.input.paths, Path())
    if not inputs:
        raise UsageError("no pages to look at", remedy=f"Give them: curation site draft {host} FOLDER")
    draft = draft_site(host, inputs, settings.input)
    path = write_draft(draft, host, Path("sites")) if workspace else None
    voice.result(
        {"host": host, "pages": draft.pages, "file": str(path) if path else None, "toml": draft.toml},
        None if path else draft.toml.rstrip("\n"),
    )
    if (known := shipped_sites().find(host.removeprefix("www."))) is not None:
        voice.say(f"{host} has a record already ({known.outlet}); one in a workspace's sites/ wins over it.")
    if path:
        voice.say(f"wrote {path}  from {draft.pages} pages. Look at it, then: curation run")
