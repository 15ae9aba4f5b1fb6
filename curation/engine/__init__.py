"""What runs the stages. An engine knows tables and functions; it knows no stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from curation.config import Engine as Settings
    from curation.store import Draft, Piece
    from curation.timings import Spent

    Tables = Mapping[str, pa.Table]


class Engine(Protocol):
    """Three verbs over tables that need not fit in memory."""

    #: what the work in other processes took so far
    spent: Spent

    @property
    def workers(self) -> int:
        """How many parts are worked on at a time."""

    def map_batches(
        self,
        function: Callable[[pa.Table], Tables],
        source: Iterable[pa.Table | Piece],
        into: Draft,
        finish: Callable[[int, Tables], Tables] | None = None,
        releases_lock: bool = False,
        tell: Callable[[int], None] | None = None,
    ) -> None:
        """Turn each batch of the source into one part of each table of a draft.

        Args:
            function: pure and picklable; runs in any process, in any order.
            source: the batches: tables, or pieces of files, which the worker reads itself; parts that the draft
                already has are skipped.
            into: the draft that takes the parts; workers write into it.
            finish: runs in this process, in the order of the source, on each part, which is written here then.
            releases_lock: whether the function spends its time outside of the interpreter's lock, so that threads do.
            tell: is told the rows of each batch that is done, in this process.
        """

    def map_groups(
        self,
        function: Callable[..., pa.Table],
        sources: Sequence[Sequence[Path]],
        into: Path,
        keys: Sequence[str],
        parts: int,
        schema: pa.Schema,
    ) -> None:
        """Bring equal keys of co-partitioned sources together and apply a function to each part.

        Args:
            function: gets one table a source, each holding whole groups in any order.
            sources: for each source, its Parquet files.
            into: folder that takes one Parquet file a part.
            keys: columns that every source has.
            parts: number of parts; each is loaded whole.
            schema: what the function returns.
        """

    def sort(self, sources: Sequence[Path], into: Path, keys: Sequence[str], schema: pa.Schema) -> int:
        """Write the rows of some Parquet files into one, in the order of the keys, nulls last; returns the rows."""


def engine_for(settings: Settings, scratch: Path) -> Engine:
    """The engine that the settings name; `scratch` takes what doesn't fit in memory.

    Raises:
        UsageError: Ray is wanted and not installed.
    """
    if settings.name == "ray":
        try:
            from curation.engine.ray import RayEngine
        except ImportError as error:
            raise UsageError(
                f"Ray is not installed here ({error})",
                where='[engine] name = "ray"',
                remedy="Install it: pip install 'curation[ray]'",
            ) from error

        return RayEngine(settings, scratch)
    from curation.engine.local import LocalEngine

    return LocalEngine(settings, scratch)
