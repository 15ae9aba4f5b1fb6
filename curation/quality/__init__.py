"""Measures of documents, and the verdicts that limits make of them."""

from __future__ import annotations

import pyarrow as pa

from curation import schema
from curation.quality.gambling import gambling
from curation.quality.indonesian import indonesian
from curation.quality.letter_share import letter_share
from curation.quality.measure import Measure
from curation.quality.mojibake import mojibake
from curation.quality.paywall import paywall
from curation.quality.repetition import repetition
from curation.quality.sentence_ends import sentence_ends
from curation.quality.stop_words import stop_words
from curation.quality.word_count import word_count

#: All measures, in the order of the columns of `measures` and of the reasons of a verdict.
MEASURES: tuple[Measure, ...] = (
    word_count,
    indonesian,
    stop_words,
    letter_share,
    sentence_ends,
    repetition,
    mojibake,
    paywall,
    gambling,
)


def measures(documents: pa.Table) -> pa.Table:
    """The measures table of documents (needs id, title, body, language, n_words)."""
    columns = {"id": documents["id"], **{one.name: one(documents) for one in MEASURES}}
    return schema.conform("measures", pa.table(columns))
