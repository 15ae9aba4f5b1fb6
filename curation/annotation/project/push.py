"""Tasks into a project: what is missing there, in batches; any number of times, by any number of people.

The server tells nobody that it has a task already. So the keys that it holds are read first, only the others are
sent, and what came twice nevertheless (a second machine, a request that a killed push had under way) is found at the
end: of two equal tasks the one without an answer goes. A push that was killed is continued by pushing again, for the
server's own list is the only checkpoint that can't be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from curation.annotation.project.remote import Held, Remote
from curation.errors import DataError
from curation.store import failpoint

Task = Mapping[str, Any]

#: tasks and bytes of one request; the server takes 250 MiB
ROWS = 1_000
BYTES = 100 << 20
LIMIT = 250 << 20


@dataclass(frozen=True)
class Pushed:
    """What a push did."""

    #: tasks that were sent, and those of the others that are there
    sent: int
    known: int
    #: keys that had been there after an earlier push, were deleted on the server, and are back
    restored: tuple[str, ...]
    #: tasks without an answer that got the text of today
    renewed: int
    #: keys whose task has answers on another text than today's
    outdated: tuple[str, ...]
    #: keys of tasks that bring answers along and whose place there holds some already: they were not sent
    occupied: tuple[str, ...]
    #: equal tasks that were removed
    removed: int
    #: keys of which several tasks have answers: nothing was removed
    doubled: tuple[str, ...]
    #: all that the project holds now
    tasks: tuple[tuple[str, int], ...]


def push(
    remote: Remote,
    project: int,
    tasks: Sequence[Task],
    *,
    before: Iterable[str] = (),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Pushed:
    """Bring tasks into a project that does not hold them yet.

    Args:
        remote: the server.
        project: its number.
        tasks: as Label Studio imports them, each with a ``task_key``; perhaps with answers, to restore them.
        before: keys that an earlier push left there, to tell new tasks from deleted ones.
        progress: is told how many of how many were sent.

    Raises:
        DataError: a task has no key or one that another has, a single one is too large, or the server refuses.
    """
    wanted = _by_key(tasks)
    found = list(remote.held(project))
    last = found[-1].id if found else 0
    there = {held.key for held in found}
    answered = {held.key for held in found if held.answers}
    # a task that brings answers along takes the place of one that has none: see _settle
    missing = [
        task for key, task in wanted.items() if key not in there or (task.get("annotations") and key not in answered)
    ]
    progress(0, len(missing))
    sent = 0
    for batch in batches(missing):
        remote.add(project, batch)
        sent += len(batch)
        progress(sent, len(missing))
        failpoint(f"push:after-{sent}")
    found += remote.held(project, last)
    kept, removed, doubled = _settle(remote, project, found)
    renewed, outdated = _renew(remote, kept, wanted)
    gone = {key for key in before if key not in there}
    return Pushed(
        sent=sent,
        known=len(wanted) - sent,
        restored=tuple(key for key in wanted if key in gone),
        renewed=renewed,
        outdated=outdated,
        occupied=tuple(key for key, task in wanted.items() if task.get("annotations") and key in answered),
        removed=removed,
        doubled=doubled,
        tasks=tuple((held.key, held.id) for held in kept),
    )


def batches(tasks: Iterable[Task], rows: int = ROWS, size: int = BYTES) -> Iterator[list[Task]]:
    """Tasks in requests of at most `rows` tasks and `size` bytes; a larger one goes alone.

    >>> [len(batch) for batch in batches([{"data": {"text": "hujan"}}] * 5, rows=2)]
    [2, 2, 1]

    Raises:
        DataError: a task is larger than the server takes.
    """
    batch: list[Task] = []
    held = 0
    for task in tasks:
        bytes_ = len(msgspec.json.encode(task))
        if bytes_ >= LIMIT:
            key = task["data"].get("task_key")
            raise DataError(
                f"task {key} has {bytes_ >> 20} MiB; Label Studio takes {LIMIT >> 20} at a time",
                remedy="Drop the article by a decision, and export the tasks again.",
            )
        if batch and (len(batch) == rows or held + bytes_ > size):
            yield batch
            batch, held = [], 0
        batch.append(task)
        held += bytes_
    if batch:
        yield batch


def _by_key(tasks: Iterable[Task]) -> dict[str, Task]:
    """The tasks by their keys."""
    found: dict[str, Task] = {}
    for number, task in enumerate(tasks, 1):
        data = task.get("data")
        key = data.get("task_key") if isinstance(data, Mapping) else None
        if not isinstance(key, str) or not key or key in found:
            what = f"has the key of another one ({key})" if key else "has no task_key"
            raise DataError(f"task {number} {what}", remedy="Export the tasks again: curation label export")
        found[key] = task
    return found


def _settle(remote: Remote, project: int, found: list[Held]) -> tuple[list[Held], int, tuple[str, ...]]:
    """One task a key: of equal ones those without an answer go, but for one. Another push would choose the same."""
    if all(len(group) == 1 for group in _groups(found).values()):
        return [held for held in found if held.key], 0, ()
    kept: list[Held] = []
    spare: list[int] = []
    doubled = []
    for key, group in _groups(remote.held(project)).items():  # anew: somebody may have answered meanwhile
        keep = [held for held in group if held.answers] or group[:1]
        spare += [held.id for held in group if held not in keep]
        kept.append(keep[0])
        if len(keep) > 1:
            doubled.append(key)
    remote.remove(project, spare)
    return kept, len(spare), tuple(doubled)


def _groups(found: Iterable[Held]) -> dict[str, list[Held]]:
    """The tasks by key, without those that are somebody else's."""
    groups: dict[str, list[Held]] = {}
    for held in found:
        if held.key:
            groups.setdefault(held.key, []).append(held)
    return groups


def _renew(remote: Remote, kept: Iterable[Held], wanted: Mapping[str, Task]) -> tuple[int, tuple[str, ...]]:
    """Give tasks that nobody has answered the text of today; of the others, their keys."""
    renewed = 0
    outdated = []
    for held in kept:
        data = wanted[held.key]["data"] if held.key in wanted else None
        if data is None or data.get("text_sha256", "") == held.text_sha256:
            continue
        if remote.answers(held.id):
            outdated.append(held.key)
        else:
            remote.replace(held.id, data)
            renewed += 1
    return renewed, tuple(outdated)
