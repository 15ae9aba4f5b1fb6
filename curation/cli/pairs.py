"""pairs: near-duplicates as people look at them."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from curation.cli.console import Voice, load_settings, settings_options, voice_options
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.config import Dedup
    from curation.explain.places import Row
    from curation.verbs.pairs import PairTables

_KINDS = ("near", "contained", "contains", "update", "template", "rewrite", "exact")
_LIMITS = ("dedup.jaccard", "dedup.containment")

#: columns of a page where nobody says how wide the screen is, as in a pipe
_PIPE = 120


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option(
    "--in",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder that `curation dedup` wrote, and again one that `curation clean` wrote, for the texts.",
)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only pairs of this kind; repeatable.")
@click.option(
    "--borderline", type=click.IntRange(min=1), metavar="N", help="The N pairs that the smallest move of a limit flips."
)
@click.option(
    "-n", "number", type=click.IntRange(min=1), default=20, show_default=True, help="How many pairs are shown."
)
@click.option("--all", "everything", is_flag=True, help="Texts in full, also where both say the same.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the pairs side by side as a page of HTML.",
)
@settings_options
@voice_options
def pairs(
    a: str | None,
    b: str | None,
    folders: tuple[Path, ...],
    kinds: tuple[str, ...],
    borderline: int | None,
    number: int,
    everything: bool,
    html: Path | None,
    config: Path | None,
    overrides: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """List pairs of near-duplicates, or show two texts side by side.

    A and B are ids (or their first six digits), URLs or source_refs; A alone lists its pairs. With other limits (--set
    dedup.jaccard=0.6, --set dedup.containment=0.7) what they would change is counted, without reading a text.
    """
    if b and (kinds or borderline):
        raise UsageError("two documents are one pair", remedy="Leave out --kind and --borderline.")
    voice = Voice(as_json, quiet)
    limits = _limits(config, overrides)
    tables = _tables(folders, config)
    if a and b:
        rows = [_pair(tables, a, b, limits if overrides else None)]
        found = _Found(rows)
    else:
        found = _choose(tables, a, kinds, borderline, number, limits, bool(overrides))
    if html and found.rows:
        _write_page(tables, found, html, voice)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    color = bool(width) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if a and b:
        from curation.explain.compare_text import comparison_text

        compared = tables.compare(found.rows)[0]
        shown = None if html or as_json else comparison_text(compared, everything, color, width or _PIPE)
        voice.result(compared.to_dict() if as_json else None, shown)
        return
    voice.result(found.value, None if as_json else _list(tables, found, color, width))
    if found.rows and tables.texts and not html:
        voice.say(f"\nSide by side: {_command(found.rows[0], folders, config)}")


class _Found(NamedTuple):
    """Pairs to be shown."""

    rows: Sequence[Row]
    #: what else is known of each
    notes: Sequence[str] = ()
    #: what is said before them
    heading: str = ""
    #: what --json prints
    value: Any = None


def _choose(
    tables: PairTables,
    document: str | None,
    kinds: Sequence[str],
    borderline: int | None,
    number: int,
    limits: Dedup,
    recount: bool,
) -> _Found:
    """The pairs that are asked for, by these limits."""
    from curation.dedup.kind import judge
    from curation.explain.compare_lists import recount_text, summary
    from curation.verbs import pairs as verb
    from curation.verbs.borderline import borderline as nearest_to_a_limit

    holding = tables.document(document) if document else None
    known = tables.pairs()
    if borderline:
        judged = verb.listed(judge(known, limits) if recount else known, kinds, holding)
        near = nearest_to_a_limit(judged, limits, borderline).to_pylist()
        rows = verb.pair_rows(judged, [(row["id_a"], row["id_b"]) for row in near])
        return _Found(rows, [row["flip"] for row in near], "" if near else "No pair is near a limit.", near)
    if recount:
        change = verb.recount(known, tables.clusters(), limits, tables.told_apart())
        rows = verb.listed(change.flips, kinds, holding).slice(0, number).to_pylist()
        value = {"before": change.before, "after": change.after, "flips": change.flips.num_rows, "examples": rows}
        return _Found(rows, (), recount_text(change.before, change.after, change.flips.num_rows, limits), value)
    chosen = verb.listed(known, kinds, holding)
    rows = chosen.slice(0, number).to_pylist()
    return _Found(rows, (), summary(chosen["kind"].to_pylist(), chosen["merges"].to_pylist()), rows)


def _pair(tables: PairTables, a: str, b: str, limits: Dedup | None) -> Row:
    """The pair of two documents, by other limits where they are given."""
    from curation import schema
    from curation.dedup.kind import judge
    from curation.verbs.pairs import pair_rows

    one, other = sorted(tables.document(key) for key in (a, b))
    if one == other:
        raise UsageError(f"'{a}' and '{b}' are the same document", remedy="Give two.")
    row = pair_rows(tables.pairs(), [(one, other)])[0]
    if limits is None or "kind" not in row:
        return row
    judged: Row = judge(schema.from_rows("pairs", [row]), limits).to_pylist()[0]
    return judged


def _limits(config: Path | None, overrides: tuple[str, ...]) -> Dedup:
    """The limits that hold for this call."""
    from curation.verbs.pairs import with_limits

    names = [override.partition("=")[0].strip() for override in overrides]
    if wrong := [name for name in names if name not in _LIMITS]:
        raise UsageError(
            f"--set {wrong[0]}: pairs are judged again by {' and '.join(_LIMITS)} alone",
            remedy="What rests on another setting has to be made again: curation run",
        )
    limits = load_settings(config, overrides).dedup
    return with_limits(limits, **{(short := name.partition(".")[2]): getattr(limits, short) for name in names})


def _tables(folders: Sequence[Path], config: Path | None) -> PairTables:
    from curation.verbs.pairs import pair_tables
    from curation.workspace import CONFIG, Workspace

    root = config.parent if config else Path()
    if not folders and not (root / CONFIG).is_file():
        raise UsageError(
            "there is no workspace here",
            remedy="Go to one, or name the folders that `curation dedup` and `curation clean` wrote: --in DIR --in DIR",
        )
    return pair_tables(None if folders else Workspace(root), folders)


def _list(tables: PairTables, found: _Found, color: bool, width: int | None) -> str:
    from curation.explain.compare_lists import pairs_text

    heads = tables.heads({row[name] for row in found.rows for name in ("id_a", "id_b")})
    text = pairs_text(found.rows, heads, found.notes, color, width)
    return "\n\n".join(filter(None, [found.heading, text]))


def _write_page(tables: PairTables, found: _Found, html: Path, voice: Voice) -> None:
    from curation.explain.compare_page import comparison_html
    from curation.store import write_atomically

    write_atomically(html, comparison_html(tables.compare(found.rows), found.notes).encode())
    voice.say(f"wrote {html}")


def _command(pair: Row, folders: Sequence[Path], config: Path | None) -> str:
    """What to type to see a pair."""
    parts = ["curation", "pairs", pair["id_a"], pair["id_b"]]
    for folder in folders:
        parts += ["--in", str(folder)]
    return shlex.join([*parts, *(["-c", str(config)] if config else [])])
