"""MinHash signatures by datasketch itself, and the way from and to its objects; its only importer.

Import this module lazily: ``import datasketch`` costs half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from datasketch import MinHash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curation.dedup.shingle import Hashes

PERMUTATIONS = 128
SEED = 1
SCHEME = "affine32"


def signatures(sets: Iterable[Hashes]) -> npt.NDArray[np.uint32]:
    """One row of 128 values for each set of shingle hashes; an empty set gives the largest value throughout.

    The shingles come hashed, so datasketch's hash function is the identity.
    """
    made = MinHash.generator(
        (one.tolist() for one in sets), num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=_itself
    )
    rows = [minhash.hashvalues for minhash in made]
    return np.array(rows, np.uint32).reshape(-1, PERMUTATIONS)


def to_datasketch(signature: Iterable[int]) -> MinHash:
    """A stored signature as a MinHash, for ``jaccard()``, ``merge()`` or an LSH index of datasketch.

    >>> from curation.dedup.shingle import shingle_hashes
    >>> [row] = signatures([shingle_hashes("Hujan deras mengguyur kota sejak pagi tadi")])
    >>> to_datasketch(row).jaccard(to_datasketch(row))
    1.0
    """
    values = np.fromiter(signature, np.uint32)
    return MinHash(hashvalues=values, seed=SEED, scheme=SCHEME)


def from_datasketch(minhash: MinHash) -> npt.NDArray[np.uint32]:
    """The values of a MinHash that was made with our spec.

    Raises:
        ValueError: it has other permutations, another seed or scheme, so its values mean something else.
    """
    if (len(minhash), minhash.seed, minhash.scheme) != (PERMUTATIONS, SEED, SCHEME):
        raise ValueError(
            f"a signature needs num_perm={PERMUTATIONS}, seed={SEED}, scheme={SCHEME!r}; "
            f"this one has num_perm={len(minhash)}, seed={minhash.seed}, scheme={minhash.scheme!r}"
        )
    return np.asarray(minhash.hashvalues, np.uint32)


def _itself(value: int) -> int:
    return value
