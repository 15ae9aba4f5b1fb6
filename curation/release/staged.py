"""A staged version, read back once: it must hold what was written; what is asked of its texts is learnt on the way."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import DataError
from curation.kernels.digests import in_nfc
from curation.release.fingerprint import Fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from curation.release.splits.signed import Texts
    from curation.release.writer import Written

    #: takes the rows of one file of the documents, in order
    Look = Callable[[Path, pa.Table], None]


def texts(folder: Path) -> Texts:
    """What a certificate is made from: the documents of a version that have a text, which a takedown leaves none."""

    def read(columns: Sequence[str]) -> Iterator[pa.Table]:
        for table in store.scan([folder / "data" / "default"], [*{*columns, "text_sha256"}]):
            yield with_text(table).select(columns)

    return read


def with_text(table: pa.Table) -> pa.Table:
    """The documents that have one; a takedown empties body and digest."""
    return table if not table["text_sha256"].null_count else table.filter(pc.is_valid(table["text_sha256"]))


def aside(tables: Iterable[pa.Table], look: Callable[[pa.Table], object]) -> Iterator[pa.Table]:
    """The tables; another thread looks at each, in order, while the caller goes on with it.

    >>> seen = []
    >>> [table.num_rows for table in aside([pa.table({"n": [1]}), pa.table({"n": [2, 3]})], seen.append)]
    [1, 2]
    >>> [table.num_rows for table in seen]
    [1, 2]
    """
    with ThreadPoolExecutor(1) as other:
        last: Future[object] | None = None
        for table in tables:
            if last:
                last.result()
            last = other.submit(look, table)
            yield table
        if last:
            last.result()


def read_back(written: Iterable[Written], look: Look) -> None:
    """Read every row of a staged version, and prove that it is as it was written.

    Args:
        written: its data files.
        look: is given the documents.

    Raises:
        DataError: a file holds other rows.
    """
    for one in written:
        rows, made = 0, Fingerprint()
        for table in aside(store.scan([one.path]), made.add):
            rows += table.num_rows
            if one.path.parent.name == "default":
                look(one.path, table)
        if (rows, made.hexdigest()) != (one.rows, one.fingerprint):
            refuse([f"{one.path.name}: the rows differ"])


def refuse(problems: Sequence[str]) -> None:
    """Go on only with what was meant.

    Raises:
        DataError: something is not.
    """
    if problems:
        raise DataError("\n".join(["what was written is not what was meant:", *problems]))


class Seen:
    """What a check asks of the documents, but for the texts themselves (see :data:`curation.check.frame.SEEN`).

    It looks twice: at texts as they are written, while their digests are at hand, and at rows as they are read back.
    """

    def __init__(self) -> None:
        self._parts: list[pa.Table] = []
        self._files: dict[Path, int] = {}
        #: ids of documents whose digest is of another text
        self._mistaken: list[pa.ChunkedArray] = [pa.chunked_array([], pa.string())]
        self._texts = 0

    def texts(self, table: pa.Table, bodies: pa.StringArray) -> None:
        """Look at rows before they are written: their bodies have these digests (:func:`byte_digests`)."""
        is_same = pc.equal(pa.chunked_array([in_nfc(table["body"], bodies)]), table["text_sha256"])
        if pc.any(different := pc.invert(is_same)).as_py():
            self._mistaken.append(table["id"].filter(different))
        self._texts += table.num_rows

    def add(self, path: Path, table: pa.Table) -> None:
        """Look at the next rows of a file, which are those that were written."""
        start = self._files.setdefault(path, 0)
        self._files[path] += table.num_rows
        body, tags = table["body"], table["tags"]
        texts = [pc.is_null(table[name]) for name in ("title", "byline", "dateline")]
        is_empty = pc.is_null(body)
        for nothing in (*texts, pc.equal(pc.list_value_length(tags), 0)):
            is_empty = pc.and_(is_empty, nothing)
        is_full = pc.equal(table["text_access"], "full")
        has_body = pc.is_valid(body)
        mistaken = pa.chunked_array([chunk for ids in self._mistaken for chunk in ids.chunks], pa.string())
        matches = pc.invert(pc.is_in(table["id"], mistaken))
        columns = {name: table[name] for name in _NARROW}
        columns |= {
            "has_body": has_body,
            "is_empty": is_empty,
            "sha256_matches": pc.if_else(pc.and_(is_full, has_body), matches, pa.scalar(None, pa.bool_())),
            "shows_private": pa.nulls(table.num_rows, pa.bool_()),
            "file": pa.repeat(len(self._files), table.num_rows),
            "file_row_number": pa.array(np.arange(start, start + table.num_rows)),
        }
        self._parts.append(pa.table(columns))

    def table(self) -> pa.Table:
        """All of it.

        Raises:
            ValueError: of some rows the text was never looked at.
        """
        if (rows := sum(self._files.values())) != self._texts:
            raise ValueError(f"{self._texts} texts were looked at, {rows} rows read back")
        return pa.concat_tables(self._parts)


_NARROW = ("id", "outlet", "language", "published_at", "n_words", "text_access", "licence", "cluster_id", "split")
