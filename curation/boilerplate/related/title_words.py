"""Words that tell where a headline ends and a sentence begins."""

from __future__ import annotations

from curation.boilerplate.repair.lexicon import COMMON_WORDS


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: with these begin names that are written as one word
BRANDS = _set(
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
SMALL = _set(
    """agar akibat al ala antara asal atas atau bagi bak berkat bila bin binti buat cs dalam dan dari de demi dengan
    der di el gara-gara gegara hingga in ini jadi jelang jika kalau karena ke kepada lalu lewat meski of oleh on
    pada per saat saja sampai sang sebagai sebelum seperti serta setelah si soal tak tanpa tapi ten tentang
    terhadap the to untuk usai van via von vs yang"""
)
#: words that begin sentences and do not end headlines
OPENERS = _set(
    """adapun agar akan akhirnya akibatnya aku alhasil anda antara apabila atas awalnya bagi bahkan bahwa beberapa
    beliau belum berdasarkan berikutnya berkat bersama biasanya bila bukan caranya dalam dapatkan dari demi
    demikian dengan di dia dihubungi dijelaskan dikatakan diketahui dikutip dilansir disinggung ditambahkan
    ditanya ditemui diungkapkan guna hal hasilnya hingga ia imbuhnya ini intinya itu jadi jika juga kala kalau
    kami karena kata katanya kedua keduanya keempat kemudian kepada ketiga ketika kini kita lalu lanjutnya
    lantaran lantas lebih lewat maka makanya melalui melansir melihat menanggapi mengenai mengingat mengutip
    menjawab menurut menurutnya menyusul mereka meski meskipun misalnya namun nanti nantinya oleh pada padahal
    para pasalnya pertama pihaknya rencananya saat salah sampai saya sayangnya sebab sebagai sebagaimana sebagian
    sebanyak sebelum sebelumnya sebesar sebuah secara sedangkan sehingga sejak sejumlah sekitar sekitarnya selain
    selama selanjutnya seluruh sementara semua semuanya senada seorang seperti serupa sesaat sesudah setelah
    setiap seusai sontak sudah supaya tak tanpa tapi tentang tentu tentunya terakhir tercatat terhadap terkait
    tetapi tiap tidak tujuannya turut ujar umumnya ungkap untuk untungnya usai walau walaupun yaitu yakni"""
)
#: of these, such as no headline has in the middle with a capital: a sentence begins there even if names follow
FAR_OPENERS = OPENERS & _set(
    """adapun akan antara apabila bagi bahkan berdasarkan dalam dari dengan di dikutip dilansir kepada ketika
    melansir menanggapi mengenai mengutip menurut meskipun namun oleh pada sebelumnya sedangkan sehingga sejak
    sekitar selain sementara terhadap tetapi untuk walaupun"""
)
#: words before a name: the subject may begin with them, or before them
ROLES = _set(
    """aipda aiptu akbp akp anggota badan bidang brigjen bupati camat ceo daerah dandim desa dewan dinas direktur
    dosen dr drs eks gubernur haji hakim humas ipda iptu ir irjen jaksa jalan jenderal juru kabid kabupaten kadis
    kanit kapolda kapolres kapolri kapolsek kapten kasat kasi kasus kecamatan kelurahan kementerian kepala ketua
    kiai kolonel komandan kombes komisi komjen kompol kota letjen letkol manajer mantan mayjen menteri nasional
    pangdam partai pdt pelatih pengamat perdana pj plt polda polres polri polsek presiden prof provinsi pt rektor
    reskrim rsud satreskrim sekretaris tim timnas umum universitas ustaz utama wakil wali"""
)
#: of these, such as a subject begins with
HEADS = ROLES & _set(
    """anggota bupati calon camat ceo dandim direktur dosen eks gubernur juru kabid kadis kapolda kapolres kapolri
    kapolsek kapten kasat kasi kepala ketua komandan manajer mantan menteri pelatih pengamat perdana pj plt presiden
    rektor sekretaris wakil wali"""
)
#: words with which a headline goes on after its own question mark (*Kopi Sehat? Ini Kata Ahli*)
ANSWERS = _set("""begini berikut cek coba ini inilah simak tenang yuk""")
#: subjects of news sentences
NOUNS = _set(
    """acara aksi anak banjir gempa harga hasil insiden jumlah kasus kebakaran kebijakan kecelakaan kegiatan kejadian
    keluarga kendaraan keputusan kondisi korban kuasa laga langkah lokasi mahasiswa massa masyarakat mobil pasangan
    pelaku pemain pemerintah pengendara pengunjung penonton penumpang penyidik perempuan peristiwa pertandingan
    pertemuan petugas pihak polisi pria program proses sidang siswa terdakwa tersangka wanita warga"""
)
#: with these a sentence may begin
FIRST_WORDS = OPENERS | NOUNS | HEADS | COMMON_WORDS
UNITS = _set(
    """agustus april desa desember februari hari jam januari juli juni juta kali kilometer km korban maret mei meter
    miliar november oktober orang persen ribu september tahun triliun unit wib"""
)
SAYS = _set(
    """bercerita berharap berujar juga memaparkan membenarkan meminta menambahkan menegaskan menerangkan mengaku
    mengakui mengatakan mengimbau mengungkap mengungkapkan menilai menjelaskan menuturkan menyampaikan menyatakan
    menyebut menyebutkan pun"""
)
