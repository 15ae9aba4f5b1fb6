"""The rule list, and what each rule did."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema, store
from curation.boilerplate import RULES
from curation.errors import UsageError
from curation.report import rulebook
from curation.report.excerpt import clipped, escaped, visible
from curation.workspace import Workspace


def test_every_rule_is_in_the_text_once_with_its_numbers(workspace: Workspace) -> None:
    hits = rulebook.rule_hits(workspace.tables("clean", "edits"), examples=3)
    assert (hits["baca_juga"].edits, hits["baca_juga"].documents) == (8, 8)
    rows = rulebook.rule_rows(hits)
    assert {row["name"] for row in rows} == {rule.name for rule in RULES}
    lines = rulebook.rules_text(rows).splitlines()
    for rule in RULES:
        (line,) = (line for line in lines if line.split()[:1] == [rule.name])
        assert f" {hits[rule.name].edits} " in line if rule.name in hits else " 0 " in line


def test_examples_differ_and_repairs_come_from_different_documents(workspace: Workspace) -> None:
    hits = rulebook.rule_hits(workspace.tables("clean", "edits"), examples=3)
    assert [example.removed for example in hits["baca_juga"].examples] == ["Baca juga: Hujan Reda"]
    assert len({example.id for example in hits["glued_sentence"].examples}) == 3


def test_what_a_rule_reads_and_flags_counts_too(tmp_path: Path) -> None:
    value = {"id": "a", "field": "dateline", "value": "Ambon", "start": 0, "end": 5, "rule": "city"}
    flag = {"id": "a", "kind": "truncated", "start": 0, "end": 5, "score": 1.0, "rule": "next_page"}
    places = [tmp_path / f"{name}.parquet" for name in ("edits", "metadata", "findings")]
    for place, rows in zip(places, ([], [value, value], [flag]), strict=True):
        store.write_table(place, schema.from_rows(place.stem, rows))
    hits = rulebook.rule_hits(*([place] for place in places))
    assert hits["city"].numbers() == {"edits": 0, "documents": 0, "values": 2, "findings": 0}
    assert hits["next_page"].findings == 1
    assert "0 edits in 0 documents, 2 values read" in rulebook.rule_text(rulebook.find_rule("city"), hits["city"])
    (line,) = (row for row in rulebook.rules_text(rulebook.rule_rows(hits)).splitlines() if row.startswith("  city "))
    assert line.split()[3:7] == ["0", "0", "2", "0"]


def test_a_document_on_the_edge_of_two_slices_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edits = [
        {"id": key, "seq": seq, "start": seq, "end": seq + 1, "removed": "x", "replacement": "", "rule": "layout"}
        for key in ("a", "b", "c")
        for seq in range(5)
    ]
    file = tmp_path / "edits.parquet"
    store.write_table(file, schema.from_rows("edits", edits))
    scan = store.scan
    monkeypatch.setattr(store, "scan", lambda places, columns: scan(places, columns, rows=2))
    hits = rulebook.rule_hits([file])
    assert (hits["layout"].edits, hits["layout"].documents) == (15, 3)


def test_a_rule_is_explained_with_where_it_is() -> None:
    text = rulebook.rule_text(rulebook.find_rule("baca_juga"), rulebook.Hits(edits=7, documents=3))
    assert "curation/boilerplate/related/baca_juga.py" in text
    assert "7 edits in 3 documents" in text
    assert ">>> after(baca_juga" in text
    assert (Path(__file__).parents[2] / rulebook.rule_row(rulebook.find_rule("baca_juga"))["file"]).is_file()


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'baca_juga'"):
        rulebook.find_rule("baca_jugaa")


def test_the_page_of_the_docs_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    made = rulebook.rules_markdown()
    assert page.read_text(encoding="utf-8").endswith(made), "run: make docs"
    assert all(f"### {rule.name}\n" in made for rule in RULES)


@given(st.text())
def test_what_is_shown_can_be_seen(text: str) -> None:
    unseen = {"Cc", "Cf", "Zs", "Zl", "Zp"}
    assert all(c == " " or unicodedata.category(c) not in unseen for c in visible(text))
    assert escaped(text).count("\n") == text.count("\n")
    assert len(clipped(text, 20)) <= 20 + len(f" (+{len(text):,})")


def test_the_invented_rows_fit(invented: SimpleNamespace) -> None:
    assert schema.from_rows("articles", [invented.article(1)]).num_rows == 1
