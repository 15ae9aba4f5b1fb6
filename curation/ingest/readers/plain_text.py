"""Plain text: one article a file, as a reader saved it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from curation.ingest.decode import decode
from curation.ingest.readers import stream
from curation.ingest.record import Record, Rejection, name_in_batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(path: Path, source_ref: str) -> Iterator[Record | Rejection]:
    """The article of a text file; its title is for the cleaning rules to find.

    Raises:
        InputError: it is empty, too long or can't be read.
    """
    data = stream.whole(path)
    text, n_replaced = decode(data)
    if not text.strip():
        raise stream.empty(path)
    if 4 * n_replaced > len(text):
        yield Rejection(source_ref, "unreadable", "The file holds no text: most of it can't be decoded.")
    else:
        yield Record(
            source_ref=source_ref,
            source_id=name_in_batch(source_ref),
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            n_replaced=n_replaced,
        )
