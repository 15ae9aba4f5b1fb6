"""JSON Lines: one article a line, as Scrapy and most scrapers write them.

A ``.json`` file may also be one object or one list of them over many lines; then it is read in one piece.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from curation.errors import InputError
from curation.ingest.decode import decode
from curation.ingest.readers import stream
from curation.ingest.record import Record, Rejection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from curation.ingest.columns import Columns

#: So many rows are looked at before the file is taken for one without a column for the text.
_FIRST_ROWS = 100


def read(
    path: Path, source_ref: str, columns: Columns, *, may_be_one_value: bool = False
) -> Iterator[Record | Rejection]:
    """The articles of a JSON Lines file; `source_ref` gets the line number, counted from 1.

    Raises:
        InputError: it is empty, can't be read, or has no column for the text.
    """

    def lines() -> Iterator[bytes]:
        return stream.lines(path)

    if not may_be_one_value or any(isinstance(row, dict) for row in _first_rows(lines)):
        yield from _read(lines, path, source_ref, columns)
    else:
        pieces = _pieces(path)
        yield from _read(lambda: iter(pieces), path, source_ref, columns)


def _read(
    lines: Callable[[], Iterator[bytes]], path: Path, source_ref: str, columns: Columns
) -> Iterator[Record | Rejection]:
    first = [row for row in _first_rows(lines) if isinstance(row, dict)]
    if first and not any(columns.has_text(tuple(row)) for row in first):
        raise columns.without_text(list(dict.fromkeys(name for row in first for name in row)), str(path))
    number = 0
    any_row = False
    try:
        for number, line in enumerate(lines(), 1):
            if len(line) >= stream.MAX_BYTES:
                any_row = True
                yield Rejection(f"{source_ref}:{number}", "malformed", f"The line is longer than {stream.LONGEST}.")
                continue
            line = line.strip(b" \t\r\n,")  # a list with one object a line is JSON Lines with commas
            if line not in {b"", b"[", b"]"}:
                any_row = True
                yield _record(line, f"{source_ref}:{number}", columns)
    except stream.BROKEN as error:
        if not any_row:
            raise stream.broken(path, error) from error
        yield stream.broken_after(source_ref, number, error)
    if not any_row:
        raise stream.empty(path)


def _record(line: bytes, source_ref: str, columns: Columns) -> Record | Rejection:
    try:
        row, n_replaced = _value(line)
    except (ValueError, RecursionError) as error:
        return Rejection(source_ref, "malformed", f"The line is not valid JSON ({error}).")
    if not isinstance(row, dict):
        return Rejection(source_ref, "malformed", "The line holds no JSON object.")
    found = columns.record(row, source_ref)
    if n_replaced and isinstance(found, Record):
        return msgspec.structs.replace(found, n_replaced=found.n_replaced + n_replaced)
    return found


def _value(line: bytes) -> tuple[Any, int]:
    """A line's value, and how much of the line had to be replaced; valid JSON takes the fast way."""
    try:
        return msgspec.json.decode(line), 0
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        # bytes that are not UTF-8, lone surrogates and raw control characters are mended, and only those
        text, n_replaced = decode(line)
        return json.loads(text, strict=False), n_replaced


def _first_rows(lines: Callable[[], Iterable[bytes]]) -> Iterator[Any]:
    """The values of the first rows that are JSON at all."""
    try:
        for line in islice(lines(), _FIRST_ROWS):
            try:
                yield _value(line.strip(b" \t\r\n,"))[0]
            except (ValueError, RecursionError):
                continue
    except stream.BROKEN:
        return  # reported by the reading proper


def _pieces(path: Path) -> list[bytes]:
    """The objects of a ``.json`` file that is one value."""
    try:
        value, _ = _value(stream.whole(path))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"neither JSON Lines nor one JSON value ({error})",
            where=str(path),
            remedy="Fetch it again. Written one object a line, as .jsonl, a file that is cut loses its last row alone.",
        ) from error
    return [json.dumps(row).encode() for row in (value if isinstance(value, list) else [value])]
