"""Which task of the campaign a task of an export is: by its key, or by the text that it shows.

A project made by hand, from a CSV of texts say, knows no task keys. Its texts do: a text that belongs to one task of
the campaign only can't mean another.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

import pyarrow as pa

from curation.annotation.page import TEXT
from curation.annotation.reading.problem import clipped

_OTHER = "a task of another campaign or project"
_OTHER_REMEDY = "Export the project of this campaign, or name the right campaign."
_NO_KEY_REMEDY = f"{_OTHER_REMEDY} Without a task_key a task is found by a text that is exactly one of tasks.json."
_NOT_GIVEN = "the text is not the one that was given out"
_NOT_GIVEN_REMEDY = "Make a new task for it: curation label export"


class Match(NamedTuple):
    """A task of the campaign and the text that it showed, or why there is none."""

    task: Mapping[str, Any] | None = None
    text: str = ""
    #: by its text, not by its key
    by_text: bool = False
    what: str = ""
    remedy: str = ""
    kind: str = ""


class Known:
    """The tasks of a campaign, to be found by key and by text.

    Args:
        tasks: the tasks table.
        given_out: the digests of the texts that were given out of each document, where there are earlier ones.
    """

    def __init__(self, tasks: pa.Table, given_out: Mapping[str, Collection[str]]) -> None:
        self.by_key: dict[str, dict[str, Any]] = {row["task_key"]: row for row in tasks.to_pylist()}
        self._by_text: dict[str, list[dict[str, Any]]] = {}
        for row in self.by_key.values():
            row["texts"] = {row["text_sha256"], *given_out.get(row["document_id"], ())}
            for digest in row["texts"]:
                self._by_text.setdefault(digest, []).append(row)
        self._documents = {row["document_id"] for row in self.by_key.values()}

    def match(self, exported: Mapping[str, Any]) -> Match:
        """The task that an exported one is."""
        held = exported["data"]
        data: Mapping[str, Any] = held if isinstance(held, dict) else {}
        if not data.get("task_key"):
            return self._by_its_text(exported, data)
        key = data["task_key"]
        task = self.by_key.get(key) if isinstance(key, str) else None
        if task is None:
            return _other(exported)
        for text in _texts(data):
            if text_sha256(text) in task["texts"]:
                return Match(task, text)
        return Match(what=_NOT_GIVEN, remedy=_NOT_GIVEN_REMEDY)

    def _by_its_text(self, exported: Mapping[str, Any], data: Mapping[str, Any]) -> Match:
        named = {data[name] for name in ("document_id", "id") if isinstance(data.get(name), str)} & self._documents
        target = data.get("target")
        for text in _texts(data):
            found = self._by_text.get(text_sha256(text), [])
            if named:
                found = [task for task in found if task["document_id"] in named]
            if target and any(task["target"] for task in found):
                found = [task for task in found if task["target"] == target]
            if len(found) == 1:
                return Match(found[0], text, by_text=True)
            if found:
                what = f"{len(found)} tasks of the campaign show its text, and it has no task_key"
                remedy = (
                    "Give the tasks in Label Studio a column task_key or target, as in tasks.json, and export again."
                )
                return Match(what=what, remedy=remedy)
        return Match(what=_NOT_GIVEN, remedy=_NOT_GIVEN_REMEDY) if named else _other(exported)


def text_sha256(text: str) -> str:
    """The digest of a text, as in the table `documents`."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def _texts(data: Mapping[str, Any]) -> Iterable[str]:
    """The texts of a task: that of our own field first, then those of whatever fields it has."""
    names = [TEXT, *(name for name in data if name != TEXT)]
    return [text for name in names if isinstance(text := data.get(name), str)]


def _other(exported: Mapping[str, Any]) -> Match:
    number = exported.get("id")
    told = clipped(str(number)) if isinstance(number, (int, str)) else "?"
    held = exported["data"]
    remedy = _OTHER_REMEDY if isinstance(held, dict) and held.get("task_key") else _NO_KEY_REMEDY
    return Match(what=f"{_OTHER} (its number there: {told})", remedy=remedy, kind=_OTHER)
