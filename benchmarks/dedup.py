"""Near-duplicates, beside the peers in one run on the same documents: speed, memory, and which pairs are right.

    python benchmarks/dedup.py [--count 10000] [--seed 20] [--only NAME ...] [--write]

The documents are generated (``benchmarks/newsroom.py``): known clusters, excerpts, templates, pages that hold several
articles, and the same with the chrome of their sites around them. The truth are all pairs of the clean texts, counted
exactly (``curation.dedup.oracle``). Every tool runs on one thread in an environment of its own (``benchmarks/peers``).
Results: a table here, ``build/bench-dedup.json``, and with --write the tables of ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from dedup_tables import END, START, markdown, terminal
from pages import write
from peers.launch import ROOT, CrashedError, FailedError, Peer, peers, run

from curation.dedup.oracle import all_pairs

BUILD = ROOT / "build" / "bench-dedup"
#: J from which a pair counts as a duplicate, and C of the shorter text
JACCARD, CONTAINMENT = (0.7, 0.8), 0.8
#: runs are timed so often and the least CPU time counts; those that take more than so many seconds, once
REPEATS, QUICK = 3, 10.0

Codes = npt.NDArray[np.int64]
T = TypeVar("T")


# -- the truth and the scores ----------------------------------------------------------------------------


class Truth:
    """The pairs of the clean texts that a good tool finds."""

    def __init__(self, documents: pa.Table, made: pa.Table) -> None:
        self.ids = documents["id"].combine_chunks().sort()
        place = pc.index_in(self.ids, made["id"].combine_chunks())
        #: the template of each document, -1 for none
        self.templates = pc.fill_null(made["template"].take(place), -1).to_numpy()
        pairs = all_pairs(documents, min(JACCARD), CONTAINMENT)
        codes = self._codes(pairs)
        jaccard = pairs["jaccard"].to_numpy()
        shorter = pc.max_element_wise(pairs["containment_a"], pairs["containment_b"]).to_numpy()
        #: the pairs at each J, then those of which one holds the other
        self.similar = {limit: codes[jaccard >= limit] for limit in JACCARD}
        self.contained = codes[shorter >= CONTAINMENT]

    def score(self, found: dict[float, pa.Table]) -> dict[str, dict[str, float]]:
        """Precision, recall and F1 of what a tool found when it was asked for J of 0.7 and of 0.8."""
        scores = {}
        for limit, right in self.similar.items():
            pairs = found.get(limit, found[min(JACCARD)])
            if "jaccard" in pairs.column_names:  # measured, so one run serves all limits
                pairs = pairs.filter(pc.greater_equal(pairs["jaccard"], limit))
            flagged = np.unique(self._codes(pairs))
            common = len(np.intersect1d(flagged, right))
            precision, recall = _share(common, len(flagged)), _share(common, len(right))
            scores[f"J{limit}"] = {
                "pairs": len(flagged),
                "precision": precision,
                "recall": recall,
                "f1": _share(2 * common, len(flagged) + len(right)),
            }
        everything = self._codes(found[min(JACCARD)])
        common = len(np.intersect1d(everything, self.contained))
        scores[f"C{CONTAINMENT}"] = {"recall": _share(common, len(self.contained))}
        scores["templates"] = {"merged": self._templates_merged(found[min(JACCARD)])}
        return scores

    def _templates_merged(self, pairs: pa.Table) -> float:
        """The share of the pairs that only share a template, but are taken for one article."""
        if "merges" in pairs.column_names:
            pairs = pairs.filter(pairs["merges"])
        first, second = (self.templates[side] for side in np.divmod(np.unique(self._codes(pairs)), len(self.ids)))
        sizes = np.unique(self.templates[self.templates >= 0], return_counts=True)[1]
        return _share(int(np.sum((first >= 0) & (first == second))), int(np.sum(sizes * (sizes - 1) // 2)))

    def _codes(self, pairs: pa.Table) -> Codes:
        """Each pair as one number, in the order of the table."""
        first, second = (pc.index_in(pairs[side], self.ids).to_numpy().astype(np.int64) for side in ("id_a", "id_b"))
        codes: Codes = np.minimum(first, second) * len(self.ids) + np.maximum(first, second)
        return codes


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


# -- the runs ----------------------------------------------------------------------------------------------


def measure(peer: Peer, name: str, truth: Truth) -> dict[str, Any]:
    """One row of the tables: a tool with one of its settings, timed on the clean texts, scored on both."""
    row: dict[str, Any] = {"tool": peer.title, "peer": peer.name, "run": name, "settings": peer.runs[name]}
    try:
        row |= _once_more(row, lambda: _timed(peer, name))
        for corpus in ("documents", "dirty"):
            limits = JACCARD if peer.threshold else JACCARD[:1]
            row[corpus] = truth.score(
                {limit: _once_more(row, partial(_pairs, peer, name, corpus, limit)) for limit in limits}
            )
    except FailedError as problem:
        row["problem"] = str(problem)
    return row


def _once_more(row: dict[str, Any], step: Callable[[], T]) -> T:
    """What a step gives; one that crashes is tried once more, and the row says so."""
    try:
        return step()
    except CrashedError as crash:
        row["problem"] = f"once {crash}"
        return step()


def _timed(peer: Peer, name: str) -> dict[str, Any]:
    reports: list[dict[str, Any]] = []
    while len(reports) < REPEATS:
        reports.append(run(peer, name, BUILD / "documents", _file(peer, name, "documents", min(JACCARD)), min(JACCARD)))
        if sum(reports[-1]["seconds"].values()) > QUICK:
            break
    signing = min(report["seconds"]["signatures"] for report in reports)
    whole = min(report["seconds"].get("whole", sum(report["seconds"].values())) for report in reports)
    return {
        "signatures_per_second": reports[0]["documents"] / signing,
        "documents_per_second": reports[0]["documents"] / whole,
        "peak_bytes": min(report["peak_bytes"] for report in reports),
    }


def _pairs(peer: Peer, name: str, corpus: str, limit: float) -> pa.Table:
    file = _file(peer, name, corpus, limit)
    if not (corpus == "documents" and limit == min(JACCARD)):  # that one was timed
        run(peer, name, BUILD / corpus, file, limit)
    return pq.read_table(file)


def _file(peer: Peer, name: str, corpus: str, limit: float) -> Path:
    return BUILD / "pairs" / f"{peer.name}-{name}-{corpus}-{limit}.parquet"


def processor() -> str:
    """The processor's name."""
    listed = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", listed.read_text()) if listed.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def main() -> None:
    """Generate, count the truth, run everybody, show the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000, help="documents")
    parser.add_argument("--seed", type=int, default=20, help="of the generator")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these tools, and no others")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    arguments = parser.parse_args()
    taking_part = [peer for peer in peers() if not arguments.only or peer.name in arguments.only]

    generator = [sys.executable, str(Path(__file__).parent / "newsroom.py"), str(BUILD)]
    generator += ["--count", str(arguments.count), "--seed", str(arguments.seed), "--chrome"]
    shutil.rmtree(BUILD, ignore_errors=True)
    subprocess.run(generator, check=True)
    documents = pq.read_table(BUILD / "documents", columns=["id", "body"])
    truth = Truth(documents, pq.read_table(BUILD / "truth.parquet"))

    rows: list[dict[str, Any]] = []
    result = {
        "documents": documents.num_rows,
        "seed": arguments.seed,
        "processor": processor(),
        "python": platform.python_version(),
        "truth": {f"J{limit}": len(codes) for limit, codes in truth.similar.items()}
        | {f"C{CONTAINMENT}": len(truth.contained)},
        "pairs": {peer.title: peer.pairs for peer in taking_part},
        "rows": rows,
    }
    for peer in taking_part:
        for name in peer.runs:
            print(f"{peer.title}, {name}", file=sys.stderr)
            rows.append(measure(peer, name, truth))
            written = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
            BUILD.with_suffix(".json").write_text(written, encoding="utf-8")
    print(terminal(result))
    if arguments.write:
        write(ROOT / "docs" / "benchmarks.md", START, END, markdown(result))


if __name__ == "__main__":
    main()
