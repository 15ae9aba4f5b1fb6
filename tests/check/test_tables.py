from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from curation.check.frame import FIGURES
from curation.check.tables import check_annotated, check_clean, check_raw, check_released
from curation.errors import InputError, UsageError

EMPTY = hashlib.sha256(b"").hexdigest()
KNOWN = {"stance": ["favor", "against"], "comment": None}


def failed(result):
    return {failure.column: failure for failure in result.failures}


def test_good_rows_pass_every_suite(write):
    articles, documents = write("articles", {}), write("documents", {})
    results = [
        check_raw(articles, write("rejected", {})),
        check_clean(documents, articles, write("selection", {}), write("clusters", {})),
        check_clean(documents, articles),
        check_annotated(write("annotations", {}), write("tasks", {}), KNOWN, documents),
        check_released(write("released", {})),
    ]
    assert [(result.suite, result.failures, result.passed) for result in results] == [
        (name, (), True) for name in ("raw", "clean", "clean", "annotated", "released")
    ]


def test_tables_without_rows_pass(write):
    assert check_raw(write("articles"), write("rejected")).failures == ()
    assert check_clean(write("documents"), write("articles"), write("selection")).failures == ()
    assert check_annotated(write("annotations"), write("tasks"), KNOWN).failures == ()
    assert check_released(write("released")).failures == ()


RAW = [
    ("article_id", {"id": "d1"}, "d1"),
    ("replaced_share", {"id": "d2", "n_replaced": 60}, "d2"),
    ("has_mojibake", {"id": "d2", "raw": "â€œKita siap,â€\x9d kata dia."}, "d2"),
    ("has_markup", {"id": "d2", "raw": "<p>Harga cabai turun.</p>"}, "d2"),
    ("n_chars", {"id": "d2", "raw": ""}, "d2"),
    ("year", {"id": "d2", "published_at": datetime(203, 1, 1, tzinfo=UTC)}, "d2"),
    ("url_is_address", {"id": "d2", "url": "detak.example/2"}, "d2"),
    ("fetched_after", {"id": "d2", "fetched_at": datetime(2025, 2, 1, tzinfo=UTC)}, "d2"),
]


@pytest.mark.parametrize(("column", "change", "named"), RAW)
def test_raw_names_the_failing_row(write, column, change, named):
    found = failed(check_raw(write("articles", {}, change), write("rejected")))
    assert set(found) == {column}
    assert set(found[column].ids) == {named}


def test_raw_warns_where_most_outlets_are_unknown_or_pages_are_old(write):
    again = {"id": "d2", "url_key": "detak.example/1", "outlet": "unknown"}
    other = {"id": "d3", "url_key": "detak.example/3", "outlet": "unknown"}
    found = failed(check_raw(write("articles", {"url_key": "detak.example/1"}, again, other), write("rejected")))
    assert set(found) == {"knows_outlet", "new_page"}
    assert found["new_page"].ids == ("d2",)


def test_raw_tells_of_broken_inputs_but_not_of_repeats(write):
    rejected = [{"source_ref": "b1:7", "reason": "malformed"}, {}, {"reason": "withdrawn"}]
    result = check_raw(write("articles", {}), write("rejected", *rejected))
    assert failed(result)["broken"].ids == ("b1:7",)
    assert failed(result)["broken"].share == 0.5
    assert result.passed  # quarantine is what refuses a batch


CLEAN = [
    ("has_article", {"id": "d3"}, {"id": "d3", "keeper_id": "d3"}),
    ("sha256_matches", {"id": "d2", "text_sha256": "0"}, {"id": "d2", "keeper_id": "d2"}),
    ("n_chars", {"id": "d2", "body": "", "text_sha256": EMPTY}, {"id": "d2", "keeper_id": "d1", "selected": False}),
    ("selected_words", {"id": "d2", "n_words": 0}, {"id": "d2", "keeper_id": "d2"}),
    ("is_indonesian", {"id": "d2", "language": "ms"}, {"id": "d2", "keeper_id": "d2"}),
    ("has_title", {"id": "d2", "title": None}, {"id": "d2", "keeper_id": "d2"}),
    ("keeper_exists", {"id": "d2"}, {"id": "d2", "keeper_id": "gone", "selected": False}),
    ("is_decided", {"id": "d2"}, {"id": "d9", "keeper_id": "d1"}),
]  # fmt: skip


@pytest.mark.parametrize(("column", "document", "decision"), CLEAN)
def test_clean_names_the_failing_row(write, column, document, decision):
    articles = write("articles", {}, {"id": "d2"})
    selection = write("selection", {}, decision)
    clusters = write("clusters", {}, {"id": "d2", "cluster_id": "d2"})
    found = failed(check_clean(write("documents", {}, document), articles, selection, clusters))
    found.pop("removed_share", None)
    if column == "is_indonesian":
        assert not found  # half the corpus is still Indonesian
        return
    assert set(found) == {column}
    assert found[column].ids == (document["id"],)


