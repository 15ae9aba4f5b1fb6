"""clean, judge, dedup: one step on files, without a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options

_SOURCE = click.argument("source", metavar="IN", type=click.Path(path_type=Path))
_OUT = click.option(
    "-o", "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the tables."
)


def _run(verb: str, source: Path, out: Path, config: Path | None, overrides: tuple[str, ...], voice: Voice) -> None:
    from curation.verbs.files import run_on_files

    home = config.parent if config else Path()
    written = run_on_files(source, out, verb, load_settings(config, overrides), voice.follow, home)
    for table, rows in written.items():
        voice.say(f"wrote {out / table}.parquet  {rows:,} rows")
    if written.get("rejected"):
        voice.say(f"{written['rejected']:,} inputs are no articles: {out}/rejected.parquet says why")
    voice.result({"out": str(out), "rows": written})


@click.command()
@_SOURCE
@_OUT
@settings_options
@voice_options
def clean(source: Path, out: Path, config: Path | None, overrides: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Clean raw input of any kind: text, HTML, JSONL, CSV, Parquet, WARC, or a folder of them.

    Writes articles, rejected, documents, edits, metadata and findings, one Parquet file each.
    """
    voice = Voice(as_json, quiet)
    _run("clean", source, out, config, overrides, voice)
    voice.say(f"\nNext: curation explain ID --in {out}, or curation dedup {out} -o DIR")


@click.command()
@_SOURCE
@_OUT
@settings_options
@voice_options
def judge(source: Path, out: Path, config: Path | None, overrides: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Measure documents and hold them against the limits.

    IN is raw input, or a folder that `curation clean` wrote. Writes measures and verdicts.
    """
    voice = Voice(as_json, quiet)
    _run("judge", source, out, config, overrides, voice)
    voice.say("\nNext: look at verdicts.parquet; change a limit with --set quality.word_count.min=80")


@click.command()
@_SOURCE
@_OUT
@settings_options
@voice_options
def dedup(source: Path, out: Path, config: Path | None, overrides: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Find near-duplicates and their clusters.

    IN is raw input, or a folder that `curation clean` wrote. Writes pairs and clusters.
    """
    voice = Voice(as_json, quiet)
    _run("dedup", source, out, config, overrides, voice)
    texts = f" --in {source}" if (source / "documents.parquet").is_file() else ""
    voice.say(f"\nNext: curation pairs --in {out}{texts}, or with another limit: --set dedup.jaccard=0.8")
