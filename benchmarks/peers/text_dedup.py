"""text-dedup: its MinHash script, run whole; its own timer tells the parts apart."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

import text_dedup.minhash as script
from peers.measure import BANDS, PERMUTATIONS, ROWS, Job, pairs_of

#: its stages, by our names; the others load, filter and save
PARTS = {"MinHashing": "signatures", "Clustering": "pairs", "Total": None, "Loading": None, "Filtering": None}


class Timer:
    """Stands in for its timer of wall time."""

    def __call__(self, name: str) -> AbstractContextManager[None]:
        """The stage of that name."""
        return job.part(PARTS.get(name) or name)

    def report(self, **_: object) -> None:
        """Its report of wall times, which nobody reads here."""


if __name__ == "__main__":
    job = Job()
    script.Timer = Timer
    chosen = ["--threshold", str(job.threshold)]
    if job.same:
        chosen = ["--num_perm", str(PERMUTATIONS), "--b", str(BANDS), "--r", str(ROWS), "--hash_func", "xxh3"]
    with tempfile.TemporaryDirectory() as folder:
        files = ["--path", "parquet", "--data_dir", str(job.folder), "--split", "train", "--cache_dir", folder]
        files += ["--output", str(Path(folder) / "out"), "--column", "body", "--num_proc", "1"]
        script.main(files + chosen, standalone_mode=False)
    job.seconds = {name: job.seconds[name] for name in ("signatures", "pairs")}
    groups: dict[int, list[int]] = {}
    for number in range(len(job.texts)):
        groups.setdefault(script.uf.find(number), []).append(number)
    job.finish(pairs_of(groups.values()))
