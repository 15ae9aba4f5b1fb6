"""Near-duplicates from 10,000 to a million documents: CPU seconds and memory, and what a night of 1 % costs.

    python benchmarks/scale.py [--counts 10000 100000 1000000] [--seed 11] [--write]

Invented news (``benchmarks/newsroom.py``) goes through the stage as a run does it: signatures, then matching
with all that came before, then clusters, each corpus in a process of its own. A night is the last 1 % of the documents
as a batch of its own, matched with the 99 % before it; its copies lie anywhere in the corpus, which is the worst case,
since news repeats the news of yesterday. Reading the Parquet files is told apart. Results: ``build/scale.json``; with
--write the table goes into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[1]
START, END = "<!-- scale: written by benchmarks/scale.py --write -->", "<!-- scale: end -->"
COLUMNS = ["id", "body", "text_sha256", "url_key"]

T = TypeVar("T")
Row = dict[str, float]


def timed(function: Callable[[], T]) -> tuple[T, float]:
    """What a function gives, and its CPU seconds, those of all threads."""
    started = time.process_time()
    found = function()
    return found, time.process_time() - started


def measure(documents: Path, scratch: Path) -> Row:
    """The figures of one corpus; for a process of its own."""
    from curation import store
    from curation.config import Dedup
    from curation.stages import dedup

    settings = Dedup()

    def sign(source: Path, target: Path) -> None:
        for part, table in enumerate(store.scan([source], COLUMNS)):
            store.write_table(target / f"{part:05d}.parquet", dedup.sign_batch(table)["signatures"])

    def read(*places: Path) -> None:
        for _ in store.scan(places, COLUMNS):
            pass

    def match(*names: str) -> Any:
        places = [(scratch / f"{name}-signatures", scratch / name) for name in names]
        return dedup.match_batch([a for a, _ in places], [b for _, b in places], settings, scratch)

    # as nights leave it: a part of the corpus in each of two batches
    total = store.count_rows(documents)
    before = total - total // 100
    seen = 0
    for part, table in enumerate(store.scan([documents])):
        cut = min(max(before - seen, 0), table.num_rows)
        for name, rows in (("all", table), ("before", table.slice(0, cut)), ("night", table.slice(cut))):
            if rows.num_rows:
                store.write_table(scratch / name / f"{part:05d}.parquet", rows)
        seen += table.num_rows
    sign(scratch / "night", scratch / "warm")  # compiled, or loaded from the compiler's cache
    sign(scratch / "before", scratch / "before-signatures")
    dedup.match_batch([scratch / "warm"], [scratch / "night"], settings, scratch)

    _, reading = timed(lambda: read(scratch / "all"))
    _, signing = timed(lambda: sign(scratch / "all", scratch / "all-signatures"))
    overlaps, matching = timed(lambda: match("all"))
    tables, clustering = timed(lambda: dedup.make_clusters([overlaps], [scratch / "all"], (), None, settings))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, night_reading = timed(lambda: read(scratch / "night"))
    _, night_signing = timed(lambda: sign(scratch / "night", scratch / "night-signatures"))
    _, night_matching = timed(lambda: match("before", "night"))
    return {
        "documents": total,
        "reading": 2 * reading,  # once to sign, once to verify
        "signatures": signing - reading,
        "matching": matching - reading,
        "clusters": clustering,
        "whole": signing + matching + clustering - 2 * reading,
        "peak_mb": peak,
        "overlaps": overlaps.num_rows,
        "merging": sum(tables["pairs"]["merges"].to_pylist()),
        "night": night_signing + night_matching - night_reading,
    }


def run(count: int, seed: int) -> Row:
    """Generate a corpus, and measure it in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="scale-", dir=ROOT / "build") as folder:
        place = Path(folder)
        newsroom = [sys.executable, str(ROOT / "benchmarks" / "newsroom.py"), str(place / "news")]
        subprocess.run([*newsroom, "--count", str(count), "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
        child = [sys.executable, __file__, "--child", str(place / "news" / "documents"), str(place / "scratch")]
        done = subprocess.run(child, check=True, stdout=subprocess.PIPE, text=True)
    row: Row = json.loads(done.stdout)
    return row


def table(rows: list[Row], seed: int) -> str:
    """The figures as Markdown."""
    head = (
        "| documents | signatures | matching | clusters | **whole** | µs a document | peak | a night of 1 % | reading |"
    )
    lines = [head, "|" + "---:|" * 9]
    for row in rows:
        cells = [
            f"{row['documents']:,.0f}",
            *(f"{row[name]:.1f} s" for name in ("signatures", "matching", "clusters")),
            f"**{row['whole']:.1f} s**",
            f"{1e6 * row['whole'] / row['documents']:.0f}",
            f"{row['peak_mb']:,.0f} MB",
            f"{row['night']:.2f} s ({100 * row['night'] / row['whole']:.1f} %)",
            f"{row['reading']:.1f} s",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return (
        f"CPU seconds, seed {seed}. {rows[-1]['overlaps']:,.0f} overlaps of the largest corpus were verified on full "
        f"texts, {rows[-1]['merging']:,.0f} merge. The whole leaves out reading Parquet, which happens twice.\n\n"
        + "\n".join(lines)
    )


def main() -> None:
    """Measure all corpora and print the table."""
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(measure(Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 30_000, 100_000, 300_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    (ROOT / "build").mkdir(exist_ok=True)
    rows = []
    for count in options.counts:
        rows.append(run(count, options.seed))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
        (ROOT / "build" / "scale.json").write_text(json.dumps(rows, indent=1) + "\n")
    found = table(rows, options.seed)
    print(found)
    if options.write:
        from pages import write

        write(ROOT / "docs" / "benchmarks.md", START, END, found)


if __name__ == "__main__":
    main()
