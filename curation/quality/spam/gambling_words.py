"""What sellers of gambling say, and what those say who report on them: over folded clauses, an idea each."""

from __future__ import annotations

from curation.quality.spam.folding import disguises
from curation.quality.spam.passages import Tally, Words

#: The numbers that brands end in: mekar88, naga4d
_LUCKY = r"(?:\d?77|\d?88|\d?99|69|78|123|138|168|189|212|234|303|338|365|[45]d)"
_GAMES = "slots?|togel|toto|poker|casino|kasino|sbobet"

_GOODS = (
    r"gacor",
    r"\bmax ?win\b",
    r"\bscatter\b",
    r"\b(?:jack ?pot|jp)\b",
    r"rungka[dt]",
    r"\brtp\b",
    r"\blink (?:alternatif|resmi|slot|login|vip|gacor|daftar|anti)\b",
    r"\b(?:depo|deposit|top ?up)\b.*\b(?:pulsa|dana|qris|ovo|gopay|linkaja|e wallet|potongan|murah|receh|\d)"
    r"|\bslot (?:depo|deposit|bet|qris|dana|pulsa)\b",
    r"\bbonus (?:new|member|depo|roll|harian|mingguan|cash ?back|referral|sambutan|welcome|selamat|kekalahan)"
    r"|\bwelcome bonus|\bfree ?chip",
    r"\bfree ?(?:bet|spins?)\b|\b(?:spin|putaran) gratis\b|\bbuy ?spin",
    rf"\b(?:daftar|agen|bandar|situs|akun|id|login|link|bo|web) (?:(?:judi|game|akun|situs|resmi"
    rf"|link) )?(?:{_GAMES})\b",
    r"\bslot (?:online|resmi|ter\w+|pulsa|dana|88|thailand|server|demo|hari|luar|pragmatic|mahjong|zeus|pg)\b",
    rf"\b[a-z][a-z][a-z]+{_LUCKY}\b|\b(?:slot|toto|togel|qq|mpo|bet|win|hoki|dewa|raja|naga|bola) ?\d\d\d?\d?\b"
    r"|\b[a-z][a-z][a-z]+(?:toto|slot|gacor|maxwin)\b",
    r"\bpola (?:\w+ )?(?:admin|slot|spin|main|jam|hari ini|x)\b|\bjam (?:\w+ )?(?:hoki|main|slot)\b"
    r"|\bbocoran (?:\w+ )?(?:slot|pola|admin|rtp|togel|angka)\b",
    r"\bmahjong ways|\bsweet bonanza|\bgates of|\bstarlight princess|\bwild bandito|\bolympus|\bzeus\b|\blucky neko",
    r"\bpragmatic|\bpg ?soft|\bhabanero|\bjoker ?123|spadegaming|microgaming|playtech|\bidn ?(?:play|poker|slot)"
    r"|\bpkv\b",
    r"\bturn ?over\b|\bwin ?rate\b|\brollingan\b|\bvolatilitas\b|\bbet (?:receh|kecil|minimal|\d)|\bmin\w* bet\b"
    r"|\bto (?:x?\d|kecil|rendah)",
    r"\bwd\b|\bwith ?draw\b|\bpenarikan\b",
    r"\bserver (?:thailand|kamboja|luar|filipina|rusia|vip)\b|\bakun (?:pro|vip)\b|\bpro kamboja\b",
    r"\b(?:prediksi|bocoran|keluaran|pengeluaran|result|data|angka) (?:\w+ )?(?:togel|sgp|hk|sdy|sydney|singapore"
    r"|hongkong|macau)\b|\blive ?draw\b",
    r"\bbbfs\b|\bangka (?:ikut|main|mati|kontrol|jitu)\b|\b(?:kepala|ekor|shio)\b ?: ?\w",
    r"\bcolok (?:bebas|naga|jitu|macau)\b|\b[234]d\b.*\b[234]d\b|\b[234]d ?: ?\d|\btwin\b|\binvest 2d\b",
    r"\b(?:diskon|hadiah|prize|pasaran) (?:togel|toto|[234]d)\b|\bpasaran (?:resmi|hk|sgp|terlengkap|macau)\b"
    r"|\btoto ?(?:macau|hk|sgp)\b",
    r"\bparlay",
    r"\bover (?:under|\d)|\bhandicap\b|\bvoor\b|\bbtts\b|\bodds\b|\b1x2\b|\btebak skor\b",
    r"\bsbobet|\b(?:bandar|agen|judi|taruhan|pasaran) (?:bola|olahraga|sport)\b|\bsports ?book",
    r"\berek erek\b|\bbuku mimpi\b|\bpaito\b|\bsyair (?:hk|sgp|sdy|togel)\b",
    r"\b(?:casino|kasino|roulette|rolet|black ?jack)\b",
    r"\bbac+ar+at|\bsic ?bo\b|\bdragon tiger|\blive casino\b|\bdealer (?:cantik|ramah|asli|nyata)\b",
    r"\b(?:domino|bandar|adu) ?qq?\b|\bqq ?online|\bmain qq\b|\bdomino uang\b|\buang asli\b|\bqiu ?qiu|\bcapsa\b"
    r"|\bceme\b|\bkartu (?:domino|remi|online)\b",
    r"\bpoker (?:online|uang)\b|\bidn\b|\btexas hold ?em\b",
    r"\bsv388|\bs128\b|\bws168|\bmeron\b|\bwala\b|\btaji\b",
    r"\btembak ikan\b|\bfishing game|\bsabung ayam (?:online|live|sv)",
    r"\b(?:main|permainan|game|mesin|provider|bermain|judi|spin) slot\b|\bslots?\b.*\b(?:games?|machine|provider)\b",
    r"\bjudi (?:online|slot|bola|qq|poker|togel|resmi|ter\w+)\b|\btogel\b|\btaruhan\b",
    r"\bperkalian\b|\bx ?\d\d\d+\b|\bkakek (?:zeus|petir)\b|\bpetir\b",
    r"\bspin\b|\bpenghasil (?:uang|saldo)\b|\bgulungan\b",
)
_CALLS = (
    r"\b(?:daftar|register|gabung|bergabung|join|coba|main|mainkan|login|buktikan|klaim|bertaruh|pasang)(?:lah"
    r"|kan)? .*\b(?:sekarang|segera|yuk|disini|di sini|bersama|hanya di|di situs|di link)\b",
    r"\b(?:segera|ayo|yuk|mari|buruan|sila[hk]+an|langsung|cukup|tinggal|cara) (?:\w+ )?(?:daftar|gabung|bergabung|join"
    r"|klik|login|main|mainkan|klaim|buktikan|kunjungi|hubungi|coba)\b",
    r"\b(?:klik|kunjungi|akses|buka)(?:lah)? (?:link|tautan|di sini|disini|situs|tombol|banner|alamat)\b"
    r"|\bklik\b.*\bdaftar\b",
    r"\b(?:klaim|raih|nikmati|dapatkan|rasakan|menangkan|rebut|ambil|claim)(?:lah)?\b",
    r"\b(?:pindah ke|cek (?:bio|link)|bosan kalah|(?:mau|ingin|pengin|pengen) (?:cuan|menang|maxwin|jp)|unduh aplikasi"
    r"|(?:tombol|link|tautan) di (?:bawah|atas|bio)|salam (?:jp|cuan|parlay|maxwin))\b",
    r"\b(?:jangan (?:lewatkan|sampai|ragu|lupa)|tunggu apa|kapan lagi|hanya di)\b",
    r"\b(?:anda|kamu|kalian|para (?:pemain|slotter|bettor|member)|(?:member|pemain) setia)\b",
    r"\b(?:bos+ku|bosq|slot+ers?|slot mania|sobat|agan|bettor|kawan|suhu)\b",
    r"\b(?:cs|customer service|live ?chat|admin|whatsapp|wa|telegram) (?:\w+ )?(?:ramah|online|siap|24|profesional|kami"
    r"|kita|resmi)\b|\bhubungi (?:\w+ )?(?:cs|admin|agen|whatsapp|wa|kami|telegram|livechat)\b",
    r"\b(?:situs|web|platform|agen|layanan|halaman) (?:kami|ini)\b|\bkami\b.*\b(?:menyediakan|hadirkan|menghadirkan"
    r"|sediakan|tawarkan|memberikan)\b",
    r"\b(?:play|sign up|register|join|deposit|bet|spin|claim)\b.*\b(?:now|today|here)\b|\bbest\b|\btrusted\b",
    r"\b(?:kak|guys|gan|cuy|nggak|jitu|diracik)\b",
)
_OFFERS = (
    r"\b(?:internet positif|nawala|tanpa vpn|saldo member|simpan link|anti blokir)\b",
    r"\b(?:scatter|petir|jackpot|jp|maxwin)\b.*\b(?:turun|bocor|deras|pecah|tiap|setiap|jatuh|menanti)\b",
    r"\btempat (?:main|bermain|berkumpul)\b|\bhiburan\b",
    r"\b[a-z]+[013457]+[a-z][a-z]+",  # a disguise that nobody has seen through
    r"\b(?:tembus|garansi|lancar|jaya|gas(?:s|pol)?|merapat|iseng|modal (?:receh|ceban|goceng)|gunakan"
    r"|pasang (?:secukupnya|sekarang)|semoga (?:jp|menang|tembus|beruntung)|angka di atas|berjamaah|langganan)\b",
    r"\b(?:bonus|cash ?back|diskon|promo|komisi|rtp|win ?rate|potongan)\b.*\d ?(?:%|persen)|\d ?(?:%|persen) (?:bonus"
    r"|cashback|rtp)\b",
    r"\b(?:min|minimal|minimum|modal|cuma|hanya|mulai|cukup|dengan) .*\b(?:depo|deposit|wd|bet|receh|kecil)\b|\b(?:min"
    r"|minimal|minimum|modal|cuma|hanya|mulai|cukup|dengan) (?:\w+ )?\d+ ?(?:k|rb|ribu|perak|rupiah)\b",
    r"\b(?:tanpa (?:potongan|to|syarat)|anti \w+|bebas ip|no limit|24 ?jam|non ?stop|24/7)\b",
    r"\bter(?:percaya|baik|besar|lengkap|gacor|favorit|murah|akurat|jitu|aman)\b|\brtp .*tertinggi\b",
    r"\b(?:resmi|berlisensi|lisensi|no ?1|nomor (?:satu|1)|official|terjamin|amanah|bergaransi|fair ?play)\b",
    r"\b(?:(?:sering|lebih|mudah|gampang|auto|pasti|dijamin) (?:\w+ )?(?:menang|maxwin|jp|jackpot|cuan|bocor|pecah|wd"
    r"|di ?bayar|kaya)|peluang (?:menang|kemenangan|jp|jackpot|maxwin)|berapa ?pun .*bayar)\b",
    r"\b(?:proses|transaksi|depo|deposit|wd|withdraw|penarikan)\b.*\b(?:cepat|kilat|detik|menit|instan|lancar|aman)\b",
    r"\b(?:hadiah|kemenangan|keuntungan|cuan|profit|hoki|untung|menang)\b.*\b(?:besar|melimpah|fantastis|jutaan|puluhan"
    r"|ratusan|miliaran|(?:se)?tiap hari|maksimal|berlimpah|banyak)\b",
    r"\b(?:slot|rtp|gacor|pola|jam|bocoran|link|situs|maxwin|prediksi|angka)\b.* (?:hari ini|malam ini|terbaru"
    r"|terupdate)\b",
    r"\breal money\b|\bfast (?:withdraw|payout)|\bget\b.*\bbonus\b|\binstant\b",
    r"\b(?:saatnya|beralih ke|paling (?:gacor|royal|fair|bocor|lengkap|seru)|royal|di ?bayar (?:penuh|lunas)"
    r"|bukan mimpi|keberuntungan anda|peluang terbaik)\b",
    r"\b(?:registrasi|pendaftaran|unggah bukti|kirim minimal|hanya butuh)\b",
    r"\b(?:www|https?|com|net|org|xyz|vip|ly|bit)\b",
    r"\b(?:tips|trik|strategi|rahasia|panduan)\b",
    r"\b(?:seru|menarik|menguntungkan|memuaskan|sensasi)\b",
)
_NEWS = (
    r"\b(?:polisi|kepolisian|pol(?:da|res|resta|restabes|ri|sek)|kapol\w+|bareskrim|penyidik\w*|reskrim\w*|brigjen"
    r"|kombes|akbp|kompol|iptu|ipda|aiptu|bripka)\b",
    r"\b(?:tersangka|pelaku|terdakwa|terpidana|sindikat|komplotan|jaringan judi|dpo)\b",
    r"\b(?:ditangkap|menangkap|penangkapan|diringkus|meringkus|diamankan|di?gerebek|digrebek|menggerebek|penggerebekan"
    r"|ditahan|menyita|disita|diciduk|dibekuk|ditetapkan|razia|patroli)\b",
    r"\b(?:(?:kem|men)?komdigi|kominfo|dirjen|kementerian|menteri|satgas|desk)\b",
    r"\b(?:ppatk|ojk|bank indonesia|bssn|interpol|mui|kpai|dprd?|dinas|pemkot|pemkab|pemprov|pemerintah)\b",
    r"\b(?:diblokir|memblokir|pemblokiran|dibekukan|membekukan|diretas|peretasan|meretas|disusupi|takedown|dihapus"
    r"|menghapus)\b|(?:^|[^i] )blokir\b",  # but not "anti blokir"
    r"\b(?:ujar|tutur|ucap|jelas|papar|ungkap|imbuh|tegas|sebut|tambah|cerita|keluh|terang|beber)(?:nya)?,? [a-z]+"
    r"|\bkata,? (?:[a-jl-rt-z]|k[a-tv-z]|s[b-z])"  # no key words, no passwords: kata kunci, kata sandi
    r"|\b(?:menurut|mengatakan|menjelaskan|mengungkapkan|menyebut(?:kan)?|menuturkan|mengimbau|menegaskan|mengaku"
    r"|menambahkan|mengakui|menilai|katanya|ujarnya|tuturnya|jelasnya|ucapnya)\b",
    r"\b(?:kecanduan|pecandu|candu|ketagihan|adiksi|korban|kerugian|merugikan|rugi|merugi|kalah (?:habis|lalu|judi)"
    r"|terlilit|utang|berutang|bunuh diri|jerat|terjerat|terjebak|menjebak|bangkrut)\b",
    r"\b(?:pidana|hukum|hukuman|uu|pasal|hakim|jaksa|sidang|vonis|divonis|penjara|kuhp|undang undang|pengadilan|dakwaan"
    r"|tuntutan|persidangan|saksi)\b",
    r"\b(?:ilegal|melanggar|haram|bahaya|berbahaya|marak|maraknya|modus|memberantas|pemberantasan|waspada|mewaspadai"
    r"|penipuan|perjudian|larangan|dilarang|melarang|praktik)\b",
    r"\b(?:iming iming|tergiur|dijanjikan|menjanjikan|menawarkan|ditawarkan|mempromosikan|dipromosikan|endorse"
    r"|mengiklankan|iklan|berkedok|mengelabui|diduga|dugaan|istilah|sebutan|judol|bandar (?:me\w+|lokal|itu)|konon"
    r"|padahal|hanyalah|artinya|berarti|umpan)\b",
    r"\b(?:antara lain|kata kunci|berisi|bertulis\w+|tertulis|tulisan|bertajuk|bunyinya|berbunyi|disebut|dinamai"
    r"|dikenal|pesan (?:itu|singkat|berantai))\b",
    r"\b(?:bupati|gubernur|wali kota|presiden|kepala (?:dinas|desa|sekolah|badan|bidang)|direktur|ketua|rektor"
    r"|juru bicara|humas)\b",
    r"\b(?:peneliti|psikolog|psikiater|pakar|pengamat|survei|riset|penelitian|mahasiswa|dosen|kriminolog|sosiolog"
    r"|responden|pasien|rehabilitasi|konselor)\b",
    r"\b(?:omzet|beromzet|perputaran|miliar|triliun|barang bukti|rekening penampung|pencucian uang)\b",
    r"\b(?:aku|istriku|suamiku|warga|keluarga|istri|suami|anak|ibu|orang tua|siswa|remaja|karyawan|buruh|guru"
    r"|tetangga)\b",
    r"\b(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) \(\d|\(\d\d? ?/ ?\d",
)

