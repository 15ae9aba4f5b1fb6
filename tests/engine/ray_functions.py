"""What the nodes run in the tests of the cluster; they import it by this name."""

from __future__ import annotations

import os
import socket
import time
import uuid

import pyarrow as pa

from curation import schema
from curation.engine.local import LocalEngine  # noqa: F401  (a worker loads what a stage would)

#: seconds that a held worker waits for its end
HELD = 120


def numbered(table):
    """One row of the table `rejected` for each number."""
    rows = ({"batch": "a", "source_ref": f"a:{n}", "reason": "empty"} for n in table["number"].to_pylist())
    return {"rejected": schema.from_rows("rejected", rows)}


def held_at(table, folder, number):
    """The same; whoever gets this number tells it in the folder and waits to be killed."""
    numbers = table["number"].to_pylist()
    note(folder, numbers[0])
    if number in numbers:
        wait_for_death(folder)
    return numbered(table)


def sums(*tables):
    """For each key the sum of its values and the number of the sources that have it, in the order of the keys."""
    whole = pa.concat_tables(
        table.select(["key", "value"]).append_column("source", pa.array([number] * table.num_rows, pa.int64()))
        for number, table in enumerate(tables)
    )
    made = whole.group_by("key").aggregate([("value", "sum"), ("source", "count_distinct")])
    return pa.table({"key": made["key"], "value": made["value_sum"], "sources": made[2]}).sort_by("key")


def sums_held_at(*tables, folder, key):
    """The same; whoever gets this key tells it in the folder and waits to be killed."""
    note(folder, min(table["key"].to_pylist()[0] for table in tables if table.num_rows))
    if any(key in table["key"].to_pylist() for table in tables):
        wait_for_death(folder)
    return sums(*tables)


def note(folder, what):
    """Tell that a call has begun."""
    (folder / "calls").mkdir(parents=True, exist_ok=True)
    (folder / "calls" / uuid.uuid4().hex).write_text(f"{what} {_where()}")


def wait_for_death(folder):
    """Tell the test who is here; the next one who comes here finds the way free."""
    if (folder / "free").exists():
        return
    (folder / "held.new").write_text(_where())
    (folder / "held.new").rename(folder / "held")
    end = time.monotonic() + HELD
    while not (folder / "free").exists() and time.monotonic() < end:
        time.sleep(0.05)


def _where():
    import ray

    return f"{ray.util.get_node_ip_address()} {os.getpid()} {socket.gethostname()}"
