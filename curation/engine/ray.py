"""A cluster: Ray runs the tasks, and everything between two tasks is a file in a folder that all nodes see.

So a lost worker or node loses nothing but what it was doing, which is done again elsewhere; and a killed driver
continues with what was marked as done, like a run on one machine. Ray's own shuffle is not used: `docs/cluster.md`
tells what became of it when a node was lost.
"""

from __future__ import annotations

import logging
import os
import secrets
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import ray
from ray.exceptions import RayError, RayTaskError

from curation import store
from curation.engine.exchange import Exchange
from curation.engine.local import LocalEngine
from curation.engine.task import Task, take, wanted_parts
from curation.errors import CurationError, UsageError
from curation.timings import Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from curation.config import Engine as Settings
    from curation.engine import Tables

#: How often a task is done again whose worker or node was lost; more is no accident.
RETRIES = 3
#: Pieces of a source that one task of a shuffle takes: at most 16 MB of text each.
SHARE = 8
#: Seconds without any node to work on after which a run gives up.
PATIENCE = 60

_log = logging.getLogger(__name__)


class RayEngine:
    """Runs stages on the nodes of a Ray cluster; this process, the driver, plans and marks what is done."""

    def __init__(self, settings: Settings, scratch: Path) -> None:
        self.settings = settings
        self.scratch = scratch
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
        task = Task(function, None if finish else into, elsewhere=True)
        for part, answer in self._results(task, wanted_parts(source, into, tell), in_order=finish is not None):
            take(part, answer, into, finish, self.spent, tell)
        for unfinished in into.path.rglob(".*"):
            unfinished.unlink()  # of lost workers

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
        place = self.settings.exchange or str(self.scratch)
        exchange = Exchange(f"{place.rstrip('/')}/groups-{secrets.token_hex(8)}", tuple(keys), parts)
        try:
            shares = [(number, share) for number, files in enumerate(sources) for share in _shares(files)]
            names: list[dict[int, str]] = [{} for _ in sources]
            for at, name in self._results(exchange.put, ((at, (share,)) for at, (_, share) in enumerate(shares))):
                names[shares[at][0]][at] = name
            reduce = _Reduce(
                function,
                exchange,
                # in the order of the source, whichever was ready first
                tuple(tuple(name for _, name in sorted(of_source.items())) for of_source in names),
                tuple(pq.read_schema(files[0]) for files in sources),
                into,
                schema,
            )
            for _ in self._results(reduce, ((part, (part,)) for part in range(parts))):
                pass
        finally:
            exchange.clear()

    def sort(self, sources: Sequence[Path], into: Path, keys: Sequence[str], schema: pa.Schema) -> int:
        """See :meth:`curation.engine.Engine.sort`; one machine sorts what a cluster made."""
        return LocalEngine(self.settings, self.scratch).sort(sources, into, keys, schema)
