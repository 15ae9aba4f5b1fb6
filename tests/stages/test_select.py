"""Which documents make the corpus, which copy of a story is kept, and why."""

from __future__ import annotations

import datetime as dt
import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import schema, store
from curation.config import Scope
from curation.stages.select import select, survey
from curation.workspace.decisions import Decision

NOON = dt.datetime(2026, 3, 3, 5, tzinfo=dt.UTC)


def document(key, **columns):
    """A document as selecting sees it: its narrow row, its verdict and its cluster."""
    given = {
        "id": key,
        "url": f"https://warta.example/{key}",
        "url_key": f"warta.example/{key}",
        "outlet": "Warta",
        "published_at": NOON,
        "n_words": 100,
        "arrival": 0,
        "removed": 0.0,
        "outside": None,
        "reasons": [],
        "cluster": "story",
    }
    assert columns.keys() <= given.keys()
    return given | columns


NARROW = pa.schema(
    [
        ("id", pa.string()),
        ("url", pa.string()),
        ("url_key", pa.string()),
        ("outlet", pa.string()),
        ("published_at", pa.timestamp("us", "UTC")),
        ("n_words", pa.int32()),
        ("arrival", pa.int64()),
        ("removed", pa.float64()),
        ("outside", pa.string()),
    ]
)


def selected(*documents, decisions=(), frozen=(), copies=(), order=None):
    """The table selection as rows by id; `copies` are (copy, origin)."""
    rows = [document(d) if isinstance(d, str) else d for d in documents]
    shuffle = random.Random(order)
    sizes = {row["cluster"]: sum(other["cluster"] == row["cluster"] for other in rows) for row in rows}
    verdicts = [{"id": row["id"], "keep": not row["reasons"], "reasons": row["reasons"]} for row in rows]
    clusters = [
        {"id": row["id"], "cluster_id": row["cluster"], "size": sizes[row["cluster"]], "role": "member"} for row in rows
    ]
    pairs = [
        {
            "id_a": min(copy, origin),
            "id_b": max(copy, origin),
            "jaccard": 0.9,
            "containment_a": 0.9,
            "containment_b": 0.9,
            "kind": "near",
            "merges": True,
            "direction": "a_from_b" if copy < origin else "b_from_a",
            "evidence": "syndicated_from",
            **dict.fromkeys(("same_text", "same_page", "one_corrects", "starts_alike"), False),
            **dict.fromkeys(("words", "numbers", "equal_numbers", "swapped_numbers", "swapped_names"), 0),
        }
        for copy, origin in copies
    ]
    if order is not None:
        for table in (rows, verdicts, clusters, pairs):
            shuffle.shuffle(table)
    made = select(
        pa.Table.from_pylist(rows, schema=NARROW),
        schema.from_rows("verdicts", verdicts),
        schema.from_rows("clusters", clusters),
        schema.from_rows("pairs", pairs),
        list(decisions),
        frozen,
    )
    assert made["id"].to_pylist() == sorted(row["id"] for row in rows)
    return {row["id"]: row for row in made.to_pylist()}


def decide(document, decision, other=""):
    return Decision(document, decision, other, "Sinta", "sebab")


def keeper(*documents, **more):
    (found,) = {row["keeper_id"] for row in selected(*documents, **more).values()}
    return found


# -- which copy is kept -------------------------------------------------------------------------------

#: from the most important down: what makes a document the keeper, and what speaks against it
ORDER = [
    ("fine", {}, {"outside": "terms"}),
    ("version", {"arrival": 1}, {"arrival": 0}),
    ("origin", {}, {}),
    ("address", {}, {"url": None}),
    ("complete", {"n_words": 100}, {"n_words": 80}),
    ("clean", {"removed": 0.0}, {"removed": 0.3}),
    ("early", {"published_at": NOON}, {"published_at": NOON + dt.timedelta(hours=1)}),
    ("arrival", {"arrival": 0}, {"arrival": 1}),
]


