"""What doctor looks at inside a workspace: settings, lock, state, and what killed runs have left behind."""

from __future__ import annotations

import fcntl
from typing import TYPE_CHECKING

from curation.errors import CurationError
from curation.report.standing import quarantine_remedy
from curation.verbs.nightly.doctor import Finding, folder_bytes, size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from curation.config import Config
    from curation.workspace import Batch, Workspace

#: what the stages of an accepted batch are made from; without it, its articles are gone
FIRST = "ingest"
#: files that a run does not read
TO_PUBLISH = {"rights.toml", "card.toml"}
#: names that a message lists
MOST = 5


def inside(workspace: Workspace, settings: Config) -> Iterator[Finding]:
    """What a run would meet in a workspace whose settings are valid."""
    yield from _files(workspace)
    yield _chrome(workspace, settings)
    held = _lock(workspace.state / "lock")
    yield held
    try:
        batches = workspace.batches()
    except (ValueError, TypeError) as error:
        todo = "Bring back the state/ of the night before: it can't be made again from the settings."
        yield Finding("batches", "broken", f"state/batches.json can't be read ({error})", todo)
        return
    if held.state == "ok":  # a run at work has unfinished folders of its own
        yield _leftovers(workspace, batches)
    yield from _batches(workspace, batches)
    yield _sizes(workspace)


def _files(workspace: Workspace) -> Iterator[Finding]:
    """The other files that people write."""
    from curation.release.papers.card import load_card
    from curation.release.rights import load_rights
    from curation.sites import load_sites
    from curation.workspace.decisions import read_decisions

    root = workspace.root
    readers: dict[str, Callable[[], object]] = {
        "decisions.csv": lambda: read_decisions(root / "decisions.csv"),
        "rights.toml": lambda: load_rights(root / "rights.toml"),
        "card.toml": lambda: load_card(root / "card.toml"),
        "sites": lambda: load_sites(root / "sites"),
    }
    there = []
    for name, read in readers.items():
        if not (root / name).exists():
            continue
        there.append(name)
        try:
            read()
        except CurationError as error:
            there.pop()
            first, *more = str(error).splitlines()
            found = f"{first} ({len(more)} more like this)" if more else first
            if name in TO_PUBLISH:
                yield Finding(name, "look", found, f"Fill in {name} before you publish.")
            else:
                yield Finding(name, "broken", found, f"Correct {name}, then: curation doctor")
    if there:
        yield Finding("files", "ok", f"valid: {', '.join(there)}")


def _chrome(workspace: Workspace, settings: Config) -> Finding:
    pinned, versions = settings.chrome.version, workspace.chrome_versions()
    if pinned and pinned not in versions:
        todo = "Bring the state/ folder that has it, or set [chrome] version = 0."
        return Finding("chrome", "broken", f"version {pinned} is pinned, and is not in state/chrome", todo)
    if versions and pinned < versions[-1]:
        todo = f"curation learn --show; then set [chrome] version = {versions[-1]} in curation.toml"
        return Finding("chrome", "look", f"version {pinned} is pinned, the newest is {versions[-1]}", todo)
    return Finding("chrome", "ok", f"version {pinned} is pinned" if pinned else "no learned lines are pinned")


def _lock(file: Path) -> Finding:
    """Whether a run holds the workspace; asking for the lock does not keep it."""
    try:
        with file.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        pass  # no run yet
    except PermissionError as error:
        return Finding("lock", "broken", f"state/lock can't be opened ({error.strerror})", "chmod u+rw state/lock")
    except BlockingIOError:
        return Finding("lock", "look", "a run is at work in this workspace", "Wait until it has ended.")
    return Finding("lock", "ok", "no run is at work")


def _leftovers(workspace: Workspace, known: list[Batch]) -> Finding:
    """Parts that killed runs left: the next run continues or clears them."""
    batches = workspace.state / "batches"
    # what can't be read at all stays unfinished, too: its batch is quarantined, and told below
    unread = {batch.name for batch in known if batch.state == "quarantined"}
    found = [path for pattern in ("*.partial", "*.old") for path in batches.glob(f"*/{pattern}")]
    found = [path for path in found if path.parent.name not in unread]
    found += [path for pattern in ("*.partial", "*.old") for path in workspace.work.glob(pattern)]
    scratch = workspace.work / "scratch"
    found += [scratch] if scratch.is_dir() and any(scratch.iterdir()) else []
    if not found:
        return Finding("leftovers", "ok", "nothing is unfinished")
    names = _some([path.relative_to(workspace.root).as_posix() for path in sorted(found)])
    held = size(sum(map(folder_bytes, found)))
    return Finding("leftovers", "look", f"of a killed run: {names} ({held})", "curation run goes on from there")


def _batches(workspace: Workspace, batches: list[Batch]) -> Iterator[Finding]:
    accepted = [batch.name for batch in batches if batch.state == "accepted"]
    gone = [name for name in accepted if workspace.batch_stage(name, FIRST).manifest() is None]
    if gone:
        todo = "Bring back the whole state/, or read the inputs of these batches again: curation run --input PATH"
        yield Finding("state", "broken", f"accepted batches without their articles: {_some(gone)}", todo)
    waiting = {batch.name: workspace.was_read(batch) for batch in batches if batch.state == "quarantined"}
    found = (
        f"{len(accepted)} accepted, {len(waiting)} quarantined, {len(batches) - len(accepted) - len(waiting)} dropped"
    )
    if waiting:
        todo = f"curation batch list. Then: {quarantine_remedy(*next(iter(waiting.items())))}"
        yield Finding("batches", "look", f"{found}: {_some(list(waiting))}", todo)
    else:
        yield Finding("batches", "ok", found if batches else "none yet")


def _sizes(workspace: Workspace) -> Finding:
    folders = (workspace.state, workspace.work, workspace.releases)
    shown = ", ".join(f"{folder.name}/ {size(folder_bytes(folder))}" for folder in folders)
    return Finding("sizes", "ok", f"{shown} (carry over state/; work/ may be deleted)")


def _some(names: list[str]) -> str:
    return ", ".join(names[:MOST]) + (f" and {len(names) - MOST} more" if len(names) > MOST else "")
