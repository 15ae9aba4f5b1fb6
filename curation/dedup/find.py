"""Near-duplicates of a corpus that fits into memory: the same steps as the stage, without an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation.dedup import band
from curation.dedup.cluster import clusters
from curation.dedup.signature import sign
from curation.dedup.verify import verify

if TYPE_CHECKING:
    from collections.abc import Collection

    from curation.config import Dedup


def near_duplicates(
    documents: pa.Table,
    settings: Dedup,
    not_duplicate: Collection[tuple[str, str]] = (),
    earlier: pa.Table | None = None,
) -> tuple[pa.Table, pa.Table]:
    """The pairs and clusters of documents (see :data:`curation.dedup.verify.COLUMNS`)."""
    pairs = verify(find_candidates(documents, settings), documents, settings)
    # one frame has no order of arrival that means anything
    ids = documents["id"].combine_chunks().sort()
    return pairs, clusters(ids, pairs, not_duplicate, earlier)


def find_candidates(documents: pa.Table, settings: Dedup) -> pa.Table:
    """The pairs of documents that are worth a close look."""
    signatures = sign(documents)
    standing = band.representatives(signatures)
    chosen = standing.filter(pc.equal(standing["id"], standing["representative"]))["id"]
    distinct = signatures.filter(pc.is_in(signatures["id"], chosen.combine_chunks()))
    banded = band.shared_keys(band.band_rows(distinct, settings.bands, settings.rows))
    versions = band.shared_keys(band.version_rows(documents))
    whole = [band.exact_pairs(standing), *(t.select(band.PAIR_SCHEMA.names) for t in (banded, versions))]
    return band.candidates(pa.concat_tables(whole), band.shared_keys(band.sketch_rows(distinct)))