@pytest.mark.parametrize("level", range(len(ORDER)), ids=[name for name, *_ in ORDER])
def test_each_reason_outweighs_all_below_it(level):
    """The winner is better at one thing and worse at everything that comes after it, its id included."""
    winner, loser = {}, {}
    copies = []
    for name, good, bad in ORDER[level:]:
        better, worse = (winner, loser) if name == ORDER[level][0] else (loser, winner)
        if name == "origin":
            copies = [("b", "a") if worse is winner else ("a", "b")]
        if name == "version" and level == 1:
            winner["url_key"] = loser["url_key"] = "warta.example/1"
        if name == "arrival" and level == 1:
            continue
        better.update(good)
        worse.update(bad)
    assert keeper(document("b", **winner), document("a", **loser), copies=copies) == "b"


def test_a_frozen_keeper_stays_even_if_it_would_fail_now():
    worse = document("b", reasons=["word_count"], n_words=10, removed=0.9)
    found = selected("a", worse, frozen={"b"})
    assert found["a"]["keeper_id"] == "b"
    assert found["a"]["outcome"] == "duplicate"
    assert found["b"]["outcome"] == "failed_checks"


def test_a_person_outweighs_what_is_frozen():
    assert keeper("a", "b", decisions=[decide("b", "keeper")], frozen={"a"}) == "b"


def test_complete_means_nine_tenths_of_the_longest():
    early = dt.timedelta(hours=-1) + NOON
    assert keeper(document("a", n_words=100), document("b", n_words=90, published_at=early)) == "b"
    assert keeper(document("a", n_words=100), document("b", n_words=89, published_at=early)) == "a"


def test_a_document_without_a_date_comes_after_those_that_have_one():
    assert keeper(document("a", published_at=None), document("b")) == "b"


def test_a_copy_in_another_cluster_is_no_copy_here():
    found = selected("a", "b", document("c", cluster="other"), copies=[("a", "c")])
    assert found["a"]["keeper_id"] == "a"
    assert found["c"]["keeper_id"] == "c"


def test_the_latest_version_of_a_page_is_kept():
    one = {"url_key": "warta.example/1"}
    assert (
        keeper(document("a", **one, arrival=0), document("b", **one, arrival=2), document("c", **one, arrival=1)) == "b"
    )
    later = NOON + dt.timedelta(minutes=5)
    assert keeper(document("a", **one), document("b", **one, published_at=later)) == "b"
    # pages without an address have no versions
    assert keeper(document("a", url_key=None, arrival=1), document("b", url_key=None, arrival=0)) == "b"


# -- what becomes of each document --------------------------------------------------------------------


def outcomes(found):
    return {key: (row["selected"], row["outcome"], row["why"]) for key, row in found.items()}


def test_every_outcome_and_its_words():
    found = selected(
        document("a"),
        document("b", outlet="Detak", published_at=NOON + dt.timedelta(hours=1)),
        document("c", cluster="c", outside="before 2026-01-01"),
        document("d", cluster="d", reasons=["word_count", "repetition"]),
        document("e", cluster="e"),
        document("f", cluster="f", reasons=["word_count"]),
        decisions=[decide("e", "drop"), decide("https://warta.example/f", "keep")],
    )
    assert outcomes(found) == {
        "a": (True, "selected", "selected"),
        "b": (False, "duplicate", "duplicate of a (Warta)"),
        "c": (False, "out_of_scope", "out of scope: before 2026-01-01"),
        "d": (False, "failed_checks", "word_count, repetition"),
        "e": (False, "decision", "dropped by Sinta: sebab"),
        "f": (True, "selected", "kept by Sinta: sebab"),
    }


def test_a_dropped_document_leaves_its_cluster_to_another():
    found = selected("a", "b", decisions=[decide("a", "drop")])
    assert outcomes(found)["b"] == (True, "selected", "selected")
    assert found["a"]["keeper_id"] == "b"


