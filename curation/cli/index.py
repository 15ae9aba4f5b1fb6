"""index push, index find: signatures in an index that several teams share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, load_settings, settings_options, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace

_NAME = click.option("--name", default="curation", show_default=True, help="The index; a server may hold several.")


@click.group()
def index() -> None:
    """Share signatures with other teams, and find what theirs may repeat.

    The index is datasketch's, on a Redis server whose address stands in the environment:
    CURATION_INDEX=redis://user:password@host:6379/0. It holds ids and signatures, no texts.
    """


@index.command("push")
@_NAME
@voice_options
@in_workspace
def index_push(workspace: Workspace, settings: Config, name: str, as_json: bool, quiet: bool) -> None:
    """Write the signatures of all accepted batches into the index.

    What stands there already stays, so the command may be repeated: after each run, or after a failure.
    """
    from curation.verbs.index import push_workspace

    voice = Voice(as_json, quiet)
    pushed = []
    for batch in push_workspace(workspace, name):
        pushed.append(vars(batch))
        less = f", {batch.without_words:,} without words left out" if batch.without_words else ""
        voice.say(
            f"{batch.batch:<28} {batch.new:,} new, {batch.replaced:,} replaced, {batch.unchanged:,} unchanged{less}"
        )
    voice.result(pushed)


@index.command("find")
@click.argument("source", metavar="IN")
@_NAME
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Parquet file for the table.")
@settings_options
@voice_options
def index_find(
    source: str,
    name: str,
    out: Path | None,
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Tell which documents of the index those of IN may repeat.

    IN is a batch of the workspace, a folder that `curation clean` wrote, or raw input. These are candidates, not
    duplicates: the Jaccard is estimated from the signatures (give or take 0.09), and the texts that would verify
    it are not in the index.
    """
    from curation import store
    from curation.verbs.index import find_in_index
    from curation.workspace import CONFIG, Workspace

    voice = Voice(as_json, quiet)
    home = config.parent if config else Path()
    workspace = Workspace(home) if (home / CONFIG).is_file() else None
    settings = load_settings(config, overrides)
    table = find_in_index(source, settings, name, workspace=workspace, follow=voice.follow)
    rows = table.to_pylist()
    lines = [f"{row['id']:<16}  {row['index_id']:<16}  {_estimate(row['jaccard_estimate'])}" for row in rows]
    if out:
        store.write_table(out, table)
        voice.say(f"wrote {out}  {len(rows):,} rows")
    header = f"{'document':<16}  {'may repeat':<16}  estimated Jaccard"
    voice.result(rows, "\n".join([header, *lines]) if lines and not out else None)
    documents = len({row["id"] for row in rows})
    voice.say(f"{documents:,} documents have {len(rows):,} candidates in the index '{name}'")


def _estimate(jaccard: float | None) -> str:
    return "unknown" if jaccard is None else f"{jaccard:.2f}"
