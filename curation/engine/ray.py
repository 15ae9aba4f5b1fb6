"""A cluster: Ray runs the tasks, and everything between two tasks is a file in a folder that all nodes see.

So a lost worker or node loses nothing but what it was doing, which is done again elsewhere; and a killed driver
continues with what was marked as done, like a run on one machine. Ray's own shuffle is not used: `docs/cluster.md`
tells what became of it when a node was lost.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
import time
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read when Ray is imported

import ray
from ray._private import ray_constants
from ray._private import worker as ray_worker
from ray.exceptions import NodeDiedError, RayError, RayTaskError
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from curation import store
from curation.engine.exchange import Exchange
from curation.engine.local import LocalEngine
from curation.engine.task import Task, take, wanted_parts
from curation.errors import CurationError, UsageError
from curation.timings import Spent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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

    @property
    def workers(self) -> int:
        """How many parts are worked on at a time: as many as the cluster has processors now."""
        return self._most(self._nodes.cpus())

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
        calls = ((part, (part, item)) for part, item in wanted_parts(source, into, tell))
        for part, answer in self._results(task, calls, in_order=finish is not None):
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

    # -- tasks ------------------------------------------------------------------------------------

    def _results(
        self, function: Callable[..., Any], calls: Iterable[tuple[int, tuple[Any, ...]]], in_order: bool = False
    ) -> Iterator[tuple[int, Any]]:
        """Call a function on the nodes; gives each call's number and result, as they come or in order.

        No more calls are under way or waiting to be taken than there are workers: a driver that is killed leaves at
        most one a worker to be done again.
        """
        shared, todo = self._nodes.share(function), iter(calls)
        arguments: dict[int, tuple[Any, ...]] = {}
        waiting: deque[int] = deque()
        running: dict[ray.ObjectRef[Any], tuple[int, str]] = {}
        done: dict[int, Any] = {}
        lost: Counter[int] = Counter()
        try:
            while True:
                cpus = self._nodes.cpus()
                most = self._most(cpus)
                for number, given in islice(todo, max(0, most - len(arguments))):
                    arguments[number] = given
                    waiting.append(number)
                if not arguments:
                    return
                while waiting and len(running) < most:
                    number, node = waiting.popleft(), _freest(cpus, running.values())
                    running[self._nodes.start(node, shared, *arguments[number])] = number, node
                ready, _ = ray.wait(list(running), timeout=1)
                for reference in ready:
                    number, _ = running.pop(reference)
                    try:
                        done[number] = ray.get(reference, timeout=PATIENCE)
                    except RayTaskError as error:
                        raise error.cause or error from None
                    except RayError as error:
                        _note_loss(lost, number, error)
                        waiting.append(number)
                for reference, (number, node) in [*running.items()]:
                    if node not in cpus:
                        del running[reference]
                        _note_loss(lost, number, NodeDiedError("its node is gone"))
                        waiting.append(number)
                for number in [*arguments]:  # in the order of the calls
                    if number in done:
                        yield number, done.pop(number)
                        del arguments[number]
                    elif in_order:
                        break
        finally:
            for reference in running:
                ray.cancel(reference, force=True)

    def _most(self, cpus: Mapping[str, int]) -> int:
        return min(sum(cpus.values()), self.settings.workers or sys.maxsize)

    @cached_property
    def _nodes(self) -> _Nodes:
        _connect(self.settings)
        return _Nodes.of(self.scratch)


@dataclass(frozen=True)
class _Reduce:
    """What is done with one bucket of all sources."""

    function: Callable[..., pa.Table]
    exchange: Exchange
    names: tuple[tuple[str, ...], ...]
    schemas: tuple[pa.Schema, ...]
    into: Path
    schema: pa.Schema

    def __call__(self, part: int) -> None:
        tables = [
            self.exchange.take(names, part, schema) for names, schema in zip(self.names, self.schemas, strict=True)
        ]
        if any(table.num_rows for table in tables):
            store.write_table(self.into / f"part-{part:05d}.parquet", self.function(*tables).cast(self.schema))


def _shares(files: Sequence[Path]) -> Iterator[tuple[store.Piece, ...]]:
    pieces = store.pieces(files, rows=store.BATCH_BYTES)  # by size alone
    while share := tuple(islice(pieces, SHARE)):
        yield share


# -- nodes ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Nodes:
    """The nodes of the cluster, which must see the driver's folder and have its code."""

    #: where relative paths begin
    home: Path
    #: a file of this driver, in the folder that all must see
    sign: Path
    code: str

    @classmethod
    def of(cls, scratch: Path) -> _Nodes:
        scratch.mkdir(parents=True, exist_ok=True)
        sign = scratch / "driver"
        code = store.code_digest(".")
        store.write_atomically(sign, code.encode())
        return cls(Path.cwd(), sign, code)

    def share(self, function: Callable[..., Any]) -> ray.ObjectRef[Any]:
        """Send a function to the nodes once, for all calls."""
        reference: ray.ObjectRef[Any] = ray.put(function)
        return reference

    def start(self, node: str, function: ray.ObjectRef[Any], *arguments: Any) -> ray.ObjectRef[Any]:
        """Call it on a node; if that is lost, the caller knows what to do.

        Ray would choose a node, too, but not tell which; and when a machine falls silent, it took Ray 423 seconds to
        give up the task, long after it had given up the node.
        """
        here = NodeAffinitySchedulingStrategy(node, soft=False)
        started: ray.ObjectRef[Any] = _call.options(scheduling_strategy=here).remote(self, function, *arguments)
        return started

    def cpus(self) -> dict[str, int]:
        """The processors of each node that is alive and has some; waits a while for the first."""
        end = time.monotonic() + PATIENCE
        while not (found := _cpus()):
            if time.monotonic() > end:
                raise CurationError(
                    f"for {PATIENCE} seconds the cluster has had no node to work on",
                    where=ray.get_runtime_context().gcs_address,
                    remedy="Start nodes, and run the same command again: it continues.",
                )
            time.sleep(1)
        return found

    def check(self) -> None:
        """On a node: does it see what the driver sees, and would it do what the driver would do?"""
        with suppress(OSError):
            os.chdir(self.home)
        node = f"node {ray.util.get_node_ip_address()}"
        try:
            code = self.sign.read_text()
        except OSError:
            raise UsageError(
                "does not see the folder of the workspace",
                where=f"{node}: {self.home / self.sign.parent}",
                remedy="Mount it on every node, at the same path.",
            ) from None
        if code != self.code or store.code_digest(".") != self.code:
            raise UsageError(
                "has another version of curation than the driver",
                where=node,
                remedy="Install the same version on every node, and start Ray there again.",
            )


