"""Runs a suite over a frame with Great Expectations, and keeps only what people need of the answer.

The context is ephemeral: nothing is written, nothing is sent. Importing Great Expectations takes seconds, so it is
imported when a suite runs.
"""

from __future__ import annotations

import os
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation.check import suites
from curation.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

#: Failing rows that a result names; the count tells of the rest.
NAMED = 20


@dataclass(frozen=True)
class Outcome:
    """One expectation, and whether it was met."""

    expectation: str
    column: str
    #: what is asked, in words
    asks: str
    severity: str
    why: str
    owner: str
    passed: bool
    #: rows that fail, and their share of the rows that hold a value
    count: int
    share: float
    #: the first of them
    ids: tuple[str, ...]


@dataclass(frozen=True)
class CheckResult:
    """What a suite says of a table. Warnings are told, but only critical failures refuse it."""

    #: with the campaign or release that was looked at, where there are several: ``annotated-topic``
    suite: str
    notes: str
    rows: int
    #: failures first
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The expectations that were not met."""
        return tuple(outcome for outcome in self.outcomes if not outcome.passed)

    @property
    def expectations(self) -> int:
        """How many there are."""
        return len(self.outcomes)

    @property
    def passed(self) -> bool:
        """Whether no critical expectation failed."""
        return all(failure.severity != "critical" for failure in self.failures)

    def without_ids(self) -> CheckResult:
        """The same with counts alone: what a release tells of rows that are not in it."""
        return replace(self, outcomes=tuple(replace(outcome, ids=()) for outcome in self.outcomes))

    def table(self) -> pa.Table:
        """The failures as a table, one row each."""
        return pa.Table.from_pylist([vars(failure) | {"suite": self.suite} for failure in self.failures], _TABLE)

    def json(self) -> dict[str, Any]:
        """The result as a JSON-like value, the same for the same data."""
        told = [vars(outcome) | {"ids": list(outcome.ids)} for outcome in self.outcomes]
        return {
            "suite": self.suite,
            "notes": self.notes,
            "passed": self.passed,
            "rows": self.rows,
            "expectations": self.expectations,
            "failures": [outcome for outcome in told if not outcome["passed"]],
            "met": [outcome for outcome in told if outcome["passed"]],
        }

    def lines(self) -> list[str]:
        """The result for people: one line for the suite, two for each failure."""
        verdict = "passed" if self.passed else "FAILED"
        met = self.expectations - len(self.failures)
        found = [f"{self.suite}: {verdict}, {met} of {self.expectations} expectations met by {self.rows:,} rows"]
        for failure in self.failures:
            found.append(f"  {failure.severity} · {failure.column}: {failure.why}")
            named = [*failure.ids, *(["…"] if failure.ids and failure.count > len(failure.ids) else [])]
            found.append(f"    {failure.count:,} rows ({failure.share:.1%}){': ' if named else ''}{', '.join(named)}")
        return found


_TABLE = pa.schema(
    [
        ("suite", pa.string()),
        ("expectation", pa.string()),
        ("column", pa.string()),
        ("severity", pa.string()),
        ("why", pa.string()),
        ("owner", pa.string()),
        ("count", pa.int64()),
        ("share", pa.float64()),
        ("ids", pa.list_(pa.string())),
    ]
)


def run(suite: str, frame: pd.DataFrame, of: str = "") -> CheckResult:
    """What a suite of ``expectations/`` says of a narrow frame with a column ``id``.

    Args:
        suite: its name.
        frame: one row a thing to look at.
        of: which campaign or release it is about, where there are several.

    Raises:
        DataError: an expectation could not be computed, so the table can't be trusted.
    """
    spec = suites.load(suite)
    with _quiet():
        outcomes = [_outcome(result, frame) for result in _validate(spec, frame)]
    outcomes.sort(key=lambda one: (one.passed, suites.SEVERITIES.index(one.severity), one.column, one.expectation))
    return CheckResult(f"{suite}-{of}" if of else suite, spec["notes"], len(frame), tuple(outcomes))


def _validate(spec: dict[str, Any], frame: pd.DataFrame) -> list[dict[str, Any]]:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("frames").add_dataframe_asset(spec["name"])
    expected = [
        {key: value for key, value in expectation.items() if key in ("type", "kwargs", "severity", "meta")}
        for expectation in spec["expectations"]
    ]
    suite = context.suites.add(gx.ExpectationSuite(name=spec["name"], expectations=expected))
    validation = gx.ValidationDefinition(
        name=spec["name"], data=asset.add_batch_definition_whole_dataframe("whole"), suite=suite
    )
    answer = context.validation_definitions.add(validation).run(
        batch_parameters={"dataframe": frame},
        # rows by their place alone: named by their id, a failing row costs ten times the time
        result_format={
            "result_format": "COMPLETE",
            "exclude_unexpected_values": True,
            "return_unexpected_index_query": False,
        },
    )
    return [result.to_json_dict() for result in answer.results]


def _outcome(result: dict[str, Any], frame: pd.DataFrame) -> Outcome:
    config, found = result["expectation_config"], result["result"]
    column = config["kwargs"]["column"]
    if "unexpected_count" not in found:
        messages = [info["exception_message"] for info in result["exception_info"].values()]
        raise DataError(
            f"{config['type']} of '{column}' could not be computed: {messages[0]}",
            remedy="Is the table of this version of curation? Make it again with: curation run",
        )
    rows = found["element_count"] - found.get("missing_count", 0)
    passed = bool(result["success"])
    # what a tolerance lets through is counted, too, but nobody has to look at it
    ids = [] if passed else sorted(map(str, frame["id"].loc[found["unexpected_index_list"]]))
    return Outcome(
        expectation=config["type"],
        column=column,
        asks=suites.in_words(config["type"], config["kwargs"]),
        severity=config["severity"],
        why=config["meta"]["why"],
        owner=config["meta"]["owner"],
        passed=passed,
        count=found["unexpected_count"],
        share=found["unexpected_count"] / max(rows, 1),
        ids=tuple(ids[:NAMED]),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """No telemetry, and none of the warnings that Great Expectations is known to raise by itself."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the package is imported
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"module 'sre_\w+' is deprecated", DeprecationWarning)
        yield
