"""rensa: MinHash in Rust over tokens made in Python."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from peers.measure import BANDS, PERMUTATIONS, ROWS, Job, components, pairs_of, shingles
from rensa import RMinHash, RMinHashDeduplicator, RMinHashLSH

SEED = 42


def dropped(signatures: list[RMinHash], threshold: float) -> npt.NDArray[np.int64]:
    """Each document that the deduplicator drops, in one cluster with the kept ones that it names for it."""
    deduplicator = RMinHashDeduplicator(threshold=threshold, num_perm=PERMUTATIONS, use_lsh=True, seed=SEED)
    kept = deduplicator.add_pairs((str(number), signature) for number, signature in enumerate(signatures))
    repeats = [number for number, keep in enumerate(kept) if not keep]
    named = deduplicator.get_duplicate_sets([signatures[number] for number in repeats])
    edges = ((int(key), number) for number, keys in zip(repeats, named, strict=True) for key in keys)
    return pairs_of(components(edges))


def banded(signatures: list[RMinHash], threshold: float) -> npt.NDArray[np.int64]:
    """The candidate pairs of our bands whose estimated J reaches the threshold."""
    index = RMinHashLSH(threshold=threshold, num_perm=BANDS * ROWS, num_bands=BANDS)
    index.insert_many(signatures)
    found = [
        (number, other)
        for number, others in enumerate(index.query_all(signatures))
        for other in others
        if other > number and signatures[number].jaccard(signatures[other]) >= threshold
    ]
    return np.array(found, np.int64)


if __name__ == "__main__":
    job = Job()
    with job.part("signatures"):
        permutations = BANDS * ROWS if job.same else PERMUTATIONS
        signatures = RMinHash.from_token_sets(map(shingles, job.texts), num_perm=permutations, seed=SEED)
    with job.part("pairs"):
        pairs = (banded if job.same else dropped)(signatures, job.threshold)
    job.finish(pairs)
