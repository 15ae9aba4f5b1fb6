"""Invented texts for the rule book, and one way to clean a few of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from curation import ledger
from curation.boilerplate import RULES
from curation.boilerplate.cleaner import clean_texts
from curation.rule import Context


def cleaned(raws, rules=RULES, **context):
    """The rule book's answer for some texts, with raw restored from bodies and edits alone."""
    made = clean_texts(raws, Context(**context), rules)
    restored = [
        ledger.undo(body, [(c.start, c.end, raw[c.start : c.end], c.replacement) for c in changes])
        for raw, body, changes in zip(made.raws, made.bodies, made.ledgers, strict=True)
    ]
    fired = [{name for c in changes for name in (c.rule, *c.covers)} for changes in made.ledgers]
    for answer in (*made.values, *made.flags):
        fired[answer.document].add(answer.rule)
    return SimpleNamespace(**vars(made), restored=restored, fired=fired)


@pytest.fixture(scope="session")
def clean():
    return cleaned


ARTICLES = Path(__file__).parents[2] / "../shared/data/articles.jsonl.gz"


@pytest.fixture(scope="session")
def real_articles():
    """Real articles, where they are at hand; they are not part of this project."""
    if not ARTICLES.exists():
        pytest.skip(f"no real articles at {ARTICLES}")
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="session")
def real_texts():
    """Their texts; none where there are none."""
    if not ARTICLES.exists():
        return []
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] or "" for line in file][:1500]
