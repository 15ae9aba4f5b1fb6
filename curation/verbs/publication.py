"""Checking and publishing a workspace."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation.guideline.changes import storable
from curation.check import tables as check
from curation.check.frame import Bounds
from curation.errors import DataError, UsageError
from curation.pipeline import require
from curation.release import assemble, versions
from curation.release.manifest import Origin, release_date
from curation.release.papers import checks
from curation.release.papers.card import load_card
from curation.release.public.publish import SUFFIX, load_key, publish_public
from curation.release.publish import Published, Sources, publish, refuse_failed
from curation.release.rights import load_rights
from curation.stages import dedup, release
from curation.verbs.audit import Gate, audit_gate, read_audits
from curation.verbs.campaign.figures import agreement_for_card, figures
from curation.workspace.frozen import freeze
from curation.workspace.withdrawn import read_withdrawn, refuse_unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curation.check.expect import CheckResult
    from curation.config import Config
    from curation.workspace import Workspace

#: the suites, and what makes the tables that they look at
SUITES = {
    "raw": "curation run",
    "clean": "curation run",
    "annotated": "curation label pull",
    "audit": "curation label export --audit",
    "released": "curation publish",
}


def check_workspace(
    workspace: Workspace, suite: str | None = None, config: Config | None = None
) -> list[CheckResult | Gate]:
    """What the suites say of a workspace's tables: one of them, or all that have something to look at.

    Args:
        workspace: any.
        suite: raw, clean, annotated, audit or released; None for all.
        config: the settings; without them, nothing is asked of audits.

    Raises:
        UsageError: the suite is unknown, or its tables are not there yet.
    """
    if suite is not None and suite not in SUITES:
        raise UsageError(f"unknown table '{suite}'", remedy=f"Write one of: {', '.join(SUITES)}.")
    results: list[CheckResult | Gate] = []
    for name in SUITES:
        if suite in (None, name):
            found: Sequence[CheckResult | Gate]
            found = _gate(workspace, config) if name == "audit" else _check(workspace, name, config)
            if not found and suite:
                raise UsageError(
                    f"there is nothing to check as '{suite}' yet",
                    where=str(workspace.root),
                    remedy=f"Run: {SUITES[suite]}",
                )
            results += found
    return results


def write_page(results: Sequence[CheckResult | Gate], title: str, path: Path) -> None:
    """What the suites say as one page, which needs nothing else.

    Raises:
        UsageError: its folder is not there.
    """
    if not path.parent.is_dir():
        raise UsageError("no such folder", where=str(path.parent), remedy="Make it first.")
    store.write_atomically(path, checks.page([result.json() for result in results], title).encode())


def _gate(workspace: Workspace, config: Config | None) -> list[Gate]:
    gate = audit_gate(workspace, config) if config else None
    return [gate] if gate else []


def _check(workspace: Workspace, name: str, config: Config | None) -> list[CheckResult]:
    tables, bounds = workspace.tables, _bounds(workspace, config)
    if name == "raw":
        return (
            [check.check_raw(tables("ingest", "articles"), tables("ingest", "rejected"), bounds)]
            if workspace.accepted()
            else []
        )
    if name == "clean":
        selection, clusters = workspace.corpus_stage("select"), workspace.corpus_stage("dedup")
        if not workspace.accepted() or workspace.batch_stage(workspace.accepted()[0], "clean").manifest() is None:
            return []
        done = selection.manifest() is not None
        return [
            check.check_clean(
                tables("clean", "documents"),
                tables("ingest", "articles"),
                selection.table("selection") if done else None,
                clusters.table("clusters") if done else None,
                bounds,
            )
        ]
    if name == "annotated":
        return [
            check.check_annotated(
                one.annotations,
                one.tasks,
                storable(one.load_codebook()),
                tables("clean", "documents"),
                assignments if (assignments := one.folder / "assignments.parquet").exists() else None,
                figures(workspace, one),
                of=one.name,
                bounds=bounds,
            )
            for one in _campaigns(workspace)
            if one.annotations.exists()
        ]
    withdrawn = read_withdrawn(workspace.state).ids
    latest = {place.parents[2].name: place for place in sorted(workspace.releases.glob("*/latest/data/default"))}
    return [
        check.check_released(place, public=name.endswith(SUFFIX), withdrawn=withdrawn, of=name, bounds=bounds)
        for name, place in latest.items()
    ]


def _bounds(workspace: Workspace, config: Config | None) -> Bounds:
    scratch = workspace.work / "scratch"
    return Bounds(config.engine, scratch) if config else Bounds(scratch=scratch)


def _before(workspace: Workspace, config: Config) -> list[CheckResult]:
    """What is checked before a release is made: all that it comes from. It is told there by counts alone.

    Raises:
        DataError: a critical expectation is not met.
    """
    results = [result for name in ("raw", "clean", "annotated") for result in _check(workspace, name, config)]
    refuse_failed(results)
    return [result.without_ids() for result in results]


def publish_workspace(
    workspace: Workspace, config: Config, version: str | None, date: str | None, *, public: bool = False
) -> Published:
    """Publish what is selected as a version of the corpus; its documents are frozen from then on.

    Args:
        workspace: with a finished run.
        config: the settings.
        version: such as 1.0.0; None for the next.
        date: its day, YYYY-MM-DD; None takes SOURCE_DATE_EPOCH.
        public: also publish the flavour for everybody, as `public` of what is returned.

    Raises:
        UsageError: nothing is selected yet, there is no date, or a withdrawal is half done.
        ConfigError: rights.toml or card.toml has mistakes.
        DataError: the checks failed, the audits show less than is asked for, or the version exists with other content.
    """
    refuse_unfinished(workspace.state)
    selected, copies = require(workspace, "select"), require(workspace, "dedup")
    rights, card = load_rights(workspace.root / "rights.toml"), load_card(workspace.root / "card.toml")
    day = release_date(date, os.environ)
    if (gate := audit_gate(workspace, config)) and not gate.passed:
        raise DataError("\n".join(["the audits do not show what the settings ask for:", *gate.lines()]))
    gates: list[CheckResult | Gate] = [*_before(workspace, config), *([gate] if gate else [])]
    audits = [one.for_card() for one in read_audits(workspace, config)]
    # answers about what was dropped are no labels of the corpus; adjudicated ones stand in their campaign's labels
    labelled = [one for one in _campaigns(workspace) if one.load_codebook().codebook.shows == "article"]
    folders = [one.folder for one in labelled]
    agreed = agreement_for_card(workspace, labelled)
    withdrawn, bounds = read_withdrawn(workspace.state).ids, _bounds(workspace, config)
    with workspace.lock():
        work = workspace.work / "release"
        released = work / "released.parquet"
        answers = release.gather_answers("annotations", folders, work / "annotations.parquet")
        labels = release.gather_answers("labels", folders, work / "labels.parquet")
        tasks = release.gather_answers("tasks", folders, work / "tasks.parquet")
        drawn = store.read_table(tasks) if tasks else schema.empty("tasks")
        assigned = release.assign_splits(
            workspace.tables("clean", "documents"),
            copies.table("clusters"),
            selected.table("selection"),
            config.splits,
            before=versions.latest(workspace.releases / config.release.name),
            overlaps=[path for path in workspace.tables("match", "overlaps") if path.exists()],
            tasks=drawn,
        )
        beside = assemble.beside(assigned.table, store.read_table(labels) if labels else schema.empty("labels"), drawn)
        release.assemble_documents(
            workspace.tables("clean", "documents"),
            copies.table("clusters"),
            selected.table("selection"),
            beside,
            released,
        )
        sources = Sources(
            released=released,
            annotations=answers,
            labels=labels,
            rejected=workspace.tables("ingest", "rejected"),
            selection=selected.table("selection"),
            edits=workspace.tables("clean", "edits"),
            findings=workspace.tables("clean", "findings"),
            guidelines={
                folder.name: folder / "codebook.toml" for folder in folders if (folder / "labels.parquet").exists()
            },
            signatures=_signatures(workspace),
            withdrawn=withdrawn,
        )
        batches = {batch: workspace.batch_stage(batch, "clean").content() for batch in workspace.accepted()}
        made = publish(
            sources,
            workspace.releases,
            name=config.release.name,
            version=version,
            date=day,
            rights=rights,
            card=card,
            origin=Origin(
                inputs={**batches, "selection": selected.content()},
                config=store.digest(msgspec.to_builtins(config)),
                code=store.code_digest("."),
            ),
            check=partial(check.check_released, withdrawn=withdrawn, bounds=bounds),
            mask=config.release.mask,
            audits=audits,
            agreed=agreed,
            gates=gates,
            splits={"by": config.splits.by, **assigned.cuts.to_dict()},
        )
        freeze(workspace, store.read_table(released, ["id"])["id"], f"released {made.version}", made.version)
        if not public:
            return made
        for_all = publish_public(
            made.folder,
            sources,
            rights=rights,
            card=card,
            key=load_key(workspace.state),
            with_urls=config.release.urls == "plain",
            check=partial(check.check_released, public=True, withdrawn=withdrawn, bounds=bounds),
            audits=audits,
            agreed=agreed,
            gates=gates,
        )
    return replace(made, public=for_all)


def _signatures(workspace: Workspace) -> list[Path]:
    """The signatures that are of whole texts: where learned chrome stops shingles, they are of what is left."""
    found = []
    for batch in workspace.accepted():
        documents, signed = (workspace.batch_stage(batch, stage) for stage in ("clean", "sign"))
        if signed.is_current(store.digest(dedup.sign_key(documents))):
            found.append(signed.table("signatures"))
    return found


def _campaigns(workspace: Workspace) -> list[campaigns.Campaign]:
    return [campaigns.campaign(workspace.root, name) for name in campaigns.names(workspace.root)]
