"""The suites in ``expectations/``: hand-written, reviewable JSON, one file a table.

Great Expectations' own files hold random ids and drop keyword arguments that equal a default, so ours are kept
canonical instead: sorted keys, every argument explicit, and each expectation with its severity, why it stands
there and who answers for it.
"""

from __future__ import annotations

import json
from typing import Any

from curation.errors import UsageError
from curation.schema import data_folder

SEVERITIES = ("critical", "warning")


def names() -> list[str]:
    """The suites that are shipped.

    >>> names()
    ['annotated', 'clean', 'raw', 'released']
    """
    return sorted(path.stem for path in data_folder("expectations").glob("*.json"))


def load(name: str) -> dict[str, Any]:
    """One suite: its name, notes and expectations.

    Raises:
        UsageError: there is no such suite.
    """
    path = data_folder("expectations") / f"{name}.json"
    if not path.is_file():
        raise UsageError(f"there is no suite '{name}'", remedy=f"Known: {', '.join(names())}.")
    suite: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return suite


def canonical(suite: dict[str, Any]) -> str:
    """The one way in which a suite is written down."""
    return json.dumps(suite, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def columns(suite: dict[str, Any]) -> set[str]:
    """The columns that a suite's expectations name."""
    return {expectation["kwargs"]["column"] for expectation in suite["expectations"]}


def in_words(kind: str, arguments: dict[str, Any]) -> str:
    """What an expectation asks of its column.

    >>> in_words("expect_column_values_to_be_between", {"min_value": 1.0, "max_value": None, "mostly": 0.95})
    'at least 1, in at least 95% of the rows'
    >>> in_words("expect_column_values_to_be_in_set", {"value_set": [True], "mostly": 1.0})
    'true'
    """
    mostly = arguments.get("mostly", 1.0)
    most = "" if mostly == 1 else f", in at least {mostly:.1%} of the rows".replace(".0%", "%")
    return _asked(kind.removeprefix("expect_column_values_to_"), arguments) + most


def _asked(kind: str, arguments: dict[str, Any]) -> str:
    values = [json.dumps(value).strip('"') for value in arguments.get("value_set", ())]
    low, high = arguments.get("min_value"), arguments.get("max_value")
    bounds = [f"at least {low:.15g}" if low is not None else "", f"at most {high:.15g}" if high is not None else ""]
    known = {
        "be_unique": "no value twice",
        "not_be_null": "known",
        "be_in_set": " or ".join(values),
        "not_be_in_set": f"not {' or '.join(values)}",
        "be_between": ", ".join(filter(None, bounds)),
        "match_regex": f"like {arguments.get('regex')}",
    }
    return known[kind]
