"""Recorded edits: whatever rules do one after another, raw comes back from the body and its edits alone."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from curation import ledger
from curation.ledger import Change, apply, compose, edit_rows, to_body, to_raw, undo, undo_table
from curation.lines import Edit
from curation.schema import from_rows

#: narrow and wide characters, an emoji of several code points, combining marks, blank space of some kinds
CHARACTERS = st.sampled_from([*list("abc.  \n\n\té\xa0😀𝒜"), "́", "\u200d", "️", "🏽"])
RAW = st.text(CHARACTERS, max_size=30)
REPLACEMENTS = st.sampled_from(["", "", " ", "\n", ". ", "X", "😀é", "\n\n"])
ROUND = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), REPLACEMENTS), max_size=5)
ROUNDS = st.lists(ROUND, max_size=6)


def disjoint(text, wanted, rule):
    """The wanted edits that fit into the text one after another; they may touch."""
    edits = []
    for at, length, replacement in sorted(wanted):
        start, end = min(at, len(text)), min(at + length, len(text))
        if edits and (start < edits[-1].end or start == end == edits[-1].start):
            continue
        if text[start:end] != replacement:
            edits.append(Edit(0, start, end, replacement, rule))
    return edits


def edited(text, edits):
    for edit in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def rows(raw, changes):
    return [(c.start, c.end, raw[c.start : c.end], c.replacement) for c in changes]


def rounds_of(raw, rounds):
    """The text and the ledger after each round."""
    text, changes = raw, []
    for number, wanted in enumerate(rounds):
        edits = disjoint(text, wanted, f"rule{number}")
        changes = compose(changes, edits, text, len(raw))
        text = edited(text, edits)
        yield text, changes


@settings(max_examples=400)
@given(RAW, ROUNDS)
def test_any_rounds_of_edits(raw, rounds):
    known = set()
    for text, changes in rounds_of(raw, rounds):
        assert all(0 <= change.start <= change.end <= len(raw) for change in changes)
        assert all(a.end <= b.start for a, b in itertools.pairwise(changes))
        assert apply(raw, changes) == text
        assert undo(text, rows(raw, changes)) == raw
        # no rule's work is forgotten: it has its own row, or another row names it
        named = {rule for change in changes for rule in (change.rule, *change.covers)}
        assert named >= known
        known = named


@settings(max_examples=200)
@given(RAW, ROUNDS)
def test_places_in_raw_and_body(raw, rounds):
    for body, changes in rounds_of(raw, rounds):
        places = [to_body(changes, position) for position in range(len(raw) + 1)]
        assert places == sorted(places)
        assert places[0] >= 0
        assert places[-1] <= len(body)
        spans = {(change.start, change.end) for change in changes}
        for position in range(len(body)):
            start, end = to_raw(changes, position, position + 1, len(raw))
            assert 0 <= start <= end <= len(raw)
            if (start, end) not in spans:  # kept text
                assert raw[start:end] == body[position]
                inserted = "".join(c.replacement for c in changes if c.start == c.end == start)
                assert to_body(changes, start) + len(inserted) == position
        for first, last in zip(range(len(body)), range(5, len(body)), strict=False):  # a stretch, from its ends
            begins, ends = (to_raw(changes, position, position + 1, len(raw)) for position in (first, last))
            assert to_raw(changes, first, last + 1, len(raw)) == (begins[0], max(begins[0], ends[1]))
        assert to_raw(changes, len(body), len(body), len(raw)) == (len(raw), len(raw))


@given(st.lists(st.tuples(RAW, ROUNDS), max_size=4))
def test_tables_bring_raw_back(cases):
    ids = [f"{number:016x}" for number in range(len(cases))]
    raws = [raw for raw, _ in cases]
    last = [([(raw, []), *list(rounds_of(raw, rounds))])[-1] for raw, rounds in cases]
    edits = edit_rows(ids, raws, [changes for _, changes in last])
    documents = from_rows(
        "documents",
        (
            {"id": key, "url_key": key, "body": body, "outlet": "x", "tags": [], "n_words": 0, "text_sha256": ""}
            for key, (body, _) in zip(ids, last, strict=True)
        ),
    )
    turned = edits.sort_by([("seq", "descending")])
    assert undo_table(documents, turned) == dict(zip(ids, raws, strict=True))


def test_a_later_cut_covers_an_earlier_repair_and_names_it():
    raw = "Air surut.Baca juga: Harga Turun"
    first = compose([], [Edit(0, 10, 10, " ", "glued_sentence")], raw, len(raw))
    text = apply(raw, first)
    (cut,) = compose(first, [Edit(0, 10, len(text), "", "baca_juga_inline")], text, len(raw))
    assert cut == Change(10, len(raw), "", "baca_juga_inline", ("glued_sentence",))
    assert cut.note == "covers glued_sentence"
    assert Change(0, 1, "", "layout").note is None


def test_a_cover_of_a_cover_names_both():
    raw = "abcdef"
    changes = compose([], [Edit(0, 2, 3, "X", "first")], raw, 6)
    changes = compose(changes, [Edit(0, 1, 3, "Y", "second")], "abXdef", 6)
    (last,) = compose(changes, [Edit(0, 0, 3, "", "third")], "aYdef", 6)
    assert last == Change(0, 4, "", "third", ("first", "second"))


def test_edits_apart_keep_their_own_rows():
    raw = "satu dua tiga"
    changes = compose([], [Edit(0, 0, 4, "", "a"), Edit(0, 9, 13, "", "b")], raw, len(raw))
    assert changes == [Change(0, 4, "", "a"), Change(9, 13, "", "b")]


def test_two_edits_in_one_earlier_replacement_become_one_change():
    raw = "ab"
    changes = compose([], [Edit(0, 1, 1, "12345", "first")], raw, 2)
    changes = compose(changes, [Edit(0, 2, 3, "", "second"), Edit(0, 4, 5, "", "second")], "a12345b", 2)
    assert changes == [Change(1, 1, "135", "second", ("first",))]


def test_blank_space_is_split_around_an_earlier_deletion():
    raw = "Air surut.\nBaca juga: Harga\n\nWarga pulang."
    changes = compose([], [Edit(0, 11, 27, "", "baca_juga")], raw, len(raw))
    text = apply(raw, changes)
    assert text == "Air surut.\n\n\nWarga pulang."
    changes = compose(changes, [Edit(0, 10, 13, "\n\n", "layout")], text, len(raw))
    assert apply(raw, changes) == "Air surut.\n\nWarga pulang."
    assert Change(11, 27, "", "baca_juga") in changes  # its row is whole
    assert {change.rule for change in changes} == {"baca_juga", "layout"}
    assert all(not change.covers for change in changes)


def test_a_deletion_of_text_is_covered_by_a_deletion_around_it():
    raw = "a [x] b"
    changes = compose([], [Edit(0, 2, 5, "", "gambas")], raw, len(raw))
    (whole,) = compose(changes, [Edit(0, 0, 4, "", "follow")], "a  b", len(raw))
    assert whole == Change(0, 7, "", "follow", ("gambas",))


def test_nothing_to_do():
    assert compose([], [], "abc", 3) == []
    assert apply("abc", []) == "abc"
    assert undo("abc", []) == "abc"
    assert edit_rows([], [], []).num_rows == 0
    assert to_body([], 3) == 3
    assert to_raw([], 1, 2, 3) == (1, 2)


def test_what_was_cut_lies_where_the_cut_is():
    changes = [Change(2, 6, "xy", "a"), Change(8, 9, "", "b")]
    assert [to_body(changes, position) for position in (0, 2, 4, 6, 7, 8, 9, 10)] == [0, 2, 4, 4, 5, 6, 6, 7]
    assert ledger.to_raw(changes, 2, 3, 10) == (2, 6)
    assert ledger.to_raw(changes, 1, 5, 10) == (1, 7)
