"""What a person says of a batch: take it in although its checks failed, or leave it out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curation.errors import DataError, UsageError
from curation.pipeline import take_in

if TYPE_CHECKING:
    from curation.workspace import Batch, Workspace


def accept_batch(workspace: Workspace, name: str, why: str) -> None:
    """Take a quarantined batch in, although its checks failed.

    It arrives now: what other batches have brought in since is set aside as a repeat.

    Raises:
        UsageError: there is no such batch, or it is accepted already.
        DataError: nothing of it could be read.
    """
    batch = _batch(workspace, name)
    if batch.state == "accepted":
        raise UsageError(f"the batch '{name}' is accepted already", remedy="Next: curation run")
    if not workspace.was_read(batch):
        raise DataError(
            f"nothing of the batch '{name}' could be read: {batch.reason}",
            remedy=f"Run it again once that is mended, or leave it out: curation batch drop {name} --why '...'",
        )
    with workspace.lock():
        take_in(workspace, batch, why)


def drop_batch(workspace: Workspace, name: str, why: str) -> None:
    """Leave a batch out from now on; its tables stay in ``state/``.

    Articles that later batches brought once more stay rejected there as repeats; to have them back, those batches
    must be read again under another name.

    Raises:
        UsageError: there is no such batch.
    """
    with workspace.lock():
        workspace.set_batch(replace(_batch(workspace, name), state="dropped", reason=why))


def rejected_inputs(workspace: Workspace, name: str) -> list[str]:
    """The inputs of a batch that are of no use, one line each: where it stands, and why."""
    if not workspace.was_read(_batch(workspace, name)):
        return []
    rows = workspace.batch_stage(name, "ingest").read("rejected").to_pylist()
    fine = ("repeat", "joined", "withdrawn")  # these don't count against a batch
    return [f"{row['source_ref']}  {row['reason']}" for row in rows if row["reason"] not in fine]


def _batch(workspace: Workspace, name: str) -> Batch:
    for batch in workspace.batches():
        if batch.name == name:
            return batch
    known = ", ".join(batch.name for batch in workspace.batches()) or "none yet"
    raise UsageError(f"no such batch: '{name}'", remedy=f"Batches: {known}.")
