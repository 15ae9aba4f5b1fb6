"""label resolve, label import-model: labels from answers, and from models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curation.cli.console import Voice, in_workspace, voice_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.annotation.resolution.accuracy import Accuracy, Figure
    from curation.annotation.resolution.predictions import Refused
    from curation.config import Config
    from curation.verbs.campaign.resolve import Labelled
    from curation.workspace import Workspace

#: faults of a file that are told one by one, and rows of each
MOST = 5


@click.command("resolve")
@click.argument("campaign")
@voice_options
@in_workspace
def label_resolve(workspace: Workspace, settings: Config, campaign: str, as_json: bool, quiet: bool) -> None:
    """Make the labels of CAMPAIGN anew, from its answers, its adjudication and its models.

    A pull does the same. The method is set in curation.toml: [label] method = "majority" or "dawid_skene".
    """
    from curation.verbs.campaign.resolve import resolve

    voice = Voice(as_json, quiet)
    made = resolve(workspace, campaign, method=settings.label.method)
    for reason, n in made.left_out.items():
        voice.say(f"answers that don't count: {n:,} ({reason})")
    for note in made.notes:
        voice.say(note)
    counts = made.counts()
    found = {"campaign": made.campaign, "method": made.method, "labels": counts, "ties": made.open()}
    left_out = {"left_out": dict(made.left_out), "notes": list(made.notes)}
    voice.result({**found, **left_out}, "\n".join(_counts(made)))
    voice.say(f"\nNext: {_next(made)}")


def _counts(made: Labelled) -> Iterator[str]:
    """Labels by method and question, and the ties."""
    counts, ties = made.counts(), made.open()
    width = max(len(question) for question in ["question", *ties, *(name for of in counts.values() for name in of)])
    methods = list(counts)
    yield "  ".join([f"{'question':<{width}}", *(f"{name:>12}" for name in methods), f"{'ties left':>12}"])
    for question in sorted({*ties, *(name for of in counts.values() for name in of)}):
        cells = [f"{counts[method].get(question, 0):>{max(12, len(method))},}" for method in methods]
        yield "  ".join([f"{question:<{width}}", *cells, f"{ties.get(question, 0):>12,}"])


def _next(made: Labelled) -> str:
    if made.ties:
        return f"curation label adjudicate {made.campaign}, for what the votes leave open"
    if not made.by_people:
        return f"curation label pull {made.campaign}"
    return "curation check annotated, then curation publish"


@click.command("import-model")
@click.argument("campaign")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--name", required=True, help="The model's: its labels have the method model:NAME.")
@voice_options
@in_workspace
def label_import_model(
    workspace: Workspace, settings: Config, campaign: str, file: Path, name: str, as_json: bool, quiet: bool
) -> None:
    """Keep a model's answers from FILE beside people's labels of CAMPAIGN, and tell how often people say the same.

    FILE is CSV, JSON lines or Parquet: document_id, task_key, url or id; value; perhaps target, question, and how
    probable each value is: distribution (JSON), score, or a column of each value's name. The same NAME again replaces.

    Exit 1 if a row could not be used; each sort of fault is told once (--json lists all).
    """
    from curation.verbs.campaign.models import import_model

    voice = Voice(as_json, quiet)
    made = import_model(workspace, campaign, file, name, method=settings.label.method)
    voice.say(f"{made.rows:,} rows used, {made.labels:,} labels as {made.method}: {made.file}")
    for line in _refused(made.refused):
        click.echo(f"curation: {file}: {line}", err=True)
    voice.result(made.to_dict(), "\n\n".join("\n".join(_accuracy(one)) for one in made.accuracy))
    if made.refused:
        sys.exit(1)
    voice.say("\nNext: curation publish; the labels of models go out beside those of people, with their method")


def _refused(refused: Iterable[Refused]) -> Iterator[str]:
    """Each sort of fault with its first rows."""
    kinds: dict[str, list[Refused]] = {}
    for one in refused:
        kinds.setdefault(one.kind, []).append(one)
    for kind, rows in kinds.items():
        numbers = ", ".join(str(one.row) for one in rows[:MOST])
        more = ", ..." if len(rows) > MOST else ""
        yield f"{len(rows):,} not used, a row that {kind} (row {numbers}{more}); the first: {rows[0].what}"


def _accuracy(found: Accuracy) -> Iterator[str]:
    """What a model's answers to one question are worth."""
    yield f"{found.question}: accuracy {_figure(found.accuracy)}"
    yield (
        f"  on {found.both:,} of {found.people:,} labelled by people in the sample ({found.articles:,} articles), "
        "each weighted by what it stands for"
    )
    if found.open:
        yield f"  {found.open:,} that people left open are not in it: adjudicate them, for they are the hard ones"
    if not found.both:
        return
    width = max(len("label"), *(len(label.value) for label in found.labels))
    yield f"  {'label':<{width}}  {'precision':>9}  {'recall':>9}  {'F1':>9}  {'people':>8}  {'model':>8}"
    for label in found.labels:
        shares = "  ".join(f"{_share(one):>9}" for one in (label.precision, label.recall, label.f1))
        said = "; ".join(dict.fromkeys(one.note for one in (label.recall, label.precision) if one.note))
        yield f"  {label.value:<{width}}  {shares}  {label.people:>8,}  {label.model:>8,}  {said}".rstrip()
    if found.confusion:
        yield "  people say, the model says:"
        for people, model, n, share in sorted(found.confusion, key=lambda row: (-row[3], row[:2])):
            yield f"    {people:<{width}}  {model:<{width}}  {share:>7.1%}  {n:>8,}"


def _figure(found: Figure) -> str:
    if found.value is None:
        return f"is not known: {found.note}"
    if found.low is None or found.high is None:
        return f"{found.value:.1%} ({found.note})"
    note = f" ({found.note})" if found.note else ""
    return f"{found.value:.1%}, 95 % interval {found.low:.1%} to {found.high:.1%}{note}"


def _share(found: Figure) -> str:
    return "–" if found.value is None else f"{found.value:.1%}"
