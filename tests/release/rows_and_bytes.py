"""Writes documents as a release does; tells the digests of files and rows. Runs in any Python, with any pyarrow."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from curation import schema
from curation.release import shards
from curation.release.digest import logical_digest


def main() -> None:
    source, into, order = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    # through Python's own objects, so that nothing of the file's own layout is left
    rows = pq.read_table(source).to_pylist()
    if order == "shuffled":
        rows = sorted(rows, key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    kind = schema.arrow_schema("released")
    table = pa.Table.from_pylist(rows, kind).sort_by([("published_at", "ascending"), ("id", "ascending")])
    step = 3 if order == "shuffled" else 1_000
    tables = [table.slice(start, step) for start in range(0, table.num_rows, step)]
    shards.write(into, kind, tables)
    told = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(into.iterdir())}
    told["logical"] = logical_digest(kind, tables)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
