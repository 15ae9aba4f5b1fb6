"""What every runner shares: one thread, the documents, the CPU clock, the pairs that were found.

A runner is started as ``python -m peers.NAME DOCUMENTS PAIRS --run RUN --threshold T`` in its own environment. It
prints one line of JSON when its job is done, and then writes the pairs. Nothing of ``curation`` is needed here.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

BANDS, ROWS, PERMUTATIONS, WIDTH = 25, 5, 128, 5
_WORD = re.compile(r"\w+")

#: positions of documents, two a pair
Pairs = npt.NDArray[np.int64] | list[tuple[int, int]]


class Job:
    """One run of one tool: its arguments, its documents, and the CPU seconds of its parts."""

    def __init__(self, texts: bool = True) -> None:
        parser = argparse.ArgumentParser()
        parser.add_argument("documents", type=Path, help="folder of Parquet files with id and body")
        parser.add_argument("pairs", type=Path, help="Parquet file to write")
        parser.add_argument("--run", required=True)
        parser.add_argument("--threshold", type=float, required=True)
        arguments = parser.parse_args()
        self.folder: Path = arguments.documents
        self.run: str = arguments.run
        self.same = self.run == "same"
        self.threshold: float = arguments.threshold
        self.table = pq.read_table(self.folder)
        #: the bodies as Python has them, unless the tool takes the table
        self.texts: list[str] = self.table["body"].to_pylist() if texts else []
        #: CPU seconds of each part; the whole job is their sum
        self.seconds: dict[str, float] = {}
        self._pairs = arguments.pairs

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Times what happens inside: user and system time of this process and of its finished children."""
        before = cpu_seconds()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + cpu_seconds() - before

    def finish(self, pairs: Pairs) -> None:
        """Reports the job and writes its pairs."""
        self.report()
        self.write(pairs)

    def report(self) -> None:
        """Says that the job is done: what follows is neither timed nor watched for memory."""
        report = {"documents": self.table.num_rows, "seconds": self.seconds, "peak_bytes": _peak_bytes()}
        print(json.dumps(report), flush=True)

    def write(self, pairs: Pairs, **columns: npt.NDArray[Any]) -> None:
        """Writes pairs, positions of documents; `columns` hold a value a pair."""
        made = np.array(pairs, np.int64).reshape(-1, 2)
        ids = self.table["id"].to_numpy()
        first, second = ids[made[:, 0]].astype(str), ids[made[:, 1]].astype(str)
        turned = first > second
        table = pa.table({"id_a": np.where(turned, second, first), "id_b": np.where(turned, first, second), **columns})
        pq.write_table(table, self._pairs)


def cpu_seconds() -> float:
    """User and system time so far, of this process and of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_bytes() -> int:
    """The most memory that this process has held. Linux hands ru_maxrss down from parent to child, so not that."""
    status = Path("/proc/self/status")
    if status.exists() and (told := re.search(r"VmHWM:\s*(\d+) kB", status.read_text())):
        return int(told[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS, in bytes


# -- our shingles, for tools that are given tokens -----------------------------------------------------


def words(text: str) -> list[str]:
    """The words that our shingles are made of."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def shingles(text: str) -> set[str]:
    """Our shingles: five words joined by a blank; fewer than five words make one."""
    found = words(text)
    if not found:
        return set()
    return {" ".join(found[i : i + WIDTH]) for i in range(max(1, len(found) - WIDTH + 1))}


# -- clusters ------------------------------------------------------------------------------------------


def components(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of a graph, those of two nodes and more."""
    parent: dict[int, int] = {}

    def find(node: int) -> int:
        root = node
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while node != root:
            parent[node], node = root, parent[node]
        return root

    for a, b in edges:
        parent[find(a)] = find(b)
    groups: dict[int, list[int]] = {}
    for node in parent:
        groups.setdefault(find(node), []).append(node)
    return [group for group in groups.values() if len(group) > 1]


def pairs_of(groups: Iterable[Iterable[int]]) -> npt.NDArray[np.int64]:
    """All pairs of each group, once, as rows of two."""
    rows: list[npt.NDArray[np.int64]] = [np.empty((0, 2), np.int64)]
    for group in groups:
        members = np.fromiter(group, np.int64)
        a, b = np.triu_indices(len(members), 1)
        rows.append(np.column_stack([members[a], members[b]]))
    return np.unique(np.sort(np.concatenate(rows), axis=1), axis=0)
