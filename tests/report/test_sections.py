"""The figures of the sections, on small tables whose answers are known."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from curation import config, schema, store
from curation.report.sections.chrome import chrome_figures
from curation.report.sections.clusters import cluster_figures, pair_figures
from curation.report.sections.corpus import read_corpus
from curation.report.sections.languages import language_figures
from curation.report.sections.measures import measure_rows
from curation.report.sections.outlets import MOST_OUTLETS, outlet_rows
from curation.report.sections.timeline import timeline
from curation.workspace import Workspace


def documents(**columns: list[Any]) -> pa.Table:
    rows = len(next(iter(columns.values())))
    usual: dict[str, list[Any]] = {
        "id": [f"{n:016x}" for n in range(rows)],
        "outlet": ["Kabar"] * rows,
        "published_at": [None] * rows,
        "language": ["id"] * rows,
        "arrival": [0] * rows,
        "removed": [0.25] * rows,
        "outcome": ["selected"] * rows,
    }
    table = pa.table({**usual, **columns})
    return table.set_column(
        table.column_names.index("published_at"), "published_at", table["published_at"].cast(pa.timestamp("us", "UTC"))
    )


def test_the_corpus_knows_batch_outcome_and_cluster(workspace: Workspace) -> None:
    table = read_corpus(workspace)
    assert table["id"].to_pylist() == sorted(table["id"].to_pylist())
    rows = table.to_pylist()
    assert (rows[4]["outcome"], rows[4]["keeper_id"], rows[4]["arrival"]) == ("duplicate", rows[5]["id"], 0)
    assert rows[7]["outcome"] is None
    assert rows[0]["removed"] == pytest.approx(18 / (18 + 24))


def test_small_outlets_share_a_row() -> None:
    names = [f"Media {n:03}" for n in range(MOST_OUTLETS + 3)] + ["Kabar", "Kabar"]
    rows = outlet_rows(documents(outlet=names))
    assert (rows[0]["outlet"], rows[0]["articles"]) == ("Kabar", 2)
    assert len(rows) == MOST_OUTLETS + 1
    assert (rows[-1]["others"], rows[-1]["articles"]) == (4, 4)


def test_an_outlet_has_its_nights() -> None:
    rows = outlet_rows(documents(outlet=["A", "B", "A", "A"], arrival=[0, 0, 2, 2]))
    assert {row["outlet"]: row["nights"] for row in rows} == {"A": [1, 0, 2], "B": [1, 0, 0]}


@pytest.mark.parametrize(
    ("days", "unit", "names"),
    [
        ([(2026, 3, 1), (2026, 3, 3)], "day", ["2026-03-01", "2026-03-02", "2026-03-03"]),
        ([(2025, 11, 1), (2026, 2, 3)], "month", ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ([(2010, 11, 1), (2026, 2, 3)], "year", [str(year) for year in range(2010, 2027)]),
    ],
)
def test_time_is_cut_so_that_it_fits(days: list[tuple[int, int, int]], unit: str, names: list[str]) -> None:
    found = timeline(documents(published_at=[*(datetime(*day, tzinfo=UTC) for day in days), None]))
    assert (found["unit"], [one["name"] for one in found["bins"]], found["undated"]) == (unit, names, 1)


def test_a_day_is_a_day_in_jakarta() -> None:
    found = timeline(documents(published_at=[datetime(2026, 3, 1, 18, tzinfo=UTC)]))
    assert [one["name"] for one in found["bins"]] == ["2026-03-02"]


def test_odd_dates_do_not_press_the_others_together() -> None:
    days = [datetime(2026, 3, 1 + n % 20, tzinfo=UTC) for n in range(600)]
    found = timeline(
        documents(published_at=[datetime(1970, 1, 1, tzinfo=UTC), *days, datetime(2069, 1, 1, tzinfo=UTC)])
    )
    assert (found["unit"], found["earlier"], found["later"]) == ("day", 1, 1)
    assert sum(one["selected"] for one in found["bins"]) == 600


def test_languages_are_counted_by_article_and_paragraph(workspace: Workspace, invented: SimpleNamespace) -> None:
    key = f"{1:016x}"
    found = [
        {"id": key, "kind": "paragraph_language", "start": n, "end": n + 1, "rule": "paragraph_jv", "score": 1.0}
        for n in (0, 9)
    ]
    invented.commit(workspace.batch_stage("malam-1", "judge"), {"measures": [], "findings": found})
    table = documents(language=["id", "jv", None], outcome=["selected", "failed_checks", "selected"])
    figures = language_figures(workspace, table)
    assert figures["rows"][0] == {"language": "id", "articles": 1, "selected": 1}
    assert {row["language"]: row["selected"] for row in figures["rows"]} == {"id": 1, "jv": 0, "": 1}
    assert figures["paragraphs"] == [{"language": "jv", "paragraphs": 2, "articles": 1}]
    assert figures["outlets"] == [{"outlet": "Kabar", "articles": 3, "others": 1}]


def test_a_measure_tells_its_limit_and_what_is_near(workspace: Workspace) -> None:
    rows = {row["measure"]: row for row in measure_rows(workspace, config.load())}
    words = rows["word_count"]
    assert (words["min"], words["max"], words["told"], words["documents"], words["alone"]) == (60, None, 8, 1, 0)
    assert sum(words["counts"]) == 8
    assert [(one["value"], one["breaks"]) for one in words["near"]] == [
        *((value, True) for value in (30, 30, 50)),
        *((value, False) for value in (60, 70, 99)),
    ]
    assert (rows["spam"]["told"], rows["spam"]["counts"], rows["spam"]["near"]) == (0, [], [])


def test_learned_lines_are_told_by_site(workspace: Workspace) -> None:
    lines = [
        {"site": "kabar.example", "line_key": f"ikuti {n}", "position": "tail", "n_documents": 9 + n, "n_clusters": n}
        | {"example": f"Ikuti kami {n}", "version": 2}
        for n in range(1, 7)
    ]
    store.write_table(workspace.chrome_file(2), schema.from_rows("chrome", lines))
    figures = chrome_figures(workspace, config.load(overrides=("chrome.version=2",)))
    assert (figures["version"], figures["newest"], figures["lines"], figures["sites"]) == (2, 2, 6, 1)
    assert figures["rows"][0]["examples"][0] == ("Ikuti kami 6", 15)
    assert chrome_figures(workspace, config.load())["rows"] == []


def test_clusters_are_counted_by_size() -> None:
    table = documents(outlet=["A", "A", "B", "C"], cluster_id=["x", "x", "x", "y"], keeper_id=["", "", "", ""])
    figures = cluster_figures(table)
    assert (figures["clusters"], figures["documents"]) == (1, 3)
    assert figures["sizes"] == [{"size": "2", "clusters": 0}, {"size": "3", "clusters": 1}]
    assert figures["largest"][0]["outlets"] == ["A (2)", "B"]


def test_who_copied_whom_follows_the_direction(workspace: Workspace, invented: SimpleNamespace) -> None:
    ids = [f"{n:016x}" for n in range(4)]
    pairs = [
        invented.pair(ids[0], ids[1]),
        invented.pair(ids[0], ids[3], direction="b_from_a"),
        invented.pair(ids[1], ids[2], direction=None),
        invented.pair(ids[2], ids[3], merges=False, kind="rewrite"),
    ]
    invented.add_selection(workspace, dict.fromkeys(ids, ("selected", "selected")), {}, pairs)
    figures = pair_figures(workspace, documents(outlet=["A", "B", "C", "D"]))
    assert figures["routes"] == [
        {"taker": "A", "source": "B", "pairs": 1},
        {"taker": "D", "source": "A", "pairs": 1},
    ]
    assert (figures["pairs"], figures["undirected"]) == (4, 1)
    assert figures["kinds"][-1] == {"kind": "rewrite", "merges": False, "pairs": 1}
