"""A Label Studio server, as far as campaigns need it.

Lists are read by number, not by page: a task that goes or comes meanwhile shifts no page, and the thousandth page
costs what the first one does.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from curation import store
from curation.annotation import label_studio
from curation.annotation.server import VERSION
from curation.errors import DataError, UsageError

URL = "LABEL_STUDIO_URL"
KEY = "LABEL_STUDIO_API_KEY"
PAGE = 1_000


class Held(NamedTuple):
    """A task as the server holds it."""

    id: int
    key: str
    text_sha256: str
    answers: int


class About(NamedTuple):
    """A project as it stands on the server."""

    id: int
    title: str
    page: str
    tasks: int
    #: what changes whenever a task or an answer comes, goes or is edited
    state: str


@contextmanager
def connect(environment: Mapping[str, str] = os.environ) -> Iterator[Remote]:
    """The server that the environment names; the token stands nowhere else.

    Raises:
        UsageError: address or token are not set, nothing answers, or the token is wrong.
    """
    missing = [name for name in (URL, KEY) if not environment.get(name, "").strip()]
    if missing:
        remedy = "Both are named in docs/label-studio.md; a server of one's own: make label-studio"
        raise UsageError(f"{' and '.join(missing)} not set in the environment", remedy=remedy)
    url, key = environment[URL].strip().rstrip("/"), environment[KEY].strip()
    if not re.fullmatch(r"https?://[!-~]+", url):
        raise UsageError(f"{URL} is no address", where=url, remedy="It looks like http://127.0.0.1:8080")
    if not re.fullmatch(r"[!-~]+", key):
        raise UsageError(f"{KEY} is no token", remedy="Copy it again: it has neither spaces nor line breaks.")
    with label_studio.client(url, key) as sdk:
        remote = Remote(url, sdk)
        sdk.users.whoami()
        yield remote


class Remote:
    """What campaigns ask of a server.

    Args:
        url: its address.
        sdk: the SDK's client of it.
    """

    def __init__(self, url: str, sdk: Any) -> None:
        self.url = url
        self._sdk = sdk

    def untested(self) -> str | None:
        """The server's version, if the toolkit was tested with another one."""
        release = str(self._sdk.versions.get().release)
        return None if release == VERSION else release

    # -- projects ---------------------------------------------------------------------------------

    def create(self, title: str, page: str, instruction: str, *, note: str, people: int = 1) -> int:
        """Make a project; returns its number.

        Args:
            title: as annotators see it.
            page: the labelling page.
            instruction: HTML that is shown before the first task.
            note: kept in its description, to know it again.
            people: how many answer each task.
        """
        made = self._sdk.projects.create(
            title=title,
            description=note,
            label_config=page,
            expert_instruction=instruction,
            show_instruction=True,
            maximum_annotations=people,
            sampling="Sequential sampling",
            enable_empty_annotation=False,
            show_skip_button=True,
            request_options=_ONCE,
        )
        return int(made.id)

    def find(self, title: str, note: str) -> int | None:
        """The oldest project of that title and description."""
        found = self._sdk.projects.list(title=title, page_size=100)
        return min((int(p.id) for p in found if p.title == title and p.description == note), default=None)

    def about(self, project: int) -> About | None:
        """A project as it stands, or None where it is gone."""
        try:
            got = self._sdk.projects.get(project)
        except Exception as error:
            if label_studio.is_missing(error):
                return None
            raise
        newest = self._tasks(project, {"ordering": ["-tasks:updated_at"]}, "id,updated_at", 1)
        counts = [got.task_number, got.total_annotations_number, got.skipped_annotations_number]
        state = store.digest([*counts, [[task.id, str(task.updated_at)] for task in newest]])
        return About(project, got.title, got.label_config, int(got.task_number or 0), state)

    def show(self, project: int, page: str, instruction: str) -> None:
        """Give a project another page and instruction."""
        self._sdk.projects.update(project, label_config=page, expert_instruction=instruction)

    # -- tasks ------------------------------------------------------------------------------------

    def held(self, project: int, after: int = 0) -> Iterator[Held]:
        """The tasks of a project with a number above `after`, in order of their numbers."""
        while True:
            rule = {"filter": "filter:tasks:id", "operator": "greater", "value": after, "type": "Number"}
            query = {"filters": {"conjunction": "and", "items": [rule]}, "ordering": ["tasks:id"]}
            tasks = self._tasks(project, query, "id,data,total_annotations,cancelled_annotations", PAGE)
            for task in tasks:
                data = task.data if isinstance(task.data, Mapping) else {}
                yield Held(
                    int(task.id), str(data.get("task_key", "")), str(data.get("text_sha256", "")), _answers(task)
                )
            if len(tasks) < PAGE:
                return
            after = int(tasks[-1].id)

    def _tasks(self, project: int, query: Mapping[str, Any], include: str, size: int) -> list[Any]:
        pager = self._sdk.tasks.list(
            project=project, query=json.dumps(query), include=include, fields="task_only", page_size=size
        )
        return list(pager.items or [])

    def add(self, project: int, tasks: Sequence[Mapping[str, Any]]) -> list[int]:
        """Import tasks in one request, all or none; returns their numbers."""
        made = self._sdk.projects.import_tasks(id=project, request=tasks, return_task_ids=True, request_options=_ONCE)
        return [int(number) for number in made.task_ids or ()]

    def answers(self, task: int) -> int:
        """How many answers and skips a task has at this moment; 0 where it is gone."""
        try:
            return _answers(self._sdk.tasks.get(str(task)))
        except Exception as error:
            if label_studio.is_missing(error):
                return 0
            raise

    def replace(self, task: int, data: Mapping[str, Any]) -> None:
        """Give a task other data."""
        self._sdk.tasks.update(str(task), data=dict(data))

    def remove(self, project: int, tasks: Sequence[int]) -> None:
        """Delete tasks; one that is gone already is no fault."""
        for start in range(0, len(tasks), PAGE):
            chosen = {"all": False, "included": list(tasks[start : start + PAGE])}
            self._sdk.actions.create(id="delete_tasks", project=project, selected_items=chosen)

    def remove_unanswered(self, project: int, tasks: Sequence[int]) -> None:
        """Delete those of the tasks that nobody has answered or skipped, which the server looks up as it deletes."""
        names = ("total_annotations", "cancelled_annotations")
        rules = [
            {"filter": f"filter:tasks:{name}", "operator": "equal", "value": 0, "type": "Number"} for name in names
        ]
        for start in range(0, len(tasks), PAGE):
            chosen = {"all": False, "included": list(tasks[start : start + PAGE])}
            only = {"conjunction": "and", "items": rules}
            self._sdk.actions.create(id="delete_tasks", project=project, filters=only, selected_items=chosen)

    # -- answers ----------------------------------------------------------------------------------

    def export(self, project: int, path: Path) -> None:
        """Write all tasks that have an answer to a file, as the server gives them; all of it or nothing.

        Raises:
            DataError: the server could not make the export, or it did not come whole.
        """
        exports = self._sdk.projects.exports
        made = exports.create(
            id=project,
            task_filter_options={"only_with_annotations": True},  # "annotated" would leave skips out
            serialization_options={"annotations__completed_by": {"only_id": False}},
            request_options=_ONCE,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            if made.status != "completed":
                raise DataError(
                    f"Label Studio's export of project {project} is '{made.status}'",
                    where=self.url,
                    remedy="Pull again; the server's log tells why.",
                )
            md5 = hashlib.md5(usedforsecurity=False)
            with draft.open("wb") as file:
                for chunk in exports.download(id=project, export_pk=made.id):
                    md5.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            if made.md5 and md5.hexdigest() != made.md5:
                raise DataError(f"the export of project {project} did not come whole", remedy="Pull again.")
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
            exports.delete(id=project, export_pk=made.id)

    def now(self) -> datetime:
        """The time by the server's clock: answers are dated by it."""
        response = self._sdk.users.with_raw_response.whoami()
        sent = response.headers.get("date", "")
        try:
            return datetime.strptime(sent, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
        except ValueError:
            return datetime.now(UTC).replace(microsecond=0)


def _answers(task: Any) -> int:
    return int(task.total_annotations or 0) + int(task.cancelled_annotations or 0)


#: what makes something must not be repeated by the SDK itself: the first request may have arrived
_ONCE = {"max_retries": 0}