def test_clean_refuses_two_keepers_of_a_cluster_but_not_a_copy_kept_by_decision(write):
    documents, articles = write("documents", {}, {"id": "d2"}), write("articles", {}, {"id": "d2"})
    clusters = write("clusters", {"size": 2}, {"id": "d2", "cluster_id": "d1", "size": 2})
    both = write("selection", {}, {"id": "d2", "keeper_id": "d2"})
    result = check_clean(documents, articles, both, clusters)
    assert not result.passed
    assert failed(result)["kept_cluster"].ids == ("d1", "d2")
    decided = write("selection", {}, {"id": "d2", "keeper_id": "d1", "why": "decision: keep"})
    assert check_clean(documents, articles, decided, clusters).failures == ()


def test_clean_warns_of_a_body_cut_away(write):
    articles = write("articles", {"raw": "Baca juga: " * 200})
    result = check_clean(write("documents", {}), articles)
    assert set(failed(result)) == {"removed_share"}
    assert result.passed


def test_clean_warns_of_headlines_in_bodies(write):
    body = f"Harga cabai rawit turun lagi\n{write.text}"
    change = {"title": "Harga cabai rawit turun lagi", "body": body, "text_sha256": write.sha256(body)}
    result = check_clean(write("documents", change), write("articles", {"raw": body}))
    assert set(failed(result)) == {"repeats_title"}
    assert result.passed


def test_clean_warns_of_an_outlet_that_loses_most_of_its_text(write):
    """Row by row nothing is wrong: no article loses nine tenths."""
    many = [{"id": f"d{i}"} for i in range(20)]
    articles = write("articles", *({**one, "raw": "Baca juga: " * 50} for one in many))
    found = failed(check_clean(write("documents", *many), articles))
    assert set(found) == {"outlet_removed_share"}
    assert found["outlet_removed_share"].count == 20
    few = many[:19]
    assert failed(check_clean(write("documents", *few), articles)) == {}


ANNOTATED = [
    ("has_document", {"annotation_id": "2", "annotator": "a2", "document_id": "d9"}),
    ("has_task", {"annotation_id": "2", "task_key": "t9"}),
    ("known_value", {"annotation_id": "2", "annotator": "a2", "value": "netral"}),
    ("known_value", {"annotation_id": "2", "annotator": "a2", "question": "topik"}),
    ("annotator", {"annotation_id": "2", "annotator": "sari@detak.example"}),
    ("is_task_text", {"annotation_id": "2", "annotator": "a2", "text_sha256": "0"}),
    ("lead_time", {"annotation_id": "2", "annotator": "a2", "lead_time": 0.2}),
    ("skipped", {"annotation_id": "2", "annotator": "a2", "skipped": True, "value": None, "question": ""}),
    ("quote_matches", {"annotation_id": "2", "annotator": "a2", "start": 0, "end": 7, "quote": "AKARTA "}),
    ("span_chars", {"annotation_id": "2", "annotator": "a2", "start": 3, "end": 3, "quote": ""}),
]


@pytest.mark.parametrize(("column", "change"), ANNOTATED)
def test_annotated_names_the_failing_answer(write, column, change):
    documents, tasks = write("documents", {}), write("tasks", {})
    found = failed(check_annotated(write("annotations", {}, change), tasks, KNOWN, documents))
    found.pop("is_task_text" if column == "has_task" else "", None)
    assert set(found) == {column}
    assert found[column].ids == ("2",)


def test_annotated_takes_free_answers_and_right_quotes(write):
    quote = {"start": 0, "end": 7, "quote": "JAKARTA", "question": "comment", "value": "tempat", "field": "body"}
    result = check_annotated(write("annotations", {}, quote), write("tasks", {}), KNOWN, write("documents", {}))
    assert result.failures == ()


def test_annotated_finds_who_answered_twice_and_what_nobody_answered(write):
    tasks = write("tasks", {}, {"task_key": "t2"})
    annotations = write("annotations", {}, {"annotation_id": "2"}, {"annotation_id": "3", "annotator": "a2"})
    result = check_annotated(annotations, tasks, KNOWN)
    assert not result.passed
    assert failed(result)["answered_twice"].ids == ("1", "2")
    assert failed(result)["is_answered"].ids == ("t2",)


def test_annotated_finds_tasks_with_too_few_annotators(write):
    """A task that nobody has answered yet is told by `is_answered` alone."""
    given = [{"state": "answered"}, {"annotator": "a2"}, {"task_key": "t2"}, {"task_key": "t3", "state": "answered"}]
    enough = {"task_key": "t3", "annotator": "a2", "state": "answered"}
    gone = {"annotator": "a3", "state": "superseded", "wanted": 9}
    assignments = write("assignments", *given, enough, gone)
    result = check_annotated(write("annotations", {}), write("tasks", {}), KNOWN, assignments=assignments)
    assert failed(result)["has_enough"].ids == ("t1",)
    assert result.passed


