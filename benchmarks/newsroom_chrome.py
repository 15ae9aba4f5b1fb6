"""The chrome of invented news sites: what a scraper takes along with an article, 100 to 150 words of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

_OUTLETS = """
Kabar Nusa | Warta Pesisir | Suara Lereng | Harian Samudra | Lensa Kota | Portal Rantau
Gema Selat | Berita Muara | Jejak Timur | Media Cakrawala | Pos Lembah | Radar Telaga
Sinar Borneo Raya | Tribun Pasundan Baru | Mimbar Rakyat Jawa | Kilas Andalas | Nusantara Hari Ini | Obor Celebes
Fakta Mandala | Pena Khatulistiwa | Info Dermaga | Warta Arjuna | Koran Bukit | Detak Negeri
"""
OUTLETS = [name.strip() for line in _OUTLETS.strip().splitlines() for name in line.split("|")]

#: Headlines of read-also blocks: each block of an outlet stands on so many pages by turns.
ROTATIONS = 200

_HEADERS = (
    "{o}\nBeranda Nasional Daerah Ekonomi Olahraga Hiburan Gaya Hidup Otomotif Indeks\n"
    "Masuk Daftar\nBeranda > Nasional\n",
    "Menu\nTerkini\nTerpopuler\nPilihan Redaksi\nVideo\nFoto\n"
    "{o}: cepat, tepat, dekat dengan pembaca\nPenulis: Tim {o}\n",
    "Home / Berita / Daerah\nShare on Facebook Share on X Kirim ke WhatsApp Salin tautan\nWaktu baca: 3 menit\n"
    "Ukuran huruf: A- A A+\n",
    "{o} - portal berita warga\nKAMIS MALAM, LIPUTAN KHUSUS PEMILU, KLASEMEN LIGA, JADWAL SALAT, HARGA PANGAN\n"
    "Oleh Redaksi {o}\nDengarkan artikel ini\n",
    "Langganan {o} Premium\nCari berita\nTopik hangat: mudik, harga beras, timnas, cuaca, beasiswa\n"
    "Bagikan 0 Komentar\n",
    "Unduh aplikasi {o} di ponsel Anda\nKategori: Berita Utama\nDilihat 1.204 kali\nTampilkan semua\nFoto: Dok. {o}\n",
)
_BLOCKS = ("Baca Juga:", "BACA JUGA", "Berita Terkait", "Artikel terkait:", "Simak pula", "Jangan lewatkan:")
_INLINE = (
    "Baca juga: {t} ",
    "(Baca juga: {t}) ",
    "BACA JUGA: {t} ",
    "[Lihat juga: {t}] ",
    "Baca Juga {t} ",
    "Simak: {t} ",
)
_GLUED = (
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "Iklan",
    "Advertisement",
    "IKLAN",
    "Gulir untuk lanjut membaca",
)
_PROMOS = (
    "\nIkuti berita terbaru {o} di Google News, klik tombol bintang lalu pilih Ikuti agar tidak "
    "ketinggalan kabar penting.",
    "\nDapatkan kabar pilihan redaksi {o} setiap hari lewat kanal WhatsApp kami. Pasang aplikasinya terlebih dahulu.",
    "\nCek berita dan artikel lain dari {o} di Telegram. Gabung sekarang, gratis, dan nyalakan pemberitahuannya.",
    "\nPunya foto atau video kejadian di sekitar Anda? Kirim ke redaksi {o}, sertakan nama dan lokasi pengambilannya.",
    "\nTonton juga liputan lapangan {o} di kanal YouTube kami. Jangan lupa suka, bagikan, dan berlangganan.",
    "\nSukai halaman Facebook {o} dan ikuti Instagram kami untuk melihat cerita di balik layar para wartawan.",
)
_FOOTERS = (
    "\nTentang Kami\nRedaksi\nPedoman Media Siber\nKebijakan Privasi\nKarier\nKontak\nIklan\n"
    "© {o}. Hak cipta dilindungi undang-undang. "
    "Dilarang menyalin, memuat ulang, atau menyebarkan isi laman ini tanpa izin tertulis dari redaksi {o}.",
    "\nApa reaksi Anda tentang artikel ini?\nSuka 0 Lucu 0 Sedih 0 Marah 0 Kaget 0\nKomentar (0)\n"
    "Tulis komentar Anda di sini\n"
    "Isi komentar sepenuhnya tanggung jawab pengirim. {o} berhak menghapus komentar yang melanggar aturan.",
    "\nEditor: Tim {o}\nSumber: Liputan {o}\nBagikan artikel ini lewat Facebook X WhatsApp Telegram "
    "Email\nHalaman: 1 2 3 Selanjutnya "
    "Lihat Semua\nBerita Populer Berita Terbaru Berita Pilihan\nKetentuan Layanan | Disclaimer | Hubungi {o}",
    "\nBerlangganan nawala {o}\nMasukkan alamat surel Anda untuk menerima rangkuman berita setiap "
    "pagi. Anda dapat berhenti kapan "
    "saja.\nJaringan kami: {o} TV, {o} Radio, {o} Foto\nDewan Redaksi | Kode Etik | Peta Situs | RSS",
    "\nArtikel ini telah terverifikasi oleh redaksi {o}.\nApakah artikel ini bermanfaat? Ya Tidak\n"
    "Terima kasih atas penilaian Anda."
    "\nKembali ke atas\nCopyright {o} All Rights Reserved. Member of Jaringan Media Warga Nusantara.",
    "\nBerita ini merupakan kerja sama {o} dengan mitra media. Isi di luar tanggung jawab redaksi.\n"
    "Laporkan kesalahan\n"
    "Cetak artikel\nSimpan untuk nanti\nIndeks Berita Pasang Iklan Info Kerja Sama Lowongan "
    "Pengaduan Hak Jawab {o}",
)


class Chrome(NamedTuple):
    """Pieces as tokens, in this order and with so many of each an outlet: see :func:`chrome`."""

    header: int
    dateline: int
    block: int
    inline: int
    glued: int
    promo: int
    tags: int
    footer: int


def chrome(headlines: Sequence[str], first: int) -> tuple[pa.Array, Chrome]:
    """The pieces, and the token number at which each kind begins, the first one being `first`.

    A kind holds a piece an outlet; the blocks and the inline links :data:`ROTATIONS` each.
    """
    n = len(headlines)
    outlets = [(i % len(_HEADERS), name) for i, name in enumerate(OUTLETS)]
    turns = [(i, layout, turn) for i, (layout, _) in enumerate(outlets) for turn in range(ROTATIONS)]
    titles = [[headlines[(outlet * 7 + turn * 3 + i) % n] for i in range(4)] for outlet, _, turn in turns]
    kinds = [
        [_HEADERS[layout].format(o=name) for layout, name in outlets],
        [f"{name.upper()} – " for _, name in outlets],
        ["\n".join((_BLOCKS[layout], *three[:3], "")) for (_, layout, _), three in zip(turns, titles, strict=True)],
        [_INLINE[layout].format(t=four[3]) for (_, layout, _), four in zip(turns, titles, strict=True)],
        [_GLUED[layout] for layout, _ in outlets],  # no space: it sticks to the word after it
        [_PROMOS[layout].format(o=name) for layout, name in outlets],
        ["\nTag: " if layout % 2 else "\nTAGS: " for layout, _ in outlets],
        [_FOOTERS[layout].format(o=name) for layout, name in outlets],
    ]
    starts = [first + sum(map(len, kinds[:i])) for i in range(len(kinds))]
    return pa.array([piece for kind in kinds for piece in kind], pa.string()), Chrome(*starts)
