"""Small sheets of answers as frames, and the values that the package finds in them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from curation import schema
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers


def frame(sheet: dict[Any, dict[str, Any]]) -> pa.Table:
    """unit → annotator → value as a long frame; a set of labels becomes a list."""
    rows = [
        {"unit": str(unit), "annotator": name, "value": sorted(value) if isinstance(value, frozenset) else value}
        for unit, given in sheet.items()
        for name, value in given.items()
    ]
    is_set = bool(rows) and isinstance(rows[0]["value"], list)
    text = pa.string()
    types = {"unit": text, "annotator": text, "value": pa.list_(text) if is_set else text}
    return pa.Table.from_pylist(rows, schema=pa.schema(types))


def found(sheet: Any, scope: str = "all", **more: Any) -> dict[str, dict[str, Any]]:
    """The rows of the summary with this scope, by coefficient; of several the last."""
    table = sheet if isinstance(sheet, pa.Table) else frame(sheet)
    summary = measure(answers(table, {}), **{"resamples": 0, **more})["summary"]
    return {row["coefficient"]: row for row in summary.to_pylist() if row["scope"] == scope}


def annotation(
    annotator: str,
    task: str,
    *,
    round_: str = "main",
    hour: int = 0,
    skip: bool = False,
    version: str = "1",
    seconds: float | None = None,
    document: str | None = None,
    target: str | None = None,
    **given: Any,
) -> list[dict[str, Any]]:
    """The rows of one annotation as the table `annotations` has them: question=value or question=[values]."""
    at = datetime(2026, 3, 1, hour, tzinfo=UTC)
    common = {
        **{"campaign": "k", "round": round_, "task_key": task, "document_id": document or task},
        **{"annotation_id": f"{annotator} {task} {round_} {hour}", "annotator": annotator, "target": target},
        **{"text_sha256": "", "source": "", "label_config_sha256": "", "guideline_version": version},
        **{"skipped": skip, "created_at": at, "updated_at": at, "lead_time": seconds},
    }
    if skip:
        return [{**common, "question": ""}]
    return [
        {**common, "question": question, "value": value}
        for question, values in given.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def measured(*annotations: list[dict[str, Any]], **more: Any) -> dict[str, list[dict[str, Any]]]:
    """The tables that annotations give, as rows."""
    table = schema.from_rows("annotations", [row for rows in annotations for row in rows])
    tables = measure(answers(table, {}), **{"resamples": 0, **more})
    return {name: made.to_pylist() for name, made in tables.items()}


@pytest.fixture
def rows() -> list[dict[str, Any]]:
    """Three annotators, four units; one answer is missing, two units are disputed."""
    given = {
        "u1": {"a01": "favor", "a02": "favor", "a03": "favor"},
        "u2": {"a01": "favor", "a02": "against", "a03": "against"},
        "u3": {"a01": "neutral", "a02": "neutral"},
        "u4": {"a01": "against", "a02": "against", "a03": "neutral"},
    }
    return frame(given).to_pylist()
