"""Answers to a text that has changed since: what still stands moves, what does not is told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.annotation.annotators import Annotators
from curation.annotation.codebook import Codebook
from curation.annotation.export import read_export
from curation.annotation.project.moving import Ledgers, Text, by_document, move, moved, outdated
from curation.ledger import Change, apply, edit_rows

RAW = "DETAK.ID, KOTA — Warga 😀 menolak  tarif.\nBaca juga: Pasar\n𝐊𝐞𝐩𝐚𝐥𝐚 dinas diam.\nPenulis: Sari"


def cut(*passages: str, raw: str = RAW) -> list[Change]:
    places = sorted((raw.index(passage), raw.index(passage) + len(passage)) for passage in passages)
    return [Change(start, end, "", "rule") for start, end in places]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_span_moves_with_its_words() -> None:
    then = cut("DETAK.ID, ")
    now = cut("DETAK.ID, KOTA — ", "Baca juga: Pasar\n", "\nPenulis: Sari")
    before, body = apply(RAW, then), apply(RAW, now)
    for quote in ("Warga 😀 menolak  tarif.", "𝐊𝐞𝐩𝐚𝐥𝐚 dinas", "diam"):
        start = before.index(quote)
        place = move(start, start + len(quote), quote, then, Text(body, now))
        assert place
        assert body[slice(*place)] == quote


def test_a_span_that_was_cut_into_stays_behind() -> None:
    before, now = RAW, cut("Baca juga: Pasar\n")
    for quote in ("Baca juga: Pasar", "tarif.\nBaca"):
        start = before.index(quote)
        assert move(start, start + len(quote), quote, [], Text(apply(RAW, now), now)) is None


@st.composite
def ledgers(draw: st.DrawFn, raw: str) -> list[Change]:
    edges = sorted(draw(st.sets(st.integers(0, len(raw)), max_size=8)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [Change(start, end, draw(st.sampled_from(["", " ", "x", "😀"])), "rule") for start, end in pairs]


@given(st.data())
def test_what_moves_says_the_same_and_kept_words_always_move(data: st.DataObject) -> None:
    then, now = data.draw(ledgers(RAW)), data.draw(ledgers(RAW))
    before, text = apply(RAW, then), Text(apply(RAW, now), now)
    assert text.raw_length == len(RAW)
    start = data.draw(st.integers(0, max(len(before) - 1, 0)))
    end = data.draw(st.integers(start, len(before)))
    if start == end:
        return
    quote = before[start:end]
    place = move(start, end, quote, then, text)
    if place:
        assert text.body[slice(*place)] == quote
    first = data.draw(st.integers(0, len(RAW) - 1))  # a stretch of raw that neither touches
    last = data.draw(st.integers(first + 1, len(RAW)))
    if all(change.end <= first or change.start >= last for change in (*then, *now)):
        shift = sum(c.end - c.start - len(c.replacement) for c in then if c.end <= first)
        place = move(first - shift, last - shift, RAW[first:last], then, text)
        assert place
        assert text.body[slice(*place)] == RAW[first:last]


def test_a_pull_moves_marks_and_keeps_choices(codebook: Codebook, tmp_path: Path) -> None:
    then, now = cut("DETAK.ID, "), cut("DETAK.ID, KOTA — ", "Baca juga: Pasar\n")
    before, body = apply(RAW, then), apply(RAW, now)
    old = pa.table({"id": ["d1"], "text_sha256": [sha(before)]})
    ledgers = Ledgers(tmp_path / "ledgers.parquet")
    ledgers.add(old, edit_rows(["d1"], [RAW], [then]))
    task = {"campaign": "sikap", "round": "main", "task_key": "k1", "document_id": "d1", "cluster_id": "d1"}
    common = {"target": "Tarif", "stratum": "s", "inclusion_probability": 1.0, "role": "normal"}
    tasks = schema.from_rows("tasks", [{**task, **common, "text_sha256": sha(body)}])
    quotes = ("menolak  tarif", "Baca juga", "𝐊𝐞𝐩𝐚𝐥𝐚")
    path = tmp_path / "export.json"
    path.write_text(json.dumps([_exported(before, quotes)]), encoding="utf-8")

    refused = read_export(path, codebook, tasks, Annotators())
    assert [problem.what for problem in refused.problems] == ["the text is not the one that was given out"]

    kept = Ledgers(tmp_path / "ledgers.parquet")
    assert kept.missing(tasks) == ["d1"]
    pulled = read_export(path, codebook, tasks, Annotators(), kept.texts())
    assert outdated(pulled, tasks) == {"d1"}
    edits = by_document(edit_rows(["d1"], [RAW], [now]))
    found = moved(pulled, kept.of({"d1"}), {"d1": (sha(body), Text(body, edits["d1"]))})
    rows = found.annotations.to_pylist()
    assert {row["text_sha256"] for row in rows} == {sha(body)}
    assert [row["value"] for row in rows if row["question"] == "stance"] == ["favor"]
    spans = [row for row in rows if row["question"] == "evidence"]
    assert [row["quote"] for row in spans] == ["menolak  tarif", "𝐊𝐞𝐩𝐚𝐥𝐚"]
    assert all(body[row["start"] : row["end"]] == row["quote"] for row in spans)
    assert [problem.what for problem in found.problems] == [
        "the text has changed where a01 marked 'Baca juga' as 'quote'"
    ]


def _exported(text: str, quotes: tuple[str, ...]) -> dict[str, Any]:
    def item(name: str, type_: str, value: dict[str, Any]) -> dict[str, Any]:
        return {"from_name": name, "to_name": "text", "type": type_, "value": value}

    marks = [
        item(
            "evidence",
            "labels",
            {
                "start": text.index(quote),
                "end": text.index(quote) + len(quote),
                "text": quote,
                "labels": ["quote"],
            },
        )
        for quote in quotes
    ]
    stance = item("stance", "choices", {"choices": ["favor"]})
    at = "2026-03-08T08:00:00Z"
    answer = {"id": 1, "completed_by": 2, "created_at": at, "updated_at": at, "result": [stance, *marks]}
    return {"id": 1, "data": {"task_key": "k1", "text": text}, "annotations": [answer]}


def test_a_text_without_edits_is_kept_too(tmp_path: Path) -> None:
    ledgers = Ledgers(tmp_path / "ledgers.parquet")
    ledgers.add(pa.table({"id": ["d1"], "text_sha256": ["a"]}), schema.empty("edits"))
    kept = Ledgers(tmp_path / "ledgers.parquet")
    assert kept.of(["d1"]) == {("d1", "a"): []}
    tasks = pa.table({"document_id": ["d1", "d2"], "text_sha256": ["a", "b"]})
    assert kept.missing(tasks) == ["d2"]
