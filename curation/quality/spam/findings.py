"""Where sellers speak."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

import pyarrow as pa

from curation import schema
from curation.quality.documents import Documents
from curation.quality.spam import gambling_words, spam_words
from curation.quality.spam.passages import Passage, passages

#: Passages with more points are found: as many as the limits of `quality/profiles/indonesian-news.toml` allow.
FOUND = 3.0

_WORDS = {"gambling": gambling_words.WORDS, "spam": spam_words.WORDS}


def spam_findings(documents: pa.Table) -> pa.Table:
    """The findings table of advertisements: kinds "gambling" and "spam", the code points of each in the body.

    Needs id, title, body. What stands in a headline only has no place in the body, and no finding. Each document is
    looked at by itself: who knows its measures may leave out all documents that have 0 points of both.

    >>> body = "Air surut. Situs slot gacor gampang maxwin, klaim bonus new member! Warga pulang."
    >>> found = spam_findings(pa.table({"id": ["a"], "title": ["Banjir"], "body": [body]}))
    >>> [(one["kind"], body[one["start"] : one["end"]]) for one in found.to_pylist()]
    [('gambling', 'Situs slot gacor gampang maxwin, klaim bonus new member!')]
    """
    batch = Documents(documents)
    ids = batch["id"].to_pylist()
    rows = [
        {
            "id": ids[block.row],
            "kind": kind,
            "start": block.start,
            "end": block.end,
            "score": block.points / (block.points + FOUND),
            "rule": kind,
        }
        for kind, words in _WORDS.items()
        for block in _blocks([one for one in passages(batch, words) if one.points > FOUND and one.end > 0])
    ]
    order = {id_: n for n, id_ in enumerate(ids)}
    return schema.from_rows("findings", sorted(rows, key=lambda row: (order[row["id"]], row["start"], row["kind"])))


def _blocks(found: list[Passage]) -> list[Passage]:
    """Passages that overlap, in one."""
    blocks: list[Passage] = []
    for row, those in groupby(found, attrgetter("row")):
        for one in sorted(those):
            if blocks and blocks[-1].row == row and one.start <= blocks[-1].end:
                last = blocks[-1]
                blocks[-1] = Passage(row, last.start, max(last.end, one.end), max(last.points, one.points))
            else:
                blocks.append(one)
    return blocks
