"""Which reader an input needs: by its ending, else by its first bytes."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from curation.errors import InputError, UsageError
from curation.ingest.columns import ColumnError, Columns
from curation.ingest.decode import decode
from curation.ingest.page import join
from curation.ingest.readers import csv, html, jsonl, parquet, plain_text, stream, warc
from curation.ingest.record import Record, Rejection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from curation.config import Input

_ENDINGS = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".jl": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
}
_COMPRESSED = {".gz", ".zst"}

#: What a file of a kind starts with.
_STARTS = (
    ("parquet", re.compile(rb"PAR1")),
    ("warc", re.compile(rb"WARC/[01]\.")),
    ("html", re.compile(rb"(?is)\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*<html)")),
    ("json", re.compile(rb'\s*(?:\[\s*)?\{\s*"')),
)


def read(path: Path, settings: Input) -> Iterator[Record | Rejection]:
    """The records of one batch: of a file, or of all files of a folder in natural order.

    In a folder, a file that can't be read is a rejection; on its own it is an error. Hidden files are no
    input. The pages of an article that stands on several HTML pages are joined.

    Raises:
        UsageError: nothing is there, the folder is empty, or its kind is unknown.
        InputError: a file on its own is empty or can't be read, or no column is recognised as the text.
    """
    columns = Columns(settings.columns)
    if not path.exists():
        raise UsageError("no such file or folder", where=str(path), remedy="Check the path.")
    if path.is_file():
        kind = kind_of(path)
        if kind is None:
            raise _unknown(path)
        found = partial(_read, path, kind, path.name, columns)
        return _joined(found, found) if kind == "warc" else found()
    files = [(file, kind_of(file)) for file in _files(path)]
    if not files:
        raise UsageError("the folder is empty", where=str(path), remedy="Put the scraped files into it.")
    with_pages = [(file, kind) for file, kind in files if kind in {"html", "warc"}]
    return _joined(partial(_folder, path, with_pages, columns), partial(_folder, path, files, columns))


def kind_of(path: Path) -> str | None:
    """What a file holds: text, html, jsonl, json, csv, parquet or warc; None for anything else."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    if suffixes and suffixes[-1] in _ENDINGS:
        return _ENDINGS[suffixes[-1]]
    try:
        with stream.open_bytes(path) as data:
            start = data.read(4096)
    except (InputError, *stream.BROKEN):
        return None
    kind = next((kind for kind, pattern in _STARTS if pattern.match(start)), None)
    if kind is None and not suffixes and start.strip() and not decode(start[:-4] or start).n_replaced:
        return "text"
    return kind


def _joined(
    paged: partial[Iterator[Record | Rejection]], everything: partial[Iterator[Record | Rejection]]
) -> Iterator[Record | Rejection]:
    yield from join.join(everything(), join.index(paged()))


def _folder(folder: Path, files: Iterable[tuple[Path, str | None]], columns: Columns) -> Iterator[Record | Rejection]:
    for file, kind in files:
        source_ref = file.relative_to(folder.parent).as_posix()
        try:
            if kind is None:
                raise _unknown(file)
            yield from _read(file, kind, source_ref, columns)
        except ColumnError:
            raise
        except InputError as error:
            reason = "empty" if isinstance(error, stream.EmptyError) else "unreadable"
            yield Rejection(source_ref, reason, f"{error.what[0].upper()}{error.what[1:]}.")


def _read(path: Path, kind: str, source_ref: str, columns: Columns) -> Iterator[Record | Rejection]:
    match kind:
        case "text":
            return plain_text.read(path, source_ref)
        case "html":
            return html.read(path, source_ref)
        case "jsonl" | "json":
            return jsonl.read(path, source_ref, columns, may_be_one_value=kind == "json")
        case "csv":
            return csv.read(path, source_ref, columns)
        case "parquet":
            return parquet.read(path, source_ref, columns)
        case _:
            return warc.read(path, source_ref)


def _files(folder: Path) -> list[Path]:
    """All files below a folder, except hidden ones, as a person would sort them: 2 before 10."""
    found = [
        file
        for file in folder.rglob("*")
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda file: (_natural(file.relative_to(folder).as_posix()), file))


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Sort key: numbers by value and before everything else."""
    parts = re.findall(r"[0-9]{1,15}|[^0-9]+", name)
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts]


def _unknown(path: Path) -> InputError:
    return InputError(
        "not a kind of file that curation reads",
        where=str(path),
        remedy="It reads .txt, .html, .jsonl, .csv, .tsv, .parquet and .warc, also as .gz and .zst.",
    )
