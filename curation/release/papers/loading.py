"""How a release is opened: code for the README, run as it stands there by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.release.papers.markdown import code

if TYPE_CHECKING:
    from collections.abc import Mapping

#: heading, language, lines; run inside of the folder
SNIPPETS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("pandas", "python", ("import pandas", "", 'articles = pandas.read_parquet("data/default")')),
    ("polars", "python", ("import polars", "", 'articles = polars.read_parquet("data/default/*.parquet")')),
    (
        "DuckDB",
        "python",
        ("import duckdb", "", "articles = duckdb.sql(\"SELECT * FROM 'data/default/*.parquet'\").df()"),
    ),
    ("R", "r", ("library(arrow)", "", 'articles <- dplyr::collect(open_dataset("data/default"))')),
    (
        "datasets",
        "python",
        # "." alone gives a data set without a name, which the library refuses
        (
            "import os",
            "",
            "from datasets import load_dataset",
            "",
            'articles = load_dataset(os.getcwd(), split="{split}")',
        ),
    ),
    (
        "Croissant",
        "python",
        ("import mlcroissant", "", 'articles = list(mlcroissant.Dataset("croissant.json").records("default"))'),
    ),
)
JOINED = (
    "import pandas",
    "",
    'articles = pandas.read_parquet("data/default", columns=["id", "title", "split"])',
    'labels = pandas.read_parquet("data/labels")',
    'labelled = labels.merge(articles, left_on="document_id", right_on="id")',
)
PUBLIC = (
    "Texts whose terms allow it are here; the others are withheld. Who has them finds them again: `curation rehydrate` "
    "compares what you scraped with the hashes of `pieces`, puts back what they prove, and tells of each document "
    "whether it is exact, partial, drifted or gone."
)


def loading(tables: Mapping[str, tuple[str, int]], split: str) -> list[str]:
    """The section on loading.

    Args:
        tables: the configurations.
        split: one that holds documents.
    """
    lines = ["## Loading", "", "From inside of this folder:", ""]
    for heading, language, block in SNIPPETS:
        lines += [f"### {heading}", "", *code(language, [line.replace("{split}", split) for line in block])]
    if "labels" in tables:
        lines += ["### Labels beside their articles", "", *code("python", JOINED)]
    others = [f"`{config}`" for config in tables if config != "default"]
    if others:
        lines += [f"More tables, joined by `document_id` = `id`: {', '.join(others)}.", ""]
    return lines


def rehydrating(name: str, version: str) -> list[str]:
    """How the texts of the public flavour are found again."""
    folder = f"{name}-public/{version}"
    commands = [
        f"curation rehydrate {folder} --urls > urls.txt",
        f"curation rehydrate {folder} --from SCRAPE -o OUT",
    ]
    return ["## Texts", "", PUBLIC, "", *code("sh", commands)]
