"""datasketch: the reference implementation in Python and numpy."""

from __future__ import annotations

import xxhash
from datasketch import MinHash, MinHashLSH
from datasketch.hashfunc import sha1_hash32
from peers.measure import BANDS, PERMUTATIONS, ROWS, Job, shingles


def xxh64_low32(data: bytes) -> int:
    """The hash of our spec."""
    return xxhash.xxh64_intdigest(data) & 0xFFFFFFFF


HASHES = {"default": sha1_hash32, "xxhash": xxhash.xxh32_intdigest, "same": xxh64_low32}


def sign(texts: list[str], run: str) -> list[MinHash]:
    """One MinHash a text."""
    tokens = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    return MinHash.bulk(tokens, num_perm=PERMUTATIONS, hashfunc=HASHES[run])


def find(signatures: list[MinHash], threshold: float, same: bool) -> list[tuple[int, int]]:
    """The candidate pairs of the index."""
    bands = (BANDS, ROWS) if same else None
    index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS, params=bands)
    pairs = []
    for number, signature in enumerate(signatures):
        near = index.query(signature)
        if same:
            near = [other for other in near if signature.jaccard(signatures[other]) >= threshold]
        pairs.extend((other, number) for other in near)
        index.insert(number, signature, check_duplication=False)
    return pairs


if __name__ == "__main__":
    job = Job()
    find(sign(job.texts[:10], job.run), job.threshold, job.same)  # it loads scipy for its bands
    with job.part("signatures"):
        signatures = sign(job.texts, job.run)
    with job.part("pairs"):
        pairs = find(signatures, job.threshold, job.same)
    job.finish(pairs)