def test_keep_takes_a_second_copy_in_and_keeper_changes_the_first():
    both = selected("a", "b", decisions=[decide("b", "keep")])
    assert [row["selected"] for row in both.values()] == [True, True]
    assert both["b"]["keeper_id"] == "a"
    changed = selected("a", "b", decisions=[decide("b", "keeper")])
    assert [row["selected"] for row in changed.values()] == [False, True]
    assert changed["a"]["why"] == "duplicate of b (Warta)"
    assert changed["b"]["why"] == "made keeper by Sinta: sebab"


def test_the_last_decision_counts():
    found = selected("a", decisions=[decide("a", "drop"), decide("a", "keep")])
    assert found["a"]["selected"]


def test_not_duplicate_is_no_matter_of_selecting():
    # the clusters were made apart already; here the decision changes nothing
    assert outcomes(selected("a", "b", decisions=[decide("a", "not_duplicate", "b")])) == outcomes(selected("a", "b"))


@pytest.mark.parametrize(
    ("copies", "origin"),
    [([], None), ([("b", "a")], None), ([("b", "a"), ("c", "a")], "a"), ([("b", "a"), ("c", "b"), ("a", "c")], None)],
)
def test_the_origin_is_the_one_that_is_no_copy(copies, origin):
    found = selected("a", "b", "c", document("d", cluster="d"), copies=copies)
    assert {found[key]["origin_id"] for key in "abc"} == {origin}
    assert found["d"]["origin_id"] is None


def test_nothing_at_all():
    assert selected() == {}


DOCUMENT = st.fixed_dictionaries(
    {
        "cluster": st.sampled_from("xy"),
        "url_key": st.none() | st.sampled_from(["warta.example/1", "warta.example/2"]),
        "n_words": st.sampled_from([80, 95, 100]),
        "removed": st.sampled_from([0.0, 0.04, 0.2]),
        "arrival": st.integers(0, 2),
        "published_at": st.none() | st.sampled_from([NOON, NOON + dt.timedelta(hours=1)]),
        "reasons": st.sampled_from([[], ["word_count"]]),
        "outside": st.sampled_from([None, "terms"]),
    }
)


@settings(deadline=None, max_examples=40)
@given(st.lists(DOCUMENT, min_size=1, max_size=6), st.integers(0, 9), st.booleans())
def test_the_order_of_rows_is_no_reason(columns, order, copied):
    documents = [document(f"{n}", **given) for n, given in enumerate(columns)]
    copies = [("0", "1")] if copied and len(columns) > 1 else []
    decisions = [decide("0", "drop")] if order % 3 == 0 else []
    found = selected(*documents, copies=copies, decisions=decisions)
    assert selected(*documents, copies=copies, decisions=decisions, order=order) == found
    for cluster in {row["cluster"] for row in documents}:
        members = [row["id"] for row in documents if row["cluster"] == cluster]
        (kept,) = {found[key]["keeper_id"] for key in members}
        assert kept in members
        assert sum(found[key]["selected"] for key in members) <= 1
        # a cluster is lost only where none of its members passes
        passing = [
            row["id"]
            for row in documents
            if row["cluster"] == cluster and not row["outside"] and not row["reasons"]
            if not (decisions and row["id"] == "0")
        ]
        assert found[kept]["selected"] == (kept in passing) == bool(passing)


# -- what selecting needs to know -----------------------------------------------------------------------


def article(key, body, **columns):
    row = {
        "id": key,
        "url": None,
        "url_key": None,
        "title": None,
        "outlet": "Warta",
        "tags": [],
        "n_words": len(body.split()),
        "text_sha256": key,
    }
    return row | {"body": body} | columns


def stored(folder, articles):
    folder.mkdir(parents=True)
    store.write_table(folder / "documents" / "part-00000.parquet", schema.from_rows("documents", articles))
    return folder / "documents"


