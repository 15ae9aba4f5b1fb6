"""How long `curation whatif` takes, as a person waits for it: whole processes, on invented news that were measured.

python benchmarks/whatif.py [--count 100000] [--seed 11]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newsroom import Newsroom

from curation import schema, store
from curation.stages.judge import measure_documents

#: a limit, a profile, and one limit less
QUESTIONS = (
    ("--set", "quality.word_count.min=80"),
    ("--set", "quality.profile=fineweb2-ind"),
    ("--disable", "word_count"),
)
ROWS = 5_000


def prepare(folder: Path, count: int, seed: int) -> None:
    """The documents and measures of a corpus, as `curation judge` writes them."""
    room = Newsroom(count, seed)
    documents = [room.batches(start, min(start + ROWS, count)) for start in range(0, count, ROWS)]
    tables = [schema.conform("documents", batch.documents) for batches in documents for batch in batches]
    store.write_stream(folder / "documents.parquet", schema.arrow_schema("documents"), tables)
    made = (measure_documents(table)["measures"] for table in tables)
    store.write_stream(folder / "measures.parquet", schema.arrow_schema("measures"), made)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), options.count, options.seed)
        for question in QUESTIONS:
            command = [sys.executable, "-m", "curation", "whatif", *question, "--in", name]
            seconds = []
            for _ in range(options.rounds):
                start = time.monotonic()
                subprocess.run(command, check=True, capture_output=True)
                seconds.append(time.monotonic() - start)
            print(f"{options.count:,} documents, {' '.join(question):<40} {min(seconds):.2f} s")


if __name__ == "__main__":
    main()
