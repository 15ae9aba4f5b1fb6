"""Workspaces written from small invented rows, without running any stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from curation import schema, store
from curation.workspace import Batch, Workspace

Row = dict[str, Any]


def article(number: int, **more: Any) -> Row:
    """An article of the table `articles`, with a line that a rule removed and a gap that one closed."""
    key = f"{number:016x}"
    url = f"kabar.example/{number}"
    row = {
        "id": key,
        "url": f"https://{url}",
        "url_key": url,
        "site": "kabar.example",
        "outlet": "Kabar",
        "batch": "malam-1",
        "first_seen": "malam-1",
        "title": f"Air Surut {number}",
        "authors": [],
        "published_at": datetime(2026, 3, 1 + number % 7, tzinfo=UTC),
        "zone": "WIB",
        "tags": [],
        "raw": "Air surut.Warga pulang.\nBaca juga: Hujan Reda",
        "source_ref": f"malam-1.jsonl:{number}",
        "source_sha256": "0" * 64,
        "extractor": "none",
        "n_replaced": 0,
        "pages": 1,
    }
    return row | more


def document(of: Row) -> Row:
    same = {name: of[name] for name in ("id", "url", "url_key", "title", "outlet", "published_at", "zone", "tags")}
    return same | {
        "body": "Air surut. Nelayan pulang." if of["outlet"] == "Warta" else "Air surut. Warga pulang.",
        "language": "id",
        "n_words": 4,
        "n_chrome": 18,
        "text_sha256": "1" * 64,
    }


def measures(of: Row) -> Row:
    """Word counts around the limit of 60."""
    number = int(of["id"], 16)
    return {"id": of["id"], "word_count": (10.0, 20.0, 30.0, 50.0, 60.0, 70.0, 99.0, 30.0)[number % 8]}


def edits(of: Row) -> list[Row]:
    return [
        {"id": of["id"], "seq": 0, "start": 10, "end": 10, "removed": "", "replacement": " ", "rule": "glued_sentence"},
        {"id": of["id"], "seq": 1, "start": 23, "end": 24, "removed": "\n", "replacement": "", "rule": "layout"},
        {
            "id": of["id"],
            "seq": 2,
            "start": 24,
            "end": 45,
            "removed": "Baca juga: Hujan Reda",
            "replacement": "",
            "rule": "baca_juga",
        },
    ]


def commit(stage: store.Stage, tables: dict[str, Sequence[Row]]) -> None:
    draft = stage.begin("invented")
    draft.write(0, {name: schema.from_rows(name, rows) for name, rows in tables.items()})
    draft.commit()


def add_batch(
    workspace: Workspace,
    name: str,
    articles: Sequence[Row] = (),
    rejected: Sequence[str] = (),
    state: str = "accepted",
    reason: str = "",
) -> None:
    articles = [{**row, "batch": name} for row in articles]
    refused = [{"batch": name, "source_ref": f"{name}:{i}", "reason": r, "detail": r} for i, r in enumerate(rejected)]
    commit(workspace.batch_stage(name, "ingest"), {"articles": articles, "rejected": refused})
    if state == "accepted":
        changes = [edit for row in articles for edit in edits(row)]
        commit(workspace.batch_stage(name, "clean"), {"documents": [*map(document, articles)], "edits": changes})
        commit(workspace.batch_stage(name, "judge"), {"measures": [*map(measures, articles)]})
    workspace.set_batch(Batch(name, state, reason))  # type: ignore[arg-type]


def pair(a: str, b: str, **more: Any) -> Row:
    """A near copy: `a` was taken from `b`."""
    row: Row = {"id_a": a, "id_b": b, "jaccard": 0.8, "containment_a": 0.9, "containment_b": 0.9, "kind": "near"}
    row |= {"merges": True, "direction": "a_from_b", "evidence": "J 0.80", "direction_why": "names its source"}
    row |= dict.fromkeys(("same_text", "same_page", "one_corrects", "starts_alike"), False)
    row |= dict.fromkeys(("words", "numbers", "equal_numbers", "swapped_numbers", "swapped_names"), 0)
    return row | {"replaced": 0, "aligned": 0} | more


def add_selection(
    workspace: Workspace,
    outcomes: dict[str, tuple[str, str]],
    clusters: dict[str, str],
    pairs: Sequence[Row] = (),
) -> None:
    """Selection and clusters: (outcome, why) by document, and a cluster for those that are not alone."""
    members = {key: clusters.get(key, key) for key in outcomes}
    sizes = {cluster: list(members.values()).count(cluster) for cluster in members.values()}
    commit(
        workspace.corpus_stage("dedup"),
        {
            "pairs": pairs,
            "clusters": [
                {"id": key, "cluster_id": c, "size": sizes[c], "role": "member" if sizes[c] > 1 else "single"}
                for key, c in members.items()
            ],
        },
    )
    commit(
        workspace.corpus_stage("select"),
        {
            "verdicts": [
                {
                    "id": key,
                    "keep": out != "failed_checks",
                    "reasons": why.split(", ") if out == "failed_checks" else [],
                }
                for key, (out, why) in outcomes.items()
            ],
            "selection": [
                {"id": key, "selected": out == "selected", "outcome": out, "why": why, "keeper_id": members[key]}
                for key, (out, why) in outcomes.items()
            ],
        },
    )


def make_workspace(folder: Path) -> Workspace:
    """Two batches, one in quarantine, a selection with every kind of outcome."""
    made = Workspace(folder / "korpus")
    articles = [article(n) for n in range(8)]
    articles[5] |= {"outlet": "Warta", "title": "Air Surut <script>alert(1)</script>"}
    add_batch(made, "malam-1", articles, ["empty", "repeat", "repeat"])
    add_batch(made, "malam-2", [article(20)], ["malformed"], "quarantined", "1 of 2 inputs are rejected")
    ids = [row["id"] for row in articles]
    add_selection(
        made,
        {
            ids[0]: ("selected", "selected"),
            ids[1]: ("selected", "kept by Dewi: tetap berita"),
            ids[2]: ("failed_checks", "word_count, paywall"),
            ids[3]: ("out_of_scope", "out of scope: terms"),
            ids[4]: ("duplicate", f"duplicate of {ids[5]} (Warta)"),
            ids[5]: ("selected", "selected"),
            ids[6]: ("decision", "dropped by Dewi: iklan"),
        },
        {ids[4]: ids[5]},
        [pair(ids[4], ids[5])],
    )
    return made


@pytest.fixture(scope="session")
def invented() -> SimpleNamespace:
    """The functions of this file, which tests can't import."""
    return SimpleNamespace(
        article=article,
        add_batch=add_batch,
        add_selection=add_selection,
        commit=commit,
        pair=pair,
        make_workspace=make_workspace,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """See :func:`make_workspace`."""
    return make_workspace(tmp_path)
