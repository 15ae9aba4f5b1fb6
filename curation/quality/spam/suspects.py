"""Which texts might sell something: a quick look at all of them, for gambling and spam at once."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from curation.literals import Literals
from curation.quality.documents import Documents
from curation.quality.spam.folding import ODD_LETTERS, disguises

#: What sellers of gambling disguise, so that filters don't find it
_DISGUISED = (
    *("gacor", "slot", "maxwin", "judi", "judol", "togel", "casino", "kasino", "poker", "scatter"),
    *("jackpot", "taruhan"),
)
#: Whatever sells gambling says one of these; brands end in lucky numbers.
_GAMBLING = (
    *(word for word in _DISGUISED if word != "judi"),  # "Judika", "judicial"
    *("judi ", "rtp slot", "rtp live", " rtp ", " toto", "sbobet", "parlay", "baccarat", "bacarat", "dominoq"),
    *("domino q", "bandarq", "qq online", "qqonline", "sabung ayam", "tembak ikan", "link alternatif", "freespin"),
    *("free spin", "betting", "prediksi sgp", "prediksi hk", "prediksi sdy", "live draw", "livedraw", "colok bebas"),
    *("bbfs", "depo pulsa", "depo dana", "deposit pulsa", "deposit dana", "deposit qris", "depo qris", "olympus"),
    *("mahjong ways", "sweet bonanza", "starlight princess", "penghasil uang", "penghasil saldo", "akun pro"),
    *("anti kalah", "anti rungkad", "server thailand", "freebet", "buku mimpi", "taruhan", "bertaruh"),
    *("bb: ", "odds", "voor ", " wd ", " depo ", "paito", " spin"),
    *(letter + number for letter in ascii_lowercase for number in ("4d", "77", "88", "99", "138", "168", "188", "303")),
)
#: Whatever else is sold to search engines is called one of these; it wants to be found, and hides nothing.
_SPAM = (
    *("pinjol", "pinjaman online", "pinjaman dana", "pinjaman uang", "pinjaman cepat", "pinjaman tanpa", "dana tunai"),
    *("pinjaman tunai", "dana cepat", "dana gaib", "gadai bpkb", "tanpa jaminan", "tanpa agunan", "bi checking"),
    *("tanpa efek samping", "obat kuat", "obat pelangsing", "obat pembesar", "obat herbal", "viagra", "vitalitas"),
    *("stamina pria", "penambah stamina", "pelangsing", "backlink", "back link", "followers", " smm ", "jasa seo"),
    *(" joki ", "jasa skripsi", "jasa tesis", "jasa pembuatan", "jasa penulisan", "jasa sedot", "jasa angkut"),
    *("jasa pindahan", "jasa cuci", "mod apk", "apk mod", "download apk", "unlimited money", "generator diamond"),
    *("robot trading", "airdrop", "pesugihan", " dukun ", "uang gaib", "ijazah asli", "ijazah resmi", "jual ijazah"),
    *("sedot wc", "wc mampet", "paket umroh", "paket umrah", "wa.me", "rental mobil", "sewa mobil", "subscriber"),
    *("jam tayang", "injector", "kuota gratis", "sub indo", "sinyal kripto", "sinyal vip", "sinyal trading", " forex"),
    *("hubungi kami", "bergaransi", "gratis ongkir", "stok terbatas", "kami melayani", "service ac", "servis ac"),
    *("pesan sekarang", "order sekarang", "beli sekarang", "ajukan sekarang", "daftar sekarang", "download sekarang"),
    *("gabung sekarang", "pinjam sekarang", "toko kami", "kualitas terbaik", "jual followers", "kami jual"),
    *("bayar setelah", "survei gratis", "chat wa", "order via", "cukup ktp", "wa 08", "wa: 08", "whatsapp 08"),
    *("kavling murah", "booking fee", "glowing", "kerja online", "kerja sampingan", "lepas kunci"),
    *(
        "turnitin",
        "generator permata",
        "generator koin",
        "cheat ",
        "anti banned",
        "olah data",
        "joki skripsi",
        "joki tugas",
        "joki makalah",
        "bebas plagiat",
        "fast respon",
        "siap kirim",
        "kami menjual",
    ),
    *(
        "beli 2 gratis",
        "beli dua",
        "efek samping",
        "tombol pesan",
        "whatsapp: 08",
        "hubungi 08",
        "hubungi: 08",
        "telp 08",
        "telepon 08",
        "+628",
    ),
)

Rows = npt.NDArray[np.int64]
#: Both measures ask about the same batch.
_found: WeakKeyDictionary[Documents, dict[str, tuple[Rows, Rows]]] = WeakKeyDictionary()


def suspects(documents: Documents, kind: str) -> tuple[Rows, Rows]:
    """Rows of documents that might sell gambling, or be other spam, and rows of those that might hide it.

    Args:
        documents: the batch.
        kind: "gambling" or "spam"; only sellers of gambling disguise their words.

    >>> import pyarrow as pa
    >>> batch = Documents(pa.table({"title": [""] * 4, "body": ["Air surut.", "Main slot", "Butuh pinjol?", "sl0t"]}))
    >>> [rows.tolist() for rows in suspects(batch, "gambling")]
    [[1], [3]]
    """
    if documents not in _found:
        gambling, hidden, spam = _literals().find(documents.texts)
        beyond = np.flatnonzero(~pc.string_is_ascii(documents.texts).to_numpy(False) & ~hidden)
        odd = pc.match_substring_regex(documents.texts.take(beyond), ODD_LETTERS, ignore_case=True)
        hidden[beyond] = odd.to_numpy(False)
        _found[documents] = {
            "gambling": (np.flatnonzero(gambling & ~hidden), np.flatnonzero(hidden)),
            "spam": (np.flatnonzero(spam), np.array([], np.int64)),
        }
    return _found[documents][kind]


@cache
def _literals() -> Literals:
    return Literals([_GAMBLING, [spelt for word in _DISGUISED for spelt in disguises(word)], _SPAM])
