"""``decisions.csv``: what people decided, applied last and shown everywhere.

Columns: document (id or URL), decision (keep, drop, keeper, not_duplicate), other (the second document of
not_duplicate), who, why.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curation.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

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


def by_id(decisions: list[Decision], ids: Mapping[str, str]) -> dict[str, Decision]:
    """The last decision on each document (keep, drop or keeper); `ids` maps ids and URLs to ids."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if decision.decision != "not_duplicate" and (document := ids.get(decision.document)):
            found[document] = decision
    return found


def told_apart(decisions: list[Decision], ids: Mapping[str, str]) -> set[tuple[str, str]]:
    """The pairs that a person said are no copies, smaller id first."""
    pairs = set()
    for decision in decisions:
        if decision.decision == "not_duplicate":
            a, b = ids.get(decision.document), ids.get(decision.other)
            if a and b and a != b:
                pairs.add((min(a, b), max(a, b)))
    return pairs
