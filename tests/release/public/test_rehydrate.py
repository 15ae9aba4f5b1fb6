"""Texts from elsewhere: every marked passage comes back with the same words, or is told to be lost."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema, store
from curation.release.public import tables
from curation.release.public.rehydrate import rehydrate
from curation.release.rights import Rights

WORDS = [
    *("Warga", "Desa", "Kalimaya", "menata", "lapak", "subuh", "pasar", "harga", "cabai", "turun", "😀"),
    *("hujan", "Teluk", "dinas", "kata", "𝐊𝐞𝐩𝐚𝐥𝐚", "rapat"),
]
KEY = b"k" * 32


def paragraph(draw: random.Random, n: int) -> str:
    return " ".join(draw.choices(WORDS, k=n))


def release(body: str, spans: list[tuple[int, int]]) -> tuple[pa.Table, pa.Table]:
    digest = hashlib.sha256(body.encode()).hexdigest()
    document = {
        "id": "d1", "url": "https://detak.example/1", "body": body, "outlet": "Detak", "tags": [], "n_words": 9,
        "text_sha256": digest, "cluster_id": "d1", "cluster_size": 1, "split": "train", "topics": [], "stance": [],
        "label_status": "labelled", "text_access": "full",
    }  # fmt: skip
    whole = schema.from_rows("released", [document])
    public = tables.documents(whole, Rights(), KEY, with_urls=True)
    answers = schema.from_rows("annotations", [answer(body, digest, n, *span) for n, span in enumerate(spans)])
    return public, tables.answers(answers, public.select(["id", "text_access", "text_sha256"]), KEY)


def answer(body: str, digest: str, n: int, start: int, end: int) -> dict[str, Any]:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    return {
        "campaign": "k", "round": "main", "task_key": "t", "annotation_id": str(n), "document_id": "d1",
        "text_sha256": digest, "question": "bukti", "value": "v", "field": "text", "start": start, "end": end,
        "quote": body[start:end], "skipped": False, "annotator": "a01", "created_at": when, "updated_at": when,
        "label_config_sha256": "c", "guideline_version": "1.0", "source": "x",
    }  # fmt: skip


@given(st.integers(0, 10_000))
def test_every_passage_is_back_with_its_words_or_told(seed):
    draw = random.Random(seed)
    parts = [paragraph(draw, draw.choice([2, 8, 25, 60])) for _ in range(draw.randint(1, 8))]
    body = "\n\n".join(parts)
    spans = []
    for _ in range(6):
        start = draw.randrange(len(body))
        spans.append((start, min(len(body), start + draw.choice([3, 15, 60, 200]))))
    spans = [span for span in spans if span[0] < span[1]]
    public, answers = release(body, spans)
    for number in range(len(parts)):
        what = draw.random()
        if what < 0.2:
            parts[number] = paragraph(draw, 30)
        elif what < 0.3:
            parts[number] = ""
        elif what < 0.4:
            parts[number] = f"Iklan\n\n{parts[number]}"
    now = "\n\n".join(part for part in parts if part)
    made = rehydrate(public, answers, {"d1": [now]})
    quotes = {str(n): body[start:end] for n, (start, end) in enumerate(spans)}
    for row in made.annotations.to_pylist():
        assert now[row["start"] : row["end"]] == row["quote"] == quotes[row["annotation_id"]]
    there = {row["annotation_id"] for row in made.annotations.to_pylist()}
    assert there.isdisjoint(made.lost["annotation_id"].to_pylist())
    assert made.annotations.num_rows + made.lost.num_rows == len(spans)
    (report,) = made.report.to_pylist()
    assert (report["spans"], report["spans_back"]) == (len(spans), made.annotations.num_rows)
    if now == body and len(body) >= 120:
        assert (report["status"], made.lost.num_rows) == ("exact", 0)


LONG = [paragraph(random.Random(n), 40) for n in range(4)]
BODY = "\n\n".join(LONG)


@pytest.mark.parametrize(
    ("texts", "status", "back"),
    [
        ([BODY], "exact", 3),
        ([f"Baca juga: Hujan\n\n{BODY}"], "partial", 3),
        (["\n\n".join([LONG[0], paragraph(random.Random(99), 40), *LONG[2:]])], "partial", 2),
        (["\n\n".join(LONG[:1])], "partial", 1),
        (["Teks lain sama sekali."], "drifted", 0),
        ([], "gone", 0),
        (["Teks lain sama sekali.", BODY], "exact", 3),
    ],
)
def test_each_status(texts, status, back):
    places = [BODY.index(LONG[i]) for i in (0, 1, 3)]
    public, answers = release(BODY, [(at + 6, at + 16) for at in places])
    made = rehydrate(public, answers, {"d1": texts})
    (report,) = made.report.to_pylist()
    assert (report["status"], report["spans_back"]) == (status, back)
    assert made.counts[status] == 1
    (row,) = made.documents.to_pylist()
    assert (row["body"] is None) == (status in ("drifted", "gone"))


def test_a_long_quote_is_found_by_its_own_words_where_its_piece_is_gone():
    at = BODY.index(LONG[1])
    public, answers = release(BODY, [(at, at + 90)])
    now = BODY.replace(LONG[1], f"{LONG[1][:90]} tambahan yang baru.")
    made = rehydrate(public, answers, {"d1": [now]})
    assert made.annotations["quote"].to_pylist() == [BODY[at : at + 90]]


def test_what_was_marked_in_another_text_is_not_trusted_by_its_place():
    public, answers = release(BODY, [(6, 16)])
    other = answers.set_column(5, answers.schema.field(5), [["0" * 64]])
    assert other.schema.names[5] == "text_sha256"
    made = rehydrate(public, other, {"d1": [BODY]})
    assert (made.annotations.num_rows, made.lost.num_rows) == (0, 1)


def test_a_release_without_rows():
    made = rehydrate(schema.empty("public"), schema.empty("public_annotations"), {})
    assert made.report.num_rows == 0
    assert store.digest(made.counts) == store.digest(dict.fromkeys(made.counts, 0))
