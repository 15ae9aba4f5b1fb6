"""The summary of a run, for the page of a CI job: ``summary.md`` for people, ``junit.xml`` for the job's test view.

All of it is read from the tables (and from what the run said of its batches); there is no clock in it, so the same
run over the same state writes the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation import store
from curation.pipeline import require
from curation.report.funnel import funnel_of
from curation.verbs.nightly import drift, junit, markdown
from curation.verbs.nightly.facts import BatchFacts, batch_facts
from curation.verbs.publication import check_workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from curation.check.expect import CheckResult
    from curation.config import Config
    from curation.progress import Done
    from curation.report.funnel import Funnel
    from curation.verbs.audit import Gate
    from curation.workspace import Workspace


@dataclass(frozen=True)
class Told:
    """One batch of the run beside those that it is compared with."""

    facts: BatchFacts
    earlier: tuple[BatchFacts, ...]
    alerts: tuple[drift.Alert, ...]
    #: whether it was put into quarantine in this run, or given again although it waits there
    failed: bool


@dataclass(frozen=True)
class Summary:
    """What a run did, and what its checks say."""

    name: str
    batches: tuple[Told, ...]
    funnel: Funnel
    checks: tuple[CheckResult | Gate, ...]

    @property
    def failures(self) -> list[str]:
        """What makes the run exit 1: quarantined batches and failed checks."""
        return [
            *(f"batch {told.facts.name}" for told in self.batches if told.failed),
            *(f"check {check.suite}" for check in self.checks if not check.passed),
        ]


def summarise(workspace: Workspace, settings: Config, done: Sequence[Done], named: Collection[str] = ()) -> Summary:
    """Read what a run has to tell, and check the tables.

    Args:
        workspace: after the run.
        settings: of the run.
        done: what became of each stage.
        named: batches that were given to this run by name. They are told of although nothing of them changed, and
            fail again while they wait in quarantine: a job that is started again says the same again.
    """
    selected = require(workspace, "select")
    selection = selected.read("selection", ["id", "outcome"])
    verdicts = selected.read("verdicts", ["id", "keep", "reasons"])
    batches = {batch.name: batch for batch in workspace.batches()}
    known: dict[str, BatchFacts] = {}

    def facts(name: str) -> BatchFacts:
        if name not in known:
            known[name] = batch_facts(workspace, batches[name], selection, verdicts)
        return known[name]

    failed = {event.batch for event in done if event.fails(named)}
    changed = {event.batch for event in done if event.batch and event.outcome != "unchanged"} | set(named)
    accepted: list[str] = []
    told = []
    for name, batch in batches.items():
        if name in changed:
            earlier = drift.compared_with([facts(one) for one in _last(workspace, accepted)])
            alerts = drift.alerts(facts(name), earlier)
            told.append(Told(facts(name), tuple(earlier), tuple(alerts), name in failed))
        if batch.state == "accepted":
            accepted.append(name)
    checks = tuple(check_workspace(workspace, None, settings))
    return Summary(settings.release.name, tuple(told), funnel_of(workspace), checks)


def _last(workspace: Workspace, names: Sequence[str]) -> list[str]:
    """The last batches that brought anything, as many as are compared: others' tables need not be read."""
    found: list[str] = []
    for name in reversed(names):
        manifest = workspace.batch_stage(name, "ingest").manifest()
        if manifest and any(manifest["rows"].values()):
            found.append(name)
        if len(found) == drift.WINDOW:
            break
    return found[::-1]


def write_summary(summary: Summary, folder: Path) -> list[Path]:
    """Write ``summary.md`` and ``junit.xml`` into a folder."""
    texts = {"summary.md": markdown.text(summary), "junit.xml": junit.text(summary)}
    for name, text in texts.items():
        store.write_atomically(folder / name, text.encode())
    return [folder / name for name in texts]
