"""The report's names in both languages: what tables call outcomes, reasons, kinds and languages."""

from __future__ import annotations

import re

from markupsafe import Markup

#: lines of the funnel
FUNNEL = {
    "inputs": "masukan",
    "rejected": "ditolak",
    "articles": "artikel",
    "out of scope": "di luar cakupan",
    "failed checks": "tidak lolos pemeriksaan",
    "duplicates": "salinan",
    "dropped by decision": "dikeluarkan lewat keputusan",
    "withdrawn": "ditarik",
    "not selected yet": "belum dipilah",
    "selected": "terpilih",
    "by decision": "lewat keputusan",
    "quarantined batches": "batch dikarantina",
    "dropped batches": "batch dikeluarkan",
}
#: why an input is no article
REJECTED = {
    "empty": "kosong",
    "malformed": "rusak",
    "repeat": "sudah ada",
    "joined": "halaman lanjutan, sudah digabung",
    "no_text": "tanpa teks",
    "unreadable": "tak terbaca",
    "withdrawn": "ditarik",
}
#: states of batches and decisions of people
STATES = {
    "accepted": "diterima",
    "quarantined": "dikarantina",
    "dropped": "dikeluarkan",
    "keep": "pertahankan",
    "drop": "keluarkan",
    "not_duplicate": "bukan salinan",
    "keeper": "yang dipertahankan",
}
#: how a batch may differ from those before it
DRIFT = {
    "new reason": "alasan baru",
    "new language": "bahasa baru",
    "new outlet": "media baru",
    "silent": "sunyi",
    "drift": "bergeser",
}
#: what differs between two versions
CHANGES = {
    "added": "dokumen ditambahkan",
    "removed": "dokumen dikeluarkan",
    "text changed": "teks berubah",
    "metadata changed": "metadata berubah",
    "split moved": "pindah bagian data",
    "label added": "label ditambahkan",
    "label removed": "label dihapus",
    "label changed": "label berubah",
}
#: why a version lacks a document of the one before
GONE = {
    "not told": "tidak diterangkan",
    "withdrawn": "ditarik",
    "duplicate": "salinan",
    "out of scope": "di luar cakupan",
    "failed checks": "tidak lolos pemeriksaan",
    "decision": "dikeluarkan lewat keputusan",
    "no longer in the corpus": "tidak lagi dalam korpus",
}
#: what a version is looked at by
DIMENSIONS = {
    "language": "bahasa",
    "split": "bagian data",
    "first quartile": "kuartil pertama",
    "median": "median",
    "third quartile": "kuartil ketiga",
}
#: kinds of pairs: name, then what it means in both languages
KINDS = {
    "exact": ("sama persis", "the same text", "teks yang sama"),
    "near": ("hampir sama", "a near copy", "salinan yang hampir sama"),
    "contained": ("termuat", "A is part of B", "A adalah bagian dari B"),
    "contains": ("memuat", "B is part of A", "B adalah bagian dari A"),
    "update": ("pembaruan", "another version of the same article", "versi lain dari artikel yang sama"),
    "template": ("pola", "other facts in the same words", "fakta lain dengan kata-kata yang sama"),
    "rewrite": ("tulis ulang", "shared passages", "sebagian kalimat sama"),
}
LANGUAGES = {
    "id": ("Indonesian", "bahasa Indonesia"),
    "ms": ("Malay", "bahasa Melayu"),
    "jv": ("Javanese", "bahasa Jawa"),
    "su": ("Sundanese", "bahasa Sunda"),
    "mad": ("Madurese", "bahasa Madura"),
    "ban": ("Balinese", "bahasa Bali"),
    "min": ("Minangkabau", "bahasa Minangkabau"),
    "ace": ("Acehnese", "bahasa Aceh"),
    "bug": ("Buginese", "bahasa Bugis"),
    "bjn": ("Banjarese", "bahasa Banjar"),
    "en": ("English", "bahasa Inggris"),
    "ar": ("Arabic", "bahasa Arab"),
    "zh": ("Chinese", "bahasa Tionghoa"),
    "": ("too short to tell", "terlalu pendek untuk dikenali"),
}
#: the measures of the shipped limits: what each tells
MEASURES = {
    "word_count": "Jumlah kata isi berita.",
    "indonesian": "Apakah isinya berbahasa Indonesia (1) atau bahasa lain (0); kosong bila terlalu pendek.",
    "stop_words": "Bagian kata tugas: yang, dan, di, untuk …",
    "letter_share": "Bagian kata yang bukan angka.",
    "word_length": "Panjang rata-rata kata beserta tanda bacanya.",
    "symbols": "Lambang yang bukan huruf, angka, atau tanda kalimat, per 100 kata.",
    "sentence_ends": "Akhir kalimat per 100 kata.",
    "repetition": "Bagian teks yang mengulang apa yang sudah disebut.",
    "mojibake": "Karakter rusak per 100 karakter.",
    "paywall": "Ajakan berlangganan atau masuk akun di akhir isi, per 100 kata.",
    "truncated": "Seberapa yakin teksnya terpotong, 0 sampai 3.",
    "photo_page": "Tanda halaman foto, per 100 kata.",
    "video_page": "Tanda halaman video, per 100 kata.",
    "live_blog": "Baris yang diawali jam atau menit pertandingan, per 100 kata.",
    "table": "Bagian kata yang berada dalam tabel.",
    "horoscope": "Istilah ramalan bintang per 100 kata.",
    "answer_key": "Soal pilihan ganda dan kunci jawaban, per 100 kata.",
    "lyrics": "Bagian kata di luar kalimat pada halaman lirik lagu.",
    "fact_check": "Berapa dari 14 tanda artikel cek fakta yang tampak.",
    "advertorial": "Tawaran dan suara penjual per 100 kata; sepuluh untuk label ADV.",
    "machine_written": "Tempat teks menyatakan ditulis oleh mesin.",
    "menu": "Menu dan keterangan situs, per 100 kata.",
    "gambling": "Seberapa kuat suara penjual judi dibanding wartawan.",
    "spam": "Seberapa kuat suara penjual dibanding wartawan: pinjaman, obat, pengikut, esai …",
}


