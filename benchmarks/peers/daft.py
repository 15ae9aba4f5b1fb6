"""Daft: a dataframe engine in Rust with a MinHash expression; bands are made as its tutorial makes them."""

from __future__ import annotations

import daft
import numpy as np
from daft import col
from peers.measure import BANDS, PERMUTATIONS, ROWS, WIDTH, Job, components, pairs_of
from scipy.integrate import quad

#: of the tutorial
HASHES, SEED = 64, 42


def best_bands(threshold: float, hashes: int) -> tuple[int, int]:
    """Bands and rows with the least area of false positives plus false negatives, as the tutorial chooses them."""

    def error(bands: int, rows: int) -> float:
        def caught(share: float) -> float:
            return 1 - (1 - share**rows) ** bands

        return quad(caught, 0, threshold)[0] + quad(lambda share: 1 - caught(share), threshold, 1)[0]

    choices = [(b, r) for b in range(1, hashes + 1) for r in range(1, hashes // b + 1)]
    return min(choices, key=lambda choice: error(*choice))


def sign(documents: daft.DataFrame, same: bool) -> daft.DataFrame:
    """The signatures, as column `min_hashes` beside `node`."""
    if same:
        text = col("body").lower().regexp_replace(r"\W+", " ").lstrip().rstrip()
        hashes, seed = PERMUTATIONS, 1
    else:
        text, hashes, seed = (
            col("body").normalize(remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True),
            HASHES,
            SEED,
        )
    made = text.minhash(num_hashes=hashes, ngram_size=WIDTH, seed=seed, hash_function="xxhash")
    return documents.select(col("node"), made.alias("min_hashes")).collect()


@daft.func()
def band_numbers(bands: list[list[int]], count: int) -> list[int]:
    """The numbers of the bands."""
    return list(range(min(len(bands), count)))


def find(signatures: daft.DataFrame, bands: int, rows: int) -> list[list[int]]:
    """The clusters: documents that share a band, directly or over others."""
    used = signatures.select(col("node"), col("min_hashes").slice(0, bands * rows).alias("min_hashes"))
    banded = used.with_column("bands", col("min_hashes").chunk(rows))
    lines = banded.with_column("band", band_numbers(col("bands"), bands)).explode("bands", "band")
    groups = lines.groupby("band", "bands").agg(col("node").list_agg().alias("nodes"))
    nodes = groups.where(col("nodes").length() > 1).select("nodes").to_pydict()["nodes"]
    # its tutorial finds the components by rounds of joins; this is quicker where all edges fit into memory
    return components((group[0], other) for group in nodes for other in group[1:])


if __name__ == "__main__":
    job = Job(texts=False)
    daft.set_runner_native()
    table = job.table.select(["body"]).append_column("node", [np.arange(job.table.num_rows)])
    bands, rows = (BANDS, ROWS) if job.same else best_bands(job.threshold, HASHES)
    find(sign(daft.from_arrow(table.slice(0, 10)).collect(), job.same), bands, rows)  # it starts its threads
    documents = daft.from_arrow(table).collect()
    with job.part("signatures"):
        signatures = sign(documents, job.same)
    with job.part("pairs"):
        groups = find(signatures, bands, rows)
    job.finish(pairs_of(groups))
