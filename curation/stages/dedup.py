"""dedup: signatures batch by batch, each batch matched against itself and all earlier ones, clusters of the whole.

`state/` keeps signatures and overlaps, so a new batch costs what it holds, not what the corpus holds: earlier
signatures are streamed past the new ones, and of earlier texts only those that may be copied are read.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.dedup.candidates import candidates
from curation.dedup.cluster import clusters
from curation.dedup.kind import judge
from curation.dedup.signature import sign
from curation.dedup.verify import COLUMNS, measure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from curation.config import Dedup

SIGN_CODE = (
    *(f"dedup/{name}.py" for name in ("datasketch", "sets", "shingle", "signature")),
    *(f"dedup/kernels/{name}.py" for name in ("letters", "shingles", "tokens", "xxh64")),
    "kernels",
    "schema.py",
)
CODE = ("dedup", "kernels", "schema.py", "stages/dedup.py", "stages/matching.py")


def sign_key(documents: store.Stage, stops: Collection[int] = ()) -> dict[str, Any]:
    """What the signatures of a batch rest on.

    Args:
        documents: the stage that they were cleaned by.
        stops: hashes of stop-shingles; without any, the whole texts are signed.
    """
    return {"code": store.code_digest(*SIGN_CODE), "input": documents.content(), "stops": sorted(stops)}


def sign_batch(documents: pa.Table, stops: Collection[int] = (), backend: str = "numba") -> dict[str, pa.Table]:
    """The table `signatures` for a batch of documents."""
    return {"signatures": sign(documents, stops, backend)}


def find_candidates(signatures: Sequence[Path], settings: Dedup) -> pa.Table:
    """The pairs worth a close look that hold a document of the last batch (id_a < id_b).

    Args:
        signatures: the table of each batch, in the order of arrival; at least one.
        settings: bands and their values.
    """
    batches = [partial(_columns, place) for place in signatures]
    return candidates(batches, settings.bands, settings.rows, settings.backend)


def match_batch(
    signatures: Sequence[Path],
    documents: Sequence[Path],
    settings: Dedup,
    scratch: Path,
    stops: Collection[int] = (),
    threads: int = 1,
) -> pa.Table:
    """The table `overlaps` of the last batch: its pairs within itself and with every earlier document.

    Args:
        signatures: the table of each batch, in the order of arrival.
        documents: of the same batches.
        settings: of near-duplicates.
        scratch: folder for temporary files.
        stops: hashes of stop-shingles, as for the signatures.
        threads: how many at once.
    """
    found = find_candidates(signatures, settings)
    wanted = pc.unique(pa.chunked_array([*found["id_a"].chunks, *found["id_b"].chunks], pa.string()))
    texts = store.scan_where(documents, "id", wanted, COLUMNS)
    return measure(found, texts, scratch, stops, settings.backend, threads)


def make_clusters(
    overlaps: Iterable[pa.Table],
    documents: Sequence[Path],
    told_apart: Collection[tuple[str, str]],
    earlier: pa.Table | None,
    settings: Dedup,
) -> dict[str, pa.Table]:
    """The tables `pairs` and `clusters` of the whole corpus.

    Args:
        overlaps: the table of each batch.
        documents: the table of each batch, in the order of arrival.
        told_apart: pairs that a person said are different.
        earlier: (id, cluster_id) of the run before, whose names are carried over.
        settings: the limits.
    """
    tables = [table for table in overlaps if table.num_rows]
    pairs = judge(pa.concat_tables([schema.empty("overlaps"), *tables]), settings)
    if len(tables) > 1:  # those of one batch are sorted
        pairs = pairs.sort_by([("id_a", "ascending"), ("id_b", "ascending")])
    # batches in their order of arrival; the order within one must not matter
    ids = [pa.concat_arrays(_ids(place)).sort() for place in documents]
    everybody = pa.concat_arrays([pa.array([], pa.string()), *ids])
    return {"pairs": pairs, "clusters": clusters(everybody, pairs, told_apart, earlier)}


def _ids(place: Path) -> list[pa.Array]:
    return [pa.array([], pa.string()), *(chunk for table in _columns(place, ["id"]) for chunk in table["id"].chunks)]


def _columns(place: Path, columns: Sequence[str]) -> Iterable[pa.Table]:
    return store.scan([place], columns)
