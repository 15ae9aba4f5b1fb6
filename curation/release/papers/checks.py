"""``checks/index.html``: what all suites say, on one page that needs nothing else and quotes no text.

It is made from the same JSON that stands beside it, so that both always say the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TEMPLATE = Path(__file__).with_name("checks.html")
#: how a rule is shown whose suite tells it in words alone
IN_WORDS: dict[str, Any] = {"column": "", "asks": "", "severity": "", "owner": "", "count": 0, "share": 0.0, "ids": ()}


def page(results: Sequence[Mapping[str, Any]], title: str) -> str:
    """The page; the same results give the same bytes.

    Args:
        results: what suites say, as JSON.
        title: of what was checked.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(title=title, suites=[_suite(result) for result in results]) + "\n"


def _suite(result: Mapping[str, Any]) -> dict[str, Any]:
    failures = [_rule(rule, False) for rule in result["failures"]]
    met = [_rule(rule, True) for rule in result["met"]]
    return {
        "name": result["suite"],
        "passed": result["passed"],
        "notes": result.get("notes", ""),
        "rows": result.get("rows"),
        "rules": failures + met,
        "met": len(met),
        "warnings": sum(rule["severity"] == "warning" for rule in failures),
    }


def _rule(rule: Mapping[str, Any] | str, is_met: bool) -> dict[str, Any]:
    told = {**IN_WORDS, "why": rule} if isinstance(rule, str) else dict(rule)
    verdict = "met" if is_met else "warning" if told["severity"] == "warning" else "failed"
    return {**told, "verdict": verdict}
