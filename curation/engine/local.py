"""One machine: a process pool for Python, DuckDB for shuffles and sorts, both within a memory limit."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import threading
from collections import deque
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from curation import store
from curation.engine.task import Answer, Task, take, wanted_parts
from curation.errors import CurationError
from curation.timings import Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import duckdb

    from curation.config import Engine as Settings
    from curation.engine import Tables


class LocalEngine:
    """Runs stages on this machine."""

    def __init__(self, settings: Settings, scratch: Path) -> None:
        self.settings = settings
        self.scratch = scratch
        self.workers = settings.workers or os.cpu_count() or 1
        self.spent = Spent()

    def map_batches(
        self,
        function: Callable[[pa.Table], Tables],
        source: Iterable[pa.Table | store.Piece],
        into: store.Draft,
        finish: Callable[[int, Tables], Tables] | None = None,
        releases_lock: bool = False,
        tell: Callable[[int], None] | None = None,
    ) -> None:
        """See :meth:`curation.engine.Engine.map_batches`."""
        wanted = wanted_parts(source, into, tell)
        task = Task(function, None if finish else into)
        for part, answer in self._answers(task, wanted, releases_lock):
            take(part, answer, into, finish, self.spent, tell)

    def _answers(
        self, task: Task, wanted: Iterator[tuple[int, pa.Table | store.Piece]], releases_lock: bool
    ) -> Iterator[tuple[int, Answer]]:
        first = list(itertools.islice(wanted, 2))
        if len(first) < 2 or self.workers == 1:
            # a pool costs a second to start: not for a single part
            for part, item in itertools.chain(first, wanted):
                yield part, task(part, item)
            return
        waiting: deque[tuple[int, Future[Answer]]] = deque()
        task = replace(task, elsewhere=not releases_lock)
        with self._pool(releases_lock) as pool:
            try:
                for part, item in itertools.chain(first, wanted):
                    with _without_main():
                        waiting.append((part, pool.submit(task, part, item)))
                    if len(waiting) > self.workers:
                        done, future = waiting.popleft()
                        yield done, future.result()
                while waiting:
                    done, future = waiting.popleft()
                    yield done, future.result()
            except BrokenProcessPool:
                raise CurationError(
                    "a worker process was killed, perhaps for want of memory",
                    remedy="Run the same command again: it continues. Fewer workers need less: --set engine.workers=1",
                ) from None

    def _pool(self, threads: bool) -> Executor:
        if threads:
            return ThreadPoolExecutor(self.workers)
        # spawn: a fork of a process with threads (Arrow's, DuckDB's) may hang
        return ProcessPoolExecutor(self.workers, get_context("spawn"), initializer=_end_with_parent)

    def map_groups(
        self,
        function: Callable[..., pa.Table],
        sources: Sequence[Sequence[Path]],
        into: Path,
        keys: Sequence[str],
        parts: int,
        schema: pa.Schema,
    ) -> None:
        """See :meth:`curation.engine.Engine.map_groups`."""
        shuffled = self.scratch / f"groups-{os.getpid()}"
        shutil.rmtree(shuffled, ignore_errors=True)
        columns = ", ".join(f'"{key}"' for key in keys)
        with self._duckdb() as database:
            for number, files in enumerate(sources):
                target = shuffled / str(number)
                target.mkdir(parents=True)
                database.execute(
                    f"COPY (SELECT *, hash({columns}) % {parts} AS part_ FROM read_parquet({_names(files)}))"
                    f" TO {_quoted(target)} (FORMAT parquet, PARTITION_BY (part_))"
                )
        empties = [pq.read_schema(files[0]).empty_table() for files in sources]
        for part in range(parts):
            tables = [
                _read_part(shuffled / str(number) / f"part_={part}", empty) for number, empty in enumerate(empties)
            ]
            if any(table.num_rows for table in tables):
                store.write_table(into / f"part-{part:05d}.parquet", function(*tables).cast(schema))
        shutil.rmtree(shuffled)

    def sort(self, sources: Sequence[Path], into: Path, keys: Sequence[str], schema: pa.Schema) -> int:
        """See :meth:`curation.engine.Engine.sort`."""
        order = ", ".join(f'"{key}" NULLS LAST' for key in keys)
        columns = ", ".join(f'"{name}"' for name in schema.names)
        with self._duckdb() as database:
            query = f"SELECT {columns} FROM read_parquet({_names(sources)}) ORDER BY {order}"
            reader: pa.RecordBatchReader = database.sql(query).to_arrow_reader(10_000)
            tables = (pa.Table.from_batches([batch]).cast(schema) for batch in reader)
            return store.write_stream(into, schema, tables)

    def _duckdb(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        self.scratch.mkdir(parents=True, exist_ok=True)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.settings.memory,
            "threads": self.workers,
            "temp_directory": str(self.scratch),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        database = duckdb.connect(config=settings)
        database.execute("SET TimeZone = 'UTC'")
        return database


@contextmanager
def _without_main() -> Iterator[None]:
    """While processes start: none of them runs the user's script again, which need not guard its main part then.

    What they run stands in modules; a script's own file is nothing to them.
    """
    main = sys.modules["__main__"].__dict__
    file = main.pop("__file__", None)
    try:
        yield
    finally:
        if file is not None:
            main["__file__"] = file


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, even if that was killed."""
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _read_part(folder: Path, empty: pa.Table) -> pa.Table:
    files = sorted(folder.glob("*.parquet"))
    if not files:
        return empty
    tables = (pq.ParquetFile(file).read(columns=empty.column_names) for file in files)
    return pa.concat_tables(table.cast(empty.schema) for table in tables)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _names(files: Sequence[Path]) -> str:
    return "[" + ", ".join(_quoted(file) for file in files) + "]"
