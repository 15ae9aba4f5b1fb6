"""Documents for the dedup tests: invented news from a seeded generator, and the brute-force oracle."""

from __future__ import annotations

import hashlib
import random
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from curation.dedup.kind import LEAST_CONTAINMENT, LEAST_JACCARD
from curation.dedup.shingle import shingles

_PARTS = ("ba", "ke", "ru", "mi", "ta", "so", "ngan", "per", "du", "la", "wi", "ng")
_WORDS = [a + b + c for a in _PARTS for b in _PARTS for c in ("", "an", "kan")]

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("url_key", pa.string()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("outlet", pa.string()),
        ("publisher", pa.string()),
        ("dateline", pa.string()),
        ("syndicated_from", pa.string()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("text_sha256", pa.string()),
    ]
)


def text(seed: int, n_words: int = 120) -> str:
    """A text of its own for every seed; nothing in it is a number or a name."""
    draw = random.Random(seed)
    return " ".join(draw.choice(_WORDS) for _ in range(n_words)) + "."


def reworded(body: str, every: int, seed: int = 0) -> str:
    """The text with one word in `every` replaced by another one."""
    draw = random.Random(seed)
    words = body.split(" ")
    for i in range(every - 1, len(words) - 1, every):
        words[i] = draw.choice(_WORDS)
    return " ".join(words)


def table(*rows: dict[str, Any]) -> pa.Table:
    """Documents from rows; what is not said is unknown."""
    full = []
    for number, row in enumerate(rows):
        sha = hashlib.sha256(row["body"].encode()).hexdigest()
        full.append({"id": f"d{number:02d}", "outlet": "unknown", "text_sha256": sha, **row})
    return pa.Table.from_pylist(full, schema=SCHEMA)


def bodies(*texts: str) -> pa.Table:
    """Documents that differ in nothing but the body."""
    return table(*({"body": body} for body in texts))


def oracle(documents: pa.Table) -> dict[tuple[str, str], tuple[float, float, float]]:
    """J and both C of all pairs that overlap, found by comparing all with all, on shingles instead of hashes."""
    rows = sorted(documents.to_pylist(), key=lambda row: row["id"])
    sets = [set(shingles(row["body"])) for row in rows]
    found = {}
    for i, a in enumerate(rows):
        for j in range(i + 1, len(rows)):
            b, common = rows[j], len(sets[i] & sets[j])
            if not sets[i] or not sets[j]:
                continue
            jaccard, in_b, in_a = (common / n for n in (len(sets[i] | sets[j]), len(sets[i]), len(sets[j])))
            same_page = a["url_key"] is not None and a["url_key"] == b["url_key"]
            if same_page or jaccard >= LEAST_JACCARD or max(in_a, in_b) >= LEAST_CONTAINMENT:
                found[a["id"], b["id"]] = (jaccard, in_b, in_a)
    return found


@pytest.fixture(scope="session")
def news() -> SimpleNamespace:
    """The helpers of this file; test files can't import each other."""
    return SimpleNamespace(text=text, reworded=reworded, table=table, bodies=bodies, oracle=oracle)
