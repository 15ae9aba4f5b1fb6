"""Which languages the articles are in, and which paragraphs are in another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from curation import store
from curation.report.excerpt import clipped, visible

if TYPE_CHECKING:
    import pyarrow as pa

    from curation.workspace import Workspace

MOST_LANGUAGES = 15
MOST_OUTLETS = 8


def language_figures(workspace: Workspace, documents: pa.Table) -> dict[str, Any]:
    """Articles by language, foreign paragraphs by language, and the outlets with most that is not Indonesian.

    Returns:
        rows: language (empty: too short to tell), articles, selected; paragraphs: language, paragraphs, articles;
        outlets: outlet, articles, others.
    """
    counts = documents.group_by(["language", "outcome"]).aggregate([("id", "count")])
    articles: Counter[str] = Counter()
    selected: Counter[str] = Counter()
    for row in counts.to_pylist():
        articles[row["language"] or ""] += row["id_count"]
        selected[row["language"] or ""] += row["id_count"] if row["outcome"] == "selected" else 0
    return {
        "rows": [
            {"language": language, "articles": n, "selected": selected[language]}
            for language, n in articles.most_common(MOST_LANGUAGES)
        ],
        "paragraphs": _paragraphs(workspace),
        "outlets": _outlets(documents),
    }


def _paragraphs(workspace: Workspace) -> list[dict[str, Any]]:
    paragraphs: Counter[str] = Counter()
    # a document's findings stand together, so that a pair at the seam of two tables is the only one counted twice
    articles: Counter[str] = Counter()
    last: set[tuple[str, str]] = set()
    for stage in ("clean", "judge"):
        for table in store.scan(workspace.tables(stage, "findings"), ["id", "kind", "rule"]):
            table = table.filter(pc.equal(table["kind"], "paragraph_language"))
            names = [rule.removeprefix("paragraph_") for rule in table["rule"].to_pylist()]
            paragraphs.update(names)
            pairs = set(zip(table["id"].to_pylist(), names, strict=True))
            articles.update(name for _, name in pairs - last)
            last = pairs or last
    return [
        {"language": name, "paragraphs": n, "articles": articles[name]}
        for name, n in paragraphs.most_common(MOST_LANGUAGES)
    ]


def _outlets(documents: pa.Table) -> list[dict[str, Any]]:
    other = pc.and_(pc.is_valid(documents["language"]), pc.not_equal(documents["language"], "id"))
    table = documents.select(["outlet"]).append_column("other", pc.fill_null(other, False).cast("int64"))
    rows = table.group_by("outlet").aggregate([("other", "count"), ("other", "sum")]).to_pylist()
    rows = sorted((row for row in rows if row["other_sum"]), key=lambda row: (-row["other_sum"], row["outlet"]))
    return [
        {"outlet": clipped(visible(row["outlet"]), 60), "articles": row["other_count"], "others": row["other_sum"]}
        for row in rows[:MOST_OUTLETS]
    ]
