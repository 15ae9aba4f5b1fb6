"""Lines of a few words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import share

#: Characters of a line up to which it is short (FineWeb).
_SHORT = 30


@measure(unit="share of characters")
def short_lines(documents: Documents) -> pa.Array:
    r"""Share of the characters that stand in lines of at most 30.

    Menus, lyrics, line-ups and link lists are nothing else. A share of the characters and not of the lines, since an
    article may have many sub-headings, or one line in all.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(short_lines, "Beranda\nEkonomi\nWarga pulang setelah air sungai surut.")
    0.2692307692307692
    """
    lines = pc.split_pattern(documents["body"], "\n")
    document = pc.list_parent_indices(lines).to_numpy()
    size = pc.utf8_length(pc.list_flatten(lines)).to_numpy()
    total = np.bincount(document, size, minlength=len(documents))
    short = np.bincount(document, size * (size <= _SHORT), minlength=len(documents))
    return share(pa.array(short), pa.array(total))
