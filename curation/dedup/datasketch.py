"""MinHash signatures by datasketch itself, and the way from and to its objects; its only importer.

Import this module lazily: ``import datasketch`` costs half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from datasketch import MinHash, MinHashLSH
from datasketch.hashfunc import sha1_hash32

from curation.dedup.shingle import PERMUTATIONS, SCHEME, SEED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curation.dedup.shingle import Hashes


def signatures(sets: Iterable[Hashes]) -> npt.NDArray[np.uint32]:
    """One row of 128 values for each set of shingle hashes; an empty set gives the largest value throughout.

    The shingles come hashed, so datasketch's hash function is the identity.
    """
    made = MinHash.generator(
        (one.tolist() for one in sets), num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=_itself
    )
    rows = [minhash.hashvalues for minhash in made]
    return np.array(rows, np.uint32).reshape(-1, PERMUTATIONS)


def to_datasketch(signature: bytes | Iterable[int]) -> MinHash:
    """A stored signature as a MinHash, for ``jaccard()``, ``merge()`` or an LSH index of datasketch.

    Its ``update()`` takes shingles as they are hashed here: words joined by one space, in UTF-8.

    Args:
        signature: as a row of the table `signatures` holds it, or its 128 values.

    Raises:
        ValueError: it has another length; a body without words has no signature.

    >>> from curation.dedup.shingle import shingle_hashes
    >>> [row] = signatures([shingle_hashes("Hujan deras mengguyur kota sejak pagi tadi")])
    >>> minhash = to_datasketch(row)
    >>> minhash.update(b"hujan deras mengguyur kota sejak")  # is in it already
    >>> minhash.jaccard(to_datasketch(row))
    1.0
    """
    stored = signature if isinstance(signature, bytes) else np.fromiter(signature, np.uint32).astype("<u4").tobytes()
    values = np.frombuffer(stored, "<u4")
    if len(values) != PERMUTATIONS:
        raise ValueError(f"a signature has {PERMUTATIONS} values, this one {len(values)}")
    # drawing the permutations is what costs: all MinHashes share one pair of them
    return MinHash(hashvalues=values, seed=SEED, scheme=SCHEME, hashfunc=_xxh64low32, permutations=_PERMUTATIONS)


def from_datasketch(minhash: MinHash) -> npt.NDArray[np.uint32]:
    """The values of a MinHash that was made with our spec, as a row of the table `signatures` has them.

    Its hash function can't be looked into; only datasketch's default, which is another one, is known and refused.

    Raises:
        ValueError: it has other permutations, another seed, scheme or hash, so its values mean something else.

    >>> from datasketch import MinHash
    >>> from_datasketch(MinHash(num_perm=128))
    Traceback (most recent call last):
    ValueError: a signature needs the low 32 bits of XXH64 as its hashfunc; this one has datasketch's default, SHA-1
    """
    if (len(minhash), minhash.seed, minhash.scheme) != (PERMUTATIONS, SEED, SCHEME):
        raise ValueError(
            f"a signature needs num_perm={PERMUTATIONS}, seed={SEED}, scheme={SCHEME!r}; "
            f"this one has num_perm={len(minhash)}, seed={minhash.seed}, scheme={minhash.scheme!r}"
        )
    if getattr(minhash, "hashfunc", None) is sha1_hash32:
        raise ValueError(
            "a signature needs the low 32 bits of XXH64 as its hashfunc; this one has datasketch's default, SHA-1"
        )
    return np.asarray(minhash.hashvalues, np.uint32)


def lsh_index(storage: Mapping[str, Any], bands: int, rows: int) -> MinHashLSH:
    """An LSH index of datasketch in a storage; its keys are plain bytes.

    datasketch would pickle the keys in a shared storage: then whoever may write there could run code at whoever
    reads.

    Args:
        storage: datasketch's ``storage_config``.
        bands: number of bands.
        rows: signature values in a band.
    """
    return MinHashLSH(num_perm=PERMUTATIONS, params=(bands, rows), storage_config=dict(storage), prepickle=False)


def _itself(value: int) -> int:
    return value


def _xxh64low32(shingle: bytes) -> int:
    import xxhash

    return xxhash.xxh64_intdigest(shingle) & 0xFFFFFFFF


_PERMUTATIONS = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME).permutations
