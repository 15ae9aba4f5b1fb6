"""Advertisements that look like articles."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.kinds.marks import per_hundred
from curation.quality.measure import measure
from curation.quality.text import count

_LABEL = (
    r"\badvertorial\b|[(\[]\s?adv\b[^)\]\n]{0,40}[)\]]|\badv\s?[:/-]|\A\W*adv\b|\badv\W*\z|\bpariwara\b|"
    r"\binfo nasional\b|"
    r"[(\[](?:sponsored|bersponsor|inforial)[)\]]|sponsored (?:content|post)|konten (?:berbayar|promosi|bersponsor)|"
    r"(?:artikel|konten|tulisan) (?:ini )?(?:merupakan |adalah |hasil )?(?:(?:konten|artikel) )?"
    r"(?:ber(?:sponsor|bayar)|(?:hasil )?kerja ?sama|disponsori|dipersembahkan)"
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


@measure(unit="marks per 100 words")
def advertorial(documents: Documents) -> pa.Array:
    """Offers of a seller per 100 words, and ten for the label of a paid text: ADV, advertorial, INFO NASIONAL.

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
    return pc.add(per_hundred(count(documents.lower, _OFFERS), documents), pa.array(10.0 * label))
