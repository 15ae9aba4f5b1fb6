"""Taking documents out of labelling campaigns: their tasks go, their answers lose every word of the text.

What people answered stays in the exports, with the task's key and without its text; in the campaign's tables a task
that can't be shown any more has no place.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation.project import remote
from curation.annotation.project.record import Record, lock
from curation.errors import CurationError
from curation.verbs.takedown.traces import Traces, held_in, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from curation.workspace import Workspace

#: what an exported task keeps: its names and what was asked, no word of the text
KEPT = {"task_key", "document_id", "text_sha256", "target", "guideline_version", "label_config_sha256"}

_DOCUMENT = re.compile(rb'"document_id":\s*"([0-9a-f]{16})"')

#: so many tasks are named to who must delete them
MOST = 20

#: pages that are made from texts, and can be made again
_PAGES = ("meeting.html", "meeting.md", "feedback-*.html")


@dataclass
class Purged:
    """What was done to campaigns."""

    rewritten: list[Path] = field(default_factory=list)
    deleted: list[Path] = field(default_factory=list)
    #: tasks that were deleted on a server
    remote: int = 0
    #: what must still be done, by place
    left: dict[str, str] = field(default_factory=dict)


def folders(workspace: Workspace) -> list[Path]:
    """The folders of all campaigns."""
    return sorted(path for path in (workspace.root / "campaigns").glob("*") if path.is_dir())


def without_withdrawn(export: Path, ids: Collection[str]) -> None:
    """Take the texts of documents out of an export that was just pulled: a server, or a file, may still have them.

    Args:
        export: as it came.
        ids: what was withdrawn, ever.
    """
    if not ids or not set(_DOCUMENT.findall(export.read_bytes())) & {id_.encode() for id_ in ids}:
        return
    nothing = Traces(np.empty(0, np.uint32))
    after = _Texts(set(ids), set(), nothing, is_export=True).taken_out(json.loads(export.read_bytes()))
    store.write_atomically(export, f"{json.dumps(after, ensure_ascii=False)}\n".encode())


def task_keys(workspace: Workspace, ids: Collection[str]) -> dict[str, list[str]]:
    """The tasks of documents, by campaign."""
    found = {}
    for folder in folders(workspace):
        if (folder / "tasks.parquet").exists():
            rows = store.rows_where([folder / "tasks.parquet"], "document_id", ids, ["document_id", "task_key"])
            if rows:
                found[folder.name] = [row["task_key"] for row in rows]
    return found


def purge(workspace: Workspace, ids: Collection[str], keys: dict[str, list[str]], traces: Traces) -> Purged:
    """Take documents out of every campaign, and their tasks off the servers that the campaigns know.

    Args:
        workspace: with the campaigns.
        ids: the documents.
        keys: their tasks by campaign.
        traces: what tells their texts.
    """
    done = Purged()
    for folder in folders(workspace):
        with lock(folder):
            if folder.name in keys:
                _on_servers(folder, keys[folder.name], done)
            _in_folder(folder, set(ids), set(keys.get(folder.name, ())), traces, done)
    return done


def _in_folder(folder: Path, ids: set[str], keys: set[str], traces: Traces, done: Purged) -> None:
    for path in sorted(folder.rglob("*.parquet")):
        try:
            if _without_rows(path, ids, keys):
                done.rewritten.append(path)
        except CurationError as error:
            done.left[f"campaign {folder.name}, {path.name}"] = f"{error.what}; look into it, and remove it"
    for page in (path for pattern in _PAGES for path in folder.glob(pattern)):
        if held_in(page, traces) is not None:
            page.unlink()
            done.deleted.append(page)
    for path in sorted(folder.rglob("*.json")):
        try:
            before = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # the search at the end looks into it
        after = _Texts(ids, keys, traces, is_export=path.parent.name == "exports").taken_out(before)
        if after != before:
            text = json.dumps(after, ensure_ascii=False, indent=None if path.parent.name == "exports" else 1)
            store.write_atomically(path, f"{text}\n".encode())
            done.rewritten.append(path)


def _without_rows(path: Path, ids: set[str], keys: set[str]) -> bool:
    """Take the rows of documents out of a table; returns whether there were any."""
    table = store.read_table(path)
    gone = pa.chunked_array([pa.array([False] * table.num_rows, pa.bool_())])
    for name, values in (("document_id", ids), ("id", ids), ("task_key", keys)):
        if name in table.column_names and pa.types.is_string(table.schema.field(name).type):
            here = pc.is_in(table[name], value_set=pa.array(sorted(values), pa.string()))
            gone = pc.or_(gone, here)
    if not pc.any(gone).as_py():
        return False
    store.write_table(path, table.filter(pc.invert(gone)))
    return True


class _Texts:
    """Takes texts out of tasks and exports."""

    def __init__(self, ids: set[str], keys: set[str], traces: Traces, *, is_export: bool) -> None:
        self._ids = ids
        self._keys = keys
        self._traces = traces
        self._is_export = is_export

    def taken_out(self, value: Any) -> Any:
        """A value of JSON without the texts."""
        if isinstance(value, list):
            kept = (item for item in value if self._is_export or not self._is_task(item))
            return [self._blanked(item) if self._is_task(item) else self.taken_out(item) for item in kept]
        if isinstance(value, dict):
            if self._is_task(value):
                return self._blanked(value)
            return {key: self.taken_out(item) for key, item in value.items()}
        return None if isinstance(value, str) and self._holds([value]) else value

    def _is_task(self, value: Any) -> bool:
        """Whether a value is a task that shows one of the texts."""
        data = value.get("data") if isinstance(value, dict) else None
        if not isinstance(data, dict):
            return False
        named = data.get("document_id") in self._ids or data.get("task_key") in self._keys
        return named or self._holds([text for text in data.values() if isinstance(text, str)])

    def _holds(self, texts: list[str]) -> bool:
        return bool(self._traces.among(pa.array([plain(text) for text in texts], pa.large_string())).any())

    def _blanked(self, task: dict[str, Any]) -> dict[str, Any]:
        data = {name: value if name in KEPT else None for name, value in task["data"].items()}
        return {**{name: _unquoted(value) for name, value in task.items() if name != "data"}, "data": data}


def _unquoted(value: Any) -> Any:
    """Answers without what they quote: the words of a span, remarks, what was typed."""
    if isinstance(value, list):
        return [_unquoted(item) for item in value]
    if isinstance(value, dict):
        return {name: None if name in ("text", "meta") else _unquoted(item) for name, item in value.items()}
    return value


# -- servers --------------------------------------------------------------------------------------


def _on_servers(folder: Path, keys: list[str], done: Purged) -> None:
    """Delete the tasks on the server that the environment names; the others are listed."""
    which = f"by their task_key: {', '.join(keys[:MOST])}"
    if len(keys) > MOST:
        which += f" and {len(keys) - MOST:,} more, whose document_id stands in state/withdrawn.jsonl"
    projects = Record(folder).projects
    if not projects:
        what = "its tasks were given out as files; where they were imported into Label Studio, delete them there"
        done.left[f"campaign {folder.name}"] = f"{what}, {which}"
    for project in projects:
        place = f"project {project.id} at {project.url}"
        if not is_reached(project.url):
            done.left[place] = f"delete its tasks there, {which}"
            continue
        try:
            with remote.connect(os.environ) as server:
                if server.about(project.id) is not None:
                    tasks = [task.id for task in server.held(project.id) if task.key in set(keys)]
                    server.remove(project.id, tasks)
                    done.remote += len(tasks)
        except CurationError as error:
            done.left[place] = f"its tasks are still there ({error.what}); delete them there, {which}"


def unreached(workspace: Workspace, campaigns: Iterable[str]) -> list[str]:
    """The servers that hold tasks of these campaigns and that the environment does not name."""
    found = {p.url for name in campaigns for p in Record(workspace.root / "campaigns" / name).projects}
    return sorted(url for url in found if not is_reached(url))


def is_reached(url: str) -> bool:
    """Whether the environment says how to reach a server."""
    here = os.environ.get(remote.URL, "").strip().rstrip("/")
    return url == here and bool(os.environ.get(remote.KEY, "").strip())
