"""Paywall stubs."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

#: The last characters of a body, where the wall stands.
_TAIL = 300

_WALL = (
    r"pembaca nawala|"
    r"(?:artikel|konten|berita|tulisan|laporan|halaman|liputan)(?: premium| lengkap)? ini "
    r"(?:hanya |khusus |eksklusif )+"
    r"(?:tersedia |dapat (?:diakses|dibaca) |bisa (?:diakses|dibaca) )?(?:untuk|bagi|oleh) (?:para |pengguna )?"
    r"(?:pelanggan|anggota|member|pembaca (?:premium|berlangganan|terdaftar)|subscriber)|"
    r"(?:konten|artikel|berita) (?:premium|khusus pelanggan|berbayar)|"
    r"(?:silakan|dengan|subscribe atau) berlangganan\b|\bsubscribe untuk\b|\bakses (?:penuh|tak terbatas|tanpa batas)|"
    r"(?:login|masuk) atau (?:daftar|berlangganan)|"
    r"\bberlangganan (?:sekarang|untuk (?:mem|me|terus)|mulai (?:dari )?rp)|"
    r"\b(?:pilih|lihat|dapatkan|beli) (?:paket )?(?:langganan|berlangganan|akses)\b|"
    r"(?:sudah|belum|telah) (?:berlangganan|jadi pelanggan|(?:me)?(?:miliki|punya) akun|terdaftar)\?|"
    r"\b(?:masuk|login|log in|sign in|daftar) (?:untuk|agar|dulu untuk|terlebih dahulu untuk) "
    r"(?:dapat |bisa )?(?:membaca|melanjutkan|mengakses|lanjut)|lupa (?:kata sandi|password)\?|"
    r"(?:kuota|batas|jatah) (?:baca|artikel|bacaan)|(?:artikel|bacaan) gratis|"
    r"(?:baca|akses|buka) (?:versi|artikel|berita|laporan|isi) (?:lengkap|selengkapnya|penuh)"
)


@measure(unit="marks per 100 words")
def paywall(documents: Documents) -> pa.Array:
    """Calls to subscribe or to log in at the end of the body, per 100 words of it.

    They stand where the rest of the article is missing. An article about subscriptions speaks of them anywhere, once
    or twice in many words.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(paywall, "Gubernur mundur. Artikel ini khusus untuk pelanggan. Berlangganan sekarang.")
    22.22222222222222
    """
    tail = pc.utf8_slice_codeunits(documents.lower, -_TAIL)
    return per_hundred(count(tail, _WALL), documents)
