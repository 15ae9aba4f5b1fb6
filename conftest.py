"""Names that the doctests of cleaning rules use without importing them."""

from __future__ import annotations

from typing import Any

import pytest

from curation.rule import after, try_rule


@pytest.fixture(autouse=True)
def _rule_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["after"] = after
    doctest_namespace["try_rule"] = try_rule
