"""What a reader found, before anything is interpreted, and the Arrow table that carries it to the workers.

A reader answers one :class:`Record` for every article it can see and one :class:`Rejection` for everything
that it can't use, in the order of the input: no input vanishes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from curation.store import BATCH_BYTES, BATCH_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Record(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One article as its input gave it: a row with a text, or the pages of an HTML article."""

    source_ref: str
    source_id: str | None = None
    url: str | None = None
    #: the row's own word for where it comes from: a host, an outlet
    source: str | None = None
    title: str | None = None
    text: str | None = None
    #: the bytes of the HTML page, or of each page of an article in page order
    pages: tuple[bytes, ...] = ()
    #: charset of the HTTP header, which pages alone don't tell
    charset: str | None = None
    date_text: str | None = None
    section: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fetched_at: str | None = None
    #: of the file's bytes, where `text` is all that is left of them
    sha256: str | None = None
    #: bytes and characters of the text that a reader had to replace
    n_replaced: int = 0

    @property
    def size(self) -> int:
        """About how many bytes it holds."""
        return len(self.text or "") + sum(map(len, self.pages))


class Rejection(msgspec.Struct, frozen=True, gc=False):
    """One input that is no article, with a reason of the table `rejected` and a sentence for people."""

    source_ref: str
    reason: str
    detail: str


def name_in_batch(source_ref: str) -> str:
    """A file's name inside its batch, which stays when the batch's folder gets another name.

    >>> name_in_batch("2025-06-10/daerah/banjir.html"), name_in_batch("banjir.html")
    ('daerah/banjir.html', 'banjir.html')
    """
    return source_ref.partition("/")[2] or source_ref


STRINGS = pa.list_(pa.string())

#: One row a record or rejection; `reason` and `detail` are null for records.
SCHEMA = pa.schema(
    {
        "source_ref": pa.string(),
        "source_id": pa.string(),
        "url": pa.string(),
        "source": pa.string(),
        "title": pa.string(),
        "text": pa.string(),
        "pages": pa.list_(pa.binary()),
        "charset": pa.string(),
        "date_text": pa.string(),
        "section": pa.string(),
        "authors": STRINGS,
        "tags": STRINGS,
        "fetched_at": pa.string(),
        "sha256": pa.string(),
        "n_replaced": pa.int32(),
        "reason": pa.string(),
        "detail": pa.string(),
    }
)


def record_table(found: Sequence[Record | Rejection]) -> pa.Table:
    """Records and rejections as one Arrow table, which other processes can be sent.

    >>> record_table([Record(source_ref="a.txt", text="Kabar."), Rejection("b.txt", "empty", "")]).num_rows
    2
    """
    columns = {name: [getattr(row, name, None) for row in found] for name in SCHEMA.names}
    return pa.table(columns, schema=SCHEMA)


def record_tables(
    found: Iterable[Record | Rejection], rows: int = BATCH_ROWS, size: int = BATCH_BYTES
) -> Iterator[pa.Table]:
    """Tables of at most `rows` rows; one closes as soon as it holds `size` bytes of text and pages."""
    batch: list[Record | Rejection] = []
    held = 0
    for row in found:
        batch.append(row)
        held += row.size if isinstance(row, Record) else 0
        if len(batch) == rows or held >= size:
            yield record_table(batch)
            batch, held = [], 0
    if batch:
        yield record_table(batch)


def records(table: pa.Table) -> Iterator[Record | Rejection]:
    """The records and rejections of a table made by :func:`record_table`."""
    for row in table.to_pylist():
        reason, detail = row.pop("reason"), row.pop("detail")
        if reason:
            yield Rejection(row["source_ref"], reason, detail)
        else:
            row.update({name: tuple(row[name]) for name in ("pages", "authors", "tags")})
            yield Record(**row)
