"""CSV and TSV: one article a row, the first row names the columns."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Protocol

from curation.errors import InputError
from curation.ingest.decode import decode
from curation.ingest.readers import stream
from curation.ingest.record import Record, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curation.ingest.columns import Columns

_SEPARATORS = ",;\t|"


def read(path: Path, source_ref: str, columns: Columns) -> Iterator[Record | Rejection]:
    """The articles of a CSV file; `source_ref` gets the number of the data row, counted from 1.

    Raises:
        InputError: it is empty, can't be read, or has no column for the text.
    """
    with stream.open_bytes(path) as data:
        try:
            names, rows = table(data, columns)
        except stream.BROKEN as error:
            raise stream.broken(path, error) from error
        except csv.Error as error:
            raise InputError(
                f"not a readable CSV file ({error})",
                where=str(path),
                remedy="Its first row must name the columns. If it is no CSV, give it the ending of what it is.",
            ) from error
        if not names:
            raise stream.empty(path)
        if not columns.has_text(names):
            raise columns.without_text(names, str(path))
        number = 0
        while True:
            ref = f"{source_ref}:{number + 1}"
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                number += 1
                yield Rejection(ref, "malformed", f"The row can't be read ({error}).")
                continue
            except stream.BROKEN as error:
                yield stream.broken_after(source_ref, number, error)
                return
            if row:
                number += 1
                yield _record(names, row, ref, columns)


def _record(names: list[str], row: list[str], source_ref: str, columns: Columns) -> Record | Rejection:
    if len(row) > len(names) and any(row[len(names) :]):
        return Rejection(source_ref, "malformed", f"The row has {len(row)} fields, the first row names {len(names)}.")
    return columns.record({name: _field(text) for name, text in zip(names, row, strict=False)}, source_ref)


def _field(text: str) -> str | bytes:
    """A field; where it holds bytes that are not UTF-8, the bytes, for `Columns` to decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")
    return text


class Rows(Protocol):
    """A reader of rows that says how many lines it has read: a quoted field may go over several."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""

    def __iter__(self) -> Iterator[list[str]]:
        """The rows."""

    def __next__(self) -> list[str]:
        """The next row."""


def table(data: io.BufferedReader, columns: Columns) -> tuple[list[str], Rows]:
    """Column names, and a reader of the rows below; the separator is the one by which the first row names most."""
    start = data.peek(4)[:2]
    encoding = "utf-16" if start in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    csv.field_size_limit(stream.MAX_BYTES)  # an open quote ends here, not at the end of the file
    lines = io.TextIOWrapper(data, encoding, errors=errors, newline="")
    first = lines.readline(1 << 20)
    while first and not first.strip():
        first = lines.readline(1 << 20)

    def fields(separator: str) -> list[str]:
        return next(csv.reader([first], delimiter=separator), [])

    def fit(separator: str) -> tuple[int, int]:
        names = fields(separator)
        return len(columns.recognise(tuple(names))), len(names)

    separator = max(_SEPARATORS, key=fit)
    names = [decode(name.encode("utf-8", "surrogateescape")).text.strip() for name in fields(separator)]
    return names, csv.reader(lines, delimiter=separator)
