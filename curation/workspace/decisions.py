"""``decisions.csv``: what people decided, applied last and shown everywhere.

Columns: document (id or URL), decision (keep, drop, keeper, not_duplicate), other (the second document of
not_duplicate), who, why.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

#: ids by what a decision may call them: id or URL
Names = Mapping[str, Sequence[str]]

COLUMNS = ("document", "decision", "other", "who", "why")
DECISIONS = ("keep", "drop", "keeper", "not_duplicate")


@dataclass(frozen=True)
class Decision:
    """One decision of a person on one document."""

    document: str
    decision: str
    other: str
    who: str
    why: str

    def __str__(self) -> str:
        verb = {"keep": "kept", "drop": "dropped", "keeper": "made keeper", "not_duplicate": "told apart"}
        return f"{verb[self.decision]} by {self.who}: {self.why}"


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a file, in order; none where there is no file.

    Raises:
        ConfigError: one line for each row that can't be used, with its place.
    """
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not written in UTF-8 ({error}). Save it as 'CSV UTF-8'."]) from None
    reader = csv.DictReader(text.splitlines(keepends=True), restkey="rest", skipinitialspace=True)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ConfigError([f"{path}:1: missing column(s) {', '.join(missing)}. Write: {','.join(COLUMNS)}"])
    problems: list[str] = []
    found: list[Decision] = []
    for row in reader:
        decision = Decision(**{column: (row[column] or "").strip() for column in COLUMNS})
        surplus = "more values than columns. Put a text with commas in quotes." if "rest" in row else None
        if problem := surplus or _problem(decision):
            problems.append(f"{path}:{reader.line_num}: {problem}")
        else:
            found.append(decision)
    if problems:
        raise ConfigError(problems)
    return found


def _problem(decision: Decision) -> str | None:
    if decision.decision not in DECISIONS:
        return f"unknown decision '{decision.decision}'. Known: {', '.join(DECISIONS)}."
    if not decision.document:
        return "the column 'document' is empty. Write an id or a URL."
    if not decision.who or not decision.why:
        return "'who' and 'why' must be filled in: a decision without them can't be defended later."
    if decision.decision == "not_duplicate" and not decision.other:
        return "not_duplicate needs the second document in the column 'other'."
    return None


def names_of(ids: Sequence[str], urls: Sequence[str | None]) -> Names:
    """Every name that a decision may use: an id means one document, a URL all versions of the page.

    >>> names_of(["a", "b"], ["https://warta.example/1"] * 2)["https://warta.example/1"]
    ['a', 'b']
    """
    names: dict[str, list[str]] = {}
    for document, url in zip(ids, urls, strict=True):
        if url:
            names.setdefault(url, []).append(document)
    return {**names, **{document: [document] for document in ids}}


def named(decisions: Sequence[Decision], documents: Iterable[pa.Table]) -> Names:
    """What the names that decisions use stand for, among documents (id, url); few of these are named.

    >>> decision = Decision("https://warta.example/1", "drop", "", "ani", "uji")
    >>> named([decision], [pa.table({"id": ["a", "b"], "url": ["https://warta.example/1", None]})])
    {'https://warta.example/1': ['a'], 'a': ['a']}
    """
    said = pa.array({name for d in decisions for name in (d.document, d.other) if name}, pa.string())
    ids: list[str] = []
    urls: list[str | None] = []
    for table in documents if len(said) else ():
        found = table.filter(pc.or_(*(pc.is_in(table[name], said) for name in ("id", "url"))))
        ids += found["id"].to_pylist()
        urls += found["url"].to_pylist()
    return names_of(ids, urls)


def by_id(decisions: Sequence[Decision], names: Names) -> dict[str, Decision]:
    """The last decision on each document (keep, drop or keeper)."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if decision.decision != "not_duplicate":
            found |= dict.fromkeys(names.get(decision.document, ()), decision)
    return found


def told_apart(decisions: Sequence[Decision], names: Names) -> set[tuple[str, str]]:
    """The pairs that a person said are no copies, smaller id first."""
    pairs = set()
    for decision in decisions:
        if decision.decision == "not_duplicate":
            for a, b in product(names.get(decision.document, ()), names.get(decision.other, ())):
                if a != b:
                    pairs.add((min(a, b), max(a, b)))
    return pairs


def without_document(decisions: Sequence[Decision], names: Names) -> list[str]:
    """What decisions name that is no document: mistyped, or not there yet."""
    said = [name for d in decisions for name in (d.document, d.other if d.decision == "not_duplicate" else "") if name]
    return [name for name in dict.fromkeys(said) if name not in names]
