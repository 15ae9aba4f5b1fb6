"""Near-duplicates of a corpus that fits into memory: the same steps as the stage, without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup.candidates import candidates
from curation.dedup.cluster import clusters
from curation.dedup.kind import judge
from curation.dedup.signature import sign
from curation.dedup.verify import measure

if TYPE_CHECKING:
    from collections.abc import Collection

    from curation.config import Dedup


def near_duplicates(
    documents: pa.Table,
    settings: Dedup,
    not_duplicate: Collection[tuple[str, str]] = (),
    earlier: pa.Table | None = None,
    stops: Collection[int] = (),
    threads: int = 1,
) -> tuple[pa.Table, pa.Table]:
    """The pairs and clusters of documents (see :data:`curation.dedup.verify.COLUMNS`)."""
    found = find_candidates(documents, settings, stops, threads)
    wanted = pc.is_in(documents["id"], pc.unique(pa.concat_arrays([c for n in (0, 1) for c in found[n].chunks])))
    pairs = judge(measure(found, [documents.filter(wanted)], None, stops, settings.backend, threads), settings)
    # one frame has no order of arrival that means anything
    ids = documents["id"].combine_chunks().sort()
    return pairs, clusters(ids, pairs, not_duplicate, earlier)


def find_candidates(documents: pa.Table, settings: Dedup, stops: Collection[int] = (), threads: int = 1) -> pa.Table:
    """The pairs of documents that are worth a close look."""
    signatures = sign(documents, stops, settings.backend, threads)
    return candidates([lambda columns: [signatures.select(columns)]], settings.bands, settings.rows, settings.backend)
