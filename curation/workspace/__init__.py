"""The folders of a workspace: what a nightly run carries over, what may be deleted, and the lock.

state/batches.json          every batch ever brought in, in order, with what became of it
state/batches/<batch>/      ingest, clean, judge, sign: what concerns one batch alone and is never made again
                            while its input, settings and code stay the same
state/chrome/               versions of the learned chrome table: chrome-0001.parquet, its manifest beside it
work/                       dedup, verdicts, select: made from state/ in little time; may be deleted
releases/                   published versions
"""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from curation import store
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONFIG = "curation.toml"
BatchState = Literal["accepted", "quarantined", "dropped"]


@dataclass(frozen=True)
class Batch:
    """One batch: an input as it arrived, and what became of it."""

    name: str
    state: BatchState
    #: why it is quarantined or dropped, or who accepted it
    reason: str = ""
    #: what was tried: input, settings and code; the same again is not tried again
    key: str = ""


@dataclass(frozen=True)
class Workspace:
    """A folder with a ``curation.toml``."""

    root: Path

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.root / CONFIG

    @property
    def state(self) -> Path:
        """What a nightly run must carry over."""
        return self.root / "state"

    @property
    def work(self) -> Path:
        """What may be deleted at any time."""
        return self.root / "work"

    @property
    def releases(self) -> Path:
        """The published versions."""
        return self.root / "releases"

    def campaign(self, name: str) -> Path:
        """The folder of a labelling campaign."""
        return self.root / "campaigns" / name

    def chrome_file(self, version: int) -> Path:
        """Where a version of the learned chrome table stands."""
        return self.state / "chrome" / f"chrome-{version:04d}.parquet"

    def chrome_versions(self) -> list[int]:
        """The versions of the learned chrome table, oldest first."""
        files = (self.state / "chrome").glob("chrome-*.parquet")
        return sorted(int(file.stem.removeprefix("chrome-")) for file in files)

    def batch_stage(self, batch: str, stage: str) -> store.Stage:
        """The result of a stage that looks at one batch alone."""
        return store.Stage(self.state / "batches" / batch / stage)

    def corpus_stage(self, stage: str) -> store.Stage:
        """The result of a stage that looks at the whole corpus."""
        return store.Stage(self.work / stage)

    # -- batches ----------------------------------------------------------------------------------

    def batches(self) -> list[Batch]:
        """Every batch, in the order of arrival."""
        try:
            rows = json.loads((self.state / "batches.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        return [Batch(**row) for row in rows]

    def accepted(self) -> list[str]:
        """The batches that the corpus is made of."""
        return [batch.name for batch in self.batches() if batch.state == "accepted"]

    def was_read(self, batch: Batch) -> bool:
        """Whether its input could be read at all: of one that could not, nothing can be accepted."""
        manifest = self.batch_stage(batch.name, "ingest").manifest()
        # what stands there may be of an earlier input of the same name
        return manifest is not None and batch.key in ("", manifest["key"])

    def set_batch(self, batch: Batch, *, last: bool = False) -> None:
        """Record a batch; a known one keeps its place in the order of arrival, unless it shall be the last."""
        rows = {known.name: known for known in self.batches()}
        if last:
            rows.pop(batch.name, None)
        rows[batch.name] = batch
        listed: list[dict[str, Any]] = [vars(row) for row in rows.values()]
        store.write_json(self.state / "batches.json", listed)

    def tables(self, stage: str, table: str) -> list[Path]:
        """A table of all accepted batches, as one folder of parts a batch."""
        return [self.batch_stage(batch, stage).table(table) for batch in self.accepted()]

    # -- lock -------------------------------------------------------------------------------------

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the workspace; a second run is told, and does not wait.

        Raises:
            UsageError: another run holds it.
        """
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise UsageError(
                    "another run is at work in this workspace",
                    where=str(self.root),
                    remedy="Wait until it has ended, then run the command again.",
                ) from None
            yield
