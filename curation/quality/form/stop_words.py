"""Function words."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count, share

_WORDS = (
    "ada|adalah|agar|akan|antara|atau|bagi|bahwa|belum|bisa|dalam|dan|dapat|dari|dengan|di|hingga|ia|ini|itu|"
    "jika|juga|kami|karena|ke|kepada|kita|lebih|maka|mereka|namun|oleh|pada|para|saat|saja|sebagai|secara|"
    "sejak|sudah|telah|tersebut|tidak|untuk|yang"
)


@measure(unit="share of words")
def stop_words(documents: Documents) -> pa.Array:
    """Share of the words that only hold a sentence together: yang, dan, di, untuk ...

    Sentences can't do without them; lists of names, scores, keywords and other languages can. A share, since
    a count (Gopher: at least two) is reached by any long list.

    >>> from curation.quality.measure import try_measure
    >>> round(try_measure(stop_words, "Warga yang mengungsi akan pulang ke rumah pada hari ini."), 2)
    0.5
    >>> try_measure(stop_words, "Persela 2 - 1 Persikas, PSIM 0 - 0 Persiba")
    0.0
    """
    hits = count(documents.lower, rf"\b(?:{_WORDS})\b")
    return share(hits, documents["n_words"].cast(pa.float64()))
