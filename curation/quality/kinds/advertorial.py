"""Advertisements that look like articles."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import kinds_of, per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

_LABEL = (
    r"\badvertorial\b|[(\[]\s?adv\b[^)\]\n]{0,40}[)\]]|\badv\s?[:/-]|\A\W*adv\b|\badv\W*\z|\bpariwara\b|"
    r"\binfo nasional\b|"
    r"[(\[](?:sponsored|bersponsor|inforial)[)\]]|sponsored (?:content|post)|"
    r"(?m:^\W*(?:konten|artikel) (?:berbayar|promosi|bersponsor)\b)|\b(?:konten|artikel) (?:berbayar|promosi|"
    r"bersponsor)\W*\z|"
    r"(?:artikel|konten|tulisan) (?:ini |merupakan |adalah |hasil )+(?:(?:konten|artikel) )?"
    r"(?:ber(?:sponsor|bayar)|(?:hasil )?kerja ?sama|disponsori|dipersembahkan|promosi)|"
    r"(?:informasi|artikel|konten|materi|tulisan) (?:ini )?(?:di)?(?:sediakan|persembahkan|sajikan|biayai) oleh|"
    r"\b(?:paid|brand(?:ed)?) (?:content|post|promotion)|\bkonten (?:mitra|merek|kolaborasi)|"
    r"\bdidukung (?:penuh )?oleh\W*\z|"
    r"\b(?:siaran|rilis) pers ini|\bpress release\W*\z|[(\[](?:promosi|kerja ?sama|adv/[^)\]]{1,20})[)\]]|"
    r"\bhasil kerja ?sama (?:\S+ ){0,4}(?:dengan|dan)\b[^.]{0,60}\.?\W*\z|\Aiklan ?[:|]"
)
_GOODS = r"(?:promo|diskon|potongan|penawaran|harga|paket|cashback|voucher|bonus|hadiah|layanan)"
_OFFERS = (
    rf"\b(?:dapatkan|nikmati|manfaatkan|raih|rebut|klaim)(?:lah)? (?:segera |juga |berbagai |aneka )?{_GOODS}|"
    r"\b(?:pesan|beli|miliki|daftar|daftarkan|kunjungi|hubungi|buktikan|coba|wujudkan|konsultasikan)(?:lah)? "
    r"(?:segera|sekarang|sendiri|lebih awal|gerai|outlet|showroom|dealer|website|situs resmi|toko (?:resmi|kami))\b|"
    r"\byuk,? (?:buktikan|coba|daftar|kunjungi|segera|dapatkan|pesan|beli|rasakan|cobain|miliki)|"
    r"\b(?:anda|kamu) (?:bisa|dapat) (?:mendapatkan|membeli|memesan|menikmati|memiliki)|"
    r"(?:tersedia|didapatkan|dibeli|mendapatkannya|membelinya|ditemukan) (?:di|melalui|lewat) (?:\S+ ){0,3}"
    r"(?:tokopedia|shopee|lazada|marketplace|e-commerce|gerai|toko|minimarket|apotek|outlet|dealer)|"
    r"info(?:rmasi)? (?:lebih lanjut|selengkapnya|pemesanan)|(?:reservasi|pemesanan|pendaftaran) (?:bisa|dapat|melalui|"
    r"hubungi)|\b(?:wa|whatsapp)\b(?: \S+){0,3} ?:? ?(?:08|\+62|62)\d|toko (?:resmi )?kami\b|"
    r"(?:gerai|outlet|layanan|produk) kami\b|"
    r"\bpromo (?:spesial|menarik|terbatas)|\bkode (?:promo|voucher|diskon)|jangan (?:lewatkan|sampai ketinggalan)|"
    rf"tunggu apa ?lagi|{_GOODS} (?:hingga|sampai|sebesar) (?:rp ?)?\d|potongan \d+ ?(?:persen|%)|selama persediaan|"
    r"syarat dan ketentuan berlaku|khusus (?:bulan|pekan|minggu|hari) ini|"
    r"hadir (?:sebagai (?:jawaban|solusi)|untuk anda|dengan layanan)|"
    r"(?:solusi|pilihan|jawaban) (?:terbaik|tepat|ideal|utama|praktis) (?:bagi|untuk) |"
    r"\b(?:bukan|tak) lagi (?:mimpi|masalah)|\btenang,? kini (?:ada|hadir)|\bkini hadir\b|"
    r"\bharga (?:terjangkau|bersahabat|spesial|promo)\b|"
    r"\b(?:kebutuhan|impian|keluarga|hunian|kulit|usaha|bisnis) anda\b|\bunit terbatas|\bstok terbatas|"
    r"\bdp (?:0|nol|ringan)|cicilan (?:ringan|0|nol)|\bhubungi (?:kami|nomor|marketing|hotline|call ?center|admin)|"
    r"terbukti (?:ampuh|efektif|secara klinis|klinis)|\brasakan (?:sendiri|sensasi|manfaat|kemudahan|perbedaan)|"
    r"marketing gallery|\bkami (?:hadir|menghadirkan|persembahkan)\b"
)


#: How a seller speaks: to you, with commands, prices, places, promises. One or two are anybody's, three a seller's.
_VOICES = (
    r"\b(?:segera|yuk|ayo|buruan|cukup|tinggal|silakan|jangan ragu)[, ](?:\S+ ){0,2}(?:booking|pesan|beli|daftar|"
    r"kunjungi|unduh|"
    r"download|hubungi|klik|check ?out|miliki|bergabung|gabung|coba|oleskan|pilih|manfaatkan|wujudkan|amankan|datang)|"
    r"(?:^|[.!?] )(?:segera|pesan|booking|hubungi|kunjungi|daftarkan|unduh|dapatkan|miliki|nikmati|manfaatkan|rasakan|"
    r"wujudkan|buktikan|bergabunglah|buruan|gunakan kode|catat tanggal|datang (?:ke|lebih|dan)|jadwalkan)|"
    r"\bcukup \pL+kan\b",
    r"\b(?:harga|biaya|cicilan|tarif|paket|tiket)(?:nya)? (?:\S+ ){0,2}(?:mulai|hanya|cuma|ramah|terjangkau|hemat|"
    r"spesial)|"
    r"\b(?:mulai|hanya|cuma) (?:dari )?rp|\bhemat (?:sampai|hingga)|\bgratis (?:biaya|ongkir|ongkos|konsultasi|servis|"
    r"instalasi|modul|pendaftaran)|\bdiskon\b|\bcashback\b|\bbonus\b|\bhadiah langsung|\buang muka ringan|\bpromo\b",
    r"\b(?:0\d{2,3}|\+62|62)[- ]?\d{3,4}[- ]?\d{2,5}|\b(?:instagram|whatsapp|wa|ig|telepon|hotline|website|"
    r"situs resmi)\b"
    r"(?: \S+){0,2} [@(]?[\w.]*\d{4}|@\w{4,}|\bwww\.|\b(?:kantor|galeri) pemasaran|\btoko resmi|"
    r"\bsitus resmi|\b(?:dealer|kios|gerai|toko|apotek|cabang) (?:\S+ ){0,2}(?:resmi|terdekat)|\bofficial store|"
    r"\bshowroom\b|\blink di bio",
    r"(?:\A|[.!?\n] ?)(?:mau|ingin|bosan|siapa (?:sih )?yang (?:tak|tidak)|sedang (?:men)?cari|butuh|punya|pusing|"
    r"lelah|pernahkah|"
    r"sudahkah|masih (?:bingung|ragu))[^.!?]{3,120}\?",
    r"\b(?:anda|kamu|bunda|moms|sobat|kakak)\b|\bkulitmu\b|\brumahmu\b|\bliburanmu\b|\bkeluargamu\b",
    r"\b(?:solusi|jawaban|pilihan|sahabat)(?:nya)? (?:\S+ )?(?:terbaik|tepat|cerdas|praktis|ideal|jitu)|jawabannya\.|"
    r"\b(?:impian|idaman)\b|\b(?:bukan|tak) lagi\b|\bkini (?:bukan|semudah|makin mudah|lebih mudah|hadir)|"
    r"\btak perlu (?:khawatir|ragu|"
    r"repot)|\bjadi (?:aman|lebih mudah|praktis)|\b(?:sudah|bersertifikat|terdaftar) (?:di )?(?:bpom|halal|ojk)|"
    r"\bkandungan\b|"
    r"\bterbuat dari bahan|\bkepuasan pelanggan|\bterbukti\b|\beksklusif\b|\bberkualitas\b|\bpremium\b|\bterpercaya\b",
    r"\b(?:kursi|kuota|unit|tempat|stok|persediaan|waktu)(?:nya)? terbatas|\bsebelum (?:harga|kehabisan|\d{1,2} \pL+)|"
    r"\b(?:hanya|berlaku) (?:selama|sampai|hingga|untuk)|\bpembeli pertama|\b\d+ (?:pengunjung|pembeli|pendaftar|"
    r"peserta) pertama|"
    r"\bakhir (?:pekan|bulan|tahun) ini\b|\bsebelum terlambat",
    r"!",
)
#: No seller does without one of these.
_SPEAKS = r"!|\b(?:anda|kamu|yuk|bunda|dealer|gerai|minimarket|kios|apotek|reservasi|kode)\b"
#: Voices that any text may have.
_FEWEST = 3
#: Words in which one voice more is anybody's, and of a text so long that its voices tell nothing.
_ONE_MORE, _SHORT = 150, 250
_QUOTED = r"[\"“][^\"“”\n]{1,400}[\"”]"


@measure(unit="marks per 100 words")
def advertorial(documents: Documents) -> pa.Array:
    """Offers and voices of a seller per 100 words, and ten for the label of a paid text: ADV, advertorial.

    Praise alone can't be told from news. What can be told is the label that the law demands (cleaning may have taken
    it away and flagged it), and the seller's voice: where to buy, until when, at which discount.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(advertorial, "Dapatkan promo di toko kami. Info lebih lanjut: 0800. Tunggu apa lagi!") > 10
    True
    >>> try_measure(advertorial, "Pabrik itu menjual 300 sepeda motor listrik pada bulan Mei.")
    0.0
    """
    label = pc.or_(
        pc.match_substring_regex(documents.lower, _LABEL),
        pc.match_substring_regex(pc.utf8_lower(documents.titles), _LABEL),
    ).to_numpy(zero_copy_only=False)
    label |= documents.flagged("advertorial")
    offers = count(documents.lower, _OFFERS)
    short = pc.indices_nonzero(pc.less(documents["n_words"], _SHORT))
    places = short.filter(pc.match_substring_regex(documents.lower.take(short), _SPEAKS))
    own = pc.replace_substring_regex(documents.lower.take(places), _QUOTED, "")
    voices = kinds_of(own, (*_VOICES, _OFFERS)).to_numpy()
    marks = np.where(offers.to_numpy(zero_copy_only=False) > 1, offers, 0.0)
    fewest = _FEWEST + documents["n_words"].take(places).to_numpy() // _ONE_MORE
    marks[places.to_numpy()] += np.where(voices >= fewest, voices, 0.0)
    return pc.add(per_hundred(pa.array(marks), documents), pa.array(10.0 * label))