def test_annotated_warns_of_people_and_questions_below_the_floors(write):
    rows = [
        {"id": "a1", "gold_share": 0.9, "alpha": None},
        {"id": "a2", "gold_share": 0.5, "alpha": None},
        {"id": "stance", "gold_share": None, "alpha": 0.4},
        {"id": "topik", "gold_share": None, "alpha": 0.8},
    ]
    figures = pa.Table.from_pylist(rows, FIGURES)
    result = check_annotated(write("annotations", {}), write("tasks", {}), KNOWN, figures=figures, of="sikap")
    assert {name: one.ids for name, one in failed(result).items()} == {"gold_share": ("a2",), "alpha": ("stance",)}
    assert (result.suite, result.passed) == ("annotated-sikap", True)


RELEASED = [
    ("id", {"id": "d1", "cluster_id": "d2"}),
    ("in_order", {"id": "d0", "cluster_id": "d0"}),
    ("text_access", {"id": "d2", "cluster_id": "d2", "text_access": "partial"}),
    ("withheld_is_empty", {"id": "d2", "cluster_id": "d2", "text_access": "withheld"}),
    ("given_is_there", {"id": "d2", "cluster_id": "d2", "body": None}),
    ("has_licence", {"id": "d2", "cluster_id": "d2", "licence": None}),
    ("sha256_matches", {"id": "d2", "cluster_id": "d2", "text_sha256": "0"}),
    ("cluster_id", {"id": "d2"}),
    ("n_words", {"id": "d2", "cluster_id": "d2", "n_words": 0}),
]


def test_what_was_withdrawn_is_refused(write):
    table = write("released", {}, {"id": "d2", "cluster_id": "d2"})
    result = check_released(table, withdrawn=["d2", "d7"])
    assert failed(result)["is_withdrawn"].ids == ("d2",)
    assert not result.passed


@pytest.mark.parametrize(
    "shown", ["Hubungi sari@detak.example.", "NIK 3171234567890123", "0812-3456-7890", "+6281234567890"]
)
def test_private_data_that_everybody_would_see_is_told(write, shown):
    table = write("released", {}, {"id": "d2", "cluster_id": "d2", "body": shown, "text_sha256": write.sha256(shown)})
    result = check_released(table, public=True)
    assert failed(result)["shows_private"].ids == ("d2",)
    assert result.passed
    assert failed(check_released(table)) == {}


@pytest.mark.parametrize("left", ["title", "byline", "dateline", "tags"])
def test_nothing_of_a_withheld_text_may_be_left(write, left):
    nothing = {"id": "d2", "cluster_id": "d2", "body": None, "title": None, "text_access": "withheld"}
    assert failed(check_released(write("released", {}, nothing), public=True)) == {}
    some = nothing | {left: ["cabai"] if left == "tags" else "Wulan"}
    assert failed(check_released(write("released", {}, some), public=True))["withheld_is_empty"].ids == ("d2",)


@pytest.mark.parametrize(("column", "change"), RELEASED)
def test_released_names_the_failing_row(write, column, change):
    found = failed(check_released(write("released", {}, change), public=True))
    found.pop("in_order" if column == "id" else "", None)
    assert set(found) == {column}
    assert change["id"] in found[column].ids


def test_released_puts_unknown_dates_last(write):
    undated = {"id": "d0", "cluster_id": "d0", "published_at": None}
    assert check_released(write("released", {}, undated)).failures == ()
    assert failed(check_released(write("released", undated, {})))["in_order"].ids == ("d1",)


def test_a_missing_table_and_a_file_that_is_none_are_told(write, tmp_path):
    with pytest.raises(UsageError, match=r"documents\.parquet: no such table"):
        check_released(tmp_path / "documents.parquet")
    with pytest.raises(UsageError, match="no such table"):
        check_released(tmp_path / "clean" / "documents")
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1")
    with pytest.raises(InputError, match="can't be checked"):
        check_released(broken)


def test_a_stage_that_wrote_no_part_of_a_table_has_an_empty_one(tmp_path):
    (tmp_path / "manifest.json").write_text("{}")
    assert check_released(tmp_path / "released").rows == 0


def test_whole_texts_need_no_licence_here(write):
    change = {"id": "d2", "cluster_id": "d2", "licence": None}
    assert failed(check_released(write("released", {}, change))) == {}


def test_near_duplicates_in_two_splits_are_refused(write):
    there = {"id": "d2", "cluster_id": "c", "split": "test"}
    assert set(failed(check_released(write("released", {"cluster_id": "c"}, there)))) >= {"one_split"}
    held = {**there, "split": "held"}
    assert "one_split" not in failed(check_released(write("released", {"cluster_id": "c"}, held)))
