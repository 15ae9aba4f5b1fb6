"""Measures of documents, and the verdicts that limits make of them.

form/       what any text has: length, words, sentences, repetition, language
kinds/      what is no article: paywalls, photo pages, tables, horoscopes ...
spam/       what was written to sell: gambling, search-engine spam
published/  what published filters measure, to the digit: Gopher, C4, FineWeb2, Sailcraft
profiles/   the limits: ours and theirs
"""

from __future__ import annotations

import pyarrow as pa

from curation import schema
from curation.quality.documents import Documents
from curation.quality.form import FORM
from curation.quality.kinds import KINDS
from curation.quality.measure import Measure
from curation.quality.published import PUBLISHED
from curation.quality.spam import SPAM

#: All measures, in the order of the columns of `measures` and of the reasons of a verdict.
MEASURES: tuple[Measure, ...] = (*FORM, *KINDS, *SPAM, *PUBLISHED)


def measures(documents: pa.Table, flags: pa.Table | None = None) -> pa.Table:
    """The measures table of documents.

    Args:
        documents: id, title, body, language, n_words, n_chrome.
        flags: what cleaning found in them (id, kind).
    """
    batch = Documents(documents, flags)
    columns = {"id": documents["id"], **{one.name: one(batch) for one in MEASURES}}
    return schema.conform("measures", pa.table(columns))
