"""From JSON lines to a release, by the command line: 10,000, 100,000 and a million articles with the chrome of sites.

    python benchmarks/end_to_end.py [--counts 10000 100000 1000000] [--seed 11] [--workers 2] [--learn] [--write]

Invented news (``benchmarks/newsroom_jsonl.py``) goes through `curation init`, `run`, `check` and `publish` as a user
types them, with default settings and all texts published; with --learn, what sites repeat is learned and pinned before
(`curation learn`). Seconds by the clock, CPU seconds and memory are those of the
whole tree of processes, seen from outside (``benchmarks/watch.py``); a stage ends with its line on stderr. Inputs stay
in ``build/newsroom``, results in ``build/end-to-end.json``; with --write the tables go into ``docs/benchmarks.md``.
Linux only.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from newsroom_jsonl import articles
from pages import write
from watch import Cost, watch

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build"
START, END = "<!-- end-to-end: written by benchmarks/end_to_end.py --write -->", "<!-- end-to-end: end -->"
STAGES = ("ingest", "clean", "judge", "sign", "match", "dedup", "select")
#: what a part of the whole is, in order; `run` are the seconds of `curation run` outside of its stages
PARTS = ("init", "ingest", "learn", *STAGES[1:], "run", "check", "publish")
#: so many articles go first, so that compiled functions are there: compiling is once a machine, not once a corpus
WARM = 2_500
CARD = "".join(
    f'{key} = "Invented."\n' for key in ("title", "summary", "contact", "collection", "intended_use", "limitations")
)
Row = dict[str, Any]


def inputs(count: int, seed: int) -> Path:
    """The articles as JSON lines; they are made once."""
    return articles(BUILD / "newsroom" / f"articles-{count}-{seed}.jsonl", count, seed, os.cpu_count() or 1)


def release(source: Path, workspace: Path, workers: int, *, learn: bool = False) -> dict[str, Cost]:
    """Make a workspace of the articles and a release of it; the cost of each part."""
    curation = Path(sys.executable).with_name("curation")
    shutil.rmtree(workspace, ignore_errors=True)
    costs = {"init": watch([curation, "init", workspace, "--from", source]).cost}
    (workspace / "card.toml").write_text(CARD + 'licence = "CC-BY-4.0"\ncitation_authors = ["Nobody"]\n')
    (workspace / "rights.toml").write_text('[default]\ntext = "full"\nlicence = "CC-BY-4.0"\n')

    def verb(*words: str, part: Callable[[str], str | None] = lambda line: None) -> tuple[Cost, dict[str, Cost]]:
        changes = [word for setting in settings for word in ("--set", setting)]
        watched = watch([curation, *words, *changes], cwd=workspace, part=part)
        return watched.cost, watched.parts

    settings = [f"engine.workers={workers}"]
    run, stages = Cost(0, 0, 0), {}
    if learn:
        run, stages = verb("run", "--until", "ingest", part=_stage)
        costs["learn"] = verb("learn")[0]
        settings.append("chrome.version=1")
    again, more = verb("run", part=_stage)
    run, stages = run + again, stages | more
    costs |= {name: stages[name] for name in STAGES}
    inside = [cost.cpu for cost in stages.values()], [cost.clock for cost in stages.values()]
    costs["run"] = Cost(run.clock - sum(inside[1]), run.cpu - sum(inside[0]), run.peak)
    costs["check"] = verb("check")[0]
    costs["publish"] = verb("publish", "--version", "1.0.0", "--date", "2026-01-31")[0]
    return costs


def _stage(line: str) -> str | None:
    """The stage that a line of `curation run` tells to be done."""
    name = line.partition(" ")[0]
    return name if name in STAGES else None


def sizes(workspace: Path) -> dict[str, int]:
    """Bytes of each table of a workspace, and of its release."""
    found: dict[str, int] = {}
    for pattern in ("state/batches/*/*/*/*.parquet", "work/*/*/*.parquet"):
        for file in workspace.glob(pattern):
            found[file.parent.name] = found.get(file.parent.name, 0) + file.stat().st_size
    found["the release"] = sum(file.stat().st_size for file in workspace.glob("releases/*/1.0.0/**/*.*"))
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def released(workspace: Path) -> list[Path]:
    """The Parquet files of the release."""
    return sorted(workspace.glob("releases/*/1.0.0/data/default/*.parquet"))


def measure(count: int, seed: int, workers: int, *, learn: bool = False) -> Row:
    """One corpus, from its JSON lines to its release."""
    source, workspace = inputs(count, seed), BUILD / f"end-to-end-{count}"
    costs = release(source, workspace, workers, learn=learn)
    row = {
        "documents": count,
        "megabytes": source.stat().st_size / 1e6,
        "released": sum(pq.read_metadata(file).num_rows for file in released(workspace)),
        "bytes": sizes(workspace),
        "costs": {name: asdict(cost) for name, cost in costs.items()},
        "whole": asdict(sum(costs.values(), Cost(0, 0, 0))),
    }
    shutil.rmtree(workspace)
    return row


# -- the tables -------------------------------------------------------------------------------------


def exponent(counts: list[int], values: list[float]) -> float:
    """The power of n with which values grow: the slope through them on logarithmic paper.

    >>> round(exponent([1_000, 10_000, 100_000], [2.0, 20.0, 200.0]), 3)
    1.0
    """
    return float(np.polyfit(np.log(counts), np.log(values), 1)[0])


def tables(rows: list[Row], seed: int, workers: int) -> str:
    """The figures as Markdown."""
    counts = [row["documents"] for row in rows]
    lines = [
        f"Seed {seed}, {workers} workers, {os.cpu_count()} processors, {_mean_size(rows)} KB an article with its "
        "chrome. Memory is that of all processes together, pages that they share counted once.",
        "",
        "| articles | released | by the clock | articles a second | CPU | µs of CPU an article | memory |",
        "|" + "---:|" * 7,
    ]
    for row in rows:
        n, whole = row["documents"], row["whole"]
        cells = [f"{n:,}", f"{row['released']:,}", f"{whole['clock']:,.0f} s", f"{n / whole['clock']:,.0f}"]
        cells += [f"{whole['cpu']:,.0f} s", f"{1e6 * whole['cpu'] / n:,.0f}", f"{whole['peak'] / 1e6:,.0f} MB"]
        lines.append("| " + " | ".join(cells) + " |")
    growing = len(rows) > 1
    if growing:
        cpu = exponent(counts, [row["whole"]["cpu"] for row in rows])
        bound = exponent(counts, [n * math.log(n) for n in counts])
        lines += [
            "",
            f"CPU seconds grow with n to the power of {cpu:.2f}; n log n does with {bound:.2f} in this range.",
        ]
    lines += ["", f"What limits it: of the CPU seconds of the {counts[-1]:,}, {_limits(rows[-1])}."]
    head = ["part", *(f"{n:,}" for n in counts), *(["power of n"] if growing else []), "by the clock"]
    head += [f"memory of {n:,}" for n in counts[:-3:-1]]
    lines += ["", f"By part: µs of CPU an article, and seconds by the clock of the {counts[-1]:,}.", ""]
    lines += ["| " + " | ".join(head) + " |", "|:--|" + "---:|" * (len(head) - 1)]
    for name in (part for part in PARTS if part in rows[0]["costs"]):
        costs = [row["costs"][name] for row in rows]
        cells = [_title(name), *(f"{1e6 * cost['cpu'] / n:,.0f}" for cost, n in zip(costs, counts, strict=True))]
        if growing:
            cells.append(f"{exponent(counts, [max(cost['cpu'], 0.01) for cost in costs]):.2f}")
        cells += [f"{costs[-1]['clock']:,.1f} s", *(f"{cost['peak'] / 1e6:,.0f} MB" for cost in costs[:-3:-1])]
        lines.append("| " + " | ".join(cells) + " |")
    last = rows[-1]
    each = {"the input": round(1e6 * last["megabytes"]), **last["bytes"]}
    told = [f"{name} {size / last['documents']:,.0f}" for name, size in each.items()]
    lines += ["", f"On disk, bytes an article of the {counts[-1]:,}: {', '.join(told)}."]
    return "\n".join(lines)


def _limits(row: Row) -> str:
    """The three parts that cost most, and how busy the processors were."""
    whole = row["whole"]
    shares = sorted(((cost["cpu"] / whole["cpu"], name) for name, cost in row["costs"].items()), reverse=True)
    told = ", ".join(f"`{name}` {100 * share:.0f} %" for share, name in shares[:3])
    return f"{told}; {whole['cpu'] / whole['clock']:.2f} processors were busy on average"


def _title(part: str) -> str:
    if part == "run":
        return "run, outside of its stages"
    return f"run: {part}" if part in STAGES else part


def _mean_size(rows: list[Row]) -> str:
    return f"{1e3 * sum(row['megabytes'] for row in rows) / sum(row['documents'] for row in rows):.1f}"


def main() -> None:
    """Measure all corpora and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--learn", action="store_true", help="learn what sites repeat, and pin it, before cleaning")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    options = parser.parse_args()
    measure(WARM, options.seed, options.workers)
    rows: list[Row] = []
    for count in sorted(options.counts):
        rows.append(measure(count, options.seed, options.workers, learn=options.learn))
        print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
        (BUILD / "end-to-end.json").write_text(json.dumps(rows, indent=1) + "\n")
    found = tables(rows, options.seed, options.workers)
    print(found)
    if options.write:
        write(ROOT / "docs" / "benchmarks.md", START, END, found)


if __name__ == "__main__":
    main()
