"""HTML: one page a file, as a crawler or a browser saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.ingest.page.links import links
from curation.ingest.readers import stream
from curation.ingest.record import Record, Rejection, name_in_batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read(path: Path, source_ref: str) -> Iterator[Record | Rejection]:
    """The page of a file; its address is the one that it gives itself. A cut page is a page.

    Raises:
        InputError: it is empty, too long or can't be read.
    """
    data = stream.whole(path)
    yield Record(
        source_ref=source_ref,
        source_id=name_in_batch(source_ref),
        url=links(data).address,
        pages=(data,),
    )
