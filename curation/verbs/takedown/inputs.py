"""Taking articles out of the scraped files that lie in a workspace.

A file that is one article is deleted; a row is taken out of its file, which is written anew, the other rows as they
were.
"""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from curation import ingest, store
from curation.errors import CurationError
from curation.ingest.columns import Columns
from curation.ingest.readers import csv as csv_reader
from curation.ingest.readers import kind_of, stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from curation.config import Input
    from curation.workspace import Workspace
    from curation.workspace.withdrawn import Withdrawn

#: folders of a workspace that hold no scrape
OURS = ("state", "work", "releases", "campaigns")


def purge(workspace: Workspace, withdrawn: Withdrawn, settings: Input) -> tuple[list[Path], list[Path]]:
    """Take what was withdrawn out of the scraped files of a workspace; returns those written anew, and those deleted.

    What can't be written anew (an archive, a link to elsewhere) stays, for the search at the end to find.

    Args:
        workspace: any.
        withdrawn: the ledger.
        settings: how inputs are read.
    """
    rewritten, deleted = [], []
    manifests = (workspace.batch_stage(batch.name, "ingest").manifest() for batch in workspace.batches())
    batches = {manifest.get("input") for manifest in manifests if manifest}
    for path in sorted(workspace.root.rglob("*")):
        inside = path.relative_to(workspace.root)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or inside.parts[0] in OURS or not path.is_file() or not _is_inside(path, workspace.root):
            continue
        try:
            kind = kind_of(path)
            rows = _withdrawn_rows(path, withdrawn, settings) if kind not in (None, "warc") else set()
            if not rows:
                continue
            if kind in ("html", "text"):
                # what is a batch of its own is missed by the next run where it is gone, and may be empty
                if path.name in batches:
                    store.write_atomically(path, b"")
                else:
                    path.unlink()
                deleted.append(path)
            elif _write_without(path, str(kind), rows, settings):
                rewritten.append(path)
        except (CurationError, *stream.BROKEN, pa.ArrowException, ValueError):
            continue  # no scrape of ours
    return rewritten, deleted


def _is_inside(path: Path, root: Path) -> bool:
    """Whether a file lies here, and is no link to one elsewhere."""
    return path.resolve().is_relative_to(root.resolve())


def _withdrawn_rows(path: Path, withdrawn: Withdrawn, settings: Input) -> set[int]:
    """The numbers of the rows that were withdrawn, as `source_ref` has them; 0 for the file as a whole."""
    found = set()
    for record in ingest.read(path, settings):
        if isinstance(record, ingest.Rejection):
            continue
        made = ingest.identity(record)
        why = withdrawn.find(
            id_=made.id, url_key=made.url_key, raw=record.text, source_sha256=made.source_sha256,
            site=ingest.site_of(record.url) or ingest.site_of(record.source),
        )  # fmt: skip
        if why:
            number = record.source_ref.removeprefix(f"{path.name}:")
            found.add(int(number) if number.isdecimal() else 0)
    return found


def _write_without(path: Path, kind: str, rows: Collection[int], settings: Input) -> bool:
    """Write a file anew without some rows; returns whether this kind can be."""
    if kind == "parquet":
        table = pq.read_table(path)
        kept = [number for number in range(table.num_rows) if number + 1 not in rows]
        codec = pq.read_metadata(path).row_group(0).column(0).compression.lower()
        buffer = io.BytesIO()
        pq.write_table(table.take(kept), buffer, compression="none" if codec == "uncompressed" else codec)
        store.write_atomically(path, buffer.getvalue())
        return True
    with stream.open_bytes(path) as data:
        text = data.read()
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16
        return False
    if kind == "csv":
        made = b"".join(_csv_without(path, text, rows, settings))
    elif kind == "json" and (values := _one_value(text)) is not None:
        made = json.dumps(
            [value for number, value in enumerate(values, 1) if number not in rows], ensure_ascii=False
        ).encode("utf-8", "surrogatepass")
    else:
        # a blank line in its place: the others keep their numbers
        lines = text.split(b"\n")
        made = b"\n".join(b"" if number in rows else line for number, line in enumerate(lines, 1))
    is_empty = not made.strip(b" \t\r\n,[]")
    store.write_atomically(path, b"" if is_empty else _packed(made, path))
    return True


def _csv_without(path: Path, text: bytes, rows: Collection[int], settings: Input) -> Iterator[bytes]:
    """The lines of a CSV file but those of some rows; a quoted field may go over several lines."""
    shown = text.decode("utf-8", "surrogateescape")
    lines = list(io.StringIO(shown, newline=""))
    with stream.open_bytes(path) as data:
        _, reader = csv_reader.table(data, Columns(settings.columns))
        head = next((at for at, line in enumerate(lines) if line.strip("\ufeff \t\r\n")), 0) + 1
        at, number = head, 0
        yield "".join(lines[:head]).encode("utf-8", "surrogateescape")
        for row in reader:
            end = head + reader.line_num
            number += bool(row)
            if not (row and number in rows):
                yield "".join(lines[at:end]).encode("utf-8", "surrogateescape")
            at = end


def _one_value(text: bytes) -> list[Any] | None:
    """The items of a JSON file that is one list over many lines; None where each line is an object of its own."""
    for line in text.split(b"\n", 100)[:100]:
        try:
            if isinstance(json.loads(line.strip(b" \t\r\n,")), dict):
                return None
        except ValueError:
            continue
    value = json.loads(text)
    return value if isinstance(value, list) else [value]


def _packed(data: bytes, path: Path) -> bytes:
    """Bytes, compressed as the file was."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(b"\x1f\x8b"):
        return gzip.compress(data, mtime=0)
    if start == b"\x28\xb5\x2f\xfd":
        import zstandard

        return zstandard.ZstdCompressor().compress(data)
    return data
