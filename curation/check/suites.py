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
