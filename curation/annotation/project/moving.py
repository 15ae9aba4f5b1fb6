"""Spans from the text that people marked to the text of today: back into raw by the edits of then, on by those of now.

A push keeps the edits of the texts that it gives out (``ledgers.parquet``). When cleaning has learned something since,
a span whose words still stand there moves with them; the others are told, to be asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation.export import Problem, Pulled
from curation.ledger import Change, to_body, to_raw

_SCHEMA = pa.schema(
    [
        ("document_id", pa.string()),
        ("text_sha256", pa.string()),
        ("start", pa.list_(pa.int32())),
        ("end", pa.list_(pa.int32())),
        ("replacement", pa.list_(pa.string())),
    ]
)


class Text(NamedTuple):
    """A body and the changes that made it from raw."""

    body: str
    ledger: Sequence[Change]

    @property
    def raw_length(self) -> int:
        """Code points of raw."""
        return len(self.body) + sum(end - start - len(put) for start, end, put, *_ in self.ledger)


def move(start: int, end: int, quote: str, then: Sequence[Change], now: Text) -> tuple[int, int] | None:
    """Where a span of the text of then lies now; None if its words don't stand there.

    >>> now = Text("Warga menolak.", [Change(0, 10, "", "dateline")])  # raw: DETAK.ID, Warga menolak.
    >>> move(16, 23, "menolak", [], now)
    (6, 13)
    """
    raw_start, raw_end = to_raw(then, start, end, now.raw_length)
    place = to_body(now.ledger, raw_start), to_body(now.ledger, raw_end)
    return place if now.body[slice(*place)] == quote else None


# -- the edits of texts that were given out -------------------------------------------------------


class Ledgers:
    """The edits of all texts that a campaign has given out.

    Args:
        path: the campaign's ``ledgers.parquet``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = store.read_table(path) if path.exists() else _SCHEMA.empty_table()

    def missing(self, tasks: pa.Table) -> list[str]:
        """The documents of tasks whose text is not here yet."""
        known = set(zip(*(self._rows[name].to_pylist() for name in ("document_id", "text_sha256")), strict=True))
        wanted = zip(tasks["document_id"].to_pylist(), tasks["text_sha256"].to_pylist(), strict=True)
        return sorted({document for document, text in wanted if (document, text) not in known})

    def add(self, documents: pa.Table, edits: pa.Table) -> None:
        """Keep the edits of documents as they stand now."""
        ledgers = by_document(edits)
        found = []
        for id_, text in zip(documents["id"].to_pylist(), documents["text_sha256"].to_pylist(), strict=True):
            columns = zip(*((c.start, c.end, c.replacement) for c in ledgers.get(id_, ())), strict=True)
            start, end, replacement = (list(column) for column in columns) if id_ in ledgers else ([], [], [])
            found.append(
                {"document_id": id_, "text_sha256": text, "start": start, "end": end, "replacement": replacement}
            )
        if found:
            self._rows = pa.concat_tables([self._rows, pa.Table.from_pylist(found, schema=_SCHEMA)])
            store.write_table(self._path, self._rows)

    def texts(self) -> dict[str, set[str]]:
        """The digests of all texts that were given out of each document."""
        given: dict[str, set[str]] = {}
        for row in self._rows.select(["document_id", "text_sha256"]).to_pylist():
            given.setdefault(row["document_id"], set()).add(row["text_sha256"])
        return given

    def of(self, documents: Iterable[str]) -> dict[tuple[str, str], list[Change]]:
        """The edits of the texts of some documents, by document and digest."""
        rows = self._rows.filter(pc.is_in(self._rows["document_id"], pa.array(sorted(documents), pa.string())))
        return {
            (row["document_id"], row["text_sha256"]): [
                Change(start, end, put, "")
                for start, end, put in zip(row["start"], row["end"], row["replacement"], strict=True)
            ]
            for row in rows.to_pylist()
        }


def by_document(edits: pa.Table) -> dict[str, list[Change]]:
    """The table `edits` as a ledger for each document."""
    ledgers: dict[str, list[Change]] = {}
    for row in edits.sort_by([("id", "ascending"), ("seq", "ascending")]).to_pylist():
        ledgers.setdefault(row["id"], []).append(Change(row["start"], row["end"], row["replacement"], row["rule"]))
    return ledgers


# -- a pull ---------------------------------------------------------------------------------------


def outdated(pulled: Pulled, tasks: pa.Table) -> set[str]:
    """The documents of which an export holds answers to an earlier text."""
    today = dict(zip(tasks["task_key"].to_pylist(), tasks["text_sha256"].to_pylist(), strict=True))
    columns = (pulled.annotations[name].to_pylist() for name in ("task_key", "document_id", "text_sha256"))
    return {document for key, document, text in zip(*columns, strict=True) if today[key] != text}


def moved(
    pulled: Pulled, then: Mapping[tuple[str, str], Sequence[Change]], now: Mapping[str, tuple[str, Text]]
) -> Pulled:
    """An export with its answers to earlier texts moved to those of today.

    Choices stay what they are. A span whose words don't stand in the text of today is left out and told.

    Args:
        pulled: what the export holds.
        then: the edits of the earlier texts, by document and digest.
        now: the digest and the text of today of the documents whose text is another.
    """
    rows: list[dict[str, Any]] = []
    problems = list(pulled.problems)
    for row in pulled.annotations.to_pylist():
        document = row["document_id"]
        if document in now and row["text_sha256"] != now[document][0]:
            sha256, text = now[document]
            if row["start"] is not None:
                ledger = then[document, row["text_sha256"]]
                place = move(row["start"], row["end"], row["quote"], ledger, text)
                if place is None:
                    what = f"the text has changed where {row['annotator']} marked '{row['quote']}' as '{row['value']}'"
                    remedy = "That mark is not used; the other answers are. Ask for it again."
                    problems.append(Problem(row["task_key"], row["annotation_id"], what, remedy))
                    continue
                row = {**row, "start": place[0], "end": place[1]}
            row = {**row, "text_sha256": sha256}
        rows.append(row)
    table = schema.from_rows("annotations", rows)
    return replace(pulled, annotations=table, problems=tuple(problems))
