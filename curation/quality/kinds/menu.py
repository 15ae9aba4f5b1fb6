"""Pages of the site itself."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred, titled
from curation.quality.measure import measure
from curation.quality.text import count

#: Words that a site says of itself, and news hardly ever.
_SITE = (
    r"\b(?:tentang kami|hubungi kami|kontak kami|susunan redaksi|pedoman (?:media siber|pemberitaan)|"
    r"kebijakan (?:privasi|cookie)|"
    r"(?:syarat|ketentuan) (?:dan|&|&amp;) (?:ketentuan|penggunaan|layanan)|hak cipta dilindungi|all rights? reserved|"
    r"copyright|disclaimer|sitemap|peta situs|beranda|info iklan|pasang iklan|indeks berita|ikuti kami|kuki|"
    r"(?:gunakan|menggunakan|pakai|terima|tolak|setujui|kelola) (?:semua )?cookies?|terima semua|tolak semua|"
    r"pengaturan privasi|halaman (?:\S+ ){0,4}tidak (?:dapat )?(?:ditemukan|tersedia)|error 404|404 not found|"
    r"kembali ke (?:beranda|halaman utama|halaman depan)|hasil pencarian|menampilkan \d+|urutkan|terpopuler|trending|"
    r"lihat semua|lihat lainnya|muat lebih|load more|newsletter)\b|"
    r"(?:halaman|laman) yang (?:anda|kamu) (?:cari|tuju|minta)|\bkumpulan (?:berita|artikel) (?:\S+ ){0,3}ter(?:baru|"
    r"kini|lengkap|update)|"
    r"ditemukan \d+ (?:artikel|berita|hasil)|tidak ada hasil|terjadi kesalahan (?:pada|saat)|kode galat|"
    r"aktifkan javascript|\bperamban anda|\bcaptcha\b|bukan robot|"
    r"(?:pemimpin|wakil pemimpin|dewan) redaksi ?:|redaktur (?:pelaksana|senior)? ?:|\bpenanggung jawab ?:|"
    r"lupa (?:kata sandi|password)|ingat saya|(?:belum|sudah) (?:punya|memiliki) akun|\brss\b|©|"
    r"(?m:^(?:redaksi|karier|privasi|kontak|iklan|login|masuk|daftar|tags?|arsip|indeks|alamat|telepon|email)$)|"
    # below the headlines of a list
    r"(?m:^(?:\pL+ \| )?\d{1,2} (?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)\pL* \d{4}$)|"
    r"(?m:^\d{1,2} (?:menit|jam|hari) (?:yang )?lalu$)"
)
#: Names of sections, which follow one another in a menu.
_SECTION = (
    r"(?:home|beranda|news|nasional|internasional|global|dunia|daerah|regional|metro|megapolitan|politik|hukum|ekonomi|"
    r"bisnis|finansial|keuangan|olahraga|sport|bola|sepak ?bola|teknologi|tekno|sains|otomotif|hiburan|entertainment|"
    r"selebriti|seleb|gaya hidup|lifestyle|kesehatan|opini|kolom|foto|video|infografis|wisata|travel|kuliner|edukasi|"
    r"pendidikan|properti|budaya|lingkungan|tekno|kriminal|peristiwa|indeks|terkini|terpopuler|cek fakta)"
)
_ROW = rf"\b{_SECTION}\b(?:[\s|•·,/»>-]+{_SECTION}\b){{3,}}"


@measure(unit="marks per 100 words")
def menu(documents: Documents) -> pa.Array:
    """What a site says of itself, per 100 words: contacts, cookies, search, index; a row of sections counts as five.

    Such a page came into a crawl by mistake: a category, a search, an error, a footer without its article.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(menu, "Beranda | Nasional | Ekonomi | Olahraga | Otomotif. Tentang Kami. Pedoman Media Siber") > 10
    True
    >>> try_measure(menu, "Kementerian itu menangani ekonomi, olahraga dan wisata.")
    0.0
    """
    rows = pc.multiply(count(documents.lower, _ROW), 5.0)
    marks = pc.add(pc.add(count(documents.lower, _SITE), rows), titled(documents, _SITE))
    return per_hundred(marks, documents)
