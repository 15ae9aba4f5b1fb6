"""What people and settings did: rejected inputs, decisions, batches, and every setting in force."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from curation import store
from curation.config import Config
from curation.report.excerpt import clipped, visible
from curation.report.standing import batch_rows
from curation.workspace.decisions import read_decisions

if TYPE_CHECKING:
    from curation.workspace import Workspace

Rows = list[dict[str, Any]]

MOST_BATCHES = 60
MOST_DECISIONS = 100


def rejection_rows(workspace: Workspace) -> Rows:
    """Why inputs are no articles, and an example of what was said of one."""
    found: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for table in store.scan(workspace.tables("ingest", "rejected"), ["reason", "detail"]):
        for reason, detail in zip(table["reason"].to_pylist(), table["detail"].to_pylist(), strict=True):
            found[reason] += 1
            examples.setdefault(reason, clipped(visible(detail or ""), 160))
    return [{"reason": reason, "inputs": n, "example": examples[reason]} for reason, n in found.most_common()]


def decision_rows(workspace: Workspace) -> tuple[Rows, int]:
    """The last decisions, and how many there are."""
    decisions = read_decisions(workspace.root / "decisions.csv")
    shown = [{name: clipped(text, 120) for name, text in vars(d).items()} for d in decisions[-MOST_DECISIONS:]]
    return shown, len(decisions)


def newest_batches(workspace: Workspace) -> tuple[Rows, int]:
    """The batches that came last, and how many there are."""
    rows = batch_rows(workspace)
    return [{**row, "reason": clipped(row["reason"], 160)} for row in rows[-MOST_BATCHES:]], len(rows)


def setting_rows(settings: Config) -> Rows:
    """Every setting in force, limits aside; `changed` where it is not the default."""
    usual = dict(_flat(msgspec.to_builtins(Config()), ()))
    return [
        {"key": ".".join(path), "value": clipped(_written(value), 300), "changed": value != usual.get(path)}
        for path, value in _flat(msgspec.to_builtins(settings), ())
        if path[:2] != ("quality", "limits")
    ]


def _flat(value: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict) and value:
        return [row for name, inner in value.items() for row in _flat(inner, (*path, name))]
    return [(path, value)]


def _written(value: Any) -> str:
    return "" if value in (None, {}, [], ()) else json.dumps(value, ensure_ascii=False)
