"""check, publish, verify, diff, cite."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from curation.config import Config
    from curation.workspace import Workspace


@click.command()
@click.argument("table", required=False)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Also one page for people, as this file.")
@voice_options
@in_workspace
def check(
    workspace: Workspace, settings: Config, table: str | None, html: Path | None, as_json: bool, quiet: bool
) -> None:
    """Check tables against their expectations: raw, clean, annotated or released; all without TABLE.

    `audit` checks what [checks] asks of the audits. Exit 1 if a critical expectation is not met; the failing rows are
    named.
    """
    from curation.verbs.publication import check_workspace, write_page

    voice = Voice(as_json, quiet)
    results = check_workspace(workspace, table, settings)
    if html:
        write_page(results, settings.release.name, html)
        voice.say(f"wrote {html}")
    lines = [line for result in results for line in result.lines()]
    voice.result([result.json() for result in results], "\n".join(lines) or "Nothing to check yet. Next: curation run")
    if not all(result.passed for result in results):
        sys.exit(1)
    voice.say("\nNext: curation explain ID for a row, curation publish when all is well")


@click.command()
@click.option("--version", help="Version to publish, such as 1.0.0.  [default: the next]")
@click.option("--date", help="Its day, YYYY-MM-DD.  [default: SOURCE_DATE_EPOCH]")
@click.option("--public", is_flag=True, help="Also the flavour for everybody, with the texts that rights.toml grants.")
@click.option(
    "--to", "url", metavar="URL", help="Also copy it there: s3://bucket/path, or any address that fsspec knows."
)
@voice_options
@in_workspace
def publish(
    workspace: Workspace,
    settings: Config,
    version: str | None,
    date: str | None,
    public: bool,
    url: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Publish the selected documents and their labels as an immutable version.

    It holds whole texts, for those who may have them. With --public, a second flavour under the same number holds what
    rights.toml grants to everybody, and hashes by which others find the texts again. card.toml says what only people
    know. Without --version the number is told by what changed.

    With --to, the version is copied to URL/NAME/VERSION, its manifest last; with --public, it is the public flavour
    alone that is copied.
    """
    from curation.release.remote import upload
    from curation.verbs.publication import publish_workspace

    voice = Voice(as_json, quiet)
    made = publish_workspace(workspace, settings, version, date, public=public)
    flavours = [one for one in (made, made.public) if one]
    for one in flavours:
        words = "published" if one.is_new else "unchanged, already published:"
        voice.say(f"{words} {one.rows:,} documents as version {one.version} in {one.folder.parent.name}")
    told = {**vars(made), "public": made.public and vars(made.public)}
    places = [str(one.folder) for one in flavours]
    if url:
        copy = upload(flavours[-1].folder, url)
        voice.say(f"copied {flavours[-1].folder.parent.name}: {copy.sent} files sent, {copy.kept} were there already")
        told["copy"] = copy.url
        places.append(copy.url)
    voice.result(told, "\n".join(places))
    voice.say(f"\nNext: curation verify {flavours[-1].folder}")


