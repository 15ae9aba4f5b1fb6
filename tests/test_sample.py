"""The sample, from raw input to selection, against the truth that its builder wrote down."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from curation import config, store
from curation.pipeline import Pipeline
from curation.verbs.start import make_workspace
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, Any]]:
    lines = (SAMPLE / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["source_ref"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample with all of its nights, run to the selection."""
    root = tmp_path_factory.mktemp("sample") / "workspace"
    make_workspace(root, SAMPLE)
    made = Workspace(root)
    inputs = find_inputs(["raw/2026-*"], root)
    list(Pipeline(made, config.load(made.config_file)).run(inputs))
    return made


@pytest.fixture(scope="module")
def articles(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Article, document and selection by source_ref."""
    rows: dict[str, dict[str, Any]] = {}
    selection = {r["id"]: r for r in workspace.corpus_stage("select").read("selection").to_pylist()}
    clusters = {r["id"]: r for r in workspace.corpus_stage("dedup").read("clusters").to_pylist()}
    documents: dict[str, dict[str, Any]] = {}
    for place in workspace.tables("clean", "documents"):
        documents |= {row["id"]: row for row in store.read_table(place).to_pylist()}
    for place in workspace.tables("ingest", "articles"):
        for row in store.read_table(place).to_pylist():
            key = row["id"]
            rows[row["source_ref"]] = {"article": row, **documents[key], **selection[key], **clusters[key]}
    return rows


def rejected(workspace: Workspace) -> dict[str, str]:
    rows = [r for place in workspace.tables("ingest", "rejected") for r in store.read_table(place).to_pylist()]
    return {row["source_ref"]: row["reason"] for row in rows}


def test_no_input_vanishes(workspace: Workspace, articles: dict[str, Any], truth: dict[str, Any]) -> None:
    assert sorted([*articles, *rejected(workspace)]) == sorted(truth)


def test_what_is_no_article_is_rejected_for_the_right_reason(workspace: Workspace, truth: dict[str, Any]) -> None:
    expected = {
        ref: "joined" if row["expect"] == "joined" else row["reason"]
        for ref, row in truth.items()
        if row["expect"] != "article"
    }
    assert rejected(workspace) == expected


def test_bodies_come_out_exact(articles: dict[str, Any], truth: dict[str, Any]) -> None:
    wrong = {}
    for ref, row in truth.items():
        if row["expect"] == "article" and row["body"] is not None:
            body, expected = [block for block in articles[ref]["body"].split("\n") if block], row["body"]
            if row["outlet"] == "Suluh Malam":  # its scraper glued all paragraphs: nothing tells where they were
                body, expected = [" ".join(body)], [" ".join(expected)]
            if body != expected:
                wrong[ref] = (body, expected)
    assert not wrong


@pytest.mark.parametrize("field", ["title", "outlet", "zone", "dateline", "syndicated_from"])
def test_metadata(articles: dict[str, Any], truth: dict[str, Any], field: str) -> None:
    expected = {ref: row[field] for ref, row in truth.items() if row["expect"] == "article"}
    assert {ref: articles[ref][field] for ref in expected} == expected


def test_languages(articles: dict[str, Any], truth: dict[str, Any]) -> None:
    expected = {ref: row["language"] for ref, row in truth.items() if row["expect"] == "article"}
    long_enough = [ref for ref in expected if articles[ref]["n_words"] >= 50]
    assert {ref: articles[ref]["language"] for ref in long_enough} == {ref: expected[ref] for ref in long_enough}


def test_dates_are_utc(articles: dict[str, Any], truth: dict[str, Any]) -> None:
    for ref, row in truth.items():
        if row["expect"] == "article":
            expected = datetime.fromisoformat(row["published_at"]) if row["published_at"] else None
            assert articles[ref]["published_at"] == expected, ref


def test_copies_share_a_cluster_and_nothing_else_does(articles: dict[str, Any], truth: dict[str, Any]) -> None:
    expected: dict[str, set[str]] = {}
    for ref, row in truth.items():
        if row["expect"] == "article":
            expected.setdefault(row["cluster"] or ref, set()).add(ref)
    found: dict[str, set[str]] = {}
    for ref, row in articles.items():
        found.setdefault(row["cluster_id"], set()).add(ref)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, expected.values()))


def test_selection(articles: dict[str, Any], truth: dict[str, Any]) -> None:
    wrong = {
        ref: (articles[ref]["why"], row["case"], row["why"])
        for ref, row in truth.items()
        if row["expect"] == "article" and articles[ref]["selected"] != row["selected"]
    }
    assert not wrong
