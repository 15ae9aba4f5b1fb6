"""Paywall stubs."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.measure import measure

#: More words than this are an article, whatever it says of subscriptions.
STUB = 150

_WORDING = (
    r"pembaca nawala|(?:artikel|konten|berita|tulisan) ini (?:khusus|hanya) (?:untuk|bagi) (?:para )?"
    r"(?:pelanggan|anggota|member|pembaca premium)|berlangganan (?:sekarang|untuk)|"
    r"(?:sudah|belum) (?:memiliki|punya) akun|masuk untuk membaca|kuota (?:baca|artikel)|baca versi lengkap"
)


@measure(unit="1 or 0")
def paywall(documents: pa.Table) -> pa.Array:
    """Whether a short body asks to subscribe or to log in (1), which means that the article is missing.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(paywall, "Gubernur mundur. Artikel ini khusus untuk pelanggan. Berlangganan sekarang.")
    1.0
    """
    asks = pc.match_substring_regex(documents["body"], _WORDING, ignore_case=True)
    return pc.and_(asks, pc.less(documents["n_words"], STUB)).cast(pa.float64())
