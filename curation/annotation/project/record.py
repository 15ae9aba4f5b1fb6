"""What a campaign remembers of its projects: ``projects.json`` and ``pushed.parquet`` in its folder.

The server holds the truth; this is kept to know it again, and to see what others changed there.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import InputError, UsageError

_PUSHED = pa.schema([("url", pa.string()), ("project", pa.int64()), ("task_key", pa.string()), ("task", pa.int64())])


class Spell(msgspec.Struct, frozen=True):
    """A time in which the page on the server may have been another one than ours."""

    since: datetime
    until: datetime


class Page(msgspec.Struct, frozen=True):
    """A labelling page that a project was given, and the guideline that it goes with."""

    since: datetime
    sha256: str
    guideline_version: str


class Project(msgspec.Struct):
    """One project of a campaign."""

    id: int
    url: str
    title: str
    #: those that it was given, the one of now last
    pages: list[Page]
    #: when its page was last seen to be that one, by the server's clock
    seen: datetime
    #: numbers of projects of that title that were deleted on the server
    earlier: list[int] = msgspec.field(default_factory=list)
    #: answers from these times are not used until they are saved again
    doubtful: list[Spell] = msgspec.field(default_factory=list)
    #: how it stood when its answers were last read
    state: str = ""
    #: the file in exports/ that they were read from
    export: str = ""

    @property
    def page(self) -> Page:
        """The page that it should have now."""
        return self.pages[-1]

    def signed(self, annotations: pa.Table) -> pa.Table:
        """Annotations with the page and the guideline of the time at which each was saved.

        What was imported, nobody saved there: it keeps those of its task.
        """
        table = annotations
        saved = pc.is_valid(table["updated_by"])
        for page in self.pages:
            since = pa.scalar(page.since, table["updated_at"].type)
            later = pc.and_(saved, pc.greater_equal(table["updated_at"], since))
            for name, value in (
                ("label_config_sha256", page.sha256),
                ("guideline_version", page.guideline_version),
            ):
                place = table.schema.get_field_index(name)
                table = table.set_column(place, table.schema.field(name), pc.if_else(later, value, table[name]))
        return table


class Record:
    """The projects of a campaign.

    Args:
        folder: the campaign's.

    Raises:
        InputError: ``projects.json`` is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "projects.json"
        self._pushed = folder / "pushed.parquet"
        self.projects: list[Project] = []
        if self._file.exists():
            try:
                self.projects = msgspec.json.decode(self._file.read_bytes(), type=list[Project])
            except msgspec.DecodeError as error:
                remedy = "Restore it, or remove it: a push finds its projects again by their titles."
                raise InputError(f"not readable ({error})", where=str(self._file), remedy=remedy) from None

    def of(self, url: str, title: str | None = None) -> list[Project]:
        """The projects on a server; of that title, if one is given."""
        return [p for p in self.projects if p.url == url and title in (None, p.title)]

    def save(self) -> None:
        """Write the file in one step."""
        store.write_json(self._file, msgspec.to_builtins(self.projects))

    def pushed(self, project: Project) -> dict[str, int]:
        """The keys of the tasks that were on the server after the last push, and their numbers there."""
        rows = self._rows()
        here = rows.filter(pc.and_(pc.equal(rows["url"], project.url), pc.equal(rows["project"], project.id)))
        return dict(zip(here["task_key"].to_pylist(), here["task"].to_pylist(), strict=True))

    def save_pushed(self, project: Project, tasks: Iterable[tuple[str, int]]) -> None:
        """Remember what tasks a project holds now."""
        rows = self._rows()
        here = pc.and_(pc.equal(rows["url"], project.url), pc.equal(rows["project"], project.id))
        found = [{"url": project.url, "project": project.id, "task_key": key, "task": id_} for key, id_ in tasks]
        table = pa.concat_tables([rows.filter(pc.invert(here)), pa.Table.from_pylist(found, schema=_PUSHED)])
        store.write_table(self._pushed, table)

    def _rows(self) -> pa.Table:
        return store.read_table(self._pushed) if self._pushed.exists() else _PUSHED.empty_table()


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold a campaign against a second push or pull, which is told and does not wait.

    Raises:
        UsageError: another one holds it.
    """
    with (folder / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            remedy = "Wait until it has ended, then run the command again."
            raise UsageError(
                "another push or pull of this campaign is at work", where=str(folder), remedy=remedy
            ) from None
        yield
