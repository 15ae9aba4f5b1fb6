"""Ours: signatures alone, and the whole job with measured pairs and clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from peers.measure import BANDS, ROWS, Job

from curation.config import Dedup
from curation.dedup.find import near_duplicates
from curation.dedup.signature import sign


def with_copies(pairs: pa.Table, documents: pa.Table) -> dict[str, npt.NDArray[Any]]:
    """The pairs with all exact copies: in the table `pairs` the first of a text stands for the others."""
    text = documents["text_sha256"].combine_chunks().dictionary_encode().indices.to_numpy()
    members = np.split(np.argsort(text, kind="stable"), np.cumsum(np.bincount(text))[:-1])
    place = documents["id"].combine_chunks()
    a, b = (text[pc.index_in(pairs[side], place).to_numpy()] for side in ("id_a", "id_b"))
    alike, merges = pairs["jaccard"].to_numpy(), pairs["merges"].to_numpy()
    same = [(*np.triu_indices(len(group), 1), group) for group in members]
    blocks = [(group[i], group[j], 1.0, True) for i, j, group in same]
    for n in np.flatnonzero(a != b):
        left, right = members[a[n]], members[b[n]]
        blocks.append((np.repeat(left, len(right)), np.tile(right, len(left)), alike[n], merges[n]))
    sizes = [len(block[0]) for block in blocks]
    return {
        "pairs": np.column_stack([np.concatenate([block[side] for block in blocks]) for side in (0, 1)]),
        "jaccard": np.repeat([block[2] for block in blocks], sizes),
        "merges": np.repeat([block[3] for block in blocks], sizes),
    }


if __name__ == "__main__":
    job = Job(texts=False)
    settings = Dedup(bands=BANDS, rows=ROWS, backend=job.run)
    documents, stops = job.table, frozenset[int]()
    if job.folder.name == "dirty":
        from peers.ours_cleaned import cleaned  # here, so that what cleaning loads is not counted as memory elsewhere

        documents, stops = cleaned(documents, settings)
    near_duplicates(documents.slice(0, 200), settings, stops=stops)  # compiled, or loaded from the compiler's cache
    with job.part("signatures"):
        sign(documents, stops, job.run)
    with job.part("whole"):
        pairs, _ = near_duplicates(documents, settings, stops=stops)
    job.report()
    job.write(**with_copies(pairs, documents))