def both(english: str, indonesian: str, **values: object) -> Markup:
    """A text in both languages, of which the page shows one; what is filled in is escaped.

    >>> both("<b>{n}</b> copies", "<b>{n}</b> salinan", n="<3")
    Markup('<span lang="en"><b>&lt;3</b> copies</span><span lang="id"><b>&lt;3</b> salinan</span>')
    """
    texts = [Markup(text).format(**values) if values else Markup(text) for text in (english, indonesian)]
    return Markup('<span lang="en">{}</span><span lang="id">{}</span>').format(*texts)


def funnel_line(name: str) -> Markup:
    """A line of the funnel, or what breaks one down: a reason, or several of them.

    >>> funnel_line("failed checks")
    Markup('<span lang="en">failed checks</span><span lang="id">tidak lolos pemeriksaan</span>')
    """
    known = FUNNEL.get(name) or REJECTED.get(name)
    if known:
        return _escaped(name, known)
    others = re.fullmatch(r"(\d+) others", name)
    return _escaped(name, f"{others[1]} lainnya") if others else Markup.escape(name)


def named(name: str, known: dict[str, str]) -> Markup:
    """A name in both languages where the other one is known."""
    return _escaped(name, known[name]) if name in known else Markup.escape(name)


def kind(name: str) -> Markup:
    """A kind of pair."""
    return _escaped(name, KINDS[name][0]) if name in KINDS else Markup.escape(name)


def meaning(name: str) -> Markup:
    """What a kind of pair means."""
    return _escaped(*KINDS[name][1:]) if name in KINDS else Markup("")


def language(code: str) -> Markup:
    """A language by its code."""
    return _escaped(*LANGUAGES[code]) if code in LANGUAGES else Markup.escape(code)


def _escaped(english: str, indonesian: str) -> Markup:
    return Markup('<span lang="en">{}</span><span lang="id">{}</span>').format(english, indonesian)
