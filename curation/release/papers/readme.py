"""``README.md`` of a release: figures from the data, words from ``card.toml``.

The README opens with the front matter that dataset hubs read, so the folder is a dataset repository as it stands.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curation import schema
from curation.release.papers import figures
from curation.release.papers.citation import in_words
from curation.release.papers.croissant import LICENCES
from curation.release.papers.labels import kinds_of_labels, labels_section
from curation.release.papers.loading import loading, rehydrating
from curation.release.papers.markdown import section, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from curation.release.papers.card import Card
    from curation.release.papers.facts import Audited, Facts
    from curation.release.papers.labels import Agreed

SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
#: what hubs want to know of labels: who gave them (of people, they tell only experts from crowds), and for which tasks
LABELLED = ("annotations_creators:", "- other", "task_categories:", "- text-classification")
TEXTS = "Of the texts, `text_access` says how much is here and `licence` on what terms."


@dataclass(frozen=True)
class Told:
    """What the papers tell beside the tables."""

    #: finds of private data that are masked, by kind
    masked: Mapping[str, int]
    #: of the splits, as the manifest has it
    certificate: Mapping[str, Any]
    #: what the suites say, as in checks/
    checks: Sequence[Mapping[str, Any]] = ()
    #: what people found who judged what was dropped and merged
    audits: Sequence[Audited] = ()
    #: how far people agree, by campaign and question
    agreed: Sequence[Agreed] = ()


def readme(
    card: Card,
    facts: Facts,
    tables: Mapping[str, tuple[str, int]],
    data: Path,
    edition: Mapping[str, str],
    told: Told,
    *,
    digest: str,
) -> str:
    """The whole README.

    Args:
        card: the human parts.
        facts: the counts.
        tables: name and rows of each configuration's table; `default` is the corpus itself.
        data: where the tables are.
        edition: name, version, date and flavour.
        told: what else there is to tell.
        digest: the logical digest.
    """
    name, version, flavour = edition["name"], edition["version"], edition["flavour"]
    is_public = flavour.startswith("public")
    return "\n".join(
        [
            *_front_matter(card, facts, tables, data),
            f"# {card.title}",
            "",
            card.summary,
            "",
            f"Version {version} of `{name}`, {edition['date']}: {facts.rows:,} articles, {facts.words:,} words, "
            f"{len(facts.outlets):,} outlets.",
            "",
            *section("Collection", card.collection),
            *section("Intended use", card.intended_use),
            *figures.limits(facts, told.masked, card.limitations),
            *figures.figures(facts),
            *figures.splits(facts, told.certificate),
            *labels_section(data, told.agreed),
            *figures.made(facts),
            *figures.checked(told.checks),
            *figures.audited(told.audits),
            *figures.hidden(told.masked),
            *(rehydrating(name, version) if is_public else []),
            *loading(tables, facts.splits[0].name if facts.splits else "train"),
            *_columns(tables),
            *section("Rights", f"{flavour.capitalize()}. Labels and metadata: {card.licence}. {TEXTS}"),
            *section("Contact", card.contact),
            *section(
                "Citation", in_words(card.title, card.citation_authors, version, edition["date"], digest, card.url)
            ),
        ]
    )


def _quoted(text: str) -> str:
    """A YAML string: JSON's are a subset of them."""
    return json.dumps(text, ensure_ascii=False)


def _front_matter(card: Card, facts: Facts, tables: Mapping[str, tuple[str, int]], data: Path) -> list[str]:
    is_known = card.licence.lower() in LICENCES
    size = next((label for limit, label in SIZES if facts.rows < limit), "n>1M")
    questions = kinds_of_labels(data)
    lines = [
        "---",
        "language:",
        "- id",
        f"license: {card.licence.lower() if is_known else 'other'}",
        *([] if is_known else [f"license_name: {_quoted(card.licence)}"]),
        f"pretty_name: {_quoted(card.title)}",
        "size_categories:",
        f"- {size}",
        *(LABELLED if questions else []),
        "tags:",
        *(f"- {_quoted(tag)}" for tag in ("news", "Indonesian", *questions)),
        "configs:",
    ]
    for config in tables:
        lines += [f"- config_name: {config}", "  data_files:"]
        if config == "default":
            for split in facts.splits:
                lines += [f"  - split: {split.name}", f"    path: data/default/{split.name}-*.parquet"]
            lines += ["  default: true"]
        else:
            lines += ["  - split: train", f"    path: data/{config}/*.parquet"]
    return [*lines, "---", ""]


def _columns(tables: Mapping[str, tuple[str, int]]) -> list[str]:
    lines = ["## Columns", ""]
    for config, (name, rows) in tables.items():
        spec = schema.table_schema(name)
        lines += [f"`{config}`: {spec.grain}; {rows:,} rows.", ""]
        lines += table(("column", "type", "meaning"), [(c.name, f"`{c.type}`", c.description) for c in spec.columns])
    return lines
