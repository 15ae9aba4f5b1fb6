"""Masking: in a release, letters and digits of private data become "•", one for one.

So every offset of spans, findings and paragraphs stays valid. The workspace's own texts stay as they are; what is
masked is chosen by ``[release] mask`` and found by :mod:`curation.privacy`. The digest of a whole text would let
anyone try out the few digits that are missing in it, so the digests that go out are those of the masked texts.
"""

from __future__ import annotations

import difflib
import hashlib
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import privacy, store
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from curation.release.splits.signed import Texts

MARK = "•"

Span = tuple[int, int]


def mask(text: str, spans: Iterable[Span]) -> str:
    """The text with letters and digits inside the spans hidden; as long as before, and the same if done twice.

    >>> mask("Telp. 0812-0000-1111.", [(6, 20)])
    'Telp. ••••-••••-••••.'
    """
    characters = list(text)
    for start, end in spans:
        characters[start:end] = [MARK if one.isalnum() else one for one in characters[start:end]]
    return "".join(characters)


@dataclass(frozen=True)
class Hidden:
    """What is masked in one document: spans of body and title, and the digest before and after."""

    body: tuple[Span, ...]
    title: tuple[Span, ...]
    old_sha256: str
    new_sha256: str

    def quote(self, row: dict[str, object]) -> str | None:
        """The quote of an annotation, masked as its text is; None where it was made in another version of the text."""
        quote, start, end = row["quote"], row["start"], row["end"]
        if not isinstance(quote, str) or not isinstance(start, int) or not isinstance(end, int):
            return None
        if row["text_sha256"] != self.old_sha256 or end - start != len(quote):
            return None
        spans = self.title if row["field"] == "title" else self.body
        return mask(quote, [(max(0, first - start), max(0, last - start)) for first, last in spans])


@dataclass(frozen=True)
class Masking:
    """What is masked in a release, by document."""

    hidden: dict[str, Hidden] = field(default_factory=dict)
    #: finds by kind, in titles and bodies; every kind that was asked for is there
    counts: dict[str, int] = field(default_factory=dict)

    def documents(self, table: pa.Table) -> pa.Table:
        """The table `released`, any part of it, with bodies, titles and digests masked."""
        rows = self._rows(table["id"])
        if not len(rows):
            return table
        some = table.select(["id", "title", "body"]).take(pa.array(rows)).to_pylist()
        hidden = [self.hidden[row["id"]] for row in some]
        titles = [row["title"] and mask(row["title"], one.title) for row, one in zip(some, hidden, strict=True)]
        table = _replace(table, "title", rows, titles)
        bodies = [mask(row["body"], one.body) for row, one in zip(some, hidden, strict=True)]
        table = _replace(table, "body", rows, bodies)
        return _replace(table, "text_sha256", rows, [one.new_sha256 for one in hidden])

    def texts(self, released: Path) -> Texts:
        """What a certificate is made from: columns of the table `released`, masked."""

        def read(columns: Sequence[str]) -> Iterator[pa.Table]:
            whole = [*{*columns, "id", "title", "body", "text_sha256"}] if self.hidden else columns
            for table in store.scan([released], whole):
                yield self.documents(table).select(columns) if self.hidden else table.select(columns)

        return read

    def answers(self, table: pa.Table) -> pa.Table:
        """Annotations with their quotes masked like the texts that they stand in, and the digests of those texts."""
        if "quote" not in table.column_names:
            return table
        rows = self._rows(table["document_id"])
        if not len(rows):
            return table
        some = table.take(pa.array(rows)).to_pylist()
        hidden = [self.hidden[row["document_id"]] for row in some]
        quotes = [one.quote(row) for row, one in zip(some, hidden, strict=True)]
        digests = [
            one.new_sha256 if row["text_sha256"] == one.old_sha256 else row["text_sha256"]
            for row, one in zip(some, hidden, strict=True)
        ]
        return _replace(_replace(table, "quote", rows, quotes), "text_sha256", rows, digests)

    def _rows(self, ids: pa.ChunkedArray) -> npt.NDArray[np.int64]:
        """The rows of documents in which something is masked."""
        if not self.hidden:
            return np.empty(0, np.int64)
        known = pc.is_in(ids, value_set=pa.array(list(self.hidden), pa.string()))
        return np.flatnonzero(known.to_numpy()).astype(np.int64)


