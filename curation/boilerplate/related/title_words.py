"""Words that tell where a headline ends and a sentence begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from curation.boilerplate.repair.lexicon import COMMON_WORDS


def words_set(words: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(words.split())


#: with these begin names that are written as one word
BRANDS = words_set(
    """air berita buka detik e fast face go halo i indo jak kapan kita klik kompas link mc my okezone peduli play
    property ruang satu shopee sindo smart super tik trans tribun whats you"""
)
UNITS_OF_MONEY = frozenset({"Ribu", "Juta", "Miliar", "Triliun", "Persen"})
#: words that end headlines; no name goes on behind them
ENDERS = frozenset(
    {"Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu", "Besok", "Kemarin", "Lusa", "Lagi", "Ini", "Itu"}
    | {"Depan", "Lalu"}
)
LISTED = frozenset({"alasan", "cara", "fakta", "manfaat", "penyebab", "rekomendasi", "tanda", "tips"})
QUANTITIES = frozenset({"sebanyak", "sebesar", "sejumlah"})

#: words that headlines write small
SMALL = words_set(
    """agar akibat al ala antara asal atas atau bagi bak berkat bila bin binti buat cs dalam dan dari de demi dengan
    der di el gara-gara gegara hingga in ini jadi jelang jika kalau karena ke kepada lalu lewat meski of oleh on
    pada per saat saja sampai sang sebagai sebelum seperti serta setelah si soal tak tanpa tapi ten tentang
    terhadap the to untuk usai van via von vs yang"""
)
#: words that begin sentences and do not end headlines
OPENERS = words_set(
    """adapun agar akan akhirnya akibatnya aku alhasil anda antara apabila atas awalnya bagi bahkan bahwa beberapa
    begitu beliau belum berdasarkan berikutnya berkat bersama biasanya bila bukan caranya dalam dapatkan dari
    demi demikian dengan di dia diberitakan dihubungi dijelaskan dikatakan diketahui dikutip dilansir disinggung
    ditambahkan ditanya ditemui diungkapkan guna hal hasilnya hingga ia imbuhnya ini intinya itu jadi jika juga
    kala kalau kami karena kata katanya kedua keduanya keempat kemudian kendati kepada ketiga ketika kini kita
    lalu lanjutnya lantaran lantas lebih lewat maka makanya melalui melansir melihat menanggapi mengenai
    mengingat mengutip menjawab menurut menurutnya menyusul mereka meski meskipun misalnya nah namun nanti
    nantinya oleh pada padahal para pasalnya pertama pihaknya rencananya saat salah sampai saya sayangnya sebab
    sebagai sebagaimana sebagian sebanyak sebelum sebelumnya sebesar sebuah secara sedangkan sehingga sejak
    sejauh sejumlah sekitar sekitarnya selain selama selanjutnya seluruh sementara semua semuanya senada seorang
    seperti serupa sesaat sesudah setelah setiap seusai sontak sudah supaya tak tanpa tapi tentang tentu
    tentunya terakhir tercatat terhadap terkadang terkait tetapi tiap tidak tujuannya turut ujar umumnya ungkap
    untuk untungnya usai walau walaupun yaitu yakni"""
)
#: of these, such as no headline has in the middle with a capital: a sentence begins there even if names follow
FAR_OPENERS = OPENERS & words_set(
    """adapun akan antara apabila bagi bahkan berdasarkan dalam dari dengan di dikutip dilansir kepada ketika
    melansir menanggapi mengenai mengutip menurut meskipun namun oleh pada sebelumnya sedangkan sehingga sejak
    sekitar selain sementara terhadap tetapi untuk walaupun"""
)
#: words before a name: the subject may begin with them, or before them
ROLES = words_set(
    """aipda aiptu akbp akp anggota badan bidang brigjen bupati camat ceo daerah dandim desa dewan dinas direktur
    dosen dr drs eks gubernur haji hakim humas ipda iptu ir irjen jaksa jalan jenderal juru kabid kabupaten kadis
    kanit kapolda kapolres kapolri kapolsek kapten kasat kasi kasus kecamatan kelurahan kementerian kepala ketua
    kiai kolonel komandan kombes komisi komjen kompol kota letjen letkol manajer mantan mayjen menteri nasional
    pangdam partai pdt pelatih pengamat perdana pj plt polda polres polri polsek presiden prof provinsi pt rektor
    reskrim rsud satreskrim sekretaris tim timnas umum universitas ustaz utama wakil wali"""
)
#: of these, such as a subject begins with
HEADS = ROLES & words_set(
    """anggota bupati calon camat ceo dandim direktur dosen eks gubernur juru kabid kadis kapolda kapolres kapolri
    kapolsek kapten kasat kasi kepala ketua komandan manajer mantan menteri pelatih pengamat perdana pj plt presiden
    rektor sekretaris wakil wali"""
)
#: words with which a headline goes on after its own question mark (*Kopi Sehat? Ini Kata Ahli*)
ANSWERS = words_set("""begini berikut cek coba ini inilah simak tenang yuk""")
#: with these begin sub-headings
HEADINGS = words_set(
    """asal-usul biaya cara ciri-ciri daftar dampak fakta fasilitas fungsi gejala harga jadwal jenis keunggulan
    kronologi lokasi makna manfaat penyebab pengertian profil resep rute sejarah spesifikasi syarat tips"""
)
#: subjects of news sentences
NOUNS = words_set(
    """acara aksi anak banjir gempa harga hasil insiden jumlah kasus kebakaran kebijakan kecelakaan kegiatan kejadian
    keluarga kendaraan keputusan kondisi korban kuasa laga langkah lokasi mahasiswa massa masyarakat mobil pasangan
    pelaku pemain pemerintah pengendara pengunjung penonton penumpang penyidik perempuan peristiwa pertandingan
    pertemuan petugas pihak polisi pria program proses sidang siswa terdakwa tersangka wanita warga"""
)
#: with these a sentence may begin
FIRST_WORDS = OPENERS | NOUNS | HEADS | COMMON_WORDS
UNITS = words_set(
    """agustus april desa desember februari hari jam januari juli juni juta kali kilometer km korban maret mei meter
    miliar november oktober orang persen ribu september tahun triliun unit wib"""
)
SAYS = words_set(
    """bercerita berharap berujar juga memaparkan membenarkan meminta menambahkan menegaskan menerangkan mengaku
    mengakui mengatakan mengimbau mengungkap mengungkapkan menilai menjelaskan menuturkan menyampaikan menyatakan
    menyebut menyebutkan pun"""
)

_TOKEN = re.compile(r"\S+")
_MARKS = "\"“”'‘’().,:;!?…"


class Token(NamedTuple):
    """A word with the marks around it, without them, and that in lower case."""

    start: int
    text: str
    core: str
    small: str

    @property
    def capital(self) -> bool:
        """Whether it begins as words of headlines do."""
        return self.core[:1].isupper() or self.core[:1].isdigit()


def tokens_of(text: str, start: int, end: int) -> tuple[list[Token], int | None]:
    """The words down to the first one that no headline has, and which one that is."""
    found: list[Token] = []
    new = tuple.__new__  # as Token(...), faster
    for match in _TOKEN.finditer(text, start, min(end, len(text))):
        word = match[0]
        core = word.strip(_MARKS)
        found.append(new(Token, (match.start(), word, core, core.lower())))
        # small, not of the small words of headlines, no brand or address
        if core.islower() and core not in SMALL and (core.isalpha() or core.replace("-", "").isalpha()):
            return found, len(found) - 1
    return found, None


def may_begin(tokens: list[Token], i: int) -> bool:
    """Whether a sentence may begin with this word and the headline end with the one before."""
    token, before = tokens[i], tokens[i - 1]
    return (
        token.core[:1].isupper()
        and token.text[0] != "("
        and (before.small not in SMALL or before.core == "Ini")
        and before.small != "rp"
        and not (before.core[:1].isdigit() and token.small in UNITS)
        and before.text[-1] not in ",:;-–|&/"
    )


def count_of(word: str, document: str) -> int:
    """How often a word stands in the document."""
    count, at = 0, document.find(word)
    while at >= 0 and word:
        end = at + len(word)
        count += not (document[at - 1 : at].isalnum() or document[end : end + 1].isalnum())
        at = document.find(word, end)
    return count