@ray.remote(num_cpus=1, max_retries=0)
def _call(nodes: _Nodes, function: Callable[..., Any], *arguments: Any) -> Any:
    nodes.check()
    return function(*arguments)


def _cpus() -> dict[str, int]:
    nodes = ((node["NodeID"], int(node["Resources"].get("CPU", 0))) for node in ray.nodes() if node["Alive"])
    return {node: cpus for node, cpus in nodes if cpus}


def _freest(cpus: Mapping[str, int], running: Iterable[tuple[int, str]]) -> str:
    """The node with most processors that nothing runs on."""
    busy = Counter(node for _, node in running)
    return max(cpus, key=lambda node: cpus[node] - busy[node])


def _note_loss(lost: Counter[int], number: int, error: RayError) -> None:
    lost[number] += 1
    if lost[number] > RETRIES:
        raise CurationError(
            f"the workers of one part were lost {RETRIES + 1} times, perhaps for want of memory ({error})",
            remedy="Run the same command again: it continues. Fewer workers need less: --set engine.workers=1",
        ) from error
    _log.warning("a worker was lost, its part is done again (%s)", type(error).__name__)


def _connect(settings: Settings) -> None:
    """Join the cluster at the address of the settings or of RAY_ADDRESS; without one, start Ray on this machine."""
    if ray.is_initialized():
        return
    address = settings.address or os.environ.get("RAY_ADDRESS", "")
    if address:
        own: dict[str, Any] = {"address": address}
    else:
        # a password for this run alone; Ray would leave one in the home folder
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
        ray_constants.ENABLE_RAY_CLUSTER = False  # listen to this machine alone; by init's arguments it won't
        workers = settings.workers or os.cpu_count()
        own = {"address": "local", "num_cpus": workers, "include_dashboard": False}
    try:
        if ":" in address:  # Ray itself tries for minutes
            socket.create_connection((address.rpartition(":")[0], int(address.rpartition(":")[2])), 10).close()
        ray_worker._worker_logs_enabled = False  # Ray's news would go to stdout, which is for data
        ray.init(**own, log_to_driver=False, logging_level=logging.ERROR)
    except (RayError, OSError, RuntimeError, ValueError) as error:
        raise UsageError(
            f"no Ray cluster can be joined ({str(error).strip()})",
            where=address or "[engine] address",
            remedy="Is it up, of the same versions of Ray and Python, and does RAY_AUTH_TOKEN fit?",
        ) from error