def masking(released: Path, kinds: Sequence[str]) -> Masking:
    """What to mask in a release: titles and bodies are searched here, so no older table of finds can let one pass.

    Args:
        released: the table, with whole bodies.
        kinds: what to mask; of :data:`curation.privacy.MASKABLE`.

    Raises:
        UsageError: a kind is unknown, or only for review.
    """
    check_kinds(kinds)
    if not kinds:
        return Masking()
    counts = Counter(dict.fromkeys(kinds, 0))
    hidden: dict[str, Hidden] = {}
    for table in store.scan([released], ["id", "title", "body", "text_sha256"]):
        bodies, titles = _finds(table, "body", kinds, counts), _finds(table, "title", kinds, counts)
        wanted = pc.is_in(table["id"], value_set=pa.array([*bodies, *titles], pa.string()))
        for row in table.filter(wanted).to_pylist():
            body, spans = row["body"], bodies.get(row["id"], [])
            repeated = _occurrences(row["title"] or "", {body[start:end] for start, end in spans})
            masked = unicodedata.normalize("NFC", mask(body, spans))
            hidden[row["id"]] = Hidden(
                body=tuple(spans),
                title=(*titles.get(row["id"], []), *repeated),
                old_sha256=row["text_sha256"],
                new_sha256=hashlib.sha256(masked.encode()).hexdigest(),
            )
    return Masking(hidden, dict(counts))


def check_kinds(kinds: Iterable[str]) -> None:
    """Refuse kinds that can't be masked.

    >>> check_kinds(["nik", "minor"])
    Traceback (most recent call last):
    curation.errors.UsageError: 'minor' can't be masked. It is for people to review: see decisions.csv.
    """
    reviewed = {one.name for one in privacy.FINDERS if one.review}
    for kind in kinds:
        if kind in reviewed:
            remedy = "It is for people to review: see decisions.csv."
            raise UsageError(f"'{kind}' can't be masked", remedy=remedy)
        if kind not in privacy.MASKABLE:
            near = difflib.get_close_matches(kind, privacy.MASKABLE, n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(privacy.MASKABLE)}."
            raise UsageError(f"unknown kind of private data '{kind}'", remedy=remedy)


def _finds(table: pa.Table, name: str, kinds: Sequence[str], counts: Counter[str]) -> dict[str, list[Span]]:
    """The finds of these kinds in a column of texts, by document; they are counted, too."""
    texts = pc.fill_null(table[name], "")
    found: dict[str, list[Span]] = {}
    for row in privacy.findings(pa.table({"id": table["id"], "title": texts, "body": texts})).to_pylist():
        if row["kind"] in kinds:
            counts[row["kind"]] += 1
            found.setdefault(row["id"], []).append((row["start"], row["end"]))
    return found


def _occurrences(title: str, values: Iterable[str]) -> list[Span]:
    """Where a title repeats what the body tells."""
    found = []
    for value in sorted(values):
        start = title.find(value)
        while start >= 0:
            found.append((start, start + len(value)))
            start = title.find(value, start + len(value))
    return found


def _replace(table: pa.Table, name: str, rows: npt.NDArray[np.int64], values: Sequence[str | None]) -> pa.Table:
    """The table with other values in some rows of a column of strings."""
    place = np.full(table.num_rows, -1)
    place[rows] = np.arange(len(rows))
    new = pa.array(values, pa.string()).take(pa.array(place, mask=place < 0))
    column = pc.if_else(pa.array(place >= 0), new, table[name])
    index = table.schema.get_field_index(name)
    return table.set_column(index, table.schema.field(index), column)
