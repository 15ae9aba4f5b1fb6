"""Tables on disk: atomic Parquet files, and stage folders that survive a kill.

A stage writes numbered parts into ``<stage>.partial/``; each part is marked when all of its tables are in
place. The manifest comes last and the folder is renamed in one step, so a reader sees the old result or the
new one, never a mixture; a killed run is continued after its last marked part.

    <stage>/<table>/part-00000.parquet ...   marks/00000.json ...   manifest.json
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from curation import schema
from curation.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Mark = Mapping[str, Mapping[str, Any]]

MANIFEST = "manifest.json"

#: Rows and bytes of text that a stage works on at a time: the unit of memory, of a part and of a lost kill.
BATCH_ROWS = 2_000
BATCH_BYTES = 16 << 20


def failpoint(name: str) -> None:
    """Die here, as from a power cut, if the environment asks for it; the kill tests do."""
    if os.environ.get("CURATION_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)


# -- digests and JSON -----------------------------------------------------------------------------


def canonical_json(value: Any) -> str:
    """JSON that is the same for the same value: sorted keys, no spaces to argue about.

    >>> canonical_json({"b": 1, "a": [2]})
    '{"a":[2],"b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """sha256 of a JSON-like value, in hex."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest(*modules: str) -> str:
    """sha256 over source and data files of modules or packages of ``curation``, by path below it.

    A stage whose code is unchanged is skipped; this is what "unchanged" means. The tables' columns belong to
    ``schema.py``: a stage is made again when they change, not when a description is reworded.
    """
    package = Path(__file__).parent
    files: list[Path] = []
    for module in modules:
        path = package / module
        found = [p for p in path.rglob("*") if p.suffix in {".py", ".toml", ".npz"}] if path.is_dir() else [path]
        files.extend(found)
    rows = [(str(path.relative_to(package)), file_digest(path)) for path in sorted(set(files))]
    if "schema.py" in modules:
        rows += [(f"schemas/{name}", str(schema.arrow_schema(name))) for name in schema.table_names()]
    return digest(rows)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file in one step."""
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file in one step: all of it or nothing of it."""
    with _in_one_step(path) as temporary, temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _in_one_step(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place once it is written, and is gone if that fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # two machines may have a process of one number
    temporary = path.with_name(f".{path.name}.{socket.gethostname()}-{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


# -- Parquet --------------------------------------------------------------------------------------


def write_table(path: Path, table: pa.Table) -> None:
    """Write one Parquet file in one step, with the settings that make its bytes repeatable."""
    with _in_one_step(path) as temporary:
        pq.write_table(
            table.combine_chunks(),
            temporary,
            row_group_size=10_000,
            write_page_index=True,
            # hashes neither repeat nor shrink: a dictionary of them costs ten times what it saves
            use_dictionary=[f.name for f in table.schema if not pa.types.is_binary(f.type)],
            compression={f.name: "none" if pa.types.is_binary(f.type) else "zstd" for f in table.schema},
            compression_level={f.name: 3 for f in table.schema if not pa.types.is_binary(f.type)},
        )


def write_stream(path: Path, schema_: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """Write tables one after another into one Parquet file, in one step; returns the rows."""
    rows = 0
    settings = {"compression": "zstd", "compression_level": 3}
    with _in_one_step(path) as temporary, pq.ParquetWriter(temporary, schema_, **settings) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=10_000)
            rows += table.num_rows
    return rows


def parquet_files(place: Path) -> list[Path]:
    """The Parquet files of a table: the file itself, or the parts of a folder in order."""
    return [place] if place.is_file() else sorted(place.glob("*.parquet"))


def read_table(place: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """All of a table, from a file or a folder of parts.

    Raises:
        UsageError: nothing is there.
        InputError: a file is no Parquet file, or lacks a column that was asked for.
    """
    files = parquet_files(place)
    if not files:
        raise UsageError("no such table", where=str(place), remedy="Make it with: curation run")
    return pa.concat_tables(_read_file(file, columns) for file in files)


def _read_file(file: Path, columns: Sequence[str] | None) -> pa.Table:
    try:
        return pq.ParquetFile(file).read(columns=list(columns) if columns else None)
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"not a readable Parquet file ({error})", where=str(file), remedy="Remove it, and make it again."
        ) from error


def scan(
    places: Iterable[Path],
    columns: Sequence[str] | None = None,
    rows: int = BATCH_ROWS,
    size: int = BATCH_BYTES,
) -> Iterator[pa.Table]:
    """Tables of at most `rows` rows and about `size` bytes, row group by row group."""
    for place in places:
        for file in parquet_files(place):
            # pyarrow's own read-ahead would keep all that it has read of the file
            parquet = pq.ParquetFile(file, pre_buffer=False)
            wanted = list(columns) if columns else None
            # threads would be a tenth faster by the clock, and cost a tenth more: other work keeps the processors busy
            for batch in parquet.iter_batches(batch_size=rows, columns=wanted, use_threads=False):
                table = pa.Table.from_batches([batch])
                step = max(1, int(table.num_rows * min(1.0, size / max(table.nbytes, 1))))
                for start in range(0, table.num_rows, step):
                    yield table.slice(start, step)


def together(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The same rows in tables of at least so many, but the last.

    >>> [table.num_rows for table in together([pa.table({"n": [1]})] * 5, 2)]
    [2, 2, 1]
    """
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(one.num_rows for one in waiting) >= rows:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


@dataclass(frozen=True)
class Piece:
    """Some rows of one row group of a Parquet file, not read yet: any process that sees the file can."""

    file: Path
    group: int
    start: int
    rows: int

    def read(self) -> pa.Table:
        """The rows, all columns."""
        with pq.ParquetFile(self.file) as parquet:
            return parquet.read_row_group(self.group).slice(self.start, self.rows)


def pieces(places: Iterable[Path], rows: int = BATCH_ROWS, size: int = BATCH_BYTES) -> Iterator[Piece]:
    """All rows of some tables in pieces of at most `rows` rows and about `size` bytes, in order, from the footers."""
    for place in places:
        for file in parquet_files(place):
            metadata = pq.read_metadata(file)
            for group in range(metadata.num_row_groups):
                here = metadata.row_group(group)
                step = max(1, min(rows, here.num_rows * size // max(here.total_byte_size, 1)))
                for start in range(0, here.num_rows, step):
                    yield Piece(file, group, start, min(step, here.num_rows - start))


def scan_where(
    places: Iterable[Path], column: str, values: pa.Array, columns: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """The rows whose `column` holds one of `values`, in order; wide columns are read only where such a row is.

    The narrow column is held whole: looking many values up is cheap once, not once a part.
    """
    files = [file for place in places for file in parquet_files(place)]
    chunks = [chunk for file in files for chunk in read_table(file, [column])[column].chunks]
    mask = pc.is_in(pa.chunked_array(chunks, values.type), values)
    start = 0
    for file in files:
        with pq.ParquetFile(file) as parquet:
            for group in range(parquet.num_row_groups):
                here = mask.slice(start, parquet.metadata.row_group(group).num_rows)
                start += len(here)
                if pc.any(here).as_py():
                    yield parquet.read_row_group(group, list(columns) if columns else None).filter(here)


def rows_where(
    places: Iterable[Path], column: str, values: Collection[str], columns: Sequence[str] | None = None
) -> list[dict[str, Any]]:
    """The few rows whose `column` holds one of `values`, as dictionaries, in order (see :func:`scan_where`)."""
    wanted = pa.array(sorted(values), pa.string())
    return [row for table in scan_where(places, column, wanted, columns) for row in table.to_pylist()]


def count_rows(place: Path) -> int:
    """Rows of a table, from the Parquet footers alone."""
    return sum(pq.read_metadata(file).num_rows for file in parquet_files(place))


# -- stage folders --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """The folder of one finished or missing stage result."""

    path: Path

    def manifest(self) -> dict[str, Any] | None:
        """The manifest, or None where the stage has not finished."""
        try:
            loaded: dict[str, Any] = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError:
            return None  # half-written by something else than us: make the stage again
        return loaded

    def is_current(self, key: str) -> bool:
        """Whether the finished result was made from the same inputs, settings and code."""
        manifest = self.manifest()
        return manifest is not None and manifest.get("key") == key

    def content(self) -> str:
        """Digest of what the stage holds; what stands downstream depends on this, not on how it was made."""
        manifest = self.manifest()
        return "" if manifest is None else str(manifest["content"])

    def table(self, name: str) -> Path:
        """The folder with the parts of one table."""
        return self.path / name

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """All of one table; empty where the stage wrote no part of it."""
        if not parquet_files(self.table(name)):
            nothing = schema.empty(name)
            return nothing.select(list(columns)) if columns else nothing
        return read_table(self.table(name), columns)

    def begin(self, key: str) -> Draft:
        """A draft of this stage; parts of a killed draft with the same key are kept."""
        draft = Draft(self.path, self.path.with_name(self.path.name + ".partial"), key)
        draft.open()
        return draft


@dataclass(frozen=True)
class Draft:
    """A stage result in the making."""

    final: Path
    path: Path
    key: str

    def open(self) -> None:
        """Continue the draft of a killed run with the same key, or start a new one."""
        key_file = self.path / "key"
        # parts of another size would not fit together
        key = f"{self.key} {BATCH_ROWS} {BATCH_BYTES}"
        if self.path.exists() and not (key_file.exists() and key_file.read_text() == key):
            shutil.rmtree(self.path)
        (self.path / "marks").mkdir(parents=True, exist_ok=True)
        for unfinished in self.path.rglob(".*"):
            unfinished.unlink()
        for file in self.path.glob("*/part-*.parquet"):
            if not self.has(int(file.stem.removeprefix("part-"))):
                file.unlink()  # of a part that was not marked: other tables of it may be missing
        write_atomically(key_file, key.encode())

    def has(self, part: int) -> bool:
        """Whether this part was finished, by this run or by one that was killed."""
        return (self.path / "marks" / f"{part:05d}.json").exists()

    def write(self, part: int, tables: Mapping[str, pa.Table]) -> None:
        """Write one part of each table, then mark the part as done."""
        self.mark(part, self.put(part, tables))

    def put(self, part: int, tables: Mapping[str, pa.Table]) -> Mark:
        """Write one part of each table; any process that sees the folder may, and may do so twice.

        Returns:
            What :meth:`mark` wants: rows and digest of each table's file.
        """
        mark: dict[str, dict[str, Any]] = {}
        for name, table in sorted(tables.items()):
            file = self.path / name / f"part-{part:05d}.parquet"
            write_table(file, schema.conform(name, table))
            mark[name] = {"rows": table.num_rows, "sha256": file_digest(file)}
        return mark

    def mark(self, part: int, mark: Mark) -> None:
        """Mark a part as done; only the process that holds the workspace does."""
        write_json(self.path / "marks" / f"{part:05d}.json", mark)
        failpoint(f"{self.final.name}:after-part-{part}")

    def commit(self, details: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Write the manifest and put the draft in the place of the old result."""
        failpoint(f"{self.final.name}:before-manifest")
        marks = [json.loads(file.read_text()) for file in sorted((self.path / "marks").glob("*.json"))]
        rows: dict[str, int] = {}
        for mark in marks:
            for name, part in mark.items():
                rows[name] = rows.get(name, 0) + part["rows"]
        manifest = {
            "stage": self.final.name,
            "key": self.key,
            "content": digest(marks),
            "rows": rows,
            **(details or {}),
        }
        write_json(self.path / MANIFEST, manifest)
        failpoint(f"{self.final.name}:before-rename")
        replace_folder(self.path, self.final)
        return manifest


def replace_folder(new: Path, old: Path) -> None:
    """Put one folder in the place of another; a kill between the two renames is mended by the next run."""
    aside = old.with_name(old.name + ".old")
    if old.exists():
        if aside.exists():
            shutil.rmtree(aside)
        old.replace(aside)
    new.replace(old)
    if aside.exists():
        shutil.rmtree(aside)
