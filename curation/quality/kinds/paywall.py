"""Paywall stubs."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import kinds_of, per_hundred
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
    r"(?:baca|akses|buka) (?:versi|artikel|berita|laporan|isi) (?:lengkap|selengkapnya|penuh)|"
    # the rest of the article, and how to get it
    r"\b(?:beli|buka|unlock) (?:semua |seluruh )?(?:artikel|konten|laporan|bacaan|edisi)\b|\bbeli (?:paket|akses)|"
    r"\buntuk membuka (?:artikel|konten|laporan|bacaan|\d+ artikel)|"
    r"(?:artikel|konten|berita|halaman) (?:ini )?(?:ter|di)kunci|konten (?:eksklusif|plus|khusus) (?:anggota|"
    r"pelanggan|\pL+\.)|"
    r"\bgabung menjadi|\bupgrade (?:akun|ke)|🔒|"
    r"\b(?:bacaan|artikel|konten|laporan) (?:\S+ )?(?:untuk|khusus|bagi) (?:para )?(?:pelanggan|anggota|member)\b|"
    r"\buntuk (?:melanjutkan|terus|dapat|bisa)? ?(?:mem)?baca(?:an)? (?:sampai tuntas|sisa|selengkapnya|lebih lanjut|"
    r"artikel)|"
    r"(?:dukung|mendukung) (?:jurnalisme|kerja (?:wartawan|jurnalis)|karya jurnalistik)|\bunduh e-?paper|"
    r"\b\d+ ?(?:%|persen) (?:isi |dari )?(?:artikel|isi|tulisan|berita)|(?:sisa|baru saja membaca) (?:\S+ )?(?:\d|"
    r"artikel)|"
    r"batalkan kapan (?:saja|pun)|\b(?:mulai|paket) langganan (?:mulai )?rp|tersedia (?:\S+ )?(?:di|dalam) edisi cetak|"
    r"\bto (?:continue|keep) reading|\bbecome a (?:\S+ )?member|\bsign (?:in|up) to (?:read|continue)|\bmembers? only|"
    r"\bsubscribers? only|batas bacaan|harus (?:masuk|login)|masuk log|tonton iklan untuk|(?:lanjutkan|masuk|"
    r"daftar) dengan (?:google|facebook|email|apple)|"
    r"\bmasukkan (?:alamat )?(?:email|surel|nomor)"
)
#: Words of the trade, which news of it use as well.
_TRADE = (
    r"\blangganan (?:mulai |hanya |tahunan |bulanan )?(?:dari )?rp|\bpaket (?:bulanan|tahunan|premium)|"
    r"\brp ?[\d.]+ ?(?:/|per|se) ?(?:bulan|tahun|minggu)|\be-?paper\b|edisi cetak|konten (?:eksklusif|plus|berbayar)|"
    r"(?:bergabung|daftar|menjadi|jadi) (?:menjadi )?(?:anggota|member|pelanggan)\b|"
    r"\b(?:coba|nikmati|gratis) (?:\d+ |seminggu |sebulan )(?:hari|bulan|gratis)|"
    r"(?:versi|edisi|aplikasi) (?:berbayar|premium|digital)\b"
)
_LESS = 0.3
#: A wall in words that nobody foresaw: its last characters speak of access, of what is read, and to the reader.
_END = 160
_SPEAKS_OF = (
    r"langganan|\bpremium\b|\bplus\b|\blogin\b|\blog in\b|\bakun\b|\bpaket\b|\bakses\b|\beksklusif\b|\bmember\b|"
    r"\bkeanggotaan|"
    r"\bsubscri|\bberbayar\b|\bkoin\b|\bpoin\b|\bdonasi",
    r"\bartikel|\bbaca|\bmembaca|\bpembaca|\bisi\b|\btulisan|\bkonten|\blaporan|\bliputan|\bpratinjau|\bhalaman ini|"
    r"\bread",
    r"\b(?:anda|kamu|kami|silakan|yuk|pilih|aktifkan|daftar|login|masuk|beli|dapatkan|nikmati|buka|gabung|sudah punya|"
    r"your?|mulai dari)\b",
)


@measure(unit="marks per 100 words")
def paywall(documents: Documents) -> pa.Array:
    """Calls to subscribe or to log in at the end of the body, per 100 words of it.

    They stand where the rest of the article is missing. Prices, packages and editions count as a third: news of
    subscriptions end with them, too.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(paywall, "Gubernur mundur. Artikel ini khusus untuk pelanggan. Berlangganan sekarang.")
    22.22222222222222
    """
    tail = pc.utf8_slice_codeunits(documents.lower, -_TAIL)
    marks = pc.add(count(tail, _WALL), pc.multiply(count(tail, _TRADE), _LESS))
    end = pc.utf8_slice_codeunits(tail, -_END)
    places = pc.indices_nonzero(pc.match_substring_regex(end, _SPEAKS_OF[0]))
    wall = np.zeros(len(documents))
    wall[places.to_numpy()] = kinds_of(end.take(places), _SPEAKS_OF).to_numpy() == len(_SPEAKS_OF)
    return per_hundred(pc.add(marks, pa.array(wall)), documents)
