"""Site text."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.form.ink import ink
from curation.quality.measure import measure
from curation.quality.text import share


@measure(unit="share of characters")
def chrome_share(documents: Documents) -> pa.Array:
    """Share of the raw page that cleaning took away, blank space aside; null where the edits are not known.

    A page that is nearly all site text (menus, read-also lists, a newsletter form) rarely holds an article: what
    is left of it is a teaser, or chrome that no rule knows.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(chrome_share, "Air surut.", n_chrome=27)
    0.75
    """
    kept = ink(documents.whole["body"].combine_chunks())
    taken = documents["n_chrome"].cast(pa.float64())
    return share(taken, pc.add(kept, taken))
