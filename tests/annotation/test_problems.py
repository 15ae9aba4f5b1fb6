"""Complaints about texts: who said what, and what they are traced to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation.problems import Corpus, Row, complaints, findings, read_documents, report

VALUES = ("cut", "chrome_left", "not_indonesian", "duplicate")
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def said(
    document: str, who: str, *values: str, target: str | None = None, skipped: bool = False
) -> list[dict[str, object]]:
    """What one annotator answered of one document: a topic, and perhaps that something is wrong with the text."""
    page = {
        "campaign": "topik",
        "round": "main",
        "task_key": f"{document}{target or ''}",
        "annotation_id": f"{document}{who}{target or ''}",
        "document_id": document,
        "text_sha256": "0",
        "target": target,
        "annotator": who,
        "created_at": NOW,
        "updated_at": NOW,
        "label_config_sha256": "0",
        "guideline_version": "1.0",
        "source": "export.json",
        "skipped": skipped,
    }
    if skipped:
        return [{**page, "question": "", "value": None}]
    return [
        {**page, "question": "topic", "value": "health"},
        *({**page, "question": "text_problem", "value": value} for value in values),
    ]


def annotations(*pages: list[dict[str, object]]) -> pa.Table:
    return schema.from_rows("annotations", [row for page in pages for row in page])


def corpus(
    bodies: dict[str, str],
    *,
    sites: dict[str, str] | None = None,
    rules: Iterable[tuple[str, str]] = (),
    languages: dict[str, str | None] | None = None,
    pairs: Iterable[dict[str, object]] = (),
) -> Corpus:
    sites = sites or dict.fromkeys(bodies, "kabar.example")
    rows = [
        {"id": id_, "language": (languages or {}).get(id_, "id"), "outlet": sites[id_], "body": body}
        for id_, body in bodies.items()
    ]
    fields = schema.arrow_schema("documents")
    names = ["id", "language", "outlet", "body"]
    common = {"same_text": False, "same_page": False, "one_corrects": False, "starts_alike": False, "evidence": ""}
    shares = {"containment_a": 0.9, "containment_b": 0.9, "kind": "near", "merges": True}
    return Corpus(
        documents=pa.Table.from_pylist(rows, schema=pa.schema([fields.field(name) for name in names])),
        sites=sites,
        edits=pa.table({"id": [id_ for id_, _ in rules], "rule": [rule for _, rule in rules]}),
        pairs=schema.from_rows("pairs", [{**common, **shares, **pair} for pair in pairs]),
        clusters=pa.table({"id": ["d1"], "cluster_id": ["d1"], "size": pa.array([3], pa.int32())}),
    )


def about(rows: list[Row], sort: str) -> list[Row]:
    return [row for row in rows if row.about == sort]


BODIES = {f"d{n}": f"Kabar {n}.\nIsi {n}.\nAkhir {n}." for n in range(1, 11)}


def test_a_share_is_of_those_who_read_the_document_and_each_counts_once() -> None:
    table = annotations(
        said("d1", "a01", "cut", target="tarif"),
        said("d1", "a01", "cut", target="jalur"),  # the same person and text, asked of another target
        said("d1", "a02"),
        said("d1", "a03", skipped=True),
        said("d2", "a01", "cut", "chrome_left"),
        said("d3", "a03", skipped=True),
    )
    found = complaints(table)
    assert {(value, id_): one.share for value, of in found.items() for id_, one in of.items()} == {
        ("cut", "d1"): 0.5,
        ("cut", "d2"): 1.0,
        ("chrome_left", "d2"): 1.0,
    }
    assert found["cut"]["d1"].by == {"a01"}
    assert read_documents(table) == ["d1", "d2"]


def test_findings_are_of_the_whole_body_by_campaign_and_answer() -> None:
    table = annotations(said("d2", "a01", "cut", "chrome_left"), said("d1", "a01", "cut"), said("d1", "a02"))
    made = findings(table, "topik", {"d1": 30, "d2": 25})
    assert made.schema.names == schema.table_schema("findings").names()
    assert [tuple(row.values()) for row in made.to_pylist()] == [
        ("d1", "text_problem", 0, 30, 0.5, "topik/cut"),
        ("d2", "text_problem", 0, 25, 1.0, "topik/chrome_left"),
        ("d2", "text_problem", 0, 25, 1.0, "topik/cut"),
    ]
    assert findings(table, "topik", {}).num_rows == 0


def test_a_cut_text_is_traced_to_the_rules_that_edited_it_more_often_than_others() -> None:
    cut = [f"d{n}" for n in range(1, 7)]
    table = annotations(*(said(id_, "a01", *(("cut",) if id_ in cut else ())) for id_ in BODIES))
    rules = [
        *((id_, "end_mark") for id_ in (*cut, "d7")),  # in all of six, and in one of four others
        *((id_, "baca_juga") for id_ in BODIES),  # in all, which tells nothing
        ("d1", "photo_credit"),
        ("d1", "photo_credit"),
        ("d9", "city"),
    ]
    rows = report(table, corpus(BODIES, rules=rules), VALUES)
    found = {row.name: row for row in about(rows, "rule")}
    assert list(found) == ["end_mark", "photo_credit"]  # what may be chance comes last
    mark = found["end_mark"]
    assert (mark.documents, mark.read, mark.share, mark.otherwise, mark.lift) == (6, 7, 1.0, 0.25, 4.0)
    assert mark.note == ""
    assert mark.next == (
        "curation whatif --disable end_mark; what it is for: curation rules end_mark; "
        'for one site: disable = ["end_mark"] in sites/kabar.example.toml'
    )
    few = found["photo_credit"]
    assert (few.documents, few.otherwise, few.lift) == (1, 0.0, None)
    assert few.note == "only 1 document: may be chance; never in a document without this complaint"


def test_a_rule_of_several_sites_is_no_matter_of_one() -> None:
    sites = {"d1": "kabar.example", "d2": "warta.example", "d3": "warta.example"}
    table = annotations(said("d1", "a01", "cut"), said("d2", "a01", "cut"), said("d3", "a01"))
    (row,) = about(
        report(table, corpus(dict.fromkeys(sites, "x"), sites=sites, rules=[("d1", "r"), ("d2", "r")]), VALUES), "rule"
    )
    assert row.next == "curation whatif --disable r; what it is for: curation rules r"


def test_sites_tell_how_often_theirs_are_complained_of() -> None:
    sites = {**dict.fromkeys(("d1", "d2"), "kabar.example"), **dict.fromkeys(("d3", "d4"), "warta.example")}
    table = annotations(said("d1", "a01", "cut"), said("d2", "a02", "cut"), said("d3", "a01", "cut"), said("d4", "a01"))
    rows = about(report(table, corpus(dict.fromkeys(sites, "x"), sites=sites), VALUES), "site")
    assert [(row.name, row.documents, row.read, row.annotators) for row in rows] == [
        ("kabar.example", 2, 2, 2),
        ("warta.example", 1, 2, 1),
    ]
    assert rows[1].share == pytest.approx(1 / 3)
    assert (rows[1].otherwise, rows[1].lift) == (1.0, pytest.approx(1 / 3))
    assert all(row.next.startswith("curation explain d") for row in rows)


def test_where_everybody_complains_nothing_can_be_compared() -> None:
    table = annotations(said("d1", "a01", "cut"))
    (row,) = about(report(table, corpus({"d1": "x"}, rules=[("d1", "r")]), VALUES), "rule")
    assert (row.share, row.otherwise, row.lift) == (1.0, None, None)
    assert row.note == "only 1 document: may be chance; no document was read without this complaint"


def test_chrome_is_the_line_at_an_end_that_several_texts_of_a_site_have() -> None:
    tail = "Sudut Desa: cerita dari tepi sungai"
    bodies = {
        "d1": f"Satu.\nDua.\nTiga.\nEmpat.\n\n{tail} ",
        "d2": f"Lima.\nEnam.\nTujuh.\n{tail}",
        "d3": f"Delapan.\nSembilan.\nSepuluh.\n{tail}",  # read without complaint
        "d4": f"Sebelas.\nDua belas.\nTiga belas.\n{tail}",  # of another site
        "d5": "Menu\nKabar.\nIsi.\nAkhir.",
        "d6": f"Menu\n{tail}\n" + "\n".join(f"Baris {n}." for n in range(9)),  # at its head
    }
    sites = {**dict.fromkeys(bodies, "kabar.example"), "d4": "warta.example"}
    complained = ("d1", "d2", "d4", "d5", "d6")
    table = annotations(*(said(id_, "a01", *(("chrome_left",) if id_ in complained else ())) for id_ in bodies))
    rows = about(report(table, corpus(bodies, sites=sites), VALUES), "line")
    assert [(row.name, row.documents, row.read, row.note) for row in rows] == [
        ("Menu", 2, 2, "at the head of texts of kabar.example"),
        (tail, 2, 3, "at the tail of texts of kabar.example"),
    ]
    assert "sites/kabar.example.toml" in rows[0].next


def test_the_language_column_agrees_or_not() -> None:
    table = annotations(*(said(id_, "a01", "not_indonesian") for id_ in ("d1", "d2", "d3")), said("d4", "a01"))
    bodies = dict.fromkeys(("d1", "d2", "d3", "d4"), "x")
    rows = about(report(table, corpus(bodies, languages={"d1": "jv", "d3": None}), VALUES), "language")
    assert [(row.name, row.documents, row.read) for row in rows] == [("not told", 1, 1), ("id", 1, 2), ("jv", 1, 1)]
    assert [row.note for row in rows] == [
        "too short to tell, says the language column",
        "the language column says Indonesian: annotators and detector differ",
        "the language column agrees",
    ]


def test_a_duplicate_is_shown_with_its_nearest_pair_one_that_was_read_first() -> None:
    table = annotations(said("d1", "a01", "duplicate"), said("d2", "a01"), said("d3", "a01", "duplicate"))
    pairs = [
        {"id_a": "d1", "id_b": "d9", "jaccard": 0.9},
        {"id_a": "d1", "id_b": "d2", "jaccard": 0.6, "merges": False, "kind": "template"},
    ]
    rows = about(report(table, corpus(BODIES, pairs=pairs), VALUES), "pair")
    assert [(row.name, row.note, row.next) for row in rows] == [
        ("d1 d2", "template, jaccard 0.60, kept apart, read here too; in a cluster of 3", "curation pairs d1 d2"),
        (
            "d3",
            "no pair is known; in no cluster",
            "ask a01 which article they mean, then: curation pairs d3 OTHER",
        ),
    ]


def test_every_row_says_what_to_do_and_the_whole_comes_first() -> None:
    table = annotations(
        said("d1", "a01", *VALUES, "lain"), said("d1", "a02", "cut"), said("d2", "a01", "cut"), said("d3", "a02")
    )
    rows = report(table, corpus(BODIES, rules=[("d1", "r")]), (*VALUES, "lain"))
    assert all(row.next for row in rows)
    assert [(row.problem, row.documents, row.read, row.note) for row in about(rows, "all")] == [
        ("cut", 2, 3, "1 said by two or more"),
        *((value, 1, 3, "0 said by two or more") for value in (*VALUES[1:], "lain")),
    ]
    documents = [row for row in about(rows, "document") if row.problem == "cut"]
    assert [(row.name, row.note, row.share) for row in documents] == [
        ("d1", "2 of 2 readers", 1.0),
        ("d2", "1 of 1 reader", 1.0),
    ]
    assert report(annotations(said("d1", "a01")), corpus(BODIES), VALUES) == []
