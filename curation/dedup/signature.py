"""Signatures and sketches: the small stand-ins by which copies find each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation import schema
from curation.dedup.shingle import SPEC, flatten, shingle_hashes

#: A sketch holds the shingle hashes below this, one in eight (FracMinHash): a fixed share of every text, so a
#: short text inside a long one is found, which MinHash alone misses.
SKETCH_LIMIT = 1 << 29


def sign(documents: pa.Table) -> pa.Table:
    """The signatures table of documents (needs id, body, text_sha256).

    A body without words gets an empty signature: nothing is its copy.
    """
    from curation.dedup.datasketch import PERMUTATIONS, signatures

    sets = [shingle_hashes(body) for body in documents["body"].to_pylist()]
    hashes, offsets = flatten(sets)
    sizes = np.diff(offsets)
    made = signatures(one for one in sets if len(one))
    small = hashes < SKETCH_LIMIT
    before = np.concatenate([[0], np.cumsum(small)])
    table = pa.table(
        {
            "id": documents["id"],
            "text_sha256": documents["text_sha256"],
            "spec": pa.repeat(SPEC, documents.num_rows),
            "n_shingles": sizes,
            "signature": _lists(made.reshape(-1), np.concatenate([[0], np.cumsum(sizes > 0)]) * PERMUTATIONS),
            "sketch": _lists(hashes[small], before[offsets]),
        }
    )
    return schema.conform("signatures", table)


def _lists(values: npt.NDArray[np.uint32], offsets: npt.NDArray[np.int64]) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, pa.uint32()))
