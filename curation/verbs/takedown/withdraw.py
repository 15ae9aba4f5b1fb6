"""From what somebody wants withdrawn to a workspace without it, in steps that a killed run takes up again.

What is to be done is written down first (without any text), then the ledger, so that ingest refuses the articles from
then on; every further step may be done twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from curation import store
from curation.errors import CurationError, UsageError
from curation.pipeline import Pipeline
from curation.release.manifest import release_date
from curation.release.papers.card import load_card
from curation.release.takedown.redact import holding, redact_releases
from curation.verbs.takedown import asked as asking
from curation.verbs.takedown import inputs, labelling, state
from curation.verbs.takedown.traces import Traces, search
from curation.workspace.withdrawn import (
    LEDGER,
    REASONS,
    UNFINISHED,
    Entry,
    add_withdrawn,
    begin,
    end,
    read_withdrawn,
    unfinished,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from curation.config import Config
    from curation.progress import Done
    from curation.verbs.takedown.asked import Found
    from curation.workspace import Workspace

#: what a verb writes into the workspace unasked where, and writes again
_REPORTS = ("report.html",)


@dataclass
class Withdrawal:
    """What was done, and what a person must still do."""

    ids: list[str]
    rewritten: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    #: versions of releases that were altered
    versions: list[str] = field(default_factory=list)
    #: tasks that were deleted in Label Studio
    tasks: int = 0
    #: place and what to do there
    left: dict[str, str] = field(default_factory=dict)
    deposits: list[str] = field(default_factory=list)


def day_of(given: str | None, environment: Mapping[str, str]) -> str:
    """The day of a withdrawal: as given, else SOURCE_DATE_EPOCH's, else today's, for it is an event and no product.

    Raises:
        UsageError: it is no day.
    """
    if given or environment.get("SOURCE_DATE_EPOCH"):
        return release_date(given, environment)
    return datetime.now(UTC).date().isoformat()


def withdraw(
    workspace: Workspace,
    config: Config,
    found: Found,
    *,
    reason: str,
    day: str,
    follow: Callable[[Iterable[Done]], Sequence[Done]] = list,
) -> Withdrawal:
    """Withdraw articles for good.

    Args:
        workspace: where they are.
        config: the settings.
        found: the articles.
        reason: one of :data:`~curation.workspace.withdrawn.REASONS`.
        day: from :func:`day_of`.
        follow: is given the stages of the run as they are done.

    Raises:
        UsageError: the reason is unknown, or another run is at work.
    """
    if reason not in REASONS:
        raise UsageError(f"unknown reason '{reason}'", remedy=f"Write one of: {', '.join(REASONS)}.")
    ids = found.ids
    with workspace.lock():
        texts = list(asking.texts_of(workspace, ids))
        told = {
            "ids": ids,
            "entries": [msgspec.to_builtins(entry) for entry in found.entries(reason, day)],
            "shingles": Traces.of(texts, asking.staying_texts(workspace, ids)).shingles.tolist(),
            "examples": state.examples_of(workspace, texts, asking.staying_texts(workspace, ids)),
            "tasks": labelling.task_keys(workspace, ids),
            "inputs": _inputs(workspace, ids),
        }
        begin(workspace.state, told)
    store.failpoint("withdraw:begun")
    return finish(workspace, config, follow=follow)


def finish(
    workspace: Workspace, config: Config, *, follow: Callable[[Iterable[Done]], Sequence[Done]] = list
) -> Withdrawal:
    """Do what a withdrawal wrote down; also after it was killed, as often as it takes.

    Raises:
        UsageError: there is nothing to finish, or another run is at work.
    """
    told = unfinished(workspace.state)
    if told is None:
        raise UsageError(
            "no withdrawal was begun", where=str(workspace.root), remedy="Begin one with: curation withdraw --id ..."
        )
    ids: list[str] = told["ids"]
    traces = Traces(np.array(told["shingles"], np.uint32))
    made = Withdrawal(ids)
    with workspace.lock():
        add_withdrawn(workspace.state, msgspec.convert(told["entries"], list[Entry]))
        store.failpoint("withdraw:after-ledger")
        ledger = read_withdrawn(workspace.state)
        state.purge(workspace, ledger, ids, told["examples"])
        store.failpoint("withdraw:after-state")
        rewritten, deleted = inputs.purge(workspace, ledger, config.input)
        store.failpoint("withdraw:after-inputs")
        for name in _REPORTS:
            if (path := workspace.root / name).exists():
                path.unlink()
                deleted.append(path)
    labels = labelling.purge(workspace, ids, told["tasks"], traces)
    store.failpoint("withdraw:after-campaigns")
    days = {id_: ledger.ids[id_].date for id_ in ids}
    releases = redact_releases(workspace.releases, days)
    store.failpoint("withdraw:after-releases")
    if workspace.accepted():
        follow(Pipeline(workspace, config).run({}))
    made.rewritten = _names(workspace, [*rewritten, *labels.rewritten, *releases.files])
    made.deleted = _names(workspace, [*deleted, *labels.deleted])
    made.versions = _names(workspace, releases.versions)
    made.tasks = labels.remote
    made.left = {
        **labels.left,
        **dict(zip(_names(workspace, releases.left), releases.left.values(), strict=True)),
        **_elsewhere(workspace, told["inputs"]),
    }
    made.left |= dict(residue(workspace, traces))
    made.deposits = _deposits(workspace)
    end(workspace.state)
    return made


def residue(workspace: Workspace, traces: Traces) -> Iterable[tuple[str, str]]:
    """What in the workspace still holds a passage, and what to do about it."""
    skip = [workspace.state / UNFINISHED, workspace.state / LEDGER]
    for path, where in search(workspace.root, traces, skip):
        inside = path.relative_to(workspace.root)
        place = f"{inside}, {where}" if where else str(inside)
        if inside.parts[0] in ("state", "work"):
            yield place, "this should not be: delete it, run curation run, and report it"
        elif where.startswith("can't be read"):
            yield str(inside), f"{where}; look into it, and remove it"
        else:
            yield place, "take the text out, or delete the file"


def _inputs(workspace: Workspace, ids: Sequence[str]) -> dict[str, str]:
    """The inputs that brought these articles, by batch."""
    found = {}
    for batch in workspace.batches():
        stage = workspace.batch_stage(batch.name, "ingest")
        manifest = stage.manifest()
        if manifest and store.rows_where([stage.table("articles")], "id", ids, ["id"]):
            found[batch.name] = str(manifest.get("input"))
    return found


def _elsewhere(workspace: Workspace, inputs: Mapping[str, str]) -> dict[str, str]:
    """Where the text may lie that no search here reaches."""
    here = {path.name for path in workspace.root.rglob("*") if not path.is_symlink()}
    what = "lies outside of the workspace: take the article out of it; ingest refuses it all the same"
    left = {f"{name} (the input of batch {batch})": what for batch, name in inputs.items() if name not in here}
    if os.environ.get("CURATION_INDEX"):
        place = "the shared index at CURATION_INDEX"
        left[place] = "holds signatures and ids, no text; who looks after it may delete the ids"
    return left


def _deposits(workspace: Workspace) -> list[str]:
    """Where copies of the corpus were deposited, as far as card.toml says."""
    try:
        return [*load_card(workspace.root / "card.toml").deposits]
    except CurationError:  # a card that is not filled in yet; nothing was published with it
        return []


def _names(workspace: Workspace, paths: Iterable[Path]) -> list[str]:
    return [path.relative_to(workspace.root).as_posix() for path in paths]


def preview(workspace: Workspace, found: Found) -> dict[str, Any]:
    """What a withdrawal would do; nothing is written.

    Args:
        workspace: where the articles are.
        found: the articles.
    """
    ids = found.ids
    versions: dict[str, int] = {}
    for version, _ in holding(workspace.releases, ids):
        name = version.relative_to(workspace.root).as_posix()
        versions[name] = versions.get(name, 0) + 1
    tasks = labelling.task_keys(workspace, ids)
    remedy = "set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY first, so that the tasks there are deleted, too"
    notes = [
        *found.notes,
        *(f"{url} holds some of the tasks: {remedy}" for url in labelling.unreached(workspace, tasks)),
    ]
    return {
        "documents": [
            {"id": one.id, "outlet": one.outlet, "title": one.title, "named by": one.scope} for one in found.articles
        ],
        "near-duplicates that stay": [one._asdict() for one in found.near],
        "unknown": [*found.unknown],
        "withdrawn before": [*found.already],
        "releases": versions,
        "tasks": {name: len(keys) for name, keys in tasks.items()},
        "deposits": _deposits(workspace),
        "notes": notes,
    }
