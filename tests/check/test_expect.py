from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from curation.check import expect
from curation.errors import DataError


def annotated(n, **changes):
    base = {
        "id": [f"r{i:02}" for i in range(n)], "annotator": ["a1"] * n, "is_answered": [True] * n,
        "has_task": [True] * n, "is_task_text": [True] * n, "skipped": [False] * n, "lead_time": [9.0] * n,
        "answered_twice": [False] * n, "span_chars": [5] * n, "quote_matches": [True] * n,
        "known_value": [True] * n, "has_document": [True] * n, "has_enough": [True] * n, "gold_share": [1.0] * n,
        "alpha": [0.9] * n,
    }  # fmt: skip
    return pd.DataFrame(base | changes)


def test_failing_rows_are_counted_and_the_first_twenty_named():
    result = expect.run("annotated", annotated(30, known_value=[False] * 25 + [True] * 5))
    (failure,) = result.failures
    assert (failure.count, failure.share, failure.severity) == (25, 25 / 30, "critical")
    assert failure.ids == tuple(f"r{i:02}" for i in range(20))
    assert not result.passed
    assert result.lines() == [
        "annotated: FAILED, 13 of 14 expectations met by 30 rows",
        f"  critical · known_value: {failure.why}",
        f"    25 rows (83.3%): {', '.join(failure.ids)}, …",
    ]


def test_a_result_without_ids_tells_counts_alone():
    result = expect.run("annotated", annotated(30, known_value=[False] * 25 + [True] * 5), "sikap").without_ids()
    assert result.lines()[-1] == "    25 rows (83.3%)"
    assert result.json()["failures"][0]["ids"] == []
    assert (result.suite, result.passed) == ("annotated-sikap", False)


def test_a_warning_alone_does_not_refuse_and_stands_after_what_does():
    result = expect.run("annotated", annotated(2, lead_time=[0.1, 9.0]))
    assert result.passed
    assert [failure.severity for failure in result.failures] == ["warning"]
    result = expect.run("annotated", annotated(2, lead_time=[0.1, 9.0], span_chars=[0, 4]))
    assert [failure.column for failure in result.failures] == ["span_chars", "lead_time"]


def test_a_result_is_a_table_and_json():
    result = expect.run("annotated", annotated(2, span_chars=[0, 4]))
    assert result.table().to_pylist()[0]["ids"] == ["r00"]
    assert json.loads(json.dumps(result.json()))["failures"][0]["column"] == "span_chars"
    assert expect.run("annotated", annotated(2)).table().num_rows == 0


def test_an_expectation_that_cannot_be_computed_is_not_a_pass():
    with pytest.raises(DataError, match="'span_chars' could not be computed"):
        expect.run("annotated", annotated(2).drop(columns="span_chars"))


QUIET = """
import os, sys
def refuse(event, arguments):
    assert event not in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"), (event, arguments)
sys.addaudithook(refuse)
import pandas as pd
from curation.check import expect, suites
for name in suites.names():
    frame = pd.DataFrame({column: [None, None] for column in suites.columns(suites.load(name))} | {"id": ["d1", "d1"]})
    assert expect.run(name, frame).rows == 2
assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
"""


def test_nothing_is_said_sent_or_left_behind(tmp_path):
    """In a process of its own: warnings are errors, output stays empty, no connection, no file."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)},
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_importing_the_room_does_not_import_what_is_heavy():
    code = "import sys, curation.check.tables; print({'great_expectations', 'pandas', 'duckdb'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
