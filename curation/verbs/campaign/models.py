"""label import-model: a model's answers as labels of their own, and how often people say the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema, store
from curation.annotation.project.record import lock
from curation.annotation.resolution.accuracy import Accuracy, accuracy, places
from curation.annotation.resolution.labels import place
from curation.annotation.resolution.predictions import Found, name_of, predictions, read
from curation.errors import DataError, UsageError
from curation.ingest.urls import url_key
from curation.verbs.campaign.folder import Folder, open_folder
from curation.verbs.campaign.resolve import by_people, write_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from curation.annotation.resolution.predictions import Refused, Row
    from curation.annotation.resolution.resolve import Resolved
    from curation.annotation.resolution.votes import Unit
    from curation.workspace import Workspace


@dataclass(frozen=True)
class Imported:
    """What a model's file brought."""

    file: Path
    method: str
    #: rows that were used, and labels made of them
    rows: int
    labels: int
    refused: tuple[Refused, ...]
    #: of each question that the model answers
    accuracy: tuple[Accuracy, ...]

    def to_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        refused = [one._asdict() for one in self.refused]
        return {**asdict(self), "file": str(self.file), "refused": refused}


def import_model(workspace: Workspace, campaign: str, file: Path, name: str, *, method: str | None = None) -> Imported:
    """Keep a model's answers beside people's labels, as ``model:<name>``; those of an earlier import are replaced.

    Args:
        workspace: with the campaign.
        campaign: its name.
        file: CSV, JSON lines or Parquet.
        name: the model's.
        method: how people's labels are made; None takes the one of ``curation.toml``.

    Raises:
        UsageError: there is no such campaign or file, or the name can't be used.
        InputError: the file can't be read.
        DataError: no row of it can be used.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        raise UsageError(f"a model can't be called '{name}'", remedy="Use a-z, 0-9, -, _ and dots.")
    folder = open_folder(workspace, campaign)
    if folder.book.codebook.shows != "article":
        raise UsageError(f"'{campaign}' does not label articles", remedy="Name the campaign that does.")
    rows = read(file)
    found = predictions(rows, _found(folder, rows), folder.book, campaign=campaign, name=name)
    if not found.rows:
        one = found.refused[0]
        raise DataError(
            f"none of {len(rows):,} rows can be used; row {one.row} {one.kind}: {one.what}",
            where=str(file),
            remedy="Nothing was taken in.",
        )
    into = folder.campaign.folder / "models" / f"{name}.parquet"
    with lock(folder.campaign.folder), workspace.lock():
        store.write_table(into, found.labels)
        write_labels(workspace, folder.campaign, method)
        resolved, _ = by_people(workspace, folder.campaign, method)
    frame = folder.campaign.folder / "frame.parquet"
    drawn = places(folder.tasks, store.read_table(frame) if frame.exists() else schema.empty("frame"))
    said = _said(resolved)
    n_open = Counter(question for _, question in {(tie.unit, tie.question) for tie in resolved.tied})
    scores = [
        accuracy(question, said[question.name], found.said[question.name], drawn, n_open=n_open[question.name])
        for question in folder.book.question
        if question.name in found.said
    ]
    return Imported(into, f"model:{name}", found.rows, found.labels.num_rows, found.refused, tuple(scores))


def _said(resolved: Resolved) -> Mapping[str, Mapping[Unit, frozenset[str]]]:
    """What people's labels say by question, where nothing is tied: perhaps that no value holds."""
    values: dict[tuple[Unit, str], set[str]] = defaultdict(set)
    for label in resolved.labels.to_pylist():
        values[place(label)].add(label["value"])
    found: dict[str, dict[Unit, frozenset[str]]] = defaultdict(dict)
    for unit, question in resolved.asked - {(tie.unit, tie.question) for tie in resolved.tied}:
        found[question][unit] = frozenset(values[unit, question])
    return found


def _found(folder: Folder, rows: Iterable[Row]) -> dict[tuple[str, str], Found]:
    """What the names in a file lead to."""
    named: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if name := name_of(row):
            named[name[0]].add(name[1])
    found: dict[tuple[str, str], Found] = {}
    for task in folder.tasks.select(["task_key", "document_id", "target"]).to_pylist():
        found["task_key", task["task_key"]] = Found((task["document_id"],), task["target"])
    there = [path for path in folder.workspace.tables("clean", "documents") if path.exists()]
    ids = pa.array(sorted(named["document_id"] | named["id"]), pa.string())
    for table in store.scan_where(there, "id", ids, ["id"]):
        for id_ in table["id"].to_pylist():
            found |= {("document_id", id_): Found((id_,)), ("id", id_): Found((id_,))}
    addresses = {url: key for url in named["url"] if (key := url_key(url))}
    pages: dict[str, list[str]] = defaultdict(list)
    for table in store.scan_where(
        there, "url_key", pa.array(sorted(set(addresses.values())), pa.string()), ["id", "url_key"]
    ):
        for id_, key in zip(table["id"].to_pylist(), table["url_key"].to_pylist(), strict=True):
            pages[key].append(id_)
    selected = _selected(folder.workspace) if any(len(ids) > 1 for ids in pages.values()) else set()
    for url, key in addresses.items():
        # of several versions of a page, the one in the corpus is meant
        versions = pages[key] if len(pages[key]) < 2 else [id_ for id_ in pages[key] if id_ in selected] or pages[key]
        found["url", url] = Found(tuple(versions))
    return found


def _selected(workspace: Workspace) -> set[str]:
    stage = workspace.corpus_stage("select")
    if stage.manifest() is None:
        return set()
    selection = stage.read("selection", ["id", "selected"])
    return set(selection.filter(selection["selected"])["id"].to_pylist())
