"""Ours beside what a user would string together today: datatrove's filters and MinHash, then pandas; in one run.

    python benchmarks/chain.py [--count 100000] [--seed 11] [--workers 2] [--rounds 2] [--write]

All get the same JSON lines (``benchmarks/newsroom_jsonl.py``) and write train, validation and test as Parquet: ours
with `curation init`, `run`, `check`, `publish`, once as it is and once with `curation learn` before; theirs with
``benchmarks/peers/chain.py`` in an environment of its own. They take turns; of several rounds the least CPU seconds and
memory count. Then each corpus is held against the truth (``benchmarks/chain_score.py``). Results: ``build/chain.json``;
with --write the tables go into ``docs/benchmarks.md``. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from chain_score import Score, score
from end_to_end import BUILD, ROOT, WARM, inputs, release, released
from pages import write
from peers.launch import QUIET, Peer, peers
from watch import Cost, watch

START, END = "<!-- chain: written by benchmarks/chain.py --write -->", "<!-- chain: end -->"
STEPS = ("split", "filters", "signatures", "buckets", "clusters", "copies", "pandas")
OURS, LEARNED, THEIRS = "curation", "curation, chrome learned", "datatrove and pandas"
Row = dict[str, Any]


def ours(
    source: Path, folder: Path, workers: int, *, learn: bool = False
) -> tuple[dict[str, Cost], dict[str, str], Row]:
    """Costs by part, the texts by id of the generator, and nothing else to tell."""
    costs = release(source, folder, workers, learn=learn)
    articles: dict[str, str] = {}
    for file in sorted(folder.glob("state/batches/*/ingest/articles/*.parquet")):
        table = pq.read_table(file, columns=["id", "source_id"])
        articles.update(zip(table["id"].to_pylist(), table["source_id"].to_pylist(), strict=True))
    texts = {articles[id_]: text for id_, text in _texts(released(folder), "body")}
    return costs, texts, {}


def theirs(source: Path, folder: Path, workers: int) -> tuple[dict[str, Cost], dict[str, str], Row]:
    """The same of the chain, and what each of its filters dropped."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [_peer().python(), "-m", "peers.chain", source, folder, "--workers", str(workers)]
    watched = watch(
        command,
        cwd=Path(__file__).parent,
        environment={**QUIET, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        part=lambda line: line.strip() if line.strip() in STEPS else None,
    )
    texts = dict(_texts([folder / f"{name}.parquet" for name in ("train", "validation", "test")], "text"))
    # what comes before the first step, imports for example, lies in it; what comes after the last, in the last
    return watched.parts | {"whole": watched.cost}, texts, json.loads(watched.printed.splitlines()[-1])


def _peer() -> Peer:
    [peer] = [one for one in peers() if one.name == "datatrove"]
    return peer


def _texts(files: list[Path], column: str) -> Iterator[tuple[str, str]]:
    for file in files:
        table = pq.read_table(file, columns=["id", column])
        yield from zip(table["id"].to_pylist(), table[column].to_pylist(), strict=True)


def measure(count: int, seed: int, workers: int, rounds: int) -> Row:
    """Both, by turns, and their scores."""
    source = inputs(count, seed)
    release(inputs(WARM, seed), BUILD / "chain-warm", workers)
    shutil.rmtree(BUILD / "chain-warm")
    _peer().python()  # made, if it is not there
    found: Row = {"documents": count, "tools": {name: {"rounds": []} for name in (OURS, LEARNED, THEIRS)}}
    for _ in range(rounds):
        for name, chain in ((OURS, ours), (LEARNED, partial(ours, learn=True)), (THEIRS, theirs)):
            folder = BUILD / "chain"
            costs, texts, dropped = chain(source, folder, workers)
            shutil.rmtree(folder)
            whole = costs.pop("whole", None) or sum(costs.values(), Cost(0, 0, 0))
            tool = found["tools"][name]
            tool["rounds"].append({"whole": asdict(whole), "parts": {key: asdict(one) for key, one in costs.items()}})
            if "score" not in tool:
                tool["score"] = score(texts, count, seed)._asdict()
                tool["dropped"] = dropped
            print(json.dumps({name: tool["rounds"][-1]["whole"]}), file=sys.stderr, flush=True)
            (BUILD / "chain.json").write_text(json.dumps(found, indent=1) + "\n")
    return found


# -- the tables -------------------------------------------------------------------------------------


def tables(found: Row, seed: int, workers: int) -> str:
    """The figures as Markdown."""
    tools = found["tools"]
    least = {
        name: {key: min(one["whole"][key] for one in tool["rounds"]) for key in ("clock", "cpu", "peak")}
        for name, tool in tools.items()
    }
    rounds = len(tools[OURS]["rounds"])
    lines = [
        f"{found['documents']:,} articles (seed {seed}), {workers} workers on {os.cpu_count()} processors, "
        f"{f'{rounds} rounds by turns, of which the least counts' if rounds > 1 else 'one round'}. {_version()}.",
        "",
        "| | CPU | of ours | by the clock | of ours | memory | of ours |",
        "|:--|" + "---:|" * 6,
    ]
    for name, cost in least.items():
        ratio = {key: value / least[OURS][key] for key, value in cost.items()}
        cells = [name, f"{cost['cpu']:,.0f} s", f"{ratio['cpu']:.1f} ×", f"{cost['clock']:,.0f} s"]
        cells += [f"{ratio['clock']:.1f} ×", f"{cost['peak'] / 1e6:,.0f} MB", f"{ratio['peak']:.1f} ×"]
        lines.append("| " + " | ".join(cells) + " |")
    scores = {name: Score(**tool["score"]) for name, tool in tools.items()}
    lines += [
        "",
        "What they made of it. Chrome left: letters of it in kept texts, of those that were there. Text lost: letters "
        "of the articles that kept texts lack. Copies removed: of those that the generator made, however far changed. "
        "Articles lost: stories of which nothing is kept, and pages of a template or rewrites that are not, of "
        "all.",
        "",
        "| | kept | chrome left | text lost | copies removed | articles lost | stories | templates, rewrites |",
        "|:--|" + "---:|" * 7,
    ]
    for name, one in scores.items():
        shares = (one.chrome_left, one.text_lost, one.copies_removed, one.articles_lost, one.stories_lost, one.own_lost)
        lines.append(f"| {name} | {one.kept:,} | " + " | ".join(f"{100 * share:.2f} %" for share in shares) + " |")
    kinds = list(scores[OURS].by_kind)
    lines += ["", "Copies removed, by how they were made:", ""]
    lines += ["| | " + " | ".join(kind.replace("_", " ") for kind in kinds) + " |", "|:--|" + "---:|" * len(kinds)]
    for name, one in scores.items():
        lines.append(f"| {name} | " + " | ".join(f"{100 * one.by_kind[kind]:.1f} %" for kind in kinds) + " |")
    lines += ["", *(f"- CPU seconds by step, {name}: {_steps(tool)}." for name, tool in tools.items())]
    lines += ["", f"What its filters dropped: {_dropped(tools[THEIRS]['dropped'])}."]
    return "\n".join(lines)


def _steps(tool: Row) -> str:
    return ", ".join(f"{name} {cost['cpu']:,.1f}" for name, cost in tool["rounds"][0]["parts"].items())


def _dropped(dropped: dict[str, dict[str, int]]) -> str:
    """Each step with its reasons; its emoji are left out."""
    told = []
    for step, reasons in dropped.items():
        name = re.sub(r"[^\w -]", "", step.rpartition(":")[2]).strip()
        rest = [f"{key.removeprefix('dropped_')} {number:,}" for key, number in reasons.items() if key != "dropped"]
        total = f"{reasons.get('dropped', 0):,}"
        told.append(f"{name} {total}" + (f" ({', '.join(rest)})" if rest else ""))
    return "; ".join(told) or "nothing"


def _version() -> str:
    command = [_peer().python(), "-c", "import pandas; print(pandas.__version__)"]
    pandas = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"{_peer().title}, pandas {pandas}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    options = parser.parse_args()
    found = tables(measure(options.count, options.seed, options.workers, options.rounds), options.seed, options.workers)
    print(found)
    if options.write:
        write(ROOT / "docs" / "benchmarks.md", START, END, found)


if __name__ == "__main__":
    main()
