"""The figures of the report for a paper: CSV, LaTeX and SVG, and a paragraph on the method."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from curation import store
from curation.errors import UsageError
from curation.report.charts import standalone
from curation.report.sections.timeline import SERIES
from curation.verbs.report.methods import methods
from curation.verbs.report.page import agreement_chart, funnel_rows, histogram, time_chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from curation.config import Config
    from curation.verbs.report.story import Row, Story

_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


def write_tables(story: Story, settings: Config, folder: Path) -> list[Path]:
    """Write every table as CSV and LaTeX, every chart as SVG, and the method in both languages.

    Args:
        story: what was gathered.
        settings: for the method's parameters.
        folder: made if it is not there; files of the same names are written over, others stay.

    Raises:
        UsageError: a file stands where the folder should be.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError("this is a file", where=str(folder), remedy="Name a folder: --tables DIR")
    files: dict[str, str] = {}
    for name, columns, rows in tables(story):
        if rows:
            files[f"{name}.csv"] = _csv(columns, rows)
            files[f"{name}.tex"] = latex(columns, rows)
    files |= {f"{name}.svg": chart for name, chart in _charts(story)}
    files |= {f"methods-{language}.md": text for language, text in methods(story, settings).items()}
    for name, text in sorted(files.items()):
        store.write_atomically(folder / name, text.encode())
    return [folder / name for name in sorted(files)]


def tables(story: Story) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """Name, columns and rows of every table."""
    yield "funnel", ["line", "part of", "number", "share"], _funnel(story)
    outcomes = ["articles", "selected", "duplicate", "failed_checks", "out_of_scope", "other", "removed"]
    outlets = [row | {"outlet": row["outlet"] or f"{row['others']} others"} for row in story.outlets]
    yield _table("outlets", ["outlet", *outcomes], outlets)
    yield _table("timeline", ["name", *SERIES], story.timeline["bins"])
    yield _table("measures", ["measure", "unit", "min", "max", "told", "documents", "alone"], story.measures)
    nearest = [one | {"measure": row["measure"]} for row in story.measures for one in row["near"]]
    yield _table("nearest", ["measure", "id", "value", "breaks", "outlet", "title"], nearest)
    yield _table("rejected", ["reason", "inputs"], story.rejections)
    did = [row for row in story.rules if row["edits"] or row["values"] or row["findings"]]
    yield _table("rules", ["name", "step", "edits", "documents", "values", "findings", "share"], did)
    yield _table("chrome", ["site", "lines"], story.chrome["rows"])
    yield _table("clusters", ["size", "clusters"], story.clusters["sizes"])
    yield _table("pairs", ["kind", "merges", "pairs"], story.pairs["kinds"])
    yield _table("copied", ["taker", "source", "pairs"], story.pairs["routes"])
    yield _table("languages", ["language", "articles", "selected"], story.languages["rows"])
    for campaign in story.campaigns:
        columns = ["question", "scope", "of", "coefficient", "value", "low", "high", "n_units", "n_annotators", "note"]
        yield _table(f"agreement-{_file(campaign['name'])}", columns, campaign["agreement"])
        for matrix in campaign["confusion"]:
            rows = [[line["label"], line["n"], *line["cells"]] for line in matrix["lines"]]
            name = f"confusion-{_file(campaign['name'])}-{_file(matrix['question'])}"
            yield name, ["label", "answers", *matrix["labels"]], rows
    yield _table(
        "releases", ["version", "date", "documents", "words", "licence", "content"], story.releases["versions"]
    )
    latest = story.releases["latest"]
    yield _table("splits", ["split", "documents"], latest["splits"] if latest else [])
    yield _table("checks", ["suite", "passed", "met", "asked", "rows"], story.checks)


def _table(name: str, columns: list[str], rows: Sequence[Row]) -> tuple[str, list[str], list[list[Any]]]:
    return name, columns, [[row[column] for column in columns] for row in rows]


def _funnel(story: Story) -> list[list[Any]]:
    lines, above = [], ""
    for row in funnel_rows(story.funnel):
        above = above if row["kind"] == "detail" else row["name"]
        lines.append([row["name"], above if row["kind"] == "detail" else "", row["count"], row["share"]])
    return lines


def _charts(story: Story) -> Iterator[tuple[str, str]]:
    if story.timeline["bins"]:
        yield "timeline", standalone(time_chart(story.timeline))
    for row in story.measures:
        if row["counts"]:
            yield f"measure-{row['measure']}", standalone(histogram(row))
    for campaign in story.campaigns:
        if campaign["agreement"]:
            yield f"agreement-{_file(campaign['name'])}", standalone(agreement_chart(campaign))


def _file(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name)


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def latex(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    r"""Rows as a LaTeX tabular; it needs the package booktabs.

    >>> print(latex(["outlet", "share"], [["Suluh & Co", 0.12345]]))
    \begin{tabular}{lr}
    \toprule
    outlet & share \\
    \midrule
    Suluh \& Co & 0.123 \\
    \bottomrule
    \end{tabular}
    <BLANKLINE>
    """
    kinds = ["r" if all(isinstance(row[i], int | float | None) for row in rows) else "l" for i in range(len(columns))]
    lines = [r"\begin{tabular}{" + "".join(kinds) + "}", r"\toprule", _latex_row(columns), r"\midrule"]
    lines += [_latex_row(row) for row in rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}"]) + "\n"


def _latex_row(cells: Sequence[Any]) -> str:
    return " & ".join(map(_cell, cells)) + r" \\"


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    text = "" if value is None else str(value)
    return "".join(_LATEX.get(sign, sign) for sign in text)