@click.command()
@click.argument("release", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--deep", is_flag=True, help="Read every row again, and look for near-duplicates across splits.")
@voice_options
def verify(release: Path, deep: bool, as_json: bool, quiet: bool) -> None:
    """Verify a published version: every byte, every file, and the chain to the versions before it.

    Exit 1 if anything differs from its manifest, unless a takedown altered it, which it then says.
    """
    from curation.release.verify import takedown
    from curation.release.verify import verify as find_problems

    voice = Voice(as_json, quiet)
    problems = find_problems(release, deep=deep)
    altered = None if problems else takedown(release)
    whole = f"{release} is as it was published" + (f", {altered}." if altered else ".")
    voice.result(problems, "\n".join(problems) or whole)
    if problems:
        sys.exit(1)


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--markdown", is_flag=True, help="As Markdown, for a pull request.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Also one page for people, as this file.")
@click.option(
    "--language", type=click.Choice(["en", "id"]), default="en", show_default=True, help="What the page shows first."
)
@voice_options
def diff(before: str, after: str, markdown: bool, html: Path | None, language: str, as_json: bool, quiet: bool) -> None:
    """Tell what differs between two versions: folders of releases, or the numbers of two versions of this workspace.

    Documents, texts, labels and splits that changed, why documents are gone, and how the corpus has moved. --json lists
    every change. --html also shows some texts word by word, unless one of the versions withholds them.
    """
    from curation.explain.difference_page import difference_html
    from curation.release.difference import words
    from curation.release.difference.compare import compare
    from curation.store import write_atomically

    folders = _version(before), _version(after)
    found = compare(*folders)
    voice = Voice(as_json, quiet)
    if html:
        write_atomically(html, difference_html(found, *folders, language=language).encode())
        voice.say(f"wrote {html}")
    voice.result(found.to_dict(), (words.markdown if markdown else words.text)(found).rstrip("\n"))


@click.command()
@click.argument("release", required=False)
@click.option("--bibtex", is_flag=True, help="As an entry for BibTeX.")
@voice_options
def cite(release: str | None, bibtex: bool, as_json: bool, quiet: bool) -> None:
    """Tell how to cite a version: a folder, or the number of a version of this workspace; the latest by default."""
    from curation.release.papers.citation import cite as cited

    told = cited(_version(release or "latest"))
    Voice(as_json, quiet).result(told, told["bibtex" if bibtex else "text"])


def _version(name: str) -> Path:
    """The folder of a version: as it is named, or by its number in the workspace that we stand in."""
    from curation.cli.console import load_settings, workspace_here
    from curation.errors import UsageError

    workspace = workspace_here(None)
    if Path(name).is_dir():
        return Path(name)
    if workspace is None:
        remedy = "Name a folder like releases/NAME/1.0.0, or go into the workspace."
        raise UsageError("no such folder", where=name, remedy=remedy)
    folder = workspace.releases / load_settings(None, ()).release.name / name
    if not folder.is_dir():
        there = sorted(path.name for path in folder.parent.glob("[0-9]*"))
        known = f"There are: {', '.join(there)}." if there else "Publish one with: curation publish"
        raise UsageError(f"there is no version '{name}'", where=str(folder.parent), remedy=known)
    return folder.resolve()


@click.command()
@click.argument("release", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--from", "source", type=click.Path(path_type=Path), help="Your scrape, or what `curation clean` wrote.")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the tables.")
@click.option("--urls", is_flag=True, help="List the addresses whose texts are withheld, and stop.")
@voice_options
def rehydrate(release: Path, source: Path | None, out: Path | None, urls: bool, as_json: bool, quiet: bool) -> None:
    """Put the texts of your own scrape into a public RELEASE, as far as its hashes prove them.

    Every document is exact, partial (some pieces are the same), drifted (none is) or gone. Marked passages come back
    where what is around them does. --urls lists what to scrape.
    """
    from curation.cli.console import load_settings
    from curation.errors import UsageError
    from curation.verbs.rehydrate import addresses, rehydrate_release

    voice = Voice(as_json, quiet)
    if urls:
        found = addresses(release)
        voice.result(found, "\n".join(found))
        return
    if source is None or out is None:
        remedy = f"curation rehydrate {release} --from FOLDER -o OUT; the list of addresses: --urls"
        raise UsageError("it is not told where texts come from and go to", remedy=remedy)
    made = rehydrate_release(release, source, out, load_settings(None, ()))
    told = ", ".join(f"{count:,} {status}" for status, count in made.counts.items() if count)
    voice.say(f"documents: {told}; marked passages: {made.spans_back:,} of {made.spans:,} are back")
    voice.result(vars(made), str(made.folder))
    if made.spans_back < made.spans or made.counts["drifted"]:
        voice.say("\nrehydration.parquet tells of each document, lost.parquet which passages did not come back")
