"""What worker processes run in the engine's tests; they import it by this name."""

from __future__ import annotations

import os
import signal
import time

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.timings import spent_on


def echo(table):
    """One row of the table `rejected` for each number; the first part is the slowest."""
    numbers = table["number"].to_pylist()
    if numbers and numbers[0] == 0:
        time.sleep(0.2)
    rows = ({"batch": "a", "source_ref": f"a:{n}", "reason": "empty"} for n in numbers)
    return {"rejected": schema.from_rows("rejected", rows)}


def fail(table):
    if 3 in table["number"].to_pylist():
        raise ValueError("no such article: 3")
    return echo(table)


def die(table):
    if 3 in table["number"].to_pylist():
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(table)


def sums(*tables):
    """Sum of the values of each key, over all sources, with the number of the sources that have it."""
    whole = pa.concat_tables(
        table.select(["key", "value"]).append_column("source", pa.array([number] * table.num_rows, pa.int64()))
        for number, table in enumerate(tables)
    )
    made = whole.group_by("key").aggregate([("value", "sum"), ("source", "count_distinct")])
    return pa.table({"key": made["key"], "value": pc.fill_null(made["value_sum"], 0), "sources": made[2]})


def work_hard(table):
    with spent_on("hard"):
        end = time.thread_time() + 0.05
        while time.thread_time() < end:
            pass
    return echo(table)
