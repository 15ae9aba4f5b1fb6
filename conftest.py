"""For all tests: names that the doctests of rules use without importing them; properties without a time limit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings

from curation.rule import after, try_rule

#: how fast a thing is, benchmarks tell: a busy machine must not fail a test
settings.register_profile("curation", deadline=None)
settings.load_profile("curation")


#: a program that imports what lies beside it, and holds no test
collect_ignore = ["tests/engine/ray_driver.py"]


@pytest.fixture(autouse=True)
def _rule_doctests(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["after"] = after
    doctest_namespace["try_rule"] = try_rule
