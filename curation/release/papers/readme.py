"""``README.md`` of a release: figures from the data, words from ``card.toml``.

The README opens with the front matter that dataset hubs read, so the folder is a dataset repository as it stands.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from curation import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curation.release.papers.card import Card
    from curation.release.papers.facts import Audited, Facts

#: Names of licences that hubs know; others are given in words.
HUB_LICENCES = ("apache-2.0", "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0", "mit")
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
MOST = 20
TEXTS = "Of the texts, `text_access` says how much is here and `licence` on what terms."
MASKED = (
    "In titles, bodies and quotes each letter and digit of these is replaced by •, so that offsets stay valid; "
    "`text_sha256` is that of the masked text. They were found by rules: some may be left."
)
AUDIT = (
    "People judged a random sample of what the rules took out, drawn by stratum. Shares are weighted by the documents "
    "that a stratum holds; intervals are Wilson's, on the effective sample size."
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def readme(
    card: Card,
    facts: Facts,
    tables: Mapping[str, tuple[str, int]],
    *,
    name: str,
    version: str,
    date: str,
    digest: str,
    flavour: str,
    masked: Mapping[str, int],
    audits: Sequence[Audited] = (),
) -> str:
    """The whole README.

    Args:
        card: the human parts.
        facts: the counts.
        tables: name and rows of each configuration's table; `default` is the corpus itself.
        name: name of the corpus.
        version: its version.
        date: its day.
        digest: its logical digest.
        flavour: who it is for.
        masked: finds of private data that are masked, by kind.
        audits: what people found who judged what was dropped and merged.
    """
    return "\n".join(
        [
            *_front_matter(card, facts, tables),
            f"# {card.title}",
            "",
            card.summary,
            "",
            f"Version {version} of `{name}`, {date}: {facts.rows:,} articles, {facts.words:,} words, "
            f"{len(facts.outlets):,} outlets.",
            "",
            *_section("Collection", card.collection),
            *_section("Intended use", card.intended_use),
            *_section("Limitations", card.limitations),
            *_figures(facts),
            *_made(facts),
            *_audits(audits),
            *_masked(masked),
            *_loading(tables),
            *_columns(tables),
            *_section("Rights", f"{flavour.capitalize()}. Labels and metadata: {card.licence}. {TEXTS}"),
            *_section("Contact", card.contact),
            *_section("Citation", f"See `CITATION.cff`. Name the version and the logical digest `{digest}`."),
        ]
    )


def _quoted(text: str) -> str:
    """A YAML string: JSON's are a subset of them."""
    return json.dumps(text, ensure_ascii=False)


def _front_matter(card: Card, facts: Facts, tables: Mapping[str, tuple[str, int]]) -> list[str]:
    known = card.licence.lower() in HUB_LICENCES
    size = next((label for limit, label in SIZES if facts.rows < limit), "n>1M")
    lines = [
        "---",
        "language:",
        "- id",
        f"license: {card.licence.lower() if known else 'other'}",
        *([] if known else [f"license_name: {_quoted(card.licence)}"]),
        f"pretty_name: {_quoted(card.title)}",
        "size_categories:",
        f"- {size}",
        "configs:",
    ]
    for config in tables:
        lines += [f"- config_name: {config}", "  data_files:"]
        if config == "default":
            for split in facts.splits:
                lines += [f"  - split: {split}", f"    path: data/default/{split}-*.parquet"]
            lines += ["  default: true"]
        else:
            lines += ["  - split: train", f"    path: data/{config}/*.parquet"]
    return [*lines, "---", ""]


def _section(title: str, text: str) -> list[str]:
    return [f"## {title}", "", text, ""]


def _figures(facts: Facts) -> list[str]:
    outlets = list(facts.outlets[:MOST])
    if rest := facts.outlets[MOST:]:
        outlets.append((f"{len(rest)} others", sum(count for _, count in rest)))
    months: list[tuple[str | int, ...]] = [(str(year), *counts) for year, counts in facts.months]
    return [
        "## Figures",
        "",
        *_table(("outlet", "articles"), outlets),
        *_table(("language", "articles"), facts.languages),
        *_table(("text", "articles"), facts.access),
        *_table(("year", *MONTHS), months),
        *([f"{facts.undated:,} articles have no known date.", ""] if facts.undated else []),
    ]


def _made(facts: Facts) -> list[str]:
    if not facts.funnel and not facts.rules:
        return []
    return [
        "## How it was made",
        "",
        *_table(("what became of the inputs", "n"), facts.funnel),
        *_table(("cleaning rule", "edits in all documents"), facts.rules[:MOST]),
    ]


def _audits(audits: Sequence[Audited]) -> list[str]:
    if not audits:
        return []
    lines = _section("Audit", AUDIT)
    for audit in audits:
        lines += [f"### {audit.title}", "", f"{audit.result}.", ""]
        lines += _table(("stratum", "right", "95 % interval", "judged", "drawn from"), audit.shares)
        lines += [*(f"- {note}" for note in audit.notes), *([""] if audit.notes else [])]
    return lines


def _masked(masked: Mapping[str, int]) -> list[str]:
    if not masked:
        return []
    return [*_section("Private data", MASKED), *_table(("masked", "n"), masked.items())]


def _loading(tables: Mapping[str, tuple[str, int]]) -> list[str]:
    lines = [
        "## Loading",
        "",
        "```python",
        'pandas.read_parquet("data/default")          # or polars.read_parquet("data/default/*.parquet")',
        "duckdb.sql(\"SELECT * FROM 'data/default/*.parquet'\")",
        'datasets.load_dataset(".", split="train")    # from inside this folder',
        "```",
        "",
    ]
    others = [config for config in tables if config != "default"]
    if others:
        lines += [f"More tables, joined by `document_id` = `id`: {', '.join(f'`{o}`' for o in others)}.", ""]
    return lines


def _columns(tables: Mapping[str, tuple[str, int]]) -> list[str]:
    lines = ["## Columns", ""]
    for config, (name, rows) in tables.items():
        spec = schema.table_schema(name)
        lines += [f"`{config}`: {spec.grain}; {rows:,} rows.", ""]
        lines += _table(("column", "type", "meaning"), [(c.name, c.type, c.description) for c in spec.columns])
    return lines


def _table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    lines = [_row(header), "|" + "---|" * len(header), *map(_row, rows)]
    return [*lines, ""] if len(lines) > 2 else []


def _row(cells: Sequence[str | int]) -> str:
    shown = [f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(shown)} |"
