"""Language as a number."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure


@measure(unit="1 or 0")
def indonesian(documents: Documents) -> pa.Array:
    """Whether the body is Indonesian (1) or another language (0); null where it is too short to tell.

    >>> from curation.quality.measure import try_measure
    >>> [try_measure(indonesian, "...", language=code) for code in ("id", "ms", None)]
    [1.0, 0.0, None]
    """
    return pc.equal(documents["language"], "id").cast(pa.float64())
