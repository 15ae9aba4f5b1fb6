"""A public release and the texts from elsewhere: what is the same, piece by piece, and where marked passages lie now.

A text is trusted only as far as its hashes prove it. A passage comes back where the piece around it does, or where its
own words, long enough to be told by their hash, stand in the text once.
"""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema
from curation.release.public.pieces import QUOTE, Piece, paragraphs, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: blank space between two pieces that follow each other, in code points
GAP = 8

#: what became of a document
STATUSES = ("exact", "partial", "drifted", "gone", "given")

REPORT = pa.schema(
    [
        pa.field("id", pa.string(), False),
        pa.field("url", pa.string()),
        #: exact: the same text; partial: some pieces of it; drifted: none; gone: no text for it; given: it was here
        pa.field("status", pa.string(), False),
        pa.field("pieces", pa.int32(), False),
        pa.field("pieces_found", pa.int32(), False),
        pa.field("spans", pa.int32(), False),
        pa.field("spans_back", pa.int32(), False),
    ]
)


@dataclass(frozen=True)
class Rehydrated:
    """A release with the texts that were found."""

    #: the table `public`, with bodies where they could be proved or are partly the same
    documents: pa.Table
    #: the table `public_annotations`; spans that did not come back are not in it
    annotations: pa.Table
    #: a row a document
    report: pa.Table
    #: rows of annotations that did not come back, as they were
    lost: pa.Table

    @property
    def counts(self) -> dict[str, int]:
        """Documents by what became of them."""
        found = Counter(self.report["status"].to_pylist())
        return {status: found[status] for status in STATUSES}


@dataclass
class Anchored:
    """A text beside what the release knows of it: how the pieces of then lie in the text of now."""

    body: str
    text_sha256: str | None
    is_exact: bool
    found: list[tuple[Piece, int]] = field(default_factory=list)

    def place(self, row: Mapping[str, Any]) -> tuple[int, int] | None:
        """Where a marked passage lies now; None where nothing proves it.

        Args:
            row: start, end, quote_hash and text_sha256 of an annotation.
        """
        start, end = row["start"], row["end"]
        # what was marked in another version of the text is told by its words alone
        if row["text_sha256"] == self.text_sha256 and (place := self._by_its_pieces(start, end)):
            words = self.body[slice(*place)]
            if len(words) < QUOTE or text_hash(words) == row["quote_hash"]:
                return place
        return self._by_its_words(end - start, row["quote_hash"])

    def _by_its_pieces(self, start: int, end: int) -> tuple[int, int] | None:
        """The passage, moved as the pieces that it lies in have moved, all by as much."""
        if self.is_exact:
            return start, end
        around = [(piece, now) for piece, now in self.found if piece.start < end and start < piece.start + piece.length]
        moved = {now - piece.start for piece, now in around}
        covered = around and around[0][0].start <= start and end <= around[-1][0].start + around[-1][0].length
        between = all(
            one.start + one.length + GAP >= other.start for (one, _), (other, _) in itertools.pairwise(around)
        )
        if not (covered and between and len(moved) == 1):
            return None
        by = moved.pop()
        return start + by, end + by

    def _by_its_words(self, length: int, quote_hash: str | None) -> tuple[int, int] | None:
        """The one place where the words of a long passage stand."""
        if quote_hash is None or length < QUOTE:
            return None
        last = len(self.body) - length
        places = [at for at in range(last + 1) if text_hash(self.body[at : at + length]) == quote_hash]
        return (places[0], places[0] + length) if len(places) == 1 else None


def anchor(body: str, pieces: Sequence[Piece], text_sha256: str | None) -> Anchored:
    r"""Compare a text with the hashes of the one that was labelled.

    >>> from curation.release.public.pieces import pieces
    >>> then = "Warga menata lapak sejak subuh di pasar. " * 4
    >>> anchor("Iklan\n\n" + then.strip(), pieces(then.strip()), "0").found[0][1]
    7
    """
    digest = hashlib.sha256(unicodedata.normalize("NFC", body).encode()).hexdigest()
    if digest == text_sha256:
        return Anchored(body, text_sha256, True, [(piece, piece.start) for piece in pieces])
    starts = [first for first, _ in paragraphs(body)]
    found = []
    after = 0
    for piece in pieces:
        # pieces keep their order; a paragraph that was added between them moves those behind it
        for at in starts:
            if at >= after and text_hash(body[at : at + piece.length]) == piece.hash:
                found.append((piece, at))
                after = at + piece.length
                break
    return Anchored(body, text_sha256, False, found)


def rehydrate(documents: pa.Table, annotations: pa.Table, texts: Mapping[str, Iterable[str]]) -> Rehydrated:
    """Put texts into a public release.

    Args:
        documents: the table `public`.
        annotations: the table `public_annotations`.
        texts: bodies by id; of several for one document the one that proves most is taken.
    """
    rows = documents.to_pylist()
    anchored: dict[str, Anchored] = {}
    status: dict[str, str] = {}
    for row in rows:
        pieces = [Piece(**piece) for piece in row["pieces"]]
        if row["text_access"] == "full":
            status[row["id"]] = "given"
            anchored[row["id"]] = Anchored(
                row["body"], row["text_sha256"], True, [(piece, piece.start) for piece in pieces]
            )
            continue
        candidates = [anchor(body, pieces, row["text_sha256"]) for body in texts.get(row["id"], ())]
        best = max(candidates, key=lambda one: (one.is_exact, len(one.found)), default=None)
        status[row["id"]] = _status(best)
        if best and (best.is_exact or best.found):
            anchored[row["id"]] = best
            row["body"] = best.body
    kept, lost, spans, back = _spans(annotations, anchored)
    report = [
        {
            "id": row["id"],
            "url": row["url"],
            "status": status[row["id"]],
            "pieces": len(row["pieces"]),
            "pieces_found": len(anchored[row["id"]].found) if row["id"] in anchored else 0,
            "spans": spans[row["id"]],
            "spans_back": back[row["id"]],
        }
        for row in rows
    ]
    return Rehydrated(
        schema.from_rows("public", rows),
        schema.from_rows("public_annotations", kept),
        pa.Table.from_pylist(report, REPORT),
        schema.from_rows("public_annotations", lost),
    )


def _status(best: Anchored | None) -> str:
    if best is None:
        return "gone"
    return "exact" if best.is_exact else "partial" if best.found else "drifted"


def _spans(
    annotations: pa.Table, anchored: Mapping[str, Anchored]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], Counter[str], Counter[str]]:
    """The answers with spans where they lie now, those that are lost, and how many of both a document has."""
    kept, lost = [], []
    spans: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for row in annotations.to_pylist():
        if row["start"] is None:
            kept.append(row)
            continue
        spans[row["document_id"]] += 1
        text = anchored.get(row["document_id"])
        place = text.place(row) if text else None
        if text is None or place is None:
            lost.append(row)
            continue
        back[row["document_id"]] += 1
        kept.append({**row, "start": place[0], "end": place[1], "quote": text.body[slice(*place)]})
    return kept, lost, spans, back