def surveyed(tmp_path, articles, scope=None):
    table = survey([stored(tmp_path / "batch", articles)], scope or Scope())
    return {row["id"]: row for row in table.to_pylist()}


def outside(tmp_path, scope, *articles):
    return {key: row["outside"] for key, row in surveyed(tmp_path, articles, scope).items()}


def test_days_are_those_of_jakarta(tmp_path):
    moments = {
        "eve": dt.datetime(2025, 12, 31, 16, 59, tzinfo=dt.UTC),  # 23.59 in Jakarta
        "first": dt.datetime(2025, 12, 31, 17, 0, tzinfo=dt.UTC),
        "last": dt.datetime(2026, 1, 31, 16, 59, 59, tzinfo=dt.UTC),
        "after": dt.datetime(2026, 1, 31, 17, 0, tzinfo=dt.UTC),
        "unknown": None,
    }
    scope = Scope(since=dt.date(2026, 1, 1), until=dt.date(2026, 1, 31))
    assert outside(tmp_path, scope, *(article(key, "Air.", published_at=at) for key, at in moments.items())) == {
        "eve": "before 2026-01-01",
        "first": None,
        "last": None,
        "after": "after 2026-01-31",
        "unknown": None,
    }


def test_outlets(tmp_path):
    found = outside(tmp_path, Scope(outlets=("Warta", "Detak")), article("a", "x"), article("b", "x", outlet="warta"))
    assert found == {"a": None, "b": "outlet"}


@pytest.mark.parametrize(
    ("term", "title", "body", "inside"),
    [
        ("banjir", None, "Banjir meluas.", True),
        ("Banjir", None, "kebanjiran", False),
        ("banjir", None, "Kata dia, banjirnya surut.", True),
        ("banjir", "Waspada BANJIR", "Air naik.", True),
        ("banjir", "Air", "banjir", True),
        ("banjir", None, "pasca-banjir", True),
        ("banjir", None, "banji r", False),
        ("air bah", None, "Ada Air Bah di hulu.", True),
        ("e.on", None, "Ia neon dan eaon.", False),
        ("jum’at", None, "Salat Jum’at di balai.", True),
        ("(bnpb)", None, "Badan itu (BNPB) datang.", True),
        ("c++", None, "Ia belajar C++.", True),
        ("ÉTÉ", None, "Festival été dibuka.", True),
        ("2026", None, "Tahun 2026.", True),
        ("026", None, "Tahun 2026.", False),
    ],
)
def test_terms_begin_words_in_any_case(tmp_path, term, title, body, inside):
    found = outside(tmp_path, Scope(terms=("tak ada", term)), article("a", body, title=title))
    assert found == {"a": None if inside else "terms"}


def test_one_reason_is_enough(tmp_path):
    scope = Scope(terms=("banjir",), outlets=("Detak",), since=dt.date(2026, 1, 1))
    old = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    assert outside(tmp_path, scope, article("a", "x", published_at=old)) == {"a": "before 2026-01-01"}


def test_removed_is_a_share_of_raw(tmp_path):
    articles = [
        article("a", "a" * 60, n_chrome=40),
        article("b", "b" * 10, n_chrome=0),
        article("c", "", n_chrome=7),
        article("d", "d" * 10, n_chrome=None),
    ]
    found = surveyed(tmp_path, articles)
    assert {key: row["removed"] for key, row in found.items()} == {"a": 0.4, "b": 0.0, "c": 1.0, "d": 0.0}


def test_batches_in_the_order_of_arrival(tmp_path):
    places = [stored(tmp_path / f"{n}", [article(f"{n}", "Air.")]) for n in range(3)]
    places.insert(1, tmp_path / "empty")
    (tmp_path / "empty").mkdir()
    table = survey(places, Scope())
    assert dict(zip(table["id"].to_pylist(), table["arrival"].to_pylist(), strict=True)) == {"0": 0, "1": 2, "2": 3}
    assert survey([], Scope()).schema.equals(table.schema)
