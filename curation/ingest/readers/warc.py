"""WARC: the HTML pages of a crawl (``.warc``, ``.warc.gz``, ``.warc.zst``).

Only answers with status 200 and a type of HTML are inputs; redirects, errors, pictures and requests are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from curation.errors import InputError
from curation.ingest.decode import decode
from curation.ingest.readers import stream
from curation.ingest.record import Record, Rejection

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

_HTML = {"text/html", "application/xhtml+xml"}
_END = b"\r\n\r\n"  # of every WARC record


def read(path: Path, source_ref: str) -> Iterator[Record | Rejection]:
    """The pages of a WARC file; `source_ref` gets the number of the WARC record, counted from 1.

    Raises:
        InputError: it is empty or no WARC file.
    """
    from fastwarc.warc import ArchiveIterator

    with stream.open_bytes(path) as data:
        watched = _Watched(data)
        number = 0
        # A page is given when the next record has been reached: only then it is known to be whole.
        last: Record | Rejection | None = None
        archive: Any = ArchiveIterator(cast("Any", watched), parse_http=True, auto_decode="all")
        try:
            for number, record in enumerate(archive, 1):
                if last is not None:
                    yield last
                last = _page(record, f"{source_ref}:{number}")
        except (*stream.BROKEN, ValueError) as error:
            watched.error = error
        if number == 0 and watched.error:
            raise InputError(
                f"not a readable WARC file ({watched.error})",
                where=str(path),
                remedy="Fetch it again. If it holds the pages themselves, give each a file that ends in .html.",
            )
        if number == 0:
            raise stream.empty(path)
        if watched.error or watched.tail != _END:
            yield stream.broken_after(source_ref, number - 1, watched.error or EOFError("the last record is cut"))
        elif last is not None:
            yield last


class _Watched:
    """A stream that ends where its data break, and remembers why.

    The reader asks ahead of the records that it gives; an exception would take the records before the break
    with it.
    """

    def __init__(self, data: io.BufferedReader) -> None:
        self.error: Exception | None = None
        self.tail = b""
        self._data = data
        self._at = 0

    def tell(self) -> int:
        """How many bytes have been read."""
        return self._at

    def read(self, size: int) -> bytes:
        """The next bytes, none after the end or the break."""
        try:
            found = b"" if self.error else self._data.read1(size)
        except stream.BROKEN as error:
            self.error = error
            return b""
        self._at += len(found)
        self.tail = (self.tail + found[-4:])[-4:]
        return found


def _page(record: Any, source_ref: str) -> Record | Rejection | None:
    """The record of an HTML answer, None for every other WARC record."""
    from fastwarc.warc import WarcRecordType

    if record.record_type != WarcRecordType.response or record.http_headers is None:
        return None
    if record.http_headers.status_code != 200 or (record.http_content_type or "").lower() not in _HTML:
        return None
    page = record.reader.read(stream.MAX_BYTES + 1)
    if len(page) > stream.MAX_BYTES:
        return Rejection(source_ref, "unreadable", "The page is too long to be an article.")
    if not page.strip():
        return Rejection(source_ref, "empty", "The page is empty.")
    headers = {name.lower(): _text(value) for name, value in record.headers.items()}
    return Record(
        source_ref=source_ref,
        source_id=headers.get("warc-record-id"),
        url=headers.get("warc-target-uri"),
        pages=(page,),
        charset=_text(record.http_charset or "") or None,
        fetched_at=headers.get("warc-date"),
    )


def _text(value: str | bytes) -> str:
    raw = value.encode("utf-8", "replace") if isinstance(value, str) else value
    return decode(raw).text.strip("<> ")