#: What sellers of gambling disguise, so that filters don't find it
_CORE = (
    *("gacor", "slot", "maxwin", "judi", "judol", "togel", "casino", "kasino", "poker", "scatter"),
    *("jackpot", "taruhan"),
)
#: Whatever sells gambling says one of these.
_SUSPECT = (
    *(word for word in _CORE if word != "judi"),  # "Judika", "judicial"
    *("judi ", "rtp slot", "rtp live", " rtp ", " toto", "sbobet", "parlay", "baccarat", "bacarat", "dominoq"),
    *("domino q", "bandarq", "qq online", "qqonline", "sabung ayam", "tembak ikan", "link alternatif", "freespin"),
    *("free spin", "betting", "prediksi sgp", "prediksi hk", "prediksi sdy", "live draw", "livedraw", "colok bebas"),
    *("bbfs", "depo pulsa", "depo dana", "deposit pulsa", "deposit dana", "deposit qris", "depo qris", "olympus"),
    *("mahjong ways", "sweet bonanza", "starlight princess", "penghasil uang", "penghasil saldo", "akun pro"),
    *("anti kalah", "anti rungkad", "server thailand"),
)


def _weigh(passage: Tally) -> float:
    # jargon alone may come from a reporter who explains it, unless hardly anything else is said
    dense = 0.0 if passage.reported else max(0.0, passage.goods - passage.words / 4)
    goods = passage.goods * (0.5 if passage.reported else 1.0)
    said = passage.calls + passage.offers
    return min(goods, 1 + 2 * said + 2 * dense) + said - 1.5 * passage.news


WORDS = Words(
    suspect=_SUSPECT,
    hidden=tuple(spelt for word in _CORE for spelt in disguises(word)),
    goods=_GOODS,
    least_goods=2,
    calls=_CALLS,
    least_calls=0,
    offers=_OFFERS,
    news=_NEWS,
    subject=r"\b(?:judi|judol|perjudian|togel|slot|kasino|taruhan|sabung ayam)\b",
    weigh=_weigh,
)
