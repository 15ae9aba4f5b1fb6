"""The last batch beside those before it, and what the checks say now: for the report the same as for a nightly job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation.errors import CurationError
from curation.report.excerpt import clipped, visible
from curation.verbs.nightly.drift import WINDOW, alerts
from curation.verbs.nightly.facts import batch_facts
from curation.verbs.publication import check_workspace

if TYPE_CHECKING:
    from curation.check.expect import CheckResult
    from curation.config import Config
    from curation.verbs.audit import Gate
    from curation.workspace import Workspace

    Row = dict[str, Any]

MOST_FAILURES = 40


def last_night(workspace: Workspace, settings: Config) -> tuple[list[Row], list[Row]]:
    """What drifted, and the checks.

    Returns:
        drift of the batch that was accepted last: batch, kind, outlet, text; and of each suite: suite, passed, met,
        asked, rows, failures (severity, column, why, count). Both are empty where nothing is selected yet. Checks that
        can't be run are one row that asks nothing and says why.
    """
    if workspace.corpus_stage("select").manifest() is None:
        return [], []
    try:
        checks = [_suite(check) for check in check_workspace(workspace, config=settings)]
    except CurationError as error:
        nothing = {"suite": "–", "passed": False, "met": 0, "asked": 0, "rows": 0}
        checks = [nothing | {"failures": [_failure(clipped(str(error), 600))]}]
    return _drift(workspace), checks


def _drift(workspace: Workspace) -> list[Row]:
    stage = workspace.corpus_stage("select")
    tables = stage.read("selection", ["id", "outcome"]), stage.read("verdicts", ["id", "keep", "reasons"])
    accepted = [batch for batch in workspace.batches() if batch.state == "accepted"]
    if not accepted:
        return []
    *before, last = (batch_facts(workspace, batch, *tables) for batch in accepted[-1 - WINDOW :])
    return [
        {"batch": one.batch, "kind": one.kind, "outlet": clipped(visible(one.outlet), 60), "text": one.text}
        for one in alerts(last, before)
    ]


def _suite(check: CheckResult | Gate) -> Row:
    told = check.json()
    return {
        "suite": told["suite"],
        "passed": told["passed"],
        "met": len(told["met"]),
        "asked": len(told["met"]) + len(told["failures"]),
        "rows": told.get("rows", 0),
        "failures": [one if isinstance(one, dict) else _failure(one) for one in told["failures"][:MOST_FAILURES]],
    }


def _failure(why: str) -> Row:
    return {"severity": "critical", "column": "", "why": why, "count": 0}
