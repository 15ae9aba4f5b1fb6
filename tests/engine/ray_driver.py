"""A driver as a process of its own, to run inside of a cluster and to be killed: ray_driver.py VERB FOLDER ADDRESS."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path

import pyarrow as pa
import ray_functions as work

from curation import store
from curation.config import Engine
from curation.engine import engine_for
from curation.engine import ray as ray_engine

PARTS = 12
SOURCES = 2
GROUPED = pa.schema([("key", pa.int64()), ("value", pa.int64()), ("sources", pa.int64())])


def write_inputs(folder):
    """Numbers for the map, and two sources of some files with keys and values for the groups."""
    for part in range(PARTS):
        store.write_table(folder / "numbers" / f"{part:02d}.parquet", pa.table({"number": [part * 2, part * 2 + 1]}))
    for source in range(SOURCES):
        for file in range(6):
            rows = range(file * 1000, file * 1000 + 1500)
            table = pa.table({"key": [n % 700 for n in rows], "value": [n * (source + 1) for n in rows]})
            store.write_table(folder / f"source-{source}" / f"{file}.parquet", table)


def run(verb, folder, engine, hold=True):
    """Do the work; a map is committed as a stage, groups go into a folder."""
    if verb == "map":
        draft = store.Stage(folder / "stage").begin("k")
        function = partial(work.held_at, folder=folder, number=9) if hold else work.numbered
        engine.map_batches(function, store.pieces([folder / "numbers"]), draft)
        draft.commit()
        return
    sources = [store.parquet_files(folder / f"source-{number}") for number in range(SOURCES)]
    function = partial(work.sums_held_at, folder=folder, key=333) if hold else work.sums
    engine.map_groups(function, sources, folder / "grouped", ["key"], PARTS, GROUPED)


if __name__ == "__main__":
    ray_engine.SHARE = 1  # a file of each source for each task
    logging.basicConfig(stream=sys.stdout, format="%(message)s")
    verb, folder, address = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    engine = engine_for(Engine(name="ray", address=address), folder / "scratch")
    run(verb, folder, engine)
